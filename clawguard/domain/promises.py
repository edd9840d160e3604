"""Which decisions the promises permit, and in which words a refused one is refused.

Four promises meet here: a network error ends only with the provider paid the contracted rate; the one money event is a
proposed adjustment with people's names on it; nothing is proposed before the provider was told and either answered or
let their time to answer pass, except that the guarantee does not wait for a notice that cannot be delivered; a
provider's error needs a second person. The sentences are shown to people as they are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from clawguard.domain.clauses import Party


class Outcome(StrEnum):
    """How a case can end. Only the first two propose money."""

    PAY_CONTRACTED_RATE = "pay_contracted_rate"
    RECOVER = "recover"
    WAIVED = "waived"  # a provider's error, and nothing is taken
    CORRECTED_CLAIM = "corrected_claim"
    APPEALED_TO_PAYER = "appealed_to_payer"
    CLIENT_RESPONSIBILITY = "client_responsibility"
    NO_ISSUE = "no_issue"


OUTCOME_LABELS = {
    Outcome.PAY_CONTRACTED_RATE: "Pay the contracted rate",
    Outcome.RECOVER: "Propose to recover the payment",
    Outcome.WAIVED: "Provider error, nothing recovered",
    Outcome.CORRECTED_CLAIM: "Send a corrected claim",
    Outcome.APPEALED_TO_PAYER: "Appeal to the payer",
    Outcome.CLIENT_RESPONSIBILITY: "For the client to settle",
    Outcome.NO_ISSUE: "No issue",
}
MONEY = frozenset({Outcome.PAY_CONTRACTED_RATE, Outcome.RECOVER})
_PERMITTED: dict[Party, tuple[Outcome, ...]] = {
    Party.NETWORK: (Outcome.PAY_CONTRACTED_RATE,),
    Party.PROVIDER: (Outcome.WAIVED, Outcome.CORRECTED_CLAIM, Outcome.RECOVER),
    Party.PAYER: (Outcome.APPEALED_TO_PAYER, Outcome.CORRECTED_CLAIM, Outcome.PAY_CONTRACTED_RATE, Outcome.NO_ISSUE),
    Party.CLIENT: (Outcome.CLIENT_RESPONSIBILITY, Outcome.PAY_CONTRACTED_RATE, Outcome.NO_ISSUE),
    Party.NONE: (Outcome.NO_ISSUE, Outcome.CORRECTED_CLAIM, Outcome.PAY_CONTRACTED_RATE),
    Party.OPEN: (),  # a decision names a party
}


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """A decision as it would be saved, and what has happened in its case. Moments are aware; amounts US dollars."""

    party: Party
    outcome: Outcome
    amount: Decimal | None
    contracted_rate: Decimal | None
    notice_delivered_at: dt.datetime | None
    answered_at: dt.datetime | None
    answer_lapsed_at: dt.datetime | None
    proposed_by: UUID | str | None
    second_by: UUID | str | None = None
    names: tuple[str, ...] = ()  # of the people who stand behind a proposed adjustment
    both_sides: bool = False  # the attribution found a part of the provider's and one of the network's
    guaranteed: bool = False  # the attribution found that the network owes the contracted rate, whatever else came out
    notice_undeliverable_at: dt.datetime | None = None  # since when the last try at the notice is known to have failed
    takes_back: bool = False  # an earlier decision's proposed adjustment would be taken back by it
    evidence_count: int = 1
    final: bool = True  # False: the first person's proposal, before the second has looked


def permitted(party: Party) -> tuple[Outcome, ...]:
    """The outcomes that a decision for ``party`` can have, the usual one first."""
    return _PERMITTED[party]


def needs_second_person(party: Party, both_sides: bool = False) -> bool:
    """A provider's error always; where both sides had a part, whatever does not simply pay the provider."""
    return party is Party.PROVIDER or (both_sides and party is not Party.NETWORK)


