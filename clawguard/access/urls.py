"""The API's own description."""

from __future__ import annotations

from django.urls import path

from clawguard.access import docs

pages = [path("api/docs", docs.reference, name="api-docs")]
api = [path("openapi.json", docs.openapi, name="openapi")]
