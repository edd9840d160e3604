"""What publishing does to the periods of one scope: earlier ones end, are split or go, and nothing ever overlaps.

Ended periods are kept beside the publication that took their place, so that taking a publication back brings exactly
the days back that it had taken.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

DAY = dt.timedelta(days=1)


class Span(NamedTuple):
    """Days, both included; ``last`` None: until further notice."""

    first: dt.date
    last: dt.date | None

    @property
    def end(self) -> dt.date:
        return self.last or dt.date.max

    def overlap(self, other: Span) -> Span | None:
        first, end = max(self.first, other.first), min(self.end, other.end)
        return Span(first, None if end == dt.date.max else end) if first <= end else None

    def without(self, other: Span) -> list[Span]:
        """What is left of these days when ``other``'s are taken out: none, one or two pieces."""
        if self.overlap(other) is None:
            return [self]
        left = [Span(self.first, other.first - DAY)] if self.first < other.first else []
        right = [Span(other.end + DAY, self.last)] if other.end < self.end else []
        return left + right


@dataclass(frozen=True, slots=True)
class Standing:
    """A period in force: its days, whose values hold in them, and the row it is stored as (0: not stored yet)."""

    span: Span
    revision: str
    row: int = 0


class Effect(StrEnum):
    """What becomes of an earlier period."""

    REPLACED = "replaced"
    ENDS_EARLIER = "ends earlier"
    STARTS_LATER = "starts later"
    SPLIT = "split"
    JOINED = "joined"  # goes on into the days that came back


@dataclass(frozen=True, slots=True)
class Touched:
    """An earlier period and what is left of it."""

    period: Standing
    effect: Effect
    rest: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What publishing ends and what holds from then on; ``added`` holds the new period and the rest of touched ones."""

    touched: tuple[Touched, ...]
    added: tuple[Standing, ...]


def publish(standing: Iterable[Standing], span: Span, revision: str) -> Outcome:
    """Put ``revision`` in force for ``span``; whatever held in those days gives way."""
    touched = tuple(
        Touched(period, _effect(period.span, rest := tuple(period.span.without(span))), rest)
        for period in sorted(standing, key=lambda period: period.span.first)
        if period.span.overlap(span) is not None
    )
    rests = [Standing(rest, each.period.revision) for each in touched for rest in each.rest]
    return Outcome(touched, tuple(sorted([*rests, Standing(span, revision)], key=lambda period: period.span.first)))


def take_back(
    standing: Collection[Standing],
    revision: str,
    ended: Mapping[str, Iterable[Standing]],
    reverted: Collection[str] = frozenset(),
) -> Outcome:
    """Undo the publication of ``revision``: its days go back to what held in them before.

    ``ended`` holds the periods that each publication ended, as they were then. Days in which something newer holds by
    now are left to it; what was itself ``reverted`` does not come back, but what held before it.
    """
    own = [period for period in standing if period.revision == revision]
    back = [found for period in own for found in _before(revision, period.span, ended, reverted)]
    touched = [Touched(period, Effect.REPLACED, ()) for period in own]
    others = [period for period in standing if period.revision != revision]
    added = []
    for name in dict.fromkeys(period.revision for period in back):
        spans = joined(period.span for period in back if period.revision == name)
        neighbours = [period for period in others if period.revision == name and _meets(period.span, spans)]
        touched += [Touched(period, Effect.JOINED, ()) for period in neighbours]
        added += [Standing(span, name) for span in joined([*spans, *(period.span for period in neighbours)])]
    touched.sort(key=lambda each: each.period.span.first)
    return Outcome(tuple(touched), tuple(sorted(added, key=lambda period: period.span.first)))


def _before(
    revision: str, span: Span, ended: Mapping[str, Iterable[Standing]], reverted: Collection[str]
) -> Iterator[Standing]:
    for period in ended.get(revision, ()):
        shared = period.span.overlap(span)
        if shared is None:
            continue
        if period.revision in reverted:
            yield from _before(period.revision, shared, ended, reverted)
        else:
            yield Standing(shared, period.revision)


def _effect(span: Span, rest: tuple[Span, ...]) -> Effect:
    if not rest:
        return Effect.REPLACED
    if len(rest) == 2:
        return Effect.SPLIT
    return Effect.ENDS_EARLIER if rest[0].first == span.first else Effect.STARTS_LATER


def _meets(span: Span, others: Iterable[Span]) -> bool:
    return any(len(joined([span, other])) == 1 for other in others)


def joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that follow each other without a gap as one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda span: span.first):
        if found and found[-1].last is not None and found[-1].last + DAY >= span.first:
            end = max(found[-1].end, span.end)
            found[-1] = Span(found[-1].first, None if end == dt.date.max else end)
        else:
            found.append(span)
    return found
