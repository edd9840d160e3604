"""Reads 835 remittances (005010X221A1, and 004010X091) as a stream: one ``Remittance`` a transaction, problems beside.

Nothing is posted or corrected here. Amounts that cannot be read are problems and stay ``None``, never zero; sums that
disagree are listed as imbalances.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from clawguard.domain.x12.envelope import Envelope, Mark
from clawguard.domain.x12.remit_parts import Draft
from clawguard.domain.x12.remittance import Remittance, imbalances_of
from clawguard.domain.x12.segments import REMITTANCE_SEGMENTS, Segment, SegmentProblem, problem_at, shape_problem

GUIDE, OLDER_GUIDE = "005010X221", "004010X091"  # what we read of an 835 stands at the same places in both


def read_remittances(
    chunks: Iterable[bytes | str], max_file: int | None = None
) -> Iterator[Remittance | SegmentProblem]:
    """Remittances and problems of the file in order; never raises for bad content. Holds one transaction at a time.

    A problem inside a transaction stands in its ``Remittance.problems``; only problems of the envelopes around
    transactions are given on their own.
    """
    return iter(RemittanceReader(chunks, max_file))


class RemittanceReader:
    """Iterate it for what ``read_remittances`` gives.

    ``mark`` and ``since`` say how far that came: ``since`` items after the beginning of the transaction marked, or of
    the file. A reader with this mark, given the chunks from its offset on, gives the same items from there.
    """

    def __init__(self, chunks: Iterable[bytes | str], max_file: int | None = None, mark: Mark | None = None) -> None:
        self.envelope = Envelope(chunks, max_file, mark)
        self.mark, self.since = mark, 0
        self.draft: Draft | None = None
        self.opener: Segment | None = None
        self.opened_in = ("", "")
        self.problems: list[SegmentProblem] = []

    def __iter__(self) -> Iterator[Remittance | SegmentProblem]:
        for item in self._read():
            self.since += 1
            yield item

    def _read(self) -> Iterator[Remittance | SegmentProblem]:
        for item in self.envelope:
            if isinstance(item, SegmentProblem):
                if self.draft is None:
                    yield item
                else:
                    self.problems.append(item)
            elif item.id == "ST":
                yield from self._finish()
                self.mark, self.since = self.envelope.mark(item), 0
                yield from self._open(item)
            elif item.id in ("SE", "GS", "GE", "ISA", "IEA"):
                yield from self._finish()
            elif self.draft is not None:
                self._content(self.draft, item)
        yield from self._finish()

    def _open(self, segment: Segment) -> Iterator[SegmentProblem]:
        version = self.envelope.version
        if segment.get(1) != "835" or not version.startswith((GUIDE, OLDER_GUIDE)):
            message = "This transaction is not a remittance (835, 005010X221); it was not read. Ask the sender for one."
            yield self._placed(problem_at(segment, "transaction_unsupported", message))
            return
        self.draft, self.opener, self.problems = Draft(), segment, []
        self.opened_in = (self.envelope.interchange, self.envelope.transaction)
        if version.startswith(OLDER_GUIDE):
            message = "The transaction follows the older guide 004010X091; it was read by the same rules."
            self.problems.append(self._placed(problem_at(segment, "older_guide", message, "warning")))

    def _content(self, draft: Draft, segment: Segment) -> None:
        problem = shape_problem(segment, REMITTANCE_SEGMENTS)
        if problem is not None:
            self.problems.append(self._placed(problem))
            return
        handler: Callable[[Segment], Iterable[SegmentProblem]] | None = draft.handlers.get(segment.id)
        if handler is not None:
            self.problems.extend(self._placed(found) for found in handler(segment))

    def _finish(self) -> Iterator[Remittance]:
        draft, self.draft = self.draft, None
        if draft is None or self.opener is None:
            return
        interchange, transaction = self.opened_in
        self.problems.extend(self._placed(problem) for problem in draft.missing(self.opener))
        remittance = draft.remittance(interchange, transaction, self.opener.position, tuple(self.problems))
        yield replace(remittance, imbalances=imbalances_of(remittance))

    def _placed(self, problem: SegmentProblem) -> SegmentProblem:
        return (
            problem.within(*self.opened_in)
            if self.draft is not None
            else problem.within(self.envelope.interchange, self.envelope.transaction)
        )
