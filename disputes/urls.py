"""Addresses of cases, disputes, adjustments and background work."""

from __future__ import annotations

from django.urls import URLPattern, path

from disputes.api import cases, disputes, previews

pages: list[URLPattern] = []

api = [
    path("cases", cases.Cases.as_view(), name="api-cases"),
    path("cases/<uuid:case_id>", cases.CaseDetail.as_view(), name="api-case"),
    path("cases/<uuid:case_id>/facts", cases.Facts.as_view(), name="api-case-facts"),
    path("cases/<uuid:case_id>/attribution", cases.Attribution.as_view(), name="api-case-attribution"),
    path("cases/<uuid:case_id>/messages", cases.Messages.as_view(), name="api-case-messages"),
    path("cases/<uuid:case_id>/decision", cases.DecisionView.as_view(), name="api-case-decision"),
    path("cases/<uuid:case_id>/approve", cases.Approve.as_view(), name="api-case-approve"),
    path("cases/<uuid:case_id>/appeal", cases.AppealView.as_view(), name="api-case-appeal"),
    path("cases/<uuid:case_id>/close", cases.Close.as_view(), name="api-case-close"),
    path("disputes", disputes.Disputes.as_view(), name="api-disputes"),
    path("disputes/<uuid:dispute_id>", disputes.DisputeDetail.as_view(), name="api-dispute"),
    path("disputes/<uuid:dispute_id>/response", disputes.ResponseView.as_view(), name="api-dispute-response"),
    path("disputes/<uuid:dispute_id>/concede", disputes.Concede.as_view(), name="api-dispute-concede"),
    path("disputes/<uuid:dispute_id>/decide", disputes.Decide.as_view(), name="api-dispute-decide"),
    path("attribution/preview", previews.AttributionPreview.as_view(), name="api-attribution-preview"),
    path("deadlines/preview", previews.DeadlinePreview.as_view(), name="api-deadline-preview"),
    path("proposed-adjustments", previews.Adjustments.as_view(), name="api-proposed-adjustments"),
]
