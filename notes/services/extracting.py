"""Pages of a stored file, read in the sandbox slice by slice. Every slice may be begun any number of times."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection

from clawguard import sealing
from clawguard.ids import new_id
from notes import files, process_notes, quarantine, sandbox
from notes.extraction.refusing import Unreadable
from notes.models import FilePage, FileReading, StoredFile
from notes.models.reading import FileOutcome, PageSource
from notes.services.locking_away import is_released, lock_away_file

EXTRACTOR = "2026-11.1"  # raise it when the same file may be read otherwise
NOT_THE_FILE = ("busy", "unstarted")


class ReadLater(Exception):
    """The sandbox could not be had; the file is not to blame and is tried again."""


def read_next_slice(file_id: UUID, now: dt.datetime) -> StoredFile:
    """One slice, unless the file is read to its end, locked away or taken out meanwhile. Raises ReadLater.

    Two workers never read the same file at once; nobody else waits for them: it may be sent, or taken out, meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"reading {file_id}"])
    row = StoredFile.objects.get(pk=file_id)
    if not is_over(row):
        _read_slice(row, now)
    return row


def is_over(row: StoredFile) -> bool:
    return row.quarantined_at is not None or row.removed_at is not None or bool(read_whole([row]))


def read_whole(rows: Iterable[StoredFile]) -> set[UUID]:
    """Which of these were read to their end. One that was locked away on the way and is released has more to read."""
    read = FileReading.objects.filter(file__in=[row.pk for row in rows], reader=EXTRACTOR)
    return set(read.exclude(outcome=FileOutcome.QUARANTINED).values_list("file", flat=True))


def _read_slice(row: StoredFile, now: dt.datetime) -> None:
    """Read on where the last slice ended; the last one says how it went."""
    done = FilePage.objects.filter(file=row, reader=EXTRACTOR).count()
    try:
        found = sandbox.read(files.read(row.pk, row.stored_as), row.content_type, done)
    except Unreadable as refused:
        _finish(row, now, done, FileOutcome.PERSON, refused.code)
        return
    except sandbox.Stopped as stopped:
        if stopped.reason in NOT_THE_FILE:
            raise ReadLater(stopped.reason) from None
        _finish(row, now, done, FileOutcome.PERSON, f"stopped_{stopped.reason}")
        return
    pages = [_keep(row, done + n, page) for n, page in enumerate(found["pages"], 1)]
    named = done == 0 and pages and process_notes.names_itself_process_notes(found["pages"][0]["text"])
    if named and not is_released(row):
        _finish(row, now, len(pages), FileOutcome.QUARANTINED, quarantine.PROCESS_NOTES)
        lock_away_file(row, quarantine.PROCESS_NOTES, now)
    elif not pages or done + len(pages) >= found["total"]:
        _conclude(row, now, found["recognises"])


def _keep(row: StoredFile, number: int, page: dict[str, Any]) -> FilePage:
    page_id = new_id()
    picture = base64.b64decode(page["picture"])
    return FilePage.objects.create(
        id=page_id,
        file=row,
        reader=EXTRACTOR,
        number=number,
        source=page["source"],
        legibility=page["legibility"],
        characters=len(page["text"]),
        sealed=sealing.seal(page["text"].encode(), sealing.binding("file_page", page_id)),
        picture=files.store(page_id, picture) if picture else "",
    )


def _conclude(row: StoredFile, now: dt.datetime, recognises: bool) -> None:
    pages = FilePage.objects.filter(file=row, reader=EXTRACTOR)
    unread = pages.filter(source=PageSource.NONE).count()
    reason = ("" if not unread else "hard_to_read") if recognises else ("" if not unread else "no_recognition")
    _finish(row, now, pages.count(), FileOutcome.PERSON if unread else FileOutcome.READ, reason)


def _finish(row: StoredFile, now: dt.datetime, pages: int, outcome: FileOutcome, reason: str) -> None:
    FileReading.objects.create(file=row, reader=EXTRACTOR, at=now, outcome=outcome, reason=reason, pages=pages)