def takes_money(outcome: Outcome) -> bool:
    return outcome is Outcome.RECOVER


def why_not(decision: DecisionFacts) -> list[str]:
    """Every reason that stands against the decision, as sentences for people; empty when it may be saved."""
    return [
        *_outcome_fits(decision),
        *_amount_fits(decision),
        *_provider_was_heard(decision),
        *_people_stand_behind(decision),
    ]


def _outcome_fits(decision: DecisionFacts) -> Iterator[str]:
    if decision.party is Party.OPEN:
        yield "A decision names whose error it was; an open attribution cannot be decided."
    elif decision.outcome not in permitted(decision.party):
        if decision.party is Party.NETWORK:
            yield "A network error can end only with the provider paid the contracted rate."
        else:
            fitting = ", ".join(OUTCOME_LABELS[outcome].lower() for outcome in permitted(decision.party))
            yield f"This outcome does not go with the party “{decision.party.value}”. Possible: {fitting}."
    if decision.evidence_count < 1:
        yield "A decision rests on at least one piece of evidence."


def _amount_fits(decision: DecisionFacts) -> Iterator[str]:
    amount, rate = decision.amount, decision.contracted_rate
    if decision.outcome not in MONEY:
        if amount:
            yield "This outcome proposes no money, so it has no amount."
    elif decision.outcome is Outcome.PAY_CONTRACTED_RATE:
        if rate is None:
            yield "The contracted rate is not known yet; it is what the provider is paid."
        elif amount != rate:
            yield f"The provider is paid the contracted rate in full: {rate}."
    elif decision.guaranteed:
        yield "The guarantee applies: nothing is recovered for what the network had a part in."
    elif amount is None or amount <= 0:
        yield "Name the amount to recover."
    elif rate is not None and amount > rate:
        yield f"No more can be recovered than the contracted rate that was paid: {rate}."


def _provider_was_heard(decision: DecisionFacts) -> Iterator[str]:
    """Whatever proposes money, in either direction, or needs a second person waits for notice and answer; what the
    network owes for its own error does not wait for a notice that was tried and reached nobody."""
    if decision.party is Party.PROVIDER:
        what = "a decision against a provider"
    elif _guarantee_out_of_reach(decision):
        return
    elif decision.outcome in MONEY or decision.takes_back:
        what = "a proposed adjustment"
    elif needs_second_person(decision.party, decision.both_sides):
        what = "a decision where both sides had a part"
    else:
        return
    told, heard = decision.notice_delivered_at, _heard_at(decision)
    if told is None:
        yield f"The provider has not been told yet: {what} needs a delivered notice."
    elif heard is None:
        yield "The provider has not answered and their time to answer is still running."
    elif heard < told:
        yield "The answer is older than the notice, so it is not an answer to it."


def _guarantee_out_of_reach(decision: DecisionFacts) -> bool:
    guarantee = decision.party is Party.NETWORK and decision.outcome is Outcome.PAY_CONTRACTED_RATE
    return guarantee and decision.notice_delivered_at is None and decision.notice_undeliverable_at is not None


def _heard_at(decision: DecisionFacts) -> dt.datetime | None:
    moments = [moment for moment in (decision.answered_at, decision.answer_lapsed_at) if moment is not None]
    return max(moments, default=None)


def _people_stand_behind(decision: DecisionFacts) -> Iterator[str]:
    first, second = decision.proposed_by, decision.second_by
    if first is None:
        yield "A person proposes a decision; the system does not."
    if second is not None and str(first) == str(second):
        yield "The second person is somebody other than the one who proposed it."
    if not decision.final:
        return
    two = needs_second_person(decision.party, decision.both_sides) or takes_money(decision.outcome)
    if two and second is None:
        yield "This decision needs a second person."
    named = {name.strip() for name in decision.names} - {""}
    if decision.outcome in MONEY and len(named) < (2 if two else 1):
        yield "A proposed adjustment carries the names of the people who stand behind it."
