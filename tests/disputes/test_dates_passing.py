"""A date that passes has a case weighed again, once, though nothing happens to it."""

from __future__ import annotations

import datetime as dt

import pytest

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.events.models import Event
from disputes import services
from disputes.models import Case
from disputes.selectors.cases import latest_proposal
from disputes.services.sweeping import IN_FLIGHT
from notes import clock_guard
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
MICROSECOND = dt.timedelta(microseconds=1)
PAYER_DUE = NOW + 2 * DAY
SUPPLIED = {
    "note_request": {
        "delivered_at": (NOW - 3 * DAY).isoformat(),
        "due_at": (NOW + 5 * DAY).isoformat(),
        "responded_at": (NOW - DAY).isoformat(),
        "notes_received_at": (NOW - DAY).isoformat(),
    },
    "payer_records_due_at": PAYER_DUE.isoformat(),
}


@pytest.fixture
def case(rui: User, priya: User) -> Case:
    """Notes are in, and the payer takes records until ``PAYER_DUE``."""
    assert priya.provider is not None
    row = makers.opened(rui, makers.session(priya.provider))
    services.add_facts(of_user(rui), row.pk, SUPPLIED, NOW)
    services.attribute(row.pk, NOW)
    row.refresh_from_db()
    return row


def passed() -> int:
    return Event.objects.filter(name="case.date_passed").count()


def proposed(case: Case) -> str:
    proposal = latest_proposal(case)
    return proposal.attribution["clause"] if proposal else ""


def test_when_the_payers_date_passes_the_case_is_weighed_again_once(case: Case) -> None:
    just_after = PAYER_DUE + MICROSECOND
    assert (case.weigh_again_at, proposed(case)) == (just_after, "open.no_ground")
    assert services.sweep(just_after + IN_FLIGHT - MICROSECOND) == 0
    assert services.sweep(just_after + IN_FLIGHT) == 1
    assert services.sweep(just_after + IN_FLIGHT) == 0  # a second sweeper finds nothing left
    event = Event.objects.get(name="case.date_passed")
    assert event.payload == {}
    for _ in range(2):  # as a task that comes twice
        services.attribute(case.pk, just_after + IN_FLIGHT)
    case.refresh_from_db()
    assert (proposed(case), case.proposals.count()) == ("network.records_not_forwarded", 2)
    assert case.weigh_again_at == NOW + 5 * DAY  # then nothing of the payer's is left, only the answer time
    assert services.sweep(PAYER_DUE + DAY) == 0
    assert passed() == 1


def test_the_work_of_it_is_handed_to_a_task(case: Case) -> None:
    at = PAYER_DUE + HOUR
    services.sweep(at)
    makers.work(at)
    assert proposed(case) == "network.records_not_forwarded"


def test_nothing_is_weighed_by_a_clock_in_doubt(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock_guard, "may_lapse", lambda: False)
    assert services.sweep(PAYER_DUE + HOUR) == 0
    monkeypatch.undo()
    assert services.sweep(PAYER_DUE + HOUR) == 1


def test_forwarded_meanwhile_the_date_is_nothing_to_wait_for(case: Case, rui: User) -> None:
    services.add_facts(of_user(rui), case.pk, {"records_forwarded_at": (NOW + HOUR).isoformat()}, NOW + 2 * HOUR)
    services.attribute(case.pk, NOW + 2 * HOUR)
    services.sweep(PAYER_DUE + HOUR)
    services.attribute(case.pk, PAYER_DUE + HOUR)
    assert proposed(case) == "open.no_ground"


def test_after_a_decision_a_date_that_passes_puts_it_in_doubt(case: Case, rui: User) -> None:
    services.decide(of_user(rui), case.pk, makers.verdict("none"), NOW + HOUR)
    services.sweep(PAYER_DUE + HOUR)
    makers.work(PAYER_DUE + HOUR)
    case.refresh_from_db()
    assert case.decision_doubted_at is not None


def test_a_closed_case_waits_for_nothing(case: Case, rui: User) -> None:
    services.decide(of_user(rui), case.pk, makers.verdict("none"), NOW + HOUR)
    services.close(of_user(rui), case.pk, NOW + 2 * HOUR)
    case.refresh_from_db()
    assert case.weigh_again_at is None
    assert services.sweep(PAYER_DUE + DAY) == 0


def test_a_case_without_dates_waits_for_none(rui: User, priya: User) -> None:
    case = makers.answered(rui, priya)
    assert case.weigh_again_at is None
