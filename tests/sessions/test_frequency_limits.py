"""A payer's limit of sessions, from what is typed to the finding: the same in whatever order the sessions come."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

import pytest
from django.test import Client

from clawguard.accounts.actors import SYSTEM
from clawguard.accounts.models import User
from clawguard.domain.checks.looking_back import looking_back
from sessions import services
from sessions.codesets import current_tables
from sessions.models import IntakeChunk, PolicyRevision
from tests.builders import NOW
from tests.sessions.rules_makers import published
from tests.sessions.test_any_order import LATER, foreseen, on, screen_shuffled, stored
from tests.sessions.test_intake import record, screen_all

pytestmark = pytest.mark.django_db
LIMITS = {"most_sessions_a_week": {"90834+90837": 2}, "authorization_after_sessions": {"90834+90837": 5}}
OTHER_PAYER = {"payer": {"id": "87726", "name": "Another", "kind": "commercial"}}
DAYS = ["2026-06-01", "2026-06-03", "2026-06-04", "2026-06-07", "2026-06-08", "2026-06-17", "2025-12-31"]
SESSIONS = [
    *(on(day, "90834" if number % 2 else "90837") for number, day in enumerate(DAYS)),
    on("2026-06-05", "90837", **OTHER_PAYER),
    on("2026-06-06", "90847"),
]


@pytest.fixture
def limited(lead: User, second_lead: User) -> None:
    published(lead, second_lead, LIMITS, payer_id="60054")


def told() -> list[tuple[str, str]]:
    return [(session, check) for session, check, *_ in stored()]


def arrive(bodies: Sequence[dict[str, Any]], now: dt.datetime = NOW) -> None:
    services.store_chunk([record(**body) for body in bodies], SYSTEM, now)
    screen_all(now)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("together", [1, 3, len(SESSIONS)])
def test_it_is_the_same_in_any_order(limited: None, seed: int, together: int) -> None:
    rng = random.Random(seed)
    bodies = rng.sample(SESSIONS, len(SESSIONS))
    for first in range(0, len(bodies), together):
        services.store_chunk([record(**body) for body in bodies[first : first + together]], SYSTEM, NOW)
        if seed:
            screen_all()
    screen_shuffled(rng)
    assert stored() == foreseen(SESSIONS)
    assert told() == [
        ("2026-06-04-90837", "CG609"),  # the third of the week
        ("2026-06-07-90834", "CG609"),  # a Sunday, the fourth
        ("2026-06-17-90834", "CG523"),  # the sixth of the year
    ]


def test_an_earlier_session_that_comes_late_or_is_corrected_is_counted(limited: None) -> None:
    arrive([on("2026-06-03", "90837"), on("2026-06-04", "90837"), on("2026-06-11", "90837")])
    assert told() == []
    arrive([on("2026-06-01", "90834")], LATER)
    assert told() == [("2026-06-04-90837", "CG609")]
    # of the two later sessions both may rest on it (an authorization after five a year), and nothing else was asked
    assert sorted(len(chunk.session_ids) for chunk in IntakeChunk.objects.all()) == [3, 4]


def test_a_correction_takes_the_finding_with_it(limited: None) -> None:
    first = services.submit(SYSTEM, on("2026-06-01", "90834"), NOW)
    arrive([on("2026-06-03", "90837"), on("2026-06-04", "90837")])
    assert told() == [("2026-06-04-90837", "CG609")]
    services.correct(SYSTEM, first.pk, OTHER_PAYER, LATER)
    screen_all(LATER)
    assert told() == []


def test_without_a_limit_nothing_is_counted_or_loaded() -> None:
    assert not looking_back(current_tables()).codes.intersection({"90834", "90837"})
    arrive(SESSIONS)
    assert told() == []


def test_with_one_only_its_codes_are_looked_for(limited: None) -> None:
    looking = looking_back(current_tables())
    assert looking.codes >= {"90834", "90837"} and "90847" not in looking.codes and not looking.anything


def test_a_limit_is_typed_kept_and_named_where_it_cannot_be_read(lead: User, browser_of: Any) -> None:
    page: Client = browser_of(lead)
    address = page.post("/policies/new", {"payer_id": "60054", "first_day": "2026-01-01"})["Location"]
    typed = {"first_day": "2026-01-01", "last_day": "", "reason": "Page 12.", "mode-most_sessions_a_week": "here"}
    page.post(address, typed | {"value-most_sessions_a_week": "90837+90834=2, 90853=1"})
    revision = PolicyRevision.objects.get()
    assert revision.values == {"most_sessions_a_week": {"90834+90837": 2, "90853": 1}}
    assert 'value="90834+90837=2 90853=1"' in page.get(address).content.decode()
    refused = page.post(address, typed | {"value-most_sessions_a_week": "twice"}).content.decode()
    assert "Write a number by codes that count together as 90834+90837=2." in refused
    revision.refresh_from_db()
    assert revision.values == {"most_sessions_a_week": {"90834+90837": 2, "90853": 1}}
