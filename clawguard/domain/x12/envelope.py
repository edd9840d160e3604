"""The envelopes around transactions: order, counts and control numbers, checked while segments pass through."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clawguard.domain.x12.segments import ENVELOPE, Segment, SegmentProblem, Separators, problem_at
from clawguard.domain.x12.tokenizer import MAX_FILE, Item, tokenize

_CLOSES = {"IEA": "ISA", "GE": "GS", "SE": "ST"}
_LEVELS = ("ISA", "GS", "ST")
_CONTROL = {"ISA": 13, "GS": 6, "ST": 2}  # the element that holds the control number
_COUNTED = {"IEA": "functional groups", "GE": "transactions", "SE": "segments"}
_CLOSERS = {"ISA": "IEA", "GS": "GE", "ST": "SE"}


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a transaction begins and what is open around it: enough to go on reading a file from there."""

    opener: Segment  # its ST
    around: tuple[Segment, ...]  # ISA and GS, where they are open
    counts: tuple[int, int]  # groups in ISA, transactions in GS before this one

    def as_text(self) -> str:
        """To be kept; holds control numbers and the guide's version, and nothing else of the file."""
        placed = [[each.id, each.elements, each.position, each.offset] for each in (self.opener, *self.around)]
        return json.dumps({"segments": placed, "separators": self.opener.separators, "counts": self.counts})

    @classmethod
    def of_text(cls, text: str) -> Mark:
        given = json.loads(text)
        separators = Separators(*given["separators"])
        opener, *around = [
            Segment(name, elements, position, offset, separators)
            for name, elements, position, offset in given["segments"]
        ]
        return cls(opener, tuple(around), tuple(given["counts"]))


def _bare(segment: Segment) -> Segment:
    """With what is looked at once it is open, and without the rest: ISA may carry a password."""
    kept = {0, _CONTROL[segment.id], *([8] if segment.id == "GS" else [])}
    return segment._replace(elements=[text if at in kept else "" for at, text in enumerate(segment.elements)])


class Envelope:
    """Iterate it to get every segment, with the problems of its envelopes in between.

    While iterating, ``interchange`` and ``transaction`` hold the control numbers of where the last segment stood, and
    ``version`` the implementation guide (ST03, else GS08), for example "005010X222A1". With a ``mark`` the chunks begin
    at its offset.
    """

    def __init__(self, chunks: Iterable[bytes | str], max_file: int | None = None, mark: Mark | None = None) -> None:
        self._items = tokenize(chunks, max_file or MAX_FILE, mark.opener if mark else None)
        self._open: dict[str, Segment] = {each.id: each for each in mark.around} if mark else {}
        # groups in ISA, transactions in GS, segments in ST
        self._counts = dict(zip(_LEVELS, (*(mark.counts if mark else (0, 0)), 0), strict=True))
        self.interchange = self._open["ISA"].get(_CONTROL["ISA"]).strip() if "ISA" in self._open else ""
        self.transaction = ""
        self.version = ""

    def mark(self, opener: Segment) -> Mark:
        """Of the transaction that ``opener``, the segment just given, begins."""
        around = tuple(_bare(each) for name, each in self._open.items() if name != "ST")
        return Mark(_bare(opener), around, (self._counts["ISA"], self._counts["GS"] - 1))

    def __iter__(self) -> Iterator[Item]:
        last: Segment | None = None
        for item in self._items:
            if isinstance(item, SegmentProblem):
                yield self._placed(item)
                continue
            last = item
            if "ST" in self._open:
                self._counts["ST"] += 1
            if item.id not in ENVELOPE:
                if "ST" not in self._open:
                    message = "This segment stands outside any transaction; it was not read."
                    yield self._placed(problem_at(item, "segment_outside", message))
                else:
                    yield item
                continue
            yield from self._envelope(item)
        if last is not None:
            yield from self._close_open(last, "ISA")

    def _envelope(self, segment: Segment) -> Iterator[Item]:
        if segment.id in _CONTROL:
            yield from self._opening(segment)
        elif segment.id in _CLOSES:
            yield from self._closing(segment)
        else:
            yield segment

    def _opening(self, segment: Segment) -> Iterator[Item]:
        yield from self._close_open(segment, segment.id)
        level = _LEVELS.index(segment.id)
        for outer in _LEVELS[:level]:
            if outer not in self._open:
                message = f"{segment.id} stands outside its {outer} envelope."
                yield self._placed(problem_at(segment, "envelope_order", message))
        self._open[segment.id] = segment
        self._counts[segment.id] = 0
        number = segment.get(_CONTROL[segment.id]).strip()
        if segment.id == "ISA":
            self.interchange, self.transaction, self.version = number, "", ""
        elif segment.id == "GS":
            self._counts["ISA"] += 1
            self.version = segment.get(8).strip()
        else:
            self._counts["GS"] += 1
            self._counts["ST"] = 1
            self.transaction = number
            group = self._open.get("GS")
            self.version = segment.get(3).strip() or (group.get(8).strip() if group else "")
        yield segment

    def _closing(self, segment: Segment) -> Iterator[Item]:
        opener = _CLOSES[segment.id]
        opened = self._open.get(opener)
        if opened is None:
            message = f"{segment.id} closes nothing: no {opener} is open here."
            yield self._placed(problem_at(segment, "envelope_order", message))
            return
        inner = _LEVELS.index(opener) + 1
        if inner < len(_LEVELS):
            yield from self._close_open(segment, _LEVELS[inner])
        stated, counted = segment.get(1).strip(), self._counts[opener]
        if not (stated.isascii() and stated.isdigit()) or len(stated) > 10 or int(stated) != counted:
            message = f"{segment.id}01 does not state the {counted} {_COUNTED[segment.id]} that are here."
            yield self._placed(problem_at(segment, "count_wrong", message))
        if segment.get(2).strip() != opened.get(_CONTROL[opener]).strip():
            message = f"{segment.id}02 differs from the control number of its {opener}."
            yield self._placed(problem_at(segment, "control_number_differs", message))
        yield segment
        del self._open[opener]
        if opener == "ST":
            self.transaction = ""

    def _close_open(self, segment: Segment, outermost: str) -> Iterator[Item]:
        """Report every envelope from the innermost out to ``outermost`` that never got its trailer."""
        for name in reversed(_LEVELS[_LEVELS.index(outermost) :]):
            opened = self._open.pop(name, None)
            if opened is not None:
                closer = _CLOSERS[name]
                message = f"The {name} opened at segment {opened.position} is not closed by {closer}; data may be lost."
                yield self._placed(problem_at(segment, f"{closer.lower()}_missing", message))
                if name == "ST":
                    self.transaction = ""

    def _placed(self, problem: SegmentProblem) -> SegmentProblem:
        return problem.within(self.interchange, self.transaction)
