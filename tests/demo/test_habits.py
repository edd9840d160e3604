"""The invented network's habits, facts and muddles are what they are said to be, and the same for the same day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from clawguard.demo import habits
from clawguard.demo.people import DemoProvider
from clawguard.demo.sessions import Body, Network, invent, submitted_at
from clawguard.demo.stating import learnt
from clawguard.domain.checks import Context, screen
from clawguard.domain.codesets.policies import DEFAULT
from clawguard.domain.facts import SessionFacts
from clawguard.domain.patterns import Period, Plan, Visit, day_facts, look
from clawguard.domain.patterns.period import month_of
from clawguard.domain.stated_facts import KINDS, read_statement
from clawguard.domain.submission import parse
from clawguard.holidays_us import federal_calendar
from tests.release import packaged

ANCHOR = dt.date(2026, 11, 25)
LATER = dt.datetime(2027, 6, 1, tzinfo=dt.UTC)


def network(anchor: dt.date = ANCHOR) -> Network:
    return habits.join(invent(7, 300, anchor, 15), anchor)


def facts_of(body: Body) -> SessionFacts:
    submission, errors = parse(body, now=LATER)
    assert submission is not None, errors
    return submission.facts


def own(told: Network, habit: habits.Habit) -> tuple[DemoProvider, list[SessionFacts]]:
    place = [each for each, _ in habits.HABITS].index(habit)
    person = told.providers[len(told.providers) - len(habits.HABITS) + place]
    return person, [facts_of(body) for body in told.sessions if body["provider"]["npi"] == person.npi]


def test_the_ordinary_network_stays_as_it_was_and_the_rest_is_the_same_each_time() -> None:
    plain, told = invent(7, 300, ANCHOR, 15), network()
    assert told == network()
    assert [body for body in told.sessions if body["external_id"].startswith("S-")] == list(plain.sessions)
    assert len(told.sessions) - len(plain.sessions) < 350
    moments = [submitted_at(body) for body in told.sessions]
    assert moments == sorted(moments) and moments[-1].date() < ANCHOR
    assert len({body["external_id"] for body in told.sessions}) == len(told.sessions)
    assert len({person.npi for person in told.providers}) == len(told.providers)


def patterns_of(sessions: list[SessionFacts], plans: dict[str, tuple[Plan, ...]]) -> set[str]:
    days: dict[dt.date, list[Visit]] = {}
    for each in sessions:
        assert each.start is not None and each.end is not None
        codes, kind = tuple(line.code for line in each.service_lines), each.payer_kind
        begin, end = each.start.timestamp(), each.end.timestamp()
        visit = Visit(
            each.client_key, kind, each.provider_license, codes, int(end - begin) // 60, begin, end, _hour(each)
        )
        days.setdefault(each.date_of_service, []).append(visit)
    counted = tuple(day_facts(day, days[day]) for day in sorted(days))
    holidays = frozenset(federal_calendar().holidays)
    months = {month_of(day) for day in days}
    periods = [Period(month, counted, DEFAULT, holidays, plans) for month in sorted(months)]
    return {each.pattern for period in periods for peers in (False, True) for each in look(period, among_peers=peers)}


def _hour(session: SessionFacts) -> int:
    assert session.start is not None
    return session.start.astimezone(ZoneInfo(session.provider_time_zone)).hour


@pytest.mark.parametrize("anchor", [ANCHOR, dt.date(2026, 11, 1), dt.date(2027, 3, 3)])
@pytest.mark.parametrize(
    ("habit", "expected"),
    [
        (habits.always_the_same_minute, {"CG622", "CG624"}),
        (habits.no_minute_between, {"CG623"}),
        (habits.very_full_days, {"CG620"}),
        (habits.never_a_day_off, {"CG621", "CG625"}),
        (habits.one_client_often, {"CG626", "CG627"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_habit_trips_its_patterns_and_no_other(habit: habits.Habit, expected: set[str], anchor: dt.date) -> None:
    person, sessions = own(network(anchor), habit)
    plans = {person.clients[1].external_id: (Plan(1, "week", None, None),)}
    assert patterns_of(sessions, plans) == expected


def test_muddled_sessions_trip_the_checks_of_telehealth() -> None:
    _, sessions = own(network(), habits.telehealth_muddled)
    context = Context(tables=packaged(), now=LATER)
    said = {found.check for session in sessions for found in screen(session, context)}
    assert said >= {"CG401", "CG402", "CG403", "CG404", "CG405", "CG407"}
    assert {session.payer_plan for session in sessions} == {habits.PLAN}


def statements() -> Iterator[str]:
    known = {person.npi for person in network().providers}
    for at, said in learnt(network(), ANCHOR):
        statement, errors = read_statement(said)
        assert statement is not None, errors
        assert at.tzinfo is not None and (statement.about != "provider" or statement.ref in known)
        yield statement.kind


def test_every_kind_of_fact_is_stated_as_a_real_one_would_be() -> None:
    assert set(statements()) == set(KINDS)
    assert learnt(network(), ANCHOR) == learnt(network(), ANCHOR)
