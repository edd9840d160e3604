"""From chunks of a file to X12 segments, in constant memory.

Takes what real files bring: a byte-order mark, any separators, lines wrapped after every segment or every 80 columns,
several interchanges, a missing last terminator. What cannot be read is reported at its place and reading goes on at the
next place that can be.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator

from clawguard.domain.x12.segments import Segment, SegmentProblem, Separators, problem_at

MAX_FILE = 50 * 1024 * 1024  # bytes
MAX_SEGMENT = 32 * 1024  # bytes; the longest real segments have a few hundred
_GATHER = 16 * 1024
_BLANK = " \t\r\n\x1a\x00"
_ISA = re.compile(r"ISA([^A-Za-z0-9 \t\r\n]).{2}\1", re.DOTALL)  # control characters may separate, too
_ISA_LENGTH = 106
_WRAPS = str.maketrans("", "", "\r\n")

Item = Segment | SegmentProblem


class TooLargeError(Exception):
    """The file has more than ``MAX_FILE`` bytes."""


def tokenize(chunks: Iterable[bytes | str], max_file: int = MAX_FILE, first: Segment | None = None) -> Iterator[Item]:
    """All segments of all interchanges in order, with problems where they occur. Never raises for bad content.

    Where ``first`` is given the chunks begin with that segment, inside its interchange, and not with the file.
    """
    source = _Source(chunks, max_file, first.offset if first else 0)
    position = 0
    try:
        if first is not None:
            position = yield from _segments(source, first.separators, first.position - 1)
        else:
            source.need(3)
            if source.text.startswith(("\xff\xfe", "\xfe\xff")):
                yield _problem(source, 1, "encoding_utf16", "The file is UTF-16; save it as ASCII or UTF-8.")
                return
            if source.text.startswith("\xef\xbb\xbf"):
                source.pos = 3
        while source.skip_blank():
            found = yield from _start_of_interchange(source, position)
            if found is None:
                return
            position = yield from _segments(source, found, position)
    except TooLargeError:
        megabytes = max_file // (1024 * 1024)
        yield _problem(source, position + 1, "file_too_large", f"The file has more than {megabytes} MB; split it.")


def _start_of_interchange(source: _Source, position: int) -> Generator[Item, None, Separators | None]:
    """Move to the next ISA and answer its separators; report what stands before it or what is damaged in it."""
    if not source.looking_at(_ISA):
        yield _problem(source, position + 1, "isa_missing", "No interchange (ISA) begins here; the text is not read.")
    while source.search(_ISA):
        source.need(_ISA_LENGTH)
        separators, exact = _separators(source.text[source.pos : source.pos + 3 * _ISA_LENGTH])
        if separators is not None:
            if not exact:
                message = "ISA does not have its fixed widths; the separators were taken from its last element."
                yield _problem(source, position + 1, "isa_width", message, "ISA", severity="warning")
            return separators
        message = "The ISA segment is damaged, so the separators are unknown; the interchange is not read."
        yield _problem(source, position + 1, "isa_damaged", message, "ISA")
        source.pos += 3
    return None


def _separators(head: str) -> tuple[Separators | None, bool]:
    """Separators from the fixed places of ISA, else from counting its elements; ``False`` for the second way."""
    if "\n" in head[:105]:  # a system that wraps every 80 columns wraps ISA too
        head = head.translate(_WRAPS)
    element = head[3]
    exact = len(head) >= _ISA_LENGTH and head[103] == element and head[:105].count(element) == 16
    if exact:
        component, segment = head[104], head[105]
    else:
        before = head.split(element, 16)
        if len(before) < 17 or len(before[16]) < 2 or any(len(part) > 15 for part in before[:16]):
            return None, False
        component, segment = before[16][0], before[16][1]
    repetition = head.split(element)[11]
    repetition = repetition if len(repetition) == 1 and not repetition.isalnum() else ""
    marks = [element, component, segment, *repetition]
    if any(mark.isalnum() or mark == " " for mark in marks) or len({element, component, segment}) < 3:
        return None, False
    return Separators(element, component, repetition, segment), exact


def _segments(source: _Source, separators: Separators, position: int) -> Generator[Item, None, int]:
    """The segments of one interchange, through its IEA or up to the next ISA or the end; returns the last position."""
    first = position + 1
    while True:
        offset, piece, whole = source.take(separators.segment)
        position += 1
        if piece is None:
            yield _problem(source, position, "segment_too_long", "A segment has no end; it was skipped.")
            source.drop_through(separators.segment)
            continue
        stripped = piece if piece.isprintable() and piece[:1] != " " else piece.strip(_BLANK)
        if not stripped:
            if not whole:
                return position - 1
            yield _problem(source, position, "segment_empty", "An empty segment was skipped.", severity="warning")
            continue
        if stripped.startswith("ISA") and position > first and _ISA.match(stripped):
            source.pos = offset - source.start
            return position - 1
        if stripped is not piece:
            offset += piece.find(stripped[0])
        segment, remark = _segment(stripped, position, offset, separators)
        yield segment
        if remark is not None:
            yield remark
        if not whole or segment.id == "IEA":
            if segment.id != "IEA":
                yield problem_at(segment, "truncated", "The file ends inside this segment.")
            return position


def _segment(text: str, position: int, offset: int, separators: Separators) -> tuple[Segment, SegmentProblem | None]:
    """The segment, and a problem where it holds control characters or letters that are not UTF-8."""
    if text.isascii() and text.isprintable():
        elements = text.split(separators.element)
        return Segment(elements[0], elements, position, offset, separators), None
    remark: tuple[str, str, str] | None = None
    text = text.translate(_WRAPS)
    if not text.isascii():
        try:
            text = text.encode("latin-1").decode("utf-8")
        except UnicodeDecodeError:
            remark = ("encoding", "Not UTF-8; read as Windows/Latin-1 text.", "warning")
    if not text.isprintable() and any(char < " " and char not in separators for char in text):
        remark = ("control_character", "A control character stands inside data.", "error")
    elements = text.split(separators.element)
    segment = Segment(elements[0], elements, position, offset, separators)
    return segment, problem_at(segment, *remark) if remark else None


def _problem(
    source: _Source, position: int, code: str, message: str, segment_id: str = "", severity: str = "error"
) -> SegmentProblem:
    return SegmentProblem("", "", position, segment_id, code, message, source.start + source.pos, severity)


class _Source:
    """A window on the file. Bytes are held as Latin-1 text, one character per byte, so offsets stay exact."""

    def __init__(self, chunks: Iterable[bytes | str], max_file: int, start: int = 0) -> None:
        self._chunks = iter(chunks)
        self._max_file = max_file
        self.text = ""
        self.pos = 0
        self.start = start  # offset of text[0] in the file

    def more(self) -> bool:
        """Drop what was consumed and read on; ``False`` at the end of the file."""
        gathered: list[str] = []
        size = 0
        for chunk in self._chunks:
            data = chunk.encode("utf-8", "surrogatepass") if isinstance(chunk, str) else bytes(chunk)
            gathered.append(data.decode("latin-1"))
            size += len(data)
            if size >= _GATHER:
                break
        if not size:
            return False
        self.start += self.pos
        self.text = self.text[self.pos :] + "".join(gathered)
        self.pos = 0
        if self.start + len(self.text) > self._max_file:
            raise TooLargeError
        return True

    def need(self, length: int) -> None:
        while len(self.text) - self.pos < length and self.more():
            pass

    def skip_blank(self) -> bool:
        """Pass white space; ``False`` when nothing else follows."""
        while True:
            rest = self.text[self.pos : self.pos + 256]
            kept = rest.lstrip(_BLANK)
            self.pos += len(rest) - len(kept)
            if kept:
                return True
            if not rest and not self.more():
                return False

    def looking_at(self, pattern: re.Pattern[str]) -> bool:
        self.need(8)
        return pattern.match(self.text, self.pos) is not None

    def search(self, pattern: re.Pattern[str]) -> bool:
        """Move to the next match; keeps only the last few characters of what does not match."""
        while True:
            match = pattern.search(self.text, self.pos)
            if match:
                self.pos = match.start()
                return True
            self.pos = max(self.pos, len(self.text) - 8)
            if not self.more():
                self.pos = len(self.text)
                return False

    def take(self, terminator: str) -> tuple[int, str | None, bool]:
        """Offset, text and whether a terminator closed it; text is ``None`` when it would pass ``MAX_SEGMENT``."""
        searched = self.pos
        while True:
            end = self.text.find(terminator, searched)
            if end >= 0:
                break
            if len(self.text) - self.pos > MAX_SEGMENT:
                return self.start + self.pos, None, False
            known = len(self.text) - self.pos
            if not self.more():
                offset, rest = self.start + self.pos, self.text[self.pos :]
                self.pos = len(self.text)
                return offset, rest, False
            searched = known
        offset, piece = self.start + self.pos, self.text[self.pos : end]
        if len(piece) > MAX_SEGMENT:
            return offset, None, False
        self.pos = end + 1
        return offset, piece, True

    def drop_through(self, terminator: str) -> None:
        """Skip to behind the next terminator, or to the end."""
        while True:
            end = self.text.find(terminator, self.pos)
            if end >= 0:
                self.pos = end + 1
                return
            self.pos = len(self.text)
            if not self.more():
                return
