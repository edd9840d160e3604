"""A file on its way: piece by piece, each durable before it is acknowledged: a lost connection costs one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.db import transaction

from clawguard import sealing
from clawguard.accounts.actors import Actor
from clawguard.events.errors import NotFound, Refused, TryLater
from notes import policies, selectors
from notes.files import too_large
from notes.models import StoredFile, Upload, UploadPiece
from notes.services.drafting import MOST_FILES, answerable, keep_file, look_at

PIECE = 512 * 1024  # bytes; half of what one request body may have
LONGEST_NAME = 255
KEPT = dt.timedelta(days=7)  # an upload that nobody goes on with


@transaction.atomic
def begin_upload(actor: Actor, request_id: UUID, name: str, size: int, digest: str, now: dt.datetime) -> Upload:
    """The place for a file of ``size`` bytes and SHA-256 ``digest``; the same file again finds what arrived of it.

    Raises NotAllowed, NotFound, WrongState, and Refused (empty, too large, too many).
    """
    request = answerable(actor, request_id)
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise Refused("digest_invalid", "The file could not be described. Choose it again.", "/digest")
    if size < 1:
        raise Refused("file_empty", "The file is empty. Choose it again; the original may still be open.", "/file")
    if size > settings.UPLOAD_MAX_BYTES:
        raise too_large()
    before = Upload.objects.filter(request=request, digest=digest).first()
    if before is not None and before.size == size:
        return before
    if before is not None:  # one of the two descriptions is wrong
        before.delete()
    if _files(request.pk) >= MOST_FILES:
        raise Refused("too_many_files", f"At most {MOST_FILES} files fit one answer; join pages into one PDF.", "/file")
    kept = name[:LONGEST_NAME].replace("\0", "")
    return Upload.objects.create(request=request, name=kept, size=size, digest=digest, touched_at=now)


def _files(request_id: UUID) -> int:
    """Files of the answer so far, those on their way included."""
    stored = StoredFile.objects.filter(request=request_id, removed_at=None).count()
    return stored + Upload.objects.filter(request=request_id, size__gt=0).count()


@transaction.atomic
def take_piece(actor: Actor, upload_id: UUID, offset: int, content: bytes, now: dt.datetime) -> Upload:
    """Keep the bytes from ``offset`` on. ``now`` is when they began to arrive; for the first piece it is kept.

    Raises NotAllowed, NotFound, WrongState, and Refused: ``upload_offset`` when another piece is expected next.
    """
    upload = _own(actor, upload_id)
    if offset != upload.received:
        raise Refused("upload_offset", "This piece is not the next one. Ask where to go on.", "/offset")
    if not 0 < len(content) <= PIECE or offset + len(content) > upload.size:
        raise Refused("upload_piece", "This piece does not fit the file. Choose the file again.", "/file")
    sealed = sealing.seal(content, sealing.binding("upload", upload.pk, offset))
    UploadPiece.objects.create(upload=upload, offset=offset, sealed=sealed)
    upload.received, upload.touched_at = offset + len(content), now
    upload.begun_at = upload.begun_at or now
    upload.save(update_fields=["received", "begun_at", "touched_at"])
    return upload


def finish_upload(actor: Actor, upload: Upload, now: dt.datetime) -> StoredFile:
    """Make a file of all pieces, looked at before anything is locked. What cannot be taken is forgotten, so that it can
    be chosen anew; what cannot be stored just now stays, and is finished when it is chosen again. Raises NotFound,
    WrongState, Refused, TryLater."""
    try:
        looked = look_at(upload.name, _pieces(upload))
        if looked.received.sha256 != upload.digest:
            raise Refused("upload_damaged", "Something was lost on the way. Choose the file again.", "/file")
        with transaction.atomic():
            _own(actor, upload.pk)
            row = keep_file(actor, upload.request_id, looked, now, upload.begun_at)
            upload.delete()
            return row
    except TryLater:
        raise
    except Refused:
        Upload.objects.filter(pk=upload.pk).delete()
        raise


def _pieces(upload: Upload) -> Iterator[bytes]:
    for piece in upload.pieces.order_by("offset").iterator(4):
        yield sealing.unseal(bytes(piece.sealed), sealing.binding("upload", upload.pk, piece.offset))


@transaction.atomic
def cancel_upload(actor: Actor, upload_id: UUID) -> None:
    """Forget a file on its way. Raises NotAllowed, NotFound, WrongState."""
    _own(actor, upload_id).delete()


def _own(actor: Actor, upload_id: UUID) -> Upload:
    """The upload, locked together with its request, which still takes an answer."""
    policies.require_answering(actor)
    found = Upload.objects.filter(pk=upload_id).only("request").first()
    if found is None or not selectors.visible_requests(actor).filter(pk=found.request_id).exists():
        raise NotFound
    answerable(actor, found.request_id)
    row = Upload.objects.select_for_update().filter(pk=upload_id).first()
    if row is None:
        raise NotFound
    return row


def forget_uploads(now: dt.datetime) -> int:
    """Delete what nobody went on with for a week. Returns how many files that were."""
    gone = Upload.objects.filter(touched_at__lt=now - KEPT)
    count = gone.count()
    gone.delete()
    return count
