"""Uploaded files and the pieces read from them, sealed on disk until their batch has ended.

Names are made from the batch's id, never from the file's own name. A piece is written to a temporary name, synced and
renamed, so that a crash leaves either the whole piece or none; reading the file again writes the same piece again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings

from clawguard import sealing

GRACE_SECONDS = 24 * 3600  # by the disk's clock: a file just sealed may belong to a batch not committed yet
FILE = 0  # number of the uploaded file itself; its pieces count from 1
ORDERED = 200_000  # added to a piece's number: the piece at that place once the file was put in order
BETWEEN = 300_000  # likewise: what is on the way there
IDS = 500_000  # added to a piece's number: the digests by which a later row of the file is known again
KNOWN = 750_000  # likewise: what earlier pieces say of ids that this one repeats


class TooLarge(Exception):
    """More bytes came than may be kept."""


class Gone(Exception):
    """The sealed file is not there any more, or cannot be opened."""


def folder(batch_id: UUID) -> Path:
    return Path(settings.DATA_DIR) / "imports" / str(batch_id)


def keep(batch_id: UUID, source: Iterable[bytes], most: int) -> tuple[int, str]:
    """Seal the file of a batch. Returns its size in bytes and SHA-256; raises TooLarge beyond ``most`` bytes."""
    counted = _Counted(source, most)
    try:
        _write(batch_id, FILE, counted)
    except TooLarge:
        remove(batch_id)
        raise
    return counted.size, counted.digest.hexdigest()


def keep_piece(batch_id: UUID, number: int, content: bytes, *, lasting: bool = True) -> None:
    """Without ``lasting`` a crash of the machine may lose it until ``make_lasting`` was called."""
    _write(batch_id, number, [content], lasting=lasting)


def read(batch_id: UUID, start: int = 0) -> Iterator[bytes]:
    """The uploaded file from byte ``start`` on, frame by frame. Raises Gone."""
    yield from _read(batch_id, FILE, start)


def read_piece(batch_id: UUID, number: int) -> bytes:
    """Raises Gone."""
    return b"".join(_read(batch_id, number))


def read_ordered(batch_id: UUID, number: int) -> bytes:
    """The piece that is to be stored at that place: the one that was read, where the file was in order. Raises Gone."""
    ordered = ORDERED + number
    return read_piece(batch_id, ordered if _path(batch_id, ordered).exists() else number)


def make_lasting(batch_id: UUID, first: int, before: int) -> None:
    """Have the disk keep the pieces numbered from ``first`` to below ``before``: quicker for many together."""
    for path in _numbered(batch_id, first, before):
        with path.open("rb") as file:
            os.fsync(file.fileno())


def forget(batch_id: UUID, first: int, before: int) -> None:
    """Remove the pieces numbered from ``first`` to below ``before``."""
    for path in _numbered(batch_id, first, before):
        path.unlink(missing_ok=True)


def _numbered(batch_id: UUID, first: int, before: int) -> list[Path]:
    return [path for path in folder(batch_id).glob("[0-9]" * 6) if first <= int(path.name) < before]


def keep_ids(batch_id: UUID, number: int, content: bytes) -> None:
    _write(batch_id, IDS + number, [content])


def read_ids(batch_id: UUID, number: int) -> bytes:
    """Raises Gone."""
    return b"".join(_read(batch_id, IDS + number))


def keep_known(batch_id: UUID, number: int, content: bytes) -> None:
    _write(batch_id, KNOWN + number, [content])


def read_known(batch_id: UUID, number: int) -> bytes:
    """Raises Gone."""
    return b"".join(_read(batch_id, KNOWN + number))


def remove(batch_id: UUID) -> None:
    shutil.rmtree(folder(batch_id), ignore_errors=True)


def remove_all_but(living: set[str]) -> int:
    """Remove every batch's files whose id is not in ``living``, a day after they were last written."""
    removed = 0
    root = Path(settings.DATA_DIR) / "imports"
    for path in root.iterdir() if root.is_dir() else ():
        if path.name not in living and time.time() - path.stat().st_mtime > GRACE_SECONDS:
            shutil.rmtree(path, ignore_errors=True)
            removed += 1
    return removed


class _Counted:
    """Measures what passes through."""

    def __init__(self, source: Iterable[bytes], most: int) -> None:
        self.source, self.most, self.size, self.digest = source, most, 0, hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self.source:
            self.size += len(chunk)
            if self.size > self.most:
                raise TooLarge
            self.digest.update(chunk)
            yield chunk


def _path(batch_id: UUID, number: int) -> Path:
    return folder(batch_id) / f"{number:06d}"


def _write(batch_id: UUID, number: int, source: Iterable[bytes], *, lasting: bool = True) -> None:
    path = _path(batch_id, number)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:  # noqa: PTH123 — with mode
        for sealed in sealing.seal_stream(source, sealing.binding("import", batch_id, number)):
            file.write(sealed)
        file.flush()
        if lasting:
            os.fsync(file.fileno())
    draft.rename(path)


def _read(batch_id: UUID, number: int, start: int = 0) -> Iterator[bytes]:
    try:
        with _path(batch_id, number).open("rb") as file:
            yield from sealing.unseal_stream(file, sealing.binding("import", batch_id, number), start)
    except (FileNotFoundError, sealing.SealBroken) as error:
        raise Gone from error
