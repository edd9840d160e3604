"""What holds of every session and every check, whatever the rules say."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections import Counter
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clawguard.domain.checks import ALL, Context, Finding, screen
from clawguard.domain.checks.timing import session_minutes
from clawguard.domain.codesets.places import PLACES
from clawguard.domain.codesets.procedures import PROCEDURES
from clawguard.domain.facts import ServiceLineFacts, SessionFacts
from tests.domain.checks.builders import DAY, FY2026, TABLES, Row, session
from tests.domain.checks.test_registry import all_rows

_MODIFIERS = "95 93 GT GQ FQ G0 25 59 XE XP XU 76 22 52 HO HN HP HM AH AJ SA HA HB HF HJ HQ HR HS HU GY KX"
MODIFIERS = _MODIFIERS.split()
DIAGNOSES = [*sorted(FY2026.flags), "F3399", "R99"]
LICENSES = ["LCSW", "MD", "PhD", "PMHNP", "BCBA", "RBT", "LMFT", "LPC-A", ""]
ZONES = ["America/New_York", "America/Los_Angeles", "America/Phoenix", "Pacific/Honolulu", "UTC"]
FEW = settings(max_examples=60)


@st.composite
def lines(draw: st.DrawFn) -> ServiceLineFacts:
    return ServiceLineFacts(
        number=1,
        code=draw(st.sampled_from(sorted(PROCEDURES))),
        modifiers=tuple(draw(st.lists(st.sampled_from(MODIFIERS), max_size=2))),
        units=draw(st.integers(1, 4)),
        charge=Decimal("180.00"),
        diagnosis_pointers=tuple(draw(st.lists(st.integers(1, 3), max_size=2))),
        minutes=draw(st.none() | st.integers(0, 130)),
        em_basis=draw(st.sampled_from([None, "mdm", "time"])),
    )


@st.composite
def sessions(draw: st.DrawFn, **fixed: Any) -> SessionFacts:
    billed = draw(st.lists(lines(), min_size=1, max_size=4))
    start = dt.datetime(2026, 3, 18, 14, 0, tzinfo=dt.UTC)
    timed = draw(st.sampled_from(["clock", "total", "both", "none"]))
    length = draw(st.integers(1, 300))
    facts: dict[str, Any] = {
        "service_lines": tuple(dataclasses.replace(line, number=n) for n, line in enumerate(billed, start=1)),
        "diagnoses": tuple(draw(st.lists(st.sampled_from(DIAGNOSES), max_size=4))),
        "place_of_service": draw(st.sampled_from(sorted(PLACES))),
        "telehealth": draw(st.sampled_from([None, "none", "video", "audio"])),
        "payer_kind": draw(st.sampled_from(["commercial", "medicare", "medicaid", "tricare", "eap", "self_pay"])),
        "provider_license": draw(st.sampled_from(LICENSES)),
        "client_present": draw(st.sampled_from([None, True, False])),
        "client_location": draw(st.sampled_from([None, "home", "office", "other", "outside_us"])),
        "group_size": draw(st.sampled_from([None, 1, 6, 13])),
        "start": start if timed in ("clock", "both") else None,
        "end": start + dt.timedelta(minutes=length) if timed in ("clock", "both") else None,
        "minutes": draw(st.integers(1, 300)) if timed in ("total", "both") else None,
    }
    return dataclasses.replace(session(at=None), **{**facts, **fixed})


def told(findings: tuple[Finding, ...]) -> Counter[str]:
    return Counter(json.dumps(found.as_dict(), sort_keys=True) for found in findings)


def holds_float(value: Any) -> bool:
    if isinstance(value, dict):
        return any(holds_float(each) for each in value.values())
    if isinstance(value, list | tuple):
        return any(holds_float(each) for each in value)
    return isinstance(value, float)


CURED = [(check, row) for check, row in all_rows() if row.cured is not None]


@pytest.mark.parametrize(("check", "row"), CURED, ids=lambda value: value.story if isinstance(value, Row) else value)
def test_a_correction_removes_exactly_the_finding_it_cures(check: str, row: Row) -> None:
    assert row.cured is not None
    context = Context(**{"tables": TABLES, **row.context})
    assert gone_and_new(screen(row.given, context), screen(row.cured, context)) == ({check}, set())


def gone_and_new(before: tuple[Finding, ...], after: tuple[Finding, ...]) -> tuple[set[str], set[str]]:
    """The checks of which a finding went, and of which one came."""
    was, said = told(before), told(after)
    return {json.loads(text)["check"] for text in was - said}, {json.loads(text)["check"] for text in said - was}


def test_every_check_about_the_session_itself_has_a_correction_that_cures_it() -> None:
    assert {identifier for identifier in ALL if identifier[2] in "1234"} - {check for check, _ in CURED} == set()


@FEW
@given(sessions(), st.lists(sessions(external_id="S-2"), max_size=1), st.lists(sessions(external_id="S-3"), max_size=1))
def test_screening_is_deterministic_and_every_finding_can_be_stored(
    one: SessionFacts, same_day: list[SessionFacts], history: list[SessionFacts]
) -> None:
    earlier = [dataclasses.replace(each, date_of_service=DAY - dt.timedelta(days=3)) for each in history]
    context = Context(tables=TABLES, same_day=tuple(same_day), history=tuple(earlier))
    found = screen(one, context)
    assert screen(dataclasses.replace(one), dataclasses.replace(context)) == found
    for finding in found:
        assert json.loads(json.dumps(finding.as_dict())) == finding.as_dict()
        assert not holds_float(finding.as_dict())


@FEW
@given(sessions(), st.data())
def test_the_order_of_the_lines_does_not_matter(one: SessionFacts, data: st.DataObject) -> None:
    """The same services in another order: the same checks say the same of them, with other line numbers."""
    shuffled = data.draw(st.permutations(one.service_lines))
    other = dataclasses.replace(
        one, service_lines=tuple(dataclasses.replace(line, number=n) for n, line in enumerate(shuffled, start=1))
    )
    context = Context(tables=TABLES)

    def said(facts: SessionFacts) -> Counter[tuple[str, str]]:
        return Counter((found.check, str(found.severity)) for found in screen(facts, context))

    assert said(other) == said(one)


@FEW
@given(
    sessions(),
    st.lists(sessions(external_id="S-2"), max_size=1),
    st.lists(sessions(external_id="S-3"), max_size=1),
    sessions(external_id="S-9", client_key="C-99", provider_npi="1999999992"),
    st.integers(-2, 40),
    st.data(),
)
def test_an_unrelated_session_changes_nothing(
    one: SessionFacts,
    same_day: list[SessionFacts],
    history: list[SessionFacts],
    other: SessionFacts,
    days: int,
    data: st.DataObject,
) -> None:
    """Another client with another provider, of that day or another: whichever list of neighbours it came in by, and
    wherever it stands among those that do concern the session."""
    away = moved(other, days)
    near, earlier = tuple(same_day), tuple(moved(each, 3) for each in history)
    alone = told(screen(one, Context(tables=TABLES, same_day=near, history=earlier)))
    beside = Context(tables=TABLES, same_day=among(near, away, data), history=earlier)
    assert told(screen(one, beside)) == alone
    before = Context(tables=TABLES, same_day=near, history=among(earlier, moved(other, max(1, days)), data))
    assert told(screen(one, before)) == alone


def moved(given: SessionFacts, days: int) -> SessionFacts:
    """The same session so many days earlier."""
    back = dt.timedelta(days=days)
    start = None if given.start is None else given.start - back
    end = None if given.end is None else given.end - back
    return dataclasses.replace(given, date_of_service=given.date_of_service - back, start=start, end=end)


def among(some: tuple[SessionFacts, ...], one: SessionFacts, data: st.DataObject) -> tuple[SessionFacts, ...]:
    place = data.draw(st.integers(0, len(some)))
    return (*some[:place], one, *some[place:])


@FEW
@given(
    st.integers(0, 2 * 365 * 1440),
    st.integers(0, 1440),
    st.integers(0, 59),
    st.sampled_from(ZONES),
    st.sampled_from(ZONES),
)
def test_minutes_are_those_that_passed_in_whatever_zone_they_are_told(
    moment: int, minutes: int, seconds: int, one: str, other: str
) -> None:
    """Also across the nights in which the clocks change, and with start and end told in different zones."""
    start = dt.datetime(2025, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=moment)
    end = start + dt.timedelta(minutes=minutes, seconds=seconds)
    facts = session(start=start.astimezone(ZoneInfo(one)), end=end.astimezone(ZoneInfo(other)))
    assert session_minutes(facts) == minutes


@FEW
@given(sessions(), st.sampled_from(ZONES))
def test_a_session_told_in_another_zone_has_the_same_findings(one: SessionFacts, zone: str) -> None:
    start = None if one.start is None else one.start.astimezone(ZoneInfo(zone))
    end = None if one.end is None else one.end.astimezone(ZoneInfo(zone))
    context = Context(tables=TABLES)
    assert told(screen(dataclasses.replace(one, start=start, end=end), context)) == told(screen(one, context))
