"""What changed between two versions of a table: rows added, ended, taken back, or saying something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from clawguard.domain.codesets.packed import OPEN, Row


class ChangeKind(StrEnum):
    ADDED = "added"
    ENDED = "ended"  # open before, with a last day now
    WITHDRAWN = "withdrawn"  # not there any more, as if it had never been
    CHANGED = "changed"  # another indicator, value, rule or type
    DATES = "dates"  # another last day, though it had ended before or runs on now


class Change(NamedTuple):
    """``before`` and ``after`` are the row in the old and the new version; one of them may be absent."""

    kind: ChangeKind
    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        row = self.after or self.before
        assert row is not None  # noqa: S101 - one of them is always there
        return row


def compare(old: Iterable[Row], new: Iterable[Row], *, amounts: bool) -> Iterator[Change]:
    """The changes in order of key and first day. Both sides must come in that order; nothing is held in memory.

    ``amounts``: whether the amount of a row is part of what it says (units), or only a remark (the reason of a pair).
    """
    for before, after in _side_by_side(old, new):
        kind = None if before == after else _kind(before, after, amounts)
        if kind is not None:
            yield Change(kind, before, after)


def _kind(before: Row | None, after: Row | None, amounts: bool) -> ChangeKind | None:
    if before is None:
        return ChangeKind.ADDED
    if after is None:
        return ChangeKind.WITHDRAWN
    if before.mark != after.mark or (amounts and before.amount != after.amount):
        return ChangeKind.CHANGED
    if before.last_day == after.last_day:
        return None
    return ChangeKind.ENDED if before.last_day == OPEN else ChangeKind.DATES


def _side_by_side(old: Iterable[Row], new: Iterable[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """Rows of the same key and first day together."""
    olds, news = iter(old), iter(new)
    before, after = next(olds, None), next(news, None)
    while before is not None or after is not None:
        if after is None or (before is not None and before[:2] < after[:2]):
            yield before, None
            before = next(olds, None)
        elif before is None or after[:2] < before[:2]:
            yield None, after
            after = next(news, None)
        else:
            yield before, after
            before, after = next(olds, None), next(news, None)
