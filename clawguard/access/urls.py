"""The API's own description, and the door of the mail service."""

from __future__ import annotations

from django.urls import path

from clawguard.access import docs
from clawguard.access.mail_events import MailEvents

pages = [path("api/docs", docs.reference, name="api-docs")]
api = [
    path("openapi.json", docs.openapi, name="openapi"),
    path("mail-events", MailEvents.as_view(), name="api-mail-events"),
]
