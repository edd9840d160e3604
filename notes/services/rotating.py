"""Key rotation: data keys are wrapped by the newest of ``NOTE_KEYS``; what they seal is not touched."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.db import models, transaction

from clawguard import sealing
from notes import files
from notes.models import Draft, FilePage, Note, NoteReading, RequestMessage, StoredFile, UploadPiece

BATCH = 500


def rotate() -> int:
    """Wrap every data key that an older key still wraps. Safe to stop and to run again. Returns how many were wrapped.

    Raises SealBroken when one does not open: the key that wraps it was taken out of ``NOTE_KEYS`` too early.
    """
    rows = sum(_rotate_rows(model, bound) for model, bound in BOUND.items())
    stored = StoredFile.objects.values_list("pk", "stored_as").iterator(BATCH)
    pictures = FilePage.objects.exclude(picture="").values_list("pk", "picture").iterator(BATCH)
    return rows + sum(_rotate_file(pk, name) for names in (stored, pictures) for pk, name in names)


BOUND: dict[type[models.Model], Callable[[Any], bytes]] = {
    Note: lambda row: sealing.binding("note", row.pk, row.version),
    Draft: lambda row: sealing.binding("draft", row.pk, row.version),
    UploadPiece: lambda row: sealing.binding("upload", row.upload_id, row.offset),
    FilePage: lambda row: sealing.binding("file_page", row.pk),
    NoteReading: lambda row: sealing.binding("note_reading", row.pk),
    RequestMessage: lambda row: sealing.binding("request_message", row.pk),
}


def _rotate_rows(model: type[models.Model], bound: Callable[[Any], bytes]) -> int:
    return sum(_rotate_row(model, pk, bound) for pk in _keys(model))


def _keys(model: type[models.Model]) -> Iterator[Any]:
    return model._default_manager.order_by("pk").values_list("pk", flat=True).iterator(BATCH)


@transaction.atomic
def _rotate_row(model: type[models.Model], pk: Any, bound: Callable[[Any], bytes]) -> int:
    row: Any = model._default_manager.select_for_update().filter(pk=pk).first()
    if row is None or sealing.is_newest(bytes(row.sealed)):  # a draft may be gone by now
        return 0
    wrapped = sealing.rewrap(bytes(row.sealed), bound(row))
    return model._default_manager.filter(pk=pk).update(sealed=wrapped)


def _rotate_file(pk: UUID, name: str) -> int:
    """Only the header changes and its length does not, so it is written in place; one write below a disk's sector."""
    path = files.folder() / name
    with path.open("r+b") as stored:
        header = stored.read(sealing.HEADER)
        if sealing.is_newest(header):
            return 0
        stored.seek(0)
        stored.write(sealing.rewrap_header(header, sealing.binding("file", pk)))
        stored.flush()
        os.fsync(stored.fileno())
    return 1
