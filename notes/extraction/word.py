"""DOCX: paragraphs, tables, headers and footers as running text. Nothing of it is run, fetched or unpacked to disk."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from notes.extraction import markup
from notes.extraction.markup import Element
from notes.extraction.page import Page, split
from notes.extraction.refusing import Unreadable

MOST_ENTRIES = 2_000
MOST_UNPACKED = 80 * 1024 * 1024
MOST_PART = 20 * 1024 * 1024
MOST_RATIO = 200  # how much larger unpacked; ordinary XML packs to about a tenth
SMALL = 100_000  # bytes below which no ratio is looked at
MAIN = "word/document.xml"
_BESIDE = re.compile(r"word/(?:header|footer|footnotes|endnotes)\d*\.xml")
SYMLINK, KIND_BITS = 0o120000, 0o170000
# removed text, field codes, drawings' fallback copies: not what the reader of the file sees
UNSEEN = frozenset({"del", "moveFrom", "delText", "instrText", "Fallback"})
BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "lastRenderedPageBreak": ""}


def look(content: bytes) -> tuple[int, str]:
    """Number of pages of text, and the text itself. Raises Unreadable."""
    found = split(_text(content))
    return len(found), found[0]


def pages(content: bytes) -> list[Page]:
    """A DOCX whose text is empty (a scan pasted into Word) is for a person to read."""
    return [Page(text, "text" if text.strip() else "none") for text in split(_text(content))]


def _text(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _joined(archive, _checked(archive))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise Unreadable("file_broken") from None


def _checked(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The entries by name, once none of them is a trap. What they claim of their size is held to when they are read."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unreadable("file_too_complex")
    for entry in entries:
        _check(entry)
    found = {entry.filename: entry for entry in entries}
    if len(found) != len(entries) or MAIN not in found:
        raise Unreadable("file_broken")
    if any(name.lower().endswith("vbaproject.bin") for name in found):
        raise Unreadable("file_macros")
    return found


def _check(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 0x1:
        raise Unreadable("file_locked")
    packed = max(entry.compress_size, 1)
    if entry.file_size > SMALL and entry.file_size / packed > MOST_RATIO:
        raise Unreadable("file_too_complex")
    name = entry.filename
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or "\0" in name:
        raise Unreadable("file_broken")
    if (entry.external_attr >> 16) & KIND_BITS == SYMLINK or name.lower().endswith(".zip"):
        raise Unreadable("file_broken")


def _joined(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo]) -> str:
    beside = sorted(name for name in entries if _BESIDE.fullmatch(name))
    order = [name for name in beside if "header" in name] + [MAIN] + [name for name in beside if "header" not in name]
    return "\n".join(text for name in order if (text := _part(archive, entries[name])).strip())


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    with archive.open(entry) as packed:
        content = packed.read(MOST_PART + 1)
    if len(content) > MOST_PART:
        raise Unreadable("file_too_complex")
    lines: list[str] = []
    _walk(markup.parse(content), lines)
    return "\n".join(lines)


def _walk(element: Element, lines: list[str]) -> None:
    """Paragraphs are lines; the cells of a table row share one. Nested no deeper than ``markup`` lets pass."""
    for child in element.children():
        if child.name in UNSEEN:
            continue
        if child.name == "p":
            lines.append(_paragraph(child))
        elif child.name == "tr":
            lines.append("\t".join(_cell(cell) for cell in child.children("tc")))
        else:
            _walk(child, lines)


def _cell(cell: Element) -> str:
    lines: list[str] = []
    _walk(cell, lines)
    return " ".join(line for line in lines if line)


def _paragraph(element: Element) -> str:
    pieces: list[str] = []
    waiting = list(reversed(element.children()))
    while waiting:
        part = waiting.pop()
        if part.name == "t":
            pieces.append(part.text())
        elif part.name == "br" and part.attributes.get("type") == "page":
            pieces.append("\f")
        elif part.name in BREAKS:
            pieces.append(BREAKS[part.name])
        elif part.name not in UNSEEN:
            waiting.extend(reversed(part.children()))
    return "".join(pieces)
