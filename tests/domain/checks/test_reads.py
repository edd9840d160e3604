"""Silence that is remembered is true: a check that says what it reads has read nothing else where it stayed silent."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from clawguard.domain.checks import ALL, CheckInfo, Context, Finding, running, screen
from clawguard.domain.checks.neighbours import same_visit_day
from clawguard.domain.checks.reading import FACTS, NAMES, PLAIN, SAME_VISIT, WORKED_OUT, reader
from clawguard.domain.codesets import CodeTables, Policies, PolicyPeriod
from clawguard.domain.facts import SessionFacts
from tests.domain.checks.builders import FY2025, FY2026, TABLES, Row, line, other, session
from tests.domain.checks.test_registry import all_rows

STATED = sorted(identifier for identifier, info in ALL.items() if info.reads is not None)
LINES = {"code", "modifiers", "units", "diagnosis_pointers", "em_basis", "number"}
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


class Watched:
    """A value of which every attribute that is read is noted."""

    def __init__(self, of: Any, read: set[str], prefix: str = "") -> None:
        self.__dict__.update(_of=of, _read=read, _prefix=prefix)

    def __getattr__(self, name: str) -> Any:
        self._read.add(self._prefix + name)
        value = getattr(self._of, name)
        if name == "service_lines":
            return tuple(Watched(each, self._read, "line.") for each in value)
        return value

    def policy(self, given: Any) -> Any:
        return self._of.policy(given)


def allowed(info: CheckInfo) -> set[str]:
    named = set(info.reads or ())
    plain = {"service_lines", "codes", "tables", *(named & PLAIN)}
    through = set[str]().union(*(WORKED_OUT[name] for name in named & WORKED_OUT.keys()))
    return plain | {f"line.{name}" for name in LINES} | through


def rows() -> Iterator[tuple[Row, Context]]:
    for _, row in all_rows():
        yield row, Context(**{"tables": TABLES, **row.context})


def speaks(info: CheckInfo, given: Any, context: Any) -> bool:
    return any(True for _ in info.run(given, context))


def asked(info: CheckInfo, given: SessionFacts, context: Context) -> bool:
    """Whether the memory would be asked at all."""
    reads = info.reads or ()
    visited = SAME_VISIT in reads and bool(same_visit_day(given, context))
    return (
        not visited
        and not (FACTS in reads and context.facts)
        and (info.codes is None or not given.codes.isdisjoint(context.tables.codes(info.codes)))
    )


def test_only_known_names_are_stated() -> None:
    assert len(STATED) > 20
    assert {name for identifier in STATED for name in ALL[identifier].reads or ()} <= NAMES
    assert not PLAIN - {each.name for each in dataclasses.fields(SessionFacts)}


@pytest.mark.parametrize("identifier", STATED)
def test_where_it_is_silent_it_has_read_only_what_it_states(identifier: str) -> None:
    info, silent = ALL[identifier], 0
    for row, context in rows():
        read: set[str] = set()
        if asked(info, row.given, context) and SAME_VISIT in (info.reads or ()):
            context = dataclasses.replace(context, same_day=())  # none of these is of the same visit
        if asked(info, row.given, context) and not speaks(info, Watched(row.given, read), Watched(context, read)):
            silent += 1
            assert read <= allowed(info), row.story
    assert silent


@pytest.mark.parametrize("identifier", STATED)
def test_minutes_are_read_and_not_the_hour(identifier: str) -> None:
    info = ALL[identifier]
    for row, context in rows():
        given = row.given
        if "minutes" in (info.reads or ()) and given.start and given.end and asked(info, given, context):
            lines = tuple(_later(each, HOUR) for each in given.service_lines)
            moved = dataclasses.replace(_later(given, HOUR), service_lines=lines)
            assert speaks(info, given, context) == speaks(info, moved, context), row.story


def _later(timed: Any, by: dt.timedelta) -> Any:
    start, end = (None if each is None else each + by for each in (timed.start, timed.end))
    return dataclasses.replace(timed, start=start, end=end)


@pytest.mark.parametrize("identifier", STATED)
def test_where_the_day_is_not_stated_only_its_release_and_policy_count(identifier: str) -> None:
    info = ALL[identifier]
    if "date_of_service" in (info.reads or ()):
        return
    for row, context in rows():
        for by in (DAY, -DAY, 30 * DAY):
            moved = dataclasses.replace(row.given, date_of_service=row.given.date_of_service + by)
            read = reader(frozenset(info.reads or ()), context.tables)
            if asked(info, row.given, context) and asked(info, moved, context) and read(row.given) == read(moved):
                assert speaks(info, row.given, context) == speaks(info, moved, context), row.story


def plainly(given: SessionFacts, context: Context) -> tuple[Finding, ...]:
    """Every check asked, nothing remembered, the order of ids."""
    found: list[Finding] = []
    for _, info in sorted(ALL.items()):
        if info.codes is None or not given.codes.isdisjoint(context.tables.codes(info.codes)):
            found.extend(info.run(given, context))
    return tuple(found)


def test_what_was_remembered_changes_no_answer() -> None:
    """Twice over all sessions of all tables: the second time everything is known, and the answers are the same."""
    running._books.clear()
    for _ in range(2):
        for row, context in rows():
            assert screen(row.given, context) == plainly(row.given, context), row.story


def test_other_tables_and_other_policies_are_not_mixed_up() -> None:
    def told(given: SessionFacts, tables: CodeTables) -> list[str]:
        return [found.check for found in screen(given, Context(tables))]

    long, unknown = session("90837", minutes=80), session(diagnoses=("F4301",))
    stricter = CodeTables(icd=(FY2026,), policies=Policies((PolicyPeriod(dt.date(2026, 1, 1), None, STRICT),)))
    both = CodeTables(icd=(FY2025, FY2026))
    for _ in range(2):
        for tables in (TABLES, stricter, both, TABLES):
            assert ("CG107" in told(long, tables)) == (tables is stricter)
            assert ("CG302" in told(unknown, tables)) == (tables is both)
    before = dataclasses.replace(long, date_of_service=dt.date(2025, 12, 31))
    assert "CG107" not in told(before, stricter)


STRICT = {"long_session_minutes": 75}


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "MOST_PLANS", 5)
    monkeypatch.setattr(running, "MOST_COMBINATIONS", 5)
    monkeypatch.setattr(running, "MOST_REMEMBERED", 8)
    running._books.clear()
    for minutes in range(1, 40):
        given = session(*[line("90837", number) for number in range(1, 2 + minutes % 9)], minutes=minutes)
        screen(given, Context(tables=TABLES, same_day=(other("90834"),)))
        (book,) = running._books.values()
        kept = sum(len(group.known) for plan in book.plans.values() for group in plan.groups)
        assert 0 < kept <= book.remembered <= 8
    (book,) = running._books.values()
    assert len(book.plans) <= 5
    assert all(len(group.known) <= 5 for plan in book.plans.values() for group in plan.groups)
