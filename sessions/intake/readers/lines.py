"""Bytes to lines in constant memory: any line end, UTF-8 with or without BOM, UTF-16 with one."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from sessions.intake.readers.rows import MAX_LINE

_END = re.compile(rb"\r\n|\n|\r")
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

    A faulty line is given nevertheless, with replacement characters, so that the count of rows stays right.
    """

    chunks: Iterable[bytes]
    faults: dict[int, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[str]:
        for number, line in enumerate(_split(_utf8(self.chunks)), 1):
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

    def taken(self, first: int, last: int) -> list[tuple[str, str]]:
        """Code and message of the faults of the lines ``first`` to ``last``, which are then forgotten."""
        if not self.faults:
            return []
        numbers = [number for number in self.faults if first <= number <= last]
        codes = dict.fromkeys(self.faults.pop(number) for number in sorted(numbers))
        return [(code, f"The row {_MESSAGES[code]}") for code in codes]


def _utf8(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same text as UTF-8 without a mark."""
    source = iter(chunks)
    head = b""
    for chunk in source:
        head += chunk
        if len(head) >= 3:
            break
    if head.startswith(_UTF16):
        decoder = codecs.getincrementaldecoder("utf-16")(errors="strict")
        try:
            for chunk in chain([head], source):
                yield decoder.decode(chunk).encode("utf-8", "surrogatepass")
            yield decoder.decode(b"", True).encode("utf-8")
        except UnicodeDecodeError:
            yield b"\xff"  # makes the line where decoding ended a fault
        return
    yield head.removeprefix(codecs.BOM_UTF8)
    yield from source


def _split(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Lines with their ends; of a line beyond the limit only as much as shows that it is beyond."""
    rest = b""
    dropping = False
    for chunk in chunks:
        buffer = rest + chunk
        start = 0
        for match in _END.finditer(buffer):
            if match[0] == b"\r" and match.end() == len(buffer):
                break  # its "\n" may come with the next chunk
            if not dropping:
                yield buffer[start : match.end()]
            dropping = False
            start = match.end()
        rest = buffer[start:]
        if len(rest) > MAX_LINE:
            if not dropping:
                yield rest
            dropping = True
            rest = b"\r" if rest.endswith(b"\r") else b""
    if rest and not dropping:
        yield rest
