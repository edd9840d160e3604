"""The numbers of a pattern as bars: a label, a number, and where to draw it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from clawguard.domain.patterns.days import DayFacts, read_day
from sessions.models import PatternFinding, ProviderDay

WIDTH, HEIGHT, GAP, WIDEST = 720, 160, 2, 36
Numbers = list[tuple[str, int]]


class Bar(NamedTuple):
    label: str
    number: int
    x: int
    y: int
    width: int
    height: int


class Chart(NamedTuple):
    title: str
    counted: str  # heading of the labels
    bars: list[Bar]


def chart_of(finding: PatternFinding, rows: Sequence[ProviderDay]) -> Chart:
    """What is drawn for one finding, from its counted days."""
    days = [read_day(row.day, row.facts) for row in rows]
    title, counted, numbers = DRAWN.get(finding.pattern, DRAWN["CG620"])
    return Chart(title, counted, _bars(numbers(days, finding)))


def _bars(numbers: Numbers) -> list[Bar]:
    if not numbers:
        return []
    most, step = max(1, max(number for _, number in numbers)), WIDTH / len(numbers)
    bars = []
    for index, (label, number) in enumerate(numbers):
        height = round(HEIGHT * number / most)
        width = max(1, min(WIDEST, round(step) - GAP))
        bars.append(Bar(label, number, round(index * step), HEIGHT - height, width, height))
    return bars


def _visits(days: list[DayFacts], finding: PatternFinding) -> Numbers:
    return [(day.day.isoformat(), day.visits) for day in days]


def _minutes_a_day(days: list[DayFacts], finding: PatternFinding) -> Numbers:
    return [(day.day.isoformat(), day.minutes) for day in days]


def _unbroken(days: list[DayFacts], finding: PatternFinding) -> Numbers:
    return [(day.day.isoformat(), day.unbroken) for day in days]


def _days_a_week(days: list[DayFacts], finding: PatternFinding) -> Numbers:
    return _weeks(((day.day, 1) for day in days), finding)


def _client_weeks(days: list[DayFacts], finding: PatternFinding) -> Numbers:
    client = str(finding.client_id)
    return _weeks(((day.day, day.clients.get(client, 0)) for day in days), finding)


def _weeks(counts: Iterable[tuple[dt.date, int]], finding: PatternFinding) -> Numbers:
    weeks: Counter[dt.date] = Counter()
    for day, count in counts:
        weeks[day - dt.timedelta(days=day.weekday())] += count
    monday = finding.first_day - dt.timedelta(days=finding.first_day.weekday())
    numbers = []
    while monday <= finding.last_day:
        numbers.append((f"week of {monday.isoformat()}", weeks[monday]))
        monday += dt.timedelta(days=7)
    return numbers


def _tiers(days: list[DayFacts], finding: PatternFinding) -> Numbers:
    totals = [sum(tier[place] for day in days for tier in day.tiers.values()) for place in range(3)]
    return list(zip(("90832", "90834", "90837"), totals, strict=True))


def _minutes(days: list[DayFacts], finding: PatternFinding) -> Numbers:
    found: Counter[int] = Counter()
    for day in days:
        found.update(day.long_minutes)
    return [(f"{minute} minutes", count) for minute, count in sorted(found.items())]


def _hours(days: list[DayFacts], finding: PatternFinding) -> Numbers:
    found: Counter[int] = Counter()
    for day in days:
        found.update(day.hours)
    return [(f"{hour:02}:00", found[hour]) for hour in range(24)]


Drawn = tuple[str, str, Callable[[list[DayFacts], PatternFinding], Numbers]]
DRAWN: dict[str, Drawn] = {
    "CG620": ("Sessions a day", "Day", _visits),
    "CG621": ("Days with sessions a week", "Week", _days_a_week),
    "CG622": ("Individual sessions by code", "Code", _tiers),
    "CG623": ("Most sessions in a row without a gap", "Day", _unbroken),
    "CG624": ("Sessions of 90837 by minutes", "Minutes", _minutes),
    "CG625": ("Sessions by the hour they begin", "Hour", _hours),
    "CG626": ("Individual sessions with the client a week", "Week", _client_weeks),
    "CG627": ("Individual sessions with the client a week", "Week", _client_weeks),
    "CG628": ("Minutes of sessions a day", "Day", _minutes_a_day),
}


def link_to_all(finding: PatternFinding) -> dict[str, Any]:
    """What the search page is asked for, to show every session a pattern rests on."""
    asked = {
        "provider": finding.provider.npi,
        "date_from": finding.first_day.isoformat(),
        "date_to": finding.last_day.isoformat(),
        "code": finding.code,
        "client_id": str(finding.client_id) if finding.client_id else "",
    }
    return {name: value for name, value in asked.items() if value}
