"""Time that passes is noticed: a session that nobody confirms is told of when its payer's days to file are over."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clawguard.accounts.actors import SYSTEM
from clawguard.accounts.models import User
from clawguard.events.sweeps import SWEEPS
from sessions import services
from sessions.models import Finding, IntakeChunk, TherapySession
from sessions.services import unconfirmed
from tests.builders import NOW, session_body
from tests.sessions.rules_makers import published
from tests.sessions.test_intake import screen_all

pytestmark = pytest.mark.django_db
OVER = dt.datetime(2026, 12, 16, 5, 30, tzinfo=dt.UTC)  # half past midnight in New York, after the 90th day
DAY = dt.timedelta(days=1)


def arrive(number: int = 1, **changes: Any) -> TherapySession:
    given = {"external_id": f"S-{number}", "client": {"external_id": f"C-{number}"}, "confirmed_at": None, **changes}
    session = services.submit(SYSTEM, session_body(**given), NOW)
    services.screen_chunk(session.chunk_id, NOW)
    return session


def look(now: dt.datetime) -> list[str]:
    """The sweep, and what the workers do with it. Whom was looked at?"""
    found = unconfirmed.sweep(now)
    keys = [key for chunk in IntakeChunk.objects.filter(screened_at=None) for key in chunk.session_ids]
    assert len(keys) == found
    screen_all(now)
    return list(
        TherapySession.objects.filter(pk__in=keys).order_by("external_id").values_list("external_id", flat=True)
    )


def told() -> list[str]:
    rows = Finding.objects.filter(check_id="CG514").order_by("session__external_id")
    return list(rows.values_list("session__external_id", flat=True))


@pytest.fixture
def ninety(lead: User, second_lead: User) -> None:
    published(lead, second_lead, {"filing_days": 90}, payer_id="60054")


@pytest.mark.usefixtures("ninety")
def test_it_is_told_once_when_the_days_are_over() -> None:
    arrive()
    arrive(2, start=None, end=None, minutes=55, confirmed_at="2026-09-17T12:00:00Z")
    arrive(3, start=None, end=None, minutes=55, payer={"id": "90001", "name": "Other", "kind": "commercial"})
    arrive(4, start=None, end=None, minutes=55, date_of_service="2026-09-20")
    assert look(NOW) == []
    assert look(OVER - 2 * DAY) == []
    assert look(OVER - DAY) == ["S-1"] and told() == []  # the last day has begun, and may be over somewhere
    assert look(OVER) == ["S-1"] and told() == ["S-1"]
    assert look(OVER + dt.timedelta(hours=1)) == []
    assert look(OVER + DAY) == ["S-1"] and told() == ["S-1"]
    assert look(OVER + 2 * DAY) == []
    assert look(OVER + 4 * DAY) == ["S-4"] and told() == ["S-1", "S-4"]


@pytest.mark.usefixtures("ninety")
def test_days_on_which_nobody_looked_are_made_up_for() -> None:
    arrive()
    look(NOW)
    assert look(OVER + 40 * DAY) == ["S-1"] and told() == ["S-1"]


@pytest.mark.usefixtures("ninety")
def test_one_that_is_confirmed_meanwhile_is_left_alone() -> None:
    session = arrive()
    look(NOW)
    services.correct(SYSTEM, session.pk, {"confirmed_at": "2026-11-18T12:00:00Z"}, NOW)
    screen_all()
    assert look(OVER) == [] and told() == []


def test_the_year_of_medicare_is_watched_without_anybody_stating_it() -> None:
    year = dt.datetime(2027, 9, 17, 4, 30, tzinfo=dt.UTC)  # half past midnight in New York, after the calendar year
    arrive(payer={"id": "10112", "name": "Example Medicare", "kind": "medicare"})
    arrive(2, start=None, end=None, minutes=55, payer={"id": "90001", "name": "Other", "kind": "commercial"})
    assert look(NOW) == []
    assert look(year - DAY) == ["S-1"] and told() == []  # the last day has begun
    assert look(year) == ["S-1"] and told() == ["S-1"]
    assert look(year + DAY) == ["S-1"]  # a day more on either side
    assert look(year + 2 * DAY) == [] and told() == ["S-1"]


def test_without_any_limit_nobody_is_looked_at() -> None:
    arrive()
    look(NOW)
    assert look(OVER) == [] and not IntakeChunk.objects.filter(again=True).exists()


def test_the_sweeper_looks() -> None:
    assert SWEEPS["sessions.unconfirmed"] is unconfirmed.sweep
