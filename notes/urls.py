"""Addresses of notes and notes requests."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path

pages = [path("my/requests/<uuid:request_id>", lambda r: HttpResponse(), name="my-request")]
api: list = []
