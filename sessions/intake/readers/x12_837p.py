"""837P claim files as rows; the reading itself is ``clawguard.domain.x12``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from clawguard.domain.x12.claim837 import read_claims
from clawguard.domain.x12.segments import SegmentProblem
from sessions.intake.readers.rows import Chunks, Place, Row, RowProblem, label_of


def read_837p(chunks: Chunks, place: Place | None = None) -> Iterator[Row]:
    """A row per session of a claim, and a row without session per problem of the file around the claims.

    What a segment means rests on those before it, so going on at a ``place`` passes over what was given before.
    """
    place = place or Place()
    place.direct = False
    for item in islice(read_claims(chunks), place.number, None):
        place.number += 1
        if isinstance(item, SegmentProblem):
            yield Row(item.position, None, [row_problem(item)])
        else:
            problems = [row_problem(problem) for problem in item.problems]
            yield Row(item.position, item.raw, problems, label_of(item.raw), positions=item.positions)


def row_problem(problem: SegmentProblem) -> RowProblem:
    """The problem in words that lead to its place in the file."""
    place = f"Segment {problem.position}"
    if problem.segment_id:
        place += f" ({problem.segment_id})"
    if problem.transaction and problem.transaction.isalnum():
        place += f", transaction {problem.transaction[:9]}"
    if problem.interchange and problem.interchange.isalnum():
        place += f", interchange {problem.interchange[:9]}"
    return RowProblem(problem.code, f"{place}: {problem.message}", row=problem.position, severity=problem.severity)
