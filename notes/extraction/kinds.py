"""What a file is by its bytes. Names and declared types are claims; only a wrong claim matters.

A file that is two kinds at once would be shown as one and opened as the other, so it is refused here.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from notes.extraction.refusing import Unreadable

PDF, PNG, JPEG, HEIC = "application/pdf", "image/png", "image/jpeg", "image/heic"
TEXT, FHIR, CCDA = "text/plain", "application/fhir+json", "application/cda+xml"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
IMAGES = frozenset({PNG, JPEG, HEIC})
# by kind, the first one is what we call such a file ourselves
SUFFIXES: dict[str, tuple[str, ...]] = {
    PDF: ("pdf",),
    DOCX: ("docx",),
    PNG: ("png",),
    JPEG: ("jpg", "jpeg", "jpe", "jfif"),
    HEIC: ("heic", "heif", "hif"),
    TEXT: ("txt", "text", "md"),
    FHIR: ("json",),
    CCDA: ("xml", "cda", "ccda"),
}
SHORT = {PDF: "pdf", DOCX: "docx", TEXT: "text", FHIR: "fhir", CCDA: "ccda"} | dict.fromkeys(IMAGES, "image")

HEAD = 4096  # bytes looked at to tell the kind
ZIP_END = b"PK\x05\x06"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"hevc"})
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|svg|script|head|body|iframe|!entity|\?php)\b", re.IGNORECASE)
_CDA_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?ClinicalDocument[\s>]")
_REFERENCE = re.compile(r'"resourceType"\s*:\s*"DocumentReference"')
_UNUSED_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


def kind_of(content: bytes, name: str = "") -> str:
    """The kind ``content`` shows. Raises Unreadable, also where the suffix of ``name`` claims another kind."""
    suffix = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[2].lower() if "." in name else ""
    try:
        found = _by_content(content)
    except Unreadable as reason:
        if reason.code == "file_encoding" and any(suffix in SUFFIXES[kind] for kind in (PDF, DOCX, *IMAGES)):
            raise Unreadable("file_broken") from None  # "save it as a PDF" would be no help with a PDF that broke
        raise
    if suffix and suffix not in SUFFIXES[found] and not _is_harmless(found, suffix):
        raise Unreadable("file_type_differs")
    return found


def _is_harmless(found: str, suffix: str) -> bool:
    """A name ending in something that is no suffix at all (``note of 9.16``), or a picture under a picture's name."""
    return suffix.isdigit() or (found in IMAGES and any(suffix in SUFFIXES[kind] for kind in IMAGES))


def _by_content(content: bytes) -> str:
    head = content[:HEAD]
    if head.startswith(b"%PDF-"):
        return _alone(content, PDF)
    if head.startswith(b"PK\x03\x04"):
        return _word(content)
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _alone(content, PNG)
    if head.startswith(b"\xff\xd8\xff"):
        return _alone(content, JPEG)
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        return _alone(content, HEIC)
    if head.startswith(OLD_OFFICE):
        raise Unreadable("file_old_word")
    return _textual(content)


def _alone(content: bytes, kind: str) -> str:
    if ZIP_END in content[-65_557:]:  # where a ZIP's end record would have to be
        raise Unreadable("file_two_in_one")
    if kind != PDF and b"%PDF-" in content[:1024]:
        raise Unreadable("file_two_in_one")
    return kind


def _word(content: bytes) -> str:
    if b"%PDF-" in content[:1024] or _MARKUP.search(content[:1024]):
        raise Unreadable("file_two_in_one")
    if b"word/document.xml" not in content:
        raise Unreadable("file_type")
    return DOCX


def _textual(content: bytes) -> str:
    head = content[:HEAD]
    if head.startswith((b"{\\rtf", b"MZ", b"\x7fELF", b"GIF8", b"#!")) or b"%PDF-" in content[:1024]:
        raise Unreadable("file_type")
    if _CDA_ROOT.search(head):
        return CCDA
    if _MARKUP.search(head) or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        raise Unreadable("file_type")
    text = decode(content)
    if text.lstrip("\ufeff \t\r\n").startswith("{") and '"resourceType"' in text:
        if not _REFERENCE.search(text):
            raise Unreadable("file_type")
        return FHIR
    if any(unicodedata.category(char) == "Cc" and char not in "\n\r\t\f" for char in text):
        raise Unreadable("file_type")
    return TEXT


def decode(content: bytes) -> str:
    """The text of a plain text file: UTF-8, UTF-16 with a mark, or else Windows-1252, which older systems export.

    Raises Unreadable. Windows-1252 is only believed of a text that is mostly ASCII and uses none of its empty places.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(content, "utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        foreign = sum(byte > 127 for byte in content)
        if _UNUSED_CP1252.search(content) or foreign * 10 > len(content):
            raise Unreadable("file_encoding") from None
        return _decoded(content, "cp1252")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("file_encoding") from None
