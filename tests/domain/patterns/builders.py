"""Months of an invented provider: a row states only the days it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from clawguard.domain.codesets.policies import DEFAULT
from clawguard.domain.patterns import PATTERNS, DayFacts, PatternFinding, Period, look

MARCH = dt.date(2026, 3, 1)


def day(on: dt.date | str, **said: Any) -> DayFacts:
    """A day with one ordinary visit at ten, unless told otherwise."""
    date = dt.date.fromisoformat(on) if isinstance(on, str) else on
    usual: dict[str, Any] = {
        "visits": 1,
        "license": "LCSW",
        "tiers": {},
        "long_minutes": {},
        "hours": {10: 1},
        "unbroken": 1,
        "clients": {},
    }
    return DayFacts(day=date, **{**usual, **said})


def stretch(first: str, days: int, step: int = 1, **said: Any) -> list[DayFacts]:
    """So many days, ``step`` apart."""
    begin = dt.date.fromisoformat(first)
    return [day(begin + dt.timedelta(days=step * number), **said) for number in range(days)]


def period(*days: DayFacts | Iterable[DayFacts], month: dt.date = MARCH, **said: Any) -> Period:
    listed: list[DayFacts] = []
    for each in days:
        listed += [each] if isinstance(each, DayFacts) else list(each)
    policy = replace(DEFAULT, **said.pop("policy", {}))
    return Period(month, tuple(sorted(listed, key=lambda each: each.day)), policy, **said)


@dataclass(frozen=True)
class Row:
    story: str
    given: Period
    expected: Mapping[str, Any] | None = None


def passes(story: str, given: Period) -> Row:
    return Row(story, given)


def trips(story: str, given: Period, expected: Mapping[str, Any]) -> Row:
    """``expected`` names severity, findings, first, last, client, says, or evidence."""
    return Row(story, given, expected)


def found(pattern: str, given: Period) -> list[PatternFinding]:
    peers = PATTERNS[pattern].among_peers
    return [each for each in look(given, among_peers=peers) if each.pattern == pattern]


def tables_for(pattern: str, rows: list[Row]) -> tuple[Callable[..., None], Callable[..., None]]:
    innocent = [row for row in rows if row.expected is None]
    telling = [row for row in rows if row.expected is not None]
    assert innocent and telling, f"{pattern} needs rows on both sides"

    @pytest.mark.parametrize("row", innocent, ids=lambda row: row.story)
    def test_passes(row: Row) -> None:
        assert found(pattern, row.given) == []

    @pytest.mark.parametrize("row", telling, ids=lambda row: row.story)
    def test_trips(row: Row) -> None:
        said = found(pattern, row.given)
        expected = dict(row.expected or {})
        assert len(said) == expected.pop("findings", 1)
        assert said[0].severity == expected.pop("severity", PATTERNS[pattern].severity)
        assert expected.pop("says", "") in said[0].message
        told = {"first": str(said[0].first_day), "last": str(said[0].last_day), "client": said[0].client}
        assert {name: told.get(name, said[0].evidence.get(name)) for name in expected} == expected

    return test_passes, test_trips
