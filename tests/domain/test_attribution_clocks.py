"""Answer times and due dates of others, on both sides of the moment."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.domain.attribution_clock_rows import DELIVERED, IN_TIME, LATE, PAYER, PAYER_DUE, request, sent
from tests.domain.test_attribution_grounds import asked, look


@pytest.mark.parametrize(
    ("now", "clause"),
    [
        ("2026-04-01T13:00:00Z", "open.waiting_for_answer"),
        ("2026-04-07T03:59:59.999999Z", "open.waiting_for_answer"),
        ("2026-04-07T04:00:00Z", "provider.no_response"),
    ],
)
def test_the_answer_time_of_a_notes_request_and_of_a_dispute(now: str, clause: str) -> None:
    moment = dt.datetime.fromisoformat(now)
    assert look(request(), moment).clause == clause
    of_dispute = clause.replace("no_response", "dispute_no_response")
    assert look(asked(), moment).clause == of_dispute


def test_while_an_answer_time_runs_nothing_is_put_on_the_provider() -> None:
    running = dt.datetime(2026, 4, 2, tzinfo=dt.UTC)
    assert look({**request(), "coding_findings": ["CG101"]}, running).clause == "open.waiting_for_answer"
    assert look({**request(), "carc": ["227"]}, running).clause == "open.waiting_for_answer"
    assert look({**request(responded_at="2026-04-01T18:00:00Z")}, running).clause == "open.waiting_for_answer"
    network = look({**request(), "eligibility_shown": "active", "carc": ["27"]}, running)
    assert network.clause == "network.eligibility_not_caught"


def test_while_the_clock_stands_still_nobody_is_late_and_nobody_is_asked_for_a_due_moment() -> None:
    paused = {"note_request": {"delivered_at": DELIVERED, "paused": True}}
    assert look(paused).clause == "open.waiting_for_answer"
    assert look({**paused, "coding_findings": ["CG101"]}).clause == "open.waiting_for_answer"
    assert look(request(**sent(IN_TIME), paused=False)).clause == "open.no_ground"


def test_the_payers_due_date_is_inclusive_and_still_open_until_then() -> None:
    facts = {**request(**sent(IN_TIME)), **PAYER}
    before = dt.datetime.fromisoformat(PAYER_DUE)
    assert look(facts, before).clause == "open.no_ground"
    assert look(facts, before + dt.timedelta(microseconds=1)).clause == "network.records_not_forwarded"
    late = {**request(**sent(LATE)), **PAYER}
    assert look(late, before).clause == "provider.no_response"
    assert look(late, before + dt.timedelta(microseconds=1)).clause == "open.both_sides"


@pytest.mark.parametrize(
    ("facts", "clause"),
    [
        # notes alone are an answer, and as late or too early as the moment they came at
        (request(notes_received_at=IN_TIME), "open.no_ground"),
        (request(notes_received_at=LATE), "provider.no_response"),
        (request(notes_received_at="2026-03-31T09:00:00-04:00"), "open.facts_at_odds"),
        # a dispute that was due before anybody asked
        (asked(due_at="2026-03-31T09:00:00-04:00"), "open.facts_at_odds"),
        # what could only show the provider's own part does not hold up what is made out of it already
        ({"coding_findings": ["CG101"], "carc": ["B7"], "credentialing_go_ahead": False}, "provider.coding"),
    ],
)
def test_which_moments_count(facts: dict[str, Any], clause: str) -> None:
    assert look(facts).clause == clause


def test_notes_that_were_said_to_come_are_due_at_the_very_moment() -> None:
    due = dt.datetime.fromisoformat(LATE)
    answered = request(responded_at=IN_TIME)
    assert look(answered, due - dt.timedelta(microseconds=1)).clause == "open.waiting_for_answer"
    assert look(answered, due).clause == "provider.no_notes"
