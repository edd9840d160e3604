"""Telling of files that were sent and then turned out to be ones that nobody opens."""

from __future__ import annotations

import datetime as dt

from clawguard.accounts.actors import SYSTEM
from clawguard.events.services import publish
from disputes.models import Attachment, DisputeEvidence
from disputes.services.conversation import post_as_system
from notes.models import StoredFile

WORDS = (
    "A file that was sent here is locked away unread: it calls itself psychotherapy notes, or the virus scanner "
    "objects to it. Nobody opens it, and nothing is held against anybody because of it. If it matters, please send "
    "what it was to show in another file."
)


def tell_locked(file: StoredFile, now: dt.datetime) -> None:
    """In a conversation both sides are told, of a file of an internal note staff alone; in a dispute its history says
    so, and both its pages."""
    sent = Attachment.objects.filter(file=file, message__isnull=False).first()
    if sent is not None and sent.case_id is not None:
        post_as_system(sent.case_id, WORDS, now, internal=sent.internal)
    for row in DisputeEvidence.objects.filter(file=file).select_related("dispute"):
        publish("dispute.file_locked", row.dispute, SYSTEM, now, {"evidence": str(row.pk)})
