"""Uploaded files on disk: what they are by content, what they are called, and bytes that survive a crash.

A file is sealed as it is written to a draft name, fsynced, renamed to a random name, and its folder fsynced, all before
its row is committed; so a row always has its bytes. Bytes without a row (a request cut off) are swept after seven days.
"""

from __future__ import annotations

import codecs
import datetime as dt
import hashlib
import io
import os
import re
import secrets
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import puremagic
from django.conf import settings
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from clawguard import sealing
from clawguard.events.errors import Refused

PDF, PNG, JPEG, TEXT = "application/pdf", "image/png", "image/jpeg", "text/plain"
SUFFIXES = {PDF: {"pdf"}, PNG: {"png"}, JPEG: {"jpg", "jpeg"}, TEXT: {"txt", "text", "md"}}
LONGEST_NAME = 120
ORPHANS_LIVE = dt.timedelta(days=7)
HEAD = 4096  # bytes looked at to tell the type
KINDS_SAID = "Send a PDF, a photo (PNG or JPEG) or a plain text file."


@dataclass(frozen=True, slots=True)
class Received:
    """An upload that passed, held in memory until it is sealed to disk. ``text`` only for plain text."""

    display_name: str
    content_type: str
    content: bytes
    sha256: str
    text: str | None


def receive(name: str, pieces: Iterable[bytes]) -> Received:
    """Check an upload's size, type by content, and name. Raises Refused with pointer ``/file`` and what to do."""
    content = b"".join(_limited(pieces))
    if not content:
        raise Refused("file_empty", "The file is empty. Choose it again; the original may still be open.", "/file")
    content_type = _type_of(content, name)
    text = _text(content) if content_type == TEXT else None
    if content_type == PDF:
        _require_readable_pdf(content)
    if content_type in (PNG, JPEG):
        _require_whole_image(content, content_type)
    digest = hashlib.sha256(content).hexdigest()
    return Received(clean_name(name, content_type), content_type, content, digest, text)


def _limited(pieces: Iterable[bytes]) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > settings.UPLOAD_MAX_BYTES:
            most = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
            raise Refused(
                "file_too_large", f"The file is larger than {most} MB. Send it in parts or as a PDF.", "/file"
            )
        yield piece


def _type_of(content: bytes, name: str) -> str:
    """The type its bytes show, when it is one we take and its name does not claim another."""
    found = _sniff(content)
    suffix = Path(name.replace("\\", "/")).suffix.lower().lstrip(".")
    if found is None:
        raise Refused("file_type", f"This kind of file cannot be taken. {KINDS_SAID}", "/file")
    if suffix and suffix not in SUFFIXES[found]:
        known = any(suffix in names for names in SUFFIXES.values())
        why = "Its content is not what its name says." if known else "Its name says it is another kind of file."
        raise Refused("file_type", f"{why} {KINDS_SAID}", "/file")
    return found


def _sniff(content: bytes) -> str | None:
    head = content[:HEAD]
    if head.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        # A file that is two things at once would be shown as one and opened as the other.
        return None if _is_archive_too(content) else PDF
    if head.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        named = {found.mime_type for found in puremagic.magic_string(head)} & {PNG, JPEG}
        return named.pop() if len(named) == 1 and not _is_archive_too(content) else None
    return TEXT if _looks_like_text(content) else None


def _is_archive_too(content: bytes) -> bool:
    return b"PK\x05\x06" in content[-65_557:]  # where a ZIP's end record would have to be


_MARKUP = re.compile(rb"<\s*(?:!doctype|html|svg|script|\?xml|head|body|iframe)\b", re.IGNORECASE)


def _looks_like_text(content: bytes) -> bool:
    if content.startswith((b"%PDF", b"PK", b"{\\rtf", b"MZ")) or _MARKUP.search(content[:HEAD]):
        return False
    try:
        text = _text(content)
    except Refused:
        return False
    return not any(unicodedata.category(char) == "Cc" and char not in "\n\r\t\f" for char in text)


def _text(content: bytes) -> str:
    try:
        encoding = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Refused("file_type", "The text is not in UTF-8. Save it as UTF-8 or as a PDF.", "/file") from None


def _require_readable_pdf(content: bytes) -> None:
    """Refuse what nobody could read: a password, no pages, a broken structure. Page contents are not decoded."""
    try:
        document = PdfReader(io.BytesIO(content), strict=False)
        if document.is_encrypted:
            message = (
                "The PDF is locked with a password. Remove the password (print it to a new PDF) and send it again."
            )
            raise Refused("file_locked", message, "/file")
        if not document.pages:
            raise Refused("file_broken", "The PDF has no pages. Export or scan it again.", "/file")
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        raise Refused("file_broken", "The PDF cannot be opened. Export or scan it again.", "/file") from None


def _require_whole_image(content: bytes, content_type: str) -> None:
    end = b"IEND\xaeB`\x82" if content_type == PNG else b"\xff\xd9"
    if end not in content[-1024:]:
        raise Refused("file_broken", "The picture is cut off. Take or export it again.", "/file")


def clean_name(name: str, content_type: str) -> str:
    """A name fit to be shown: no path, no control or direction characters, at most 120 characters, right suffix."""
    base = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    kept = "".join(char for char in base if unicodedata.category(char)[0] != "C" and char not in '<>:"|?*%')
    stem = kept.rpartition(".")[0] or kept
    suffix = sorted(SUFFIXES[content_type])[-1 if content_type == TEXT else 0]
    suffix = {JPEG: "jpg"}.get(content_type, suffix)
    return f"{stem.strip(' .')[: LONGEST_NAME - len(suffix) - 1] or 'file'}.{suffix}"


def folder() -> Path:
    path: Path = settings.DATA_DIR / "files"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def store(file_id: UUID, content: bytes) -> str:
    """Seal ``content`` for the row ``file_id`` and make it durable. Returns the random name it is stored under."""
    name = f"{secrets.token_hex(24)}.sealed"
    draft, final = folder() / f".{name}.part", folder() / name
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            for piece in sealing.seal_stream([content], sealing.binding("file", file_id)):
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        draft.rename(final)
        _fsync_folder()
    except OSError as error:
        draft.unlink(missing_ok=True)
        message = "The file could not be stored. Nothing was recorded; please try again in a few minutes."
        raise Refused("storage_full", message) from error
    return name


def read(file_id: UUID, stored_as: str) -> bytes:
    """The file's plain bytes. Raises sealing.SealBroken when they are not what was stored."""
    with (folder() / stored_as).open("rb") as source:
        return b"".join(sealing.unseal_stream(source, sealing.binding("file", file_id)))


def remove_orphans(known: set[str], now: dt.datetime) -> int:
    """Delete stored bytes that no row names and that are older than a week. Returns how many."""
    gone = 0
    for path in folder().iterdir():
        age = now - dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
        if path.name not in known and age > ORPHANS_LIVE:
            path.unlink()
            gone += 1
    return gone


def _fsync_folder() -> None:
    handle = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
