"""A few invented providers whose months have habits, so that every pattern has something to show, and one whose
telehealth sessions contradict themselves in as many ways as there are.

They stand beside the ordinary network, which stays what it was: ``join`` numbers them after its providers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from clawguard.demo.people import FAMILY, GIVEN, PAYERS, TEAMS, DemoClient, DemoProvider, npi
from clawguard.demo.sessions import Body, Network, session_body, submitted_at
from clawguard.holidays_us import federal_calendar

ZONE = "America/New_York"
CONFIRMED_AFTER = dt.timedelta(hours=2)
HOLIDAYS = frozenset(federal_calendar().holidays)
PLAN = "Gold"  # of the first payer; policies may decide for it alone


class Visit(NamedTuple):
    day: dt.date
    hour: int
    minute: int
    client: int
    code: str
    minutes: int
    changes: dict[str, Any] = {}


Habit = Callable[[dt.date], Iterator[Visit]]


def _weekdays(anchor: dt.date, back: int) -> list[dt.date]:
    days = [anchor - dt.timedelta(days=number) for number in range(back, 0, -1)]
    return [day for day in days if day.weekday() < 5 and day not in HOLIDAYS]


def always_the_same_minute(anchor: dt.date) -> Iterator[Visit]:
    """Every session is the longest code, and ends at the minute at which it begins to count."""
    for day in _weekdays(anchor, 90)[::2]:
        for place in range(2):
            yield Visit(day, 10 + 2 * place, 0, (day.day + place) % 9, "90837", 53)


def no_minute_between(anchor: dt.date) -> Iterator[Visit]:
    """Eight sessions of fifty minutes, the next beginning when the last one ends."""
    for day in _weekdays(anchor, 60)[::14]:
        for place in range(8):
            begins = 9 * 60 + place * 50
            yield Visit(day, begins // 60, begins % 60, place, "90834", 50)


def very_full_days(anchor: dt.date) -> Iterator[Visit]:
    """Eighteen short sessions on a few days."""
    for day in _weekdays(anchor, 50)[::17]:
        for place in range(18):
            begins = 7 * 60 + place * 40
            yield Visit(day, begins // 60, begins % 60, place, "90832", 32)


def never_a_day_off(anchor: dt.date) -> Iterator[Visit]:
    """One session every day of a hundred, at eleven in the evening on Saturdays, holidays included."""
    for number in range(100, 0, -1):
        day = anchor - dt.timedelta(days=number)
        yield Visit(day, 22 if day.weekday() == 5 else 10, 30, number % 8, "90834", 46)


def one_client_often(anchor: dt.date) -> Iterator[Visit]:
    """Three times a week with one client for eleven weeks; twice a week with another whose plan states once."""
    monday = anchor - dt.timedelta(days=anchor.weekday() + 7 * 11)
    for week in range(11):
        for weekday in (0, 2, 4):
            day = monday + dt.timedelta(days=7 * week + weekday)
            yield Visit(day + dt.timedelta(days=day in HOLIDAYS), 9, 0, 0, "90834", 47)
        for weekday in (1, 4):
            if week >= 7:
                day = monday + dt.timedelta(days=7 * week + weekday)
                yield Visit(day + dt.timedelta(days=day in HOLIDAYS), 11, 0, 1, "90834", 46)


VIDEO: dict[str, Any] = {"telehealth": "video", "place_of_service": "10", "client_location": "home"}
PHONE: dict[str, Any] = {"telehealth": "audio", "place_of_service": "10", "client_location": "home"}
# What is told of the session, and the modifiers of its line.
MUDDLES: tuple[tuple[dict[str, Any], list[str]], ...] = (
    (VIDEO, ["93"]),
    (PHONE, []),
    (PHONE, ["95"]),
    (VIDEO, ["95", "93"]),
    ({**VIDEO, "place_of_service": "02"}, ["95"]),
    ({**VIDEO, "client_location": "office"}, ["95"]),
    ({"telehealth": "none", "place_of_service": "10"}, ["95"]),
    (VIDEO, []),
    (VIDEO, ["95", "HQ"]),
    ({"telehealth": "none", "place_of_service": "21"}, []),
)


def telehealth_muddled(anchor: dt.date) -> Iterator[Visit]:
    """Place, way and modifiers of a session say different things; the clients have one plan of the first payer."""
    for number, (day, (told, modifiers)) in enumerate(zip(_weekdays(anchor, 40), MUDDLES, strict=False)):
        yield Visit(day, 14, 0, number % 5, "90834", 45, {**told, "_modifiers": modifiers})
    for day in _weekdays(anchor, 30)[3::9]:
        yield Visit(day, 16, 0, 6, "90847", 52)


HABITS: tuple[tuple[Habit, str], ...] = (
    (always_the_same_minute, "LCSW"),
    (no_minute_between, "LMFT"),
    (very_full_days, "LPC"),
    (never_a_day_off, "LCSW"),
    (one_client_often, "PsyD"),
    (telehealth_muddled, "LCSW"),
)


def join(network: Network, anchor: dt.date) -> Network:
    """The network with the providers who have habits beside it, their sessions in order of submission with the rest."""
    first = len(network.providers) + 1
    people = [_provider(first + place, license_) for place, (_, license_) in enumerate(HABITS)]
    own = [
        body
        for person, (habit, _) in zip(people, HABITS, strict=True)
        for body in _bodies(person, habit, anchor)
        if submitted_at(body).date() < anchor
    ]
    everything = sorted([*network.sessions, *own], key=lambda body: (submitted_at(body), body["external_id"]))
    return replace(network, providers=(*network.providers, *people), sessions=tuple(everything))


def _provider(number: int, license_: str) -> DemoProvider:
    given, family = GIVEN[number % len(GIVEN)], FAMILY[(number * 7) % len(FAMILY)]
    clients = tuple(
        DemoClient(f"C-{number:04d}-{index:03d}", 1960 + index * 2, "FM"[index % 2], "NY", PAYERS[0], "F411")
        for index in range(20)
    )
    email = f"{given}.{family}.{number}@example.com".lower()
    return DemoProvider(npi(number), f"{given} {family}", license_, ZONE, TEAMS[0], email, clients)


def _bodies(person: DemoProvider, habit: Habit, anchor: dt.date) -> Iterator[Body]:
    zone = ZoneInfo(person.time_zone)
    for number, visit in enumerate(habit(anchor)):
        start = dt.datetime.combine(visit.day, dt.time(visit.hour, visit.minute), zone)
        end = start.astimezone(dt.UTC) + dt.timedelta(minutes=visit.minutes)
        client = person.clients[visit.client]
        identity = f"H-{person.npi[-5:]}-{number:04d}"
        body = session_body(
            person, client, identity, start, visit.code, visit.minutes, video=False, confirmed=end + CONFIRMED_AFTER
        )
        changes = dict(visit.changes)
        body["service_lines"][0]["modifiers"] = changes.pop("_modifiers", [])
        if habit is telehealth_muddled:
            body["payer"]["plan"] = PLAN
        yield {**body, **changes}
