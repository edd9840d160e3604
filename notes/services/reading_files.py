"""Reading a file that is part of no note: its pages as pictures and words, and whether it must be locked away."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import SYSTEM, Actor
from clawguard.events.services import publish
from notes.models import FileReading, StoredFile
from notes.services.extracting import EXTRACTOR, read_slice


def begin_reading(actor: Actor, row: StoredFile, now: dt.datetime) -> None:
    """Have it read in the background, in the transaction in which it is sent."""
    publish("notes.file_sent", row, actor, now)


@transaction.atomic
def read_file_on(file_id: UUID, now: dt.datetime) -> None:
    """One slice of the file; publishes ``notes.file_reading_continued`` while there is more. Raises ReadLater.

    Run twice for the same slice, the second run finds it done.
    """
    row = StoredFile.objects.select_for_update(of=("self",)).get(pk=file_id)
    if _is_over(row):
        return
    read_slice(row, now)
    if not _is_over(row):
        publish("notes.file_reading_continued", row, SYSTEM, now)


def _is_over(row: StoredFile) -> bool:
    return row.quarantined_at is not None or FileReading.objects.filter(file=row, reader=EXTRACTOR).exists()
