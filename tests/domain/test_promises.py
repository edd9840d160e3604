"""Promises 1 to 4, on both sides of each boundary. The words of a refusal are shown to people, so they are tested."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest

from clawguard.domain.clauses import Party
from clawguard.domain.promises import (
    MONEY,
    OUTCOME_LABELS,
    DecisionFacts,
    Outcome,
    needs_second_person,
    permitted,
    takes_money,
    why_not,
)

RATE = Decimal("142.50")
TOLD = dt.datetime(2026, 11, 16, 15, tzinfo=dt.UTC)
LATER = TOLD + dt.timedelta(days=3)

NETWORK = DecisionFacts(
    party=Party.NETWORK,
    outcome=Outcome.PAY_CONTRACTED_RATE,
    amount=RATE,
    contracted_rate=RATE,
    notice_delivered_at=TOLD,
    answered_at=LATER,
    answer_lapsed_at=None,
    proposed_by="rui",
    names=("Rui",),
)
PROVIDER = DecisionFacts(
    party=Party.PROVIDER,
    outcome=Outcome.RECOVER,
    amount=RATE,
    contracted_rate=RATE,
    notice_delivered_at=TOLD,
    answered_at=LATER,
    answer_lapsed_at=None,
    proposed_by="rui",
    second_by="lea",
    names=("Rui", "Lea"),
)


def test_the_two_plain_cases_are_fine() -> None:
    assert why_not(NETWORK) == []
    assert why_not(PROVIDER) == []


def test_promise_1_network_error_ends_only_with_contracted_rate() -> None:
    assert permitted(Party.NETWORK) == (Outcome.PAY_CONTRACTED_RATE,)
    for outcome in set(Outcome) - {Outcome.PAY_CONTRACTED_RATE}:
        refused = why_not(replace(NETWORK, outcome=outcome, amount=None))
        assert "A network error can end only with the provider paid the contracted rate." in refused
    for amount in (None, Decimal("0"), RATE - Decimal("0.01"), RATE + Decimal("0.01")):
        assert why_not(replace(NETWORK, amount=amount)) == ["The provider is paid the contracted rate in full: 142.50."]
    unknown = replace(NETWORK, contracted_rate=None)
    assert why_not(unknown) == ["The contracted rate is not known yet; it is what the provider is paid."]


def test_promise_2_proposed_adjustment_carries_peoples_names() -> None:
    words = "A proposed adjustment carries the names of the people who stand behind it."
    for names in ((), ("",), ("  ",)):
        assert why_not(replace(NETWORK, names=names)) == [words]
    for names in ((), ("Rui",), ("Rui", "Rui"), ("Rui", " ")):
        assert why_not(replace(PROVIDER, names=names)) == [words]
    assert why_not(replace(NETWORK, proposed_by=None)) == ["A person proposes a decision; the system does not."]


def test_promise_3_no_decision_against_the_provider_before_notice_and_answer() -> None:
    untold = replace(PROVIDER, notice_delivered_at=None, answered_at=None)
    assert why_not(untold) == [
        "The provider has not been told yet: a decision against a provider needs a delivered notice."
    ]
    running = "The provider has not answered and their time to answer is still running."
    assert why_not(replace(PROVIDER, answered_at=None)) == [running]
    assert why_not(replace(PROVIDER, answered_at=None, answer_lapsed_at=LATER)) == []
    waived = replace(PROVIDER, outcome=Outcome.WAIVED, amount=None, answered_at=None)
    assert why_not(waived) == [running]
    assert why_not(replace(waived, answered_at=LATER)) == []


def test_promise_3_an_answer_from_before_the_notice_is_none() -> None:
    early = TOLD - dt.timedelta(microseconds=1)
    assert why_not(replace(PROVIDER, answered_at=early)) == [
        "The answer is older than the notice, so it is not an answer to it."
    ]
    assert why_not(replace(PROVIDER, answered_at=TOLD)) == []
    assert why_not(replace(PROVIDER, answered_at=early, answer_lapsed_at=LATER)) == []


def test_promise_3_the_guarantee_too_waits_for_the_notice_and_for_the_answer_or_its_time() -> None:
    assert why_not(replace(NETWORK, answered_at=None, answer_lapsed_at=LATER)) == []
    unheard = replace(NETWORK, answered_at=None, answer_lapsed_at=None)
    assert why_not(unheard) == ["The provider has not answered and their time to answer is still running."]
    untold = replace(NETWORK, notice_delivered_at=None)
    assert why_not(untold) == ["The provider has not been told yet: a proposed adjustment needs a delivered notice."]


def test_promise_3_the_guarantee_does_not_wait_for_a_notice_that_cannot_be_delivered() -> None:
    owed = replace(NETWORK, notice_delivered_at=None, answered_at=None, notice_undeliverable_at=TOLD)
    assert why_not(owed) == []
    assert why_not(replace(owed, both_sides=True, guaranteed=True)) == []
    untried = "The provider has not been told yet: a proposed adjustment needs a delivered notice."
    assert why_not(replace(owed, notice_undeliverable_at=None)) == [untried]
    heard_of = replace(owed, notice_delivered_at=LATER)  # once it arrived, the conversation is had like any other
    assert why_not(heard_of) == ["The provider has not answered and their time to answer is still running."]
    assert why_not(replace(owed, names=())) == [
        "A proposed adjustment carries the names of the people who stand behind it."
    ]
    assert why_not(replace(owed, proposed_by=None)) == ["A person proposes a decision; the system does not."]


@pytest.mark.parametrize("party", [Party.PAYER, Party.CLIENT, Party.NONE])
def test_promise_3_only_a_network_error_is_paid_without_a_delivered_notice(party: Party) -> None:
    paid = replace(NETWORK, party=party, notice_delivered_at=None, answered_at=None, notice_undeliverable_at=TOLD)
    untold = "The provider has not been told yet: a proposed adjustment needs a delivered notice."
    assert why_not(paid) == [untold]
    nothing = replace(paid, outcome=Outcome.NO_ISSUE, amount=None)
    assert why_not(nothing) == []
    assert why_not(replace(nothing, takes_back=True)) == [untold]
    assert why_not(replace(nothing, takes_back=True, notice_delivered_at=TOLD, answered_at=LATER)) == []


@pytest.mark.parametrize("outcome", [Outcome.RECOVER, Outcome.WAIVED, Outcome.CORRECTED_CLAIM])
def test_promise_3_a_provider_error_waits_for_a_delivered_notice_whatever_became_of_it(outcome: Outcome) -> None:
    amount = RATE if outcome is Outcome.RECOVER else None
    unreached = replace(
        PROVIDER,
        outcome=outcome,
        amount=amount,
        notice_delivered_at=None,
        answered_at=None,
        notice_undeliverable_at=TOLD,
    )
    assert why_not(unreached) == [
        "The provider has not been told yet: a decision against a provider needs a delivered notice."
    ]


def test_what_takes_and_pays_nothing_may_be_decided_at_once() -> None:
    plain = replace(
        NETWORK, party=Party.NONE, outcome=Outcome.NO_ISSUE, amount=None, notice_delivered_at=None, names=()
    )
    assert why_not(plain) == []


def test_promise_4_provider_error_needs_a_second_person_and_network_error_does_not() -> None:
    assert needs_second_person(Party.PROVIDER)
    assert not needs_second_person(Party.NETWORK)
    assert why_not(replace(PROVIDER, second_by=None)) == ["This decision needs a second person."]
    same = why_not(replace(PROVIDER, second_by="rui"))
    assert same == ["The second person is somebody other than the one who proposed it."]
    waived = replace(PROVIDER, outcome=Outcome.WAIVED, amount=None, second_by=None, names=())
    assert why_not(waived) == ["This decision needs a second person."]
    assert why_not(replace(NETWORK, second_by=None)) == []


def test_promise_4_the_first_person_may_propose_alone() -> None:
    first = replace(PROVIDER, second_by=None, names=(), final=False)
    assert why_not(first) == []
    assert why_not(replace(first, answered_at=None)) != []


@pytest.mark.parametrize("party", [Party.PROVIDER, Party.PAYER, Party.CLIENT, Party.NONE])
def test_two_people_decide_what_both_sides_had_a_part_in(party: Party) -> None:
    assert needs_second_person(party, both_sides=True)
    assert not needs_second_person(Party.NETWORK, both_sides=True)
    plain = replace(
        NETWORK, party=party, outcome=permitted(party)[0], amount=None, answered_at=LATER, names=(), both_sides=True
    )
    assert why_not(plain) == ["This decision needs a second person."]
    assert why_not(replace(plain, second_by="lea")) == []


def test_what_both_sides_had_a_part_in_waits_until_the_provider_was_heard() -> None:
    plain = replace(
        NETWORK, party=Party.PAYER, outcome=Outcome.NO_ISSUE, amount=None, names=(), both_sides=True, final=False
    )
    assert why_not(plain) == []
    untold = "The provider has not been told yet: a decision where both sides had a part needs a delivered notice."
    assert why_not(replace(plain, notice_delivered_at=None)) == [untold]
    running = "The provider has not answered and their time to answer is still running."
    assert why_not(replace(plain, answered_at=None)) == [running]


def test_nothing_is_recovered_while_the_guarantee_applies() -> None:
    guaranteed = replace(PROVIDER, guaranteed=True, both_sides=True)
    assert why_not(guaranteed) == ["The guarantee applies: nothing is recovered for what the network had a part in."]
    assert why_not(replace(guaranteed, outcome=Outcome.WAIVED, amount=None)) == []
    assert why_not(replace(NETWORK, guaranteed=True)) == []


def test_amounts() -> None:
    cent = Decimal("0.01")
    for amount in (None, Decimal("0"), -cent):
        assert why_not(replace(PROVIDER, amount=amount)) == ["Name the amount to recover."]
    assert why_not(replace(PROVIDER, amount=cent)) == []
    over = why_not(replace(PROVIDER, amount=RATE + cent))
    assert over == ["No more can be recovered than the contracted rate that was paid: 142.50."]
    assert why_not(replace(PROVIDER, amount=RATE + cent, contracted_rate=None)) == []
    waived = replace(PROVIDER, outcome=Outcome.WAIVED, amount=cent)
    assert why_not(waived) == ["This outcome proposes no money, so it has no amount."]


def test_open_is_not_a_decision_and_a_decision_has_evidence() -> None:
    still_open = replace(NETWORK, party=Party.OPEN)
    assert why_not(still_open) == ["A decision names whose error it was; an open attribution cannot be decided."]
    assert why_not(replace(NETWORK, evidence_count=0)) == ["A decision rests on at least one piece of evidence."]


def test_every_pair_of_party_and_outcome() -> None:
    for party, outcome in product(Party, Outcome):
        facts = replace(
            PROVIDER, party=party, outcome=outcome, amount=RATE if outcome in MONEY else None, both_sides=True
        )
        assert (why_not(facts) == []) is (outcome in permitted(party)), (party, outcome)


def test_only_a_provider_error_takes_money() -> None:
    assert [party for party in Party if any(takes_money(outcome) for outcome in permitted(party))] == [Party.PROVIDER]
    assert set(OUTCOME_LABELS) == set(Outcome)
    assert all(len(outcome.value) <= 30 for outcome in Outcome)


def test_every_reason_is_given_at_once() -> None:
    bare = DecisionFacts(Party.PROVIDER, Outcome.RECOVER, None, None, None, None, None, None, evidence_count=0)
    assert len(why_not(bare)) == 6
