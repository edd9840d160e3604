"""After another rule pack: undecided sessions are treated as ever, decided cases only get a line in their history."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.events.models import Event
from disputes import services
from disputes.models import Case
from disputes.selectors.timeline import timeline
from notes.models import NotesRequest
from sessions.services import trials
from tests import world
from tests.builders import NOW
from tests.disputes import makers
from tests.sessions.rules_makers import published

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
BLOCKED = {"blocked_codes": ["90837"]}


@pytest.fixture
def decided(priya: User, rui: User, lead: User) -> Case:
    """A session without findings whose case was decided all the same."""
    before = NOW - 6 * HOUR
    session = world.screened(before, minutes=55)
    case = services.open_by_hand(of_user(rui), session.pk, before)
    services.attribute(case.pk, before)
    services.open_conversation(case.pk, before)
    services.post_message(of_user(priya), case.pk, "The times are in my note.", before + HOUR)
    services.decide(of_user(rui), case.pk, makers.verdict("none"), before + 2 * HOUR)
    case.refresh_from_db()
    assert case.status == "decided"
    return case


def rescreen(lead: User, now: dt.datetime) -> None:
    scope = trials.read_scope({"from": "2026-01-01"}, NOW.date())
    trials.start_rescreening(of_user(lead), scope, now)
    makers.work(now)


def test_a_decided_case_is_not_reopened_but_its_history_says_so(
    lead: User, second_lead: User, decided: Case, actor: Any
) -> None:
    makers.work(NOW)
    published(lead, second_lead, BLOCKED)
    requests = NotesRequest.objects.count()
    rescreen(lead, NOW + HOUR)
    decided.refresh_from_db()
    assert (decided.status, Case.objects.count()) == ("decided", 1)
    assert NotesRequest.objects.filter(session=decided.session_id).count() == requests
    told = [entry for entry in timeline(actor(lead), decided) if entry["name"] == "case.pack_differs"]
    assert len(told) == 1
    assert "CG505" in told[0]["detail"] and "Nothing was reopened" in told[0]["detail"]
    assert decided.session is not None
    provider = User.objects.get(role="provider")
    assert not [entry for entry in timeline(actor(provider), decided) if entry["name"] == "case.pack_differs"]


def test_other_sessions_are_treated_as_screened_the_first_time(lead: User, second_lead: User, priya: User) -> None:
    session = world.screened(minutes=55)
    makers.work(NOW)
    assert not NotesRequest.objects.filter(session=session).exists()
    published(lead, second_lead, BLOCKED)
    rescreen(lead, NOW + HOUR)
    assert NotesRequest.objects.filter(session=session).count() == 1
    assert priya.provider_id == session.provider_id


def test_told_twice_it_is_written_once(lead: User, second_lead: User, decided: Case) -> None:
    published(lead, second_lead, BLOCKED)
    rescreen(lead, NOW + HOUR)
    makers.work(NOW + HOUR)
    rescreen(lead, NOW + 2 * HOUR)
    assert Event.objects.filter(name="case.pack_differs", subject_id=str(decided.pk)).count() == 1


def test_a_pack_that_says_the_same_leaves_no_line(lead: User, second_lead: User, decided: Case) -> None:
    published(lead, second_lead, {"long_session_minutes": 85})
    rescreen(lead, NOW + HOUR)
    assert decided.status == "decided"
    assert not Event.objects.filter(name="case.pack_differs").exists()
