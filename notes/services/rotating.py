"""Key rotation: data keys are wrapped by the newest of ``NOTE_KEYS``; what they seal is not touched."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import models, transaction

from clawguard import sealing
from clawguard.webhooks import secrets as webhook_secrets
from clawguard.webhooks.models import Endpoint
from notes import files, hooks
from notes.hooks import Sealed
from notes.models import Draft, FilePage, Note, NoteReading, RequestMessage, StoredFile, UploadPiece

BATCH = 500


def rotate() -> int:
    """Wrap every data key that an older key still wraps. Safe to stop and to run again. Returns how many were wrapped.

    Raises SealBroken when one does not open: the key that wraps it was taken out of ``NOTE_KEYS`` too early.
    """
    rows = sum(_rotate_rows(column) for column in (*OWN, *hooks.SEALED))
    stored = StoredFile.objects.filter(destroyed_at=None).values_list("pk", "stored_as").iterator(BATCH)
    pictures = FilePage.objects.exclude(picture="").values_list("pk", "picture").iterator(BATCH)
    return rows + sum(_rotate_file(pk, name) for names in (stored, pictures) for pk, name in names)


OWN = (
    Sealed(Note, "sealed", lambda row: sealing.binding("note", row.pk, row.version)),
    Sealed(Draft, "sealed", lambda row: sealing.binding("draft", row.pk, row.version)),
    Sealed(UploadPiece, "sealed", lambda row: sealing.binding("upload", row.upload_id, row.offset)),
    Sealed(FilePage, "sealed", lambda row: sealing.binding("file_page", row.pk)),
    Sealed(NoteReading, "sealed", lambda row: sealing.binding("note_reading", row.pk)),
    Sealed(RequestMessage, "sealed", lambda row: sealing.binding("request_message", row.pk)),
    Sealed(Endpoint, "secret", webhook_secrets.bound),
    Sealed(Endpoint, "former_secret", webhook_secrets.bound_former),
)


def _rotate_rows(column: Sealed) -> int:
    return sum(_rotate_row(column, pk) for pk in _keys(column.model))


def _keys(model: type[models.Model]) -> Iterator[Any]:
    return model._default_manager.order_by("pk").values_list("pk", flat=True).iterator(BATCH)


@transaction.atomic
def _rotate_row(column: Sealed, pk: Any) -> int:
    rows = column.model._default_manager.filter(pk=pk)
    row: Any = rows.select_for_update().first()
    held = getattr(row, column.column, None)  # a draft may be gone by now, an answer not there yet, a page destroyed
    if not held or sealing.is_newest(bytes(held)):
        return 0
    return rows.update(**{column.column: sealing.rewrap(bytes(held), column.bound(row))})


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
