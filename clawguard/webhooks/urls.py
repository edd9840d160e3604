"""Addresses of webhooks."""

from __future__ import annotations

from django.urls import path

from clawguard.webhooks import api as rest
from clawguard.webhooks import views

ENDPOINT = "webhooks/<uuid:endpoint_id>"

pages = [
    path("webhooks", views.listed, name="webhooks"),
    path(ENDPOINT, views.show, name="webhook"),
    path(f"{ENDPOINT}/pause", views.pause, name="webhook-pause"),
    path(f"{ENDPOINT}/resume", views.resume, name="webhook-resume"),
    path(f"{ENDPOINT}/retire", views.retire, name="webhook-retire"),
    path(f"{ENDPOINT}/secret", views.roll, name="webhook-secret"),
    path(f"{ENDPOINT}/test", views.test, name="webhook-test"),
    path(f"{ENDPOINT}/replay", views.replay_period, name="webhook-replay-period"),
    path(f"{ENDPOINT}/messages/<uuid:message_id>/replay", views.replay, name="webhook-replay"),
]

api = [
    path("webhooks", rest.Endpoints.as_view(), name="api-webhooks"),
    path(ENDPOINT, rest.EndpointDetail.as_view(), name="api-webhook"),
    path(f"{ENDPOINT}/pause", rest.Pause.as_view(), name="api-webhook-pause"),
    path(f"{ENDPOINT}/resume", rest.Resume.as_view(), name="api-webhook-resume"),
    path(f"{ENDPOINT}/secret", rest.Secret.as_view(), name="api-webhook-secret"),
    path(f"{ENDPOINT}/test", rest.Test.as_view(), name="api-webhook-test"),
    path(f"{ENDPOINT}/deliveries", rest.Deliveries.as_view(), name="api-webhook-deliveries"),
    path(f"{ENDPOINT}/replay", rest.Replay.as_view(), name="api-webhook-replay"),
]
