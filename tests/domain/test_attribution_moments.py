"""By time alone an attribution changes at the moments that ``next_moment`` names, and at no other."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clawguard.domain.attribution import attribute, next_moment
from clawguard.domain.case_facts_json import read_case_facts
from tests.domain.test_attribution_properties import NOW, choices

MICROSECOND = dt.timedelta(microseconds=1)
NEVER = dt.timedelta(days=3650)
PAYER_DUE = dt.datetime(2026, 7, 3, 4, tzinfo=dt.UTC)
DUE = dt.datetime(2026, 7, 8, 4, tzinfo=dt.UTC)
ANSWERED = {
    "delivered_at": "2026-06-29T10:00:00-04:00",
    "due_at": DUE.isoformat(),
    "responded_at": "2026-06-30T07:00:00-04:00",
}


@settings(max_examples=400)
@given(st.fixed_dictionaries({}, optional=choices()), st.integers(0, 16))
def test_between_two_moments_time_changes_nothing(given_facts: dict[str, Any], week: int) -> None:
    facts = read_case_facts({"date_of_service": "2026-03-18", **given_facts})  # else clauses may come into force
    now = NOW - dt.timedelta(weeks=week) + dt.timedelta(hours=5)
    moment = next_moment(facts, now)
    assert moment is None or moment > now
    until = now + NEVER if moment is None else moment - MICROSECOND
    assert attribute(facts, until).as_dict() == attribute(facts, now).as_dict()


def clauses(given_facts: dict[str, Any], *moments: dt.datetime) -> list[str]:
    facts = read_case_facts({"date_of_service": "2026-03-18", "contracted_rate": "142.50", **given_facts})
    return [attribute(facts, moment).clause for moment in moments]


@pytest.mark.parametrize(
    ("given_facts", "moment", "before", "after"),
    [
        # What the network owes the payer: still in time at the payer's moment, too late just after it.
        (
            {
                "note_request": {**ANSWERED, "notes_received_at": "2026-06-30T07:00:00-04:00"},
                "payer_records_due_at": PAYER_DUE.isoformat(),
            },
            PAYER_DUE + MICROSECOND,
            "open.no_ground",
            "network.records_not_forwarded",
        ),
        # Answered in words: the notes may come until the answer time is over, and nobody tells the day it is.
        ({"note_request": ANSWERED}, DUE, "open.waiting_for_answer", "provider.no_notes"),
        (
            {"dispute": {"provider_asked_at": "2026-06-29T10:00:00-04:00", "due_at": DUE.isoformat()}},
            DUE,
            "open.waiting_for_answer",
            "provider.dispute_no_response",
        ),
        # Said to have happened, and ahead of us: at odds until two computers may differ by so much.
        (
            {"session_confirmed_at": DUE.isoformat()},
            DUE - dt.timedelta(minutes=5),
            "open.facts_at_odds",
            "open.no_ground",
        ),
    ],
)
def test_each_kind_of_moment(given_facts: dict[str, Any], moment: dt.datetime, before: str, after: str) -> None:
    assert clauses(given_facts, moment - MICROSECOND, moment) == [before, after]
    assert next_moment(read_case_facts(given_facts), NOW) == moment


def test_a_filing_limit_that_passes_changes_nothing() -> None:
    filing = {
        "carc": {"value": ["29"], "at": NOW.isoformat()},
        "filing_limit_at": DUE.isoformat(),
        "session_confirmed_at": "2026-03-20T10:00:00-04:00",
    }
    assert next_moment(read_case_facts(filing), NOW) is None
    assert len(set(clauses(filing, NOW, DUE - MICROSECOND, DUE, DUE + MICROSECOND, DUE + NEVER))) == 1


def test_of_several_the_earliest_that_is_still_ahead() -> None:
    facts = read_case_facts({"note_request": ANSWERED, "payer_records_due_at": PAYER_DUE.isoformat()})
    assert next_moment(facts, NOW) == PAYER_DUE + MICROSECOND
    assert next_moment(facts, PAYER_DUE + MICROSECOND) == DUE
    assert next_moment(facts, DUE) is None
