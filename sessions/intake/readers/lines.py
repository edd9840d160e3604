"""Bytes to lines in constant memory: any line end, UTF-8 with or without BOM, UTF-16 with one."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from sessions.intake.readers.rows import MAX_LINE, Place

_END = re.compile(rb"\r\n|\n|\r")
UTF8, UTF16 = "utf-8", "utf-16"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MESSAGES = {
    "encoding": "is not UTF-8 (perhaps Windows-1252); save the file as UTF-8 and send it again.",
    "nul": "holds a NUL character; export the file again.",
    "line_too_long": "is longer than 1 MB and was not read.",
    "encoding_utf16": "is UTF-16 without its mark; save the file as UTF-8 and send it again.",
}


@dataclass
class Lines:
    """Iterate it for decoded lines with their ends. ``faults`` maps 1-based line numbers to what is wrong there.

    A faulty line is given nevertheless, with replacement characters, so that the count of rows stays right. With a
    ``place`` reading goes on there, and ``place.offset`` follows the lines that were given.
    """

    chunks: Iterable[bytes]
    place: Place = field(default_factory=Place)
    faults: dict[int, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[str]:
        place = self.place
        chunks = self._text()
        for number, (line, end) in enumerate(_split(chunks, place.offset), 1):
            place.offset = end
            if len(line) > MAX_LINE:
                self.faults[number] = "line_too_long"
                yield "\n"
                continue
            try:
                text = line.decode("utf-8")
            except UnicodeDecodeError:
                text = line.decode("utf-8", "replace")
                self.faults[number] = "encoding"
            if "\x00" in text:
                text = text.replace("\x00", " ")
                self.faults[number] = "encoding_utf16" if number == 1 else "nul"
            yield text

    def _text(self) -> Iterator[bytes]:
        """The text to read as UTF-8, from the place on."""
        place = self.place
        if place.offset and place.direct:
            return iter(self.chunks)
        start, mark, chunks = place.offset, *_utf8(self.chunks)
        place.direct = mark != UTF16
        place.offset = start or (len(codecs.BOM_UTF8) if mark == UTF8 else 0)
        return _without(start, chunks)

    def taken(self, first: int, last: int) -> list[tuple[str, str]]:
        """Code and message of the faults of the lines ``first`` to ``last``, which are then forgotten."""
        if not self.faults:
            return []
        numbers = [number for number in self.faults if first <= number <= last]
        codes = dict.fromkeys(self.faults.pop(number) for number in sorted(numbers))
        return [(code, f"The row {_MESSAGES[code]}") for code in codes]


def is_utf16(head: bytes) -> bool:
    return head.startswith(_UTF16)


def _utf8(chunks: Iterable[bytes]) -> tuple[str, Iterator[bytes]]:
    """The mark the text begins with, and the text as UTF-8 without it."""
    source = iter(chunks)
    head = b""
    for chunk in source:
        head += chunk
        if len(head) >= 3:
            break
    if is_utf16(head):
        return UTF16, _transcoded(chain([head], source))
    mark = UTF8 if head.startswith(codecs.BOM_UTF8) else ""
    return mark, chain([head.removeprefix(codecs.BOM_UTF8)], source)


def _transcoded(chunks: Iterable[bytes]) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder("utf-16")(errors="strict")
    try:
        for chunk in chunks:
            yield decoder.decode(chunk).encode("utf-8", "surrogatepass")
        yield decoder.decode(b"", True).encode("utf-8")
    except UnicodeDecodeError:
        yield b"\xff"  # makes the line where decoding ended a fault


def _without(start: int, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """All but the first ``start`` bytes."""
    for chunk in chunks:
        if start < len(chunk):
            yield chunk[start:]
        start = max(0, start - len(chunk))


def _split(chunks: Iterable[bytes], at: int) -> Iterator[tuple[bytes, int]]:
    """Lines with their ends, and where each ends; ``at`` is where the first begins.

    Of a line beyond the limit only as much is given as shows that it is beyond.
    """
    rest = long = b""
    for chunk in chunks:
        buffer = rest + chunk
        start = 0
        for match in _END.finditer(buffer):
            end = match.end()
            if end == len(buffer) and buffer[start:end].endswith(b"\r"):
                break  # its "\n" may come with the next chunk
            yield long or buffer[start:end], at + end
            long, start = b"", end
        rest, at = buffer[start:], at + start
        if len(rest) > MAX_LINE:
            kept = b"\r" if rest.endswith(b"\r") else b""
            long, rest, at = long or rest, kept, at + len(rest) - len(kept)
    if rest or long:
        yield long or rest, at + len(rest)
