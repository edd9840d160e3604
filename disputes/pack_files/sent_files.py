"""Files of a case in its pack: those of its conversation, and the documents behind the evidence of its dispute.

A file goes by a number, for its own name may name people. What is locked away, or was not scanned yet, is listed with
its digest and left out; so is what would make a pack larger than one can be.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from disputes import evidence_words
from disputes.links import dispute_of
from disputes.models import Attachment, Case
from disputes.selectors.evidence import Piece, pieces_of
from notes import files
from notes.models import StoredFile
from notes.unscanned import waits_for_scan

MOST = 40 * 1024 * 1024  # bytes of files in one pack
OF_EVIDENCE = ("id", "kind", "side", "source", "late", "added_at", "added_by_kind", "added_by_name")


def collect(case: Case, whole: bool) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The files by their names in the pack, and what files.json says of them. ``whole``: internal ones, too."""
    dispute = dispute_of(case)
    pieces = pieces_of(dispute) if dispute is not None else []
    names: dict[Any, str | None] = {}
    content: dict[str, bytes] = {}
    room = MOST
    for row in _rows(case, pieces, whole):
        if row.pk in names:
            continue
        names[row.pk] = None
        if row.quarantined_at is None and row.size <= room and not waits_for_scan(row):
            name = f"files/{len(content) + 1:02}.{row.display_name.rpartition('.')[2]}"
            names[row.pk], content[name], room = name, files.read(row.pk, row.stored_as), room - row.size
    messages = [_attached(row, names) for row in _attachments(case, whole)]
    return content, {"messages": messages, "evidence": [_evidence(piece, names) for piece in pieces]}


def _attachments(case: Case, whole: bool) -> list[Attachment]:
    rows = Attachment.objects.filter(case=case, message__isnull=False).select_related("file")
    return list(rows if whole else rows.filter(internal=False))


def _rows(case: Case, pieces: list[Piece], whole: bool) -> Iterator[StoredFile]:
    yield from (row.file for row in _attachments(case, whole))
    yield from (piece.row.file for piece in pieces if piece.row.file is not None)


def _attached(row: Attachment, names: dict[Any, str | None]) -> dict[str, Any]:
    return {"message": row.message_id, "internal": row.internal, "sent_at": row.sent_at, **_file(row.file, names)}


def _evidence(piece: Piece, names: dict[Any, str | None]) -> dict[str, Any]:
    """A piece as both pages of the dispute show it."""
    row = piece.row
    shown = {name: getattr(row, name) for name in OF_EVIDENCE}
    words = evidence_words.lines(piece.kind, piece.value, row.dispute.provider.time_zone)
    return shown | {"words": words, "file": _file(row.file, names) if row.file is not None else None}


def _file(row: StoredFile, names: dict[Any, str | None]) -> dict[str, Any]:
    told = {"type": row.content_type, "size": row.size, "sha256": row.sha256, "uploaded_at": row.uploaded_at}
    return {"path": names[row.pk], **told, "locked_away": row.quarantined_at is not None}
