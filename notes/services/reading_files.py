"""Reading a file that is part of no note (yet): its pages as pictures and words, and whether it must be locked away."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import SYSTEM, Actor
from clawguard.events.services import publish
from notes.models import StoredFile
from notes.services.extracting import is_over, read_next_slice


def begin_reading(actor: Actor, row: StoredFile, now: dt.datetime) -> None:
    """Have it read in the background, in the transaction in which it is sent."""
    publish("notes.file_sent", row, actor, now)


@transaction.atomic
def read_file_on(file_id: UUID, now: dt.datetime) -> None:
    """One slice of the file; publishes ``notes.file_reading_continued`` while there is more. Raises ReadLater.

    Run twice for the same slice, the second run finds it done.
    """
    row = read_next_slice(file_id, now)
    if not is_over(row):
        publish("notes.file_reading_continued", row, SYSTEM, now)


def read_chosen(file_id: UUID, now: dt.datetime) -> None:
    """A file chosen for an answer is read at once: before it is sent, its provider is told what it lacks. One chosen
    for a conversation or a dispute is read when it is sent. Raises ReadLater."""
    if StoredFile.objects.filter(pk=file_id, request__isnull=False).exists():
        read_file_on(file_id, now)
