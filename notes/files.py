"""Uploaded files on disk: what they are by content, what they are called, and bytes that survive a crash.

A file is sealed as it is written to a draft name, fsynced, renamed to a random name, and its folder fsynced, all before
its row is committed; so a row always has its bytes. Bytes without a row (a request cut off) are swept after seven days.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import secrets
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

from clawguard import sealing
from clawguard.events.errors import Refused, TryLater
from notes import sandbox
from notes.extraction.kinds import SUFFIXES, kind_of
from notes.extraction.refusing import Unreadable, sentence

LONGEST_NAME = 120
ORPHANS_LIVE = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Received:
    """An upload that passed, held in memory until it is sealed. ``opening``: how its text begins, if it has any."""

    display_name: str
    content_type: str
    content: bytes
    sha256: str
    opening: str


def receive(name: str, pieces: Iterable[bytes]) -> Received:
    """Check an upload's size, type by content, and name. Raises Refused with pointer ``/file`` and what to do."""
    content = b"".join(_limited(pieces))
    if not content:
        raise Refused("file_empty", sentence("file_empty"), "/file")
    try:
        kind = kind_of(content, name)
    except Unreadable as refused:
        raise Refused(refused.code, sentence(refused.code), "/file") from None
    opening = _looked_at(content, kind)
    return Received(clean_name(name, kind), kind, content, hashlib.sha256(content).hexdigest(), opening)


def _limited(pieces: Iterable[bytes]) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > settings.UPLOAD_MAX_BYTES:
            raise too_large()
        yield piece


def too_large() -> Refused:
    """Of a file over the limit, whether its size was told before it came or seen while it did."""
    most = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
    advice = "Send it in parts, or export or scan it smaller."
    return Refused("file_too_large", f"The file is larger than {most} MB. {advice}", "/file")


def _looked_at(content: bytes, kind: str) -> str:
    """How its text opens, once a quick look in the sandbox found nothing against it. Raises Refused.

    Where the look cannot be had (no place in the sandbox just now), the file is taken and read later like any other.
    """
    try:
        opening: str = sandbox.look(content, kind)["opening"]
    except Unreadable as refused:
        raise Refused(refused.code, sentence(refused.code), "/file") from None
    except sandbox.Stopped as stopped:
        if stopped.reason in ("busy", "unstarted"):
            return ""
        raise Refused("file_too_complex", sentence("file_too_complex"), "/file") from None
    return opening


def clean_name(name: str, content_type: str) -> str:
    """A name fit to be shown: no path, no control or direction characters, at most 120 characters, right suffix."""
    base = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    kept = "".join(char for char in base if unicodedata.category(char)[0] != "C" and char not in '<>:"|?*%')
    stem = kept.rpartition(".")[0] or kept
    suffix = SUFFIXES[content_type][0]
    return f"{stem.strip(' .')[: LONGEST_NAME - len(suffix) - 1] or 'file'}.{suffix}"


def folder() -> Path:
    """Where stored files lie; made, for good, when the first one comes."""
    path: Path = settings.DATA_DIR / "files"
    if not path.exists():
        path.mkdir(mode=0o700, exist_ok=True)
        _fsync_folder(settings.DATA_DIR)
    return path


def store(file_id: UUID, content: bytes) -> str:
    """Seal ``content`` for the row ``file_id`` and make it durable. Returns the random name it is stored under. Raises
    TryLater where the disk takes nothing; nothing is left of it then, or only what ``remove_orphans`` removes."""
    name = f"{secrets.token_hex(24)}.sealed"
    home: Path = settings.DATA_DIR / "files"
    draft, final = home / f".{name}.part", home / name
    try:
        folder()
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            for piece in sealing.seal_stream([content], sealing.binding("file", file_id)):
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        draft.rename(final)
        _fsync_folder(home)
    except OSError as error:
        for path in (draft, final):
            with contextlib.suppress(OSError):  # a disk that became read-only lets nothing be removed either
                path.unlink(missing_ok=True)
        message = "The file could not be stored. Nothing was recorded; please try again in a few minutes."
        raise TryLater("storage_full", message) from error
    return name


def read(file_id: UUID, stored_as: str) -> bytes:
    """The file's plain bytes. Raises sealing.SealBroken when they are not what was stored."""
    with (folder() / stored_as).open("rb") as source:
        return b"".join(sealing.unseal_stream(source, sealing.binding("file", file_id)))


def destroy(stored_as: str) -> None:
    """Make a stored file unreadable for good: its wrapped data key is overwritten first, so that no key opens what a
    disk may keep of it; then it is removed. Done twice, the second time finds nothing."""
    path = folder() / stored_as
    try:
        with path.open("r+b") as stored:
            stored.write(os.urandom(sealing.HEADER))
            stored.flush()
            os.fsync(stored.fileno())
    except FileNotFoundError:
        return
    path.unlink()
    _fsync_folder(folder())


def remove_orphans(known: set[str], now: dt.datetime) -> int:
    """Delete stored bytes that no row names and that are older than a week. Returns how many."""
    gone = 0
    for path in folder().iterdir():
        age = now - dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
        if path.name not in known and age > ORPHANS_LIVE:
            path.unlink()
            gone += 1
    return gone


def _fsync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
