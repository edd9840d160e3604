"""Decisions by people. The engine has proposed; a person decides on facts ticked, and provider error takes two."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import Actor, NotAllowed
from clawguard.domain.clauses import CLAUSES, Party
from clawguard.domain.lifecycles import CaseState
from clawguard.domain.promises import MONEY, DecisionFacts, Outcome, needs_second_person, why_not
from clawguard.events.errors import Refused
from clawguard.events.services import move
from clawguard.events.words import stated
from clawguard.ui import words
from disputes import appeal_time, policies
from disputes.facts import evidence
from disputes.models import Appeal, Case, Decision, Message
from disputes.selectors.cases import latest_proposal
from disputes.selectors.deciders import ASK, left, who_else
from disputes.services import clocks
from disputes.services.adjusting import propose_adjustment, takes_back
from disputes.services.conversation import readable
from disputes.services.locking import locked_case, waiting_decision

LONGEST_EXPLANATION, LONGEST_REASON = 4000, 1000  # characters


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person decides. ``evidence`` names facts of the case; ``amount`` is read only to recover."""

    party: str
    clause: str
    outcome: str
    explanation: str
    evidence: tuple[str, ...]
    amount: Decimal | None = None


@transaction.atomic
def decide(actor: Actor, case_id: UUID, verdict: Verdict, now: dt.datetime) -> Decision:
    """Decide the case, or propose the decision where a second person must look at it first (provider error).

    Raises Refused naming the field at fault, or saying which promise is in the way.
    """
    case = _for_people(actor, case_id)
    if case.status not in policies.DECIDABLE:
        raise Refused("not_decidable", "This case does not wait for a decision.")
    _require_other_decider(actor, case)
    decision = _draft(actor, case, verdict, now)
    _require_time_given_back(case, decision, now)
    two = needs_second_person(Party(decision.party), _both_sides(case))
    _require_permitted(case, decision, final=not two)
    if two:
        _require_somebody_to_agree(actor, case)
        decision.save(force_insert=True)
        decide_by = clocks.decide_by(case.provider, now)
        marks: dict[str, Any] = {"decide_by": decide_by, "breach_at": decide_by, "updated_at": now}
        move(case, CaseState.SECOND_LOOK, actor, now, payload=_facts(decision), **marks)
    else:
        decision.final_at = now
        decision.save(force_insert=True)
        _make_final(case, decision, actor, now)
    return decision


def _require_time_given_back(case: Case, decision: Decision, now: dt.datetime) -> None:
    """An answer time that an outage of our pages cut short is over only when what it gave back is."""
    until = case.answer_excused_until
    if decision.party == Party.PROVIDER and case.answered_at is None and until is not None and now < until:
        day = words.due(until, case.provider.time_zone, whose="their time")
        raise Refused("outage", f"Our pages were away in the answer time: the provider still has until {day}.")


def _draft(actor: Actor, case: Case, verdict: Verdict, now: dt.datetime) -> Decision:
    outcome = _outcome(verdict.outcome)
    return Decision(
        case=case,
        number=Decision.objects.filter(case=case).count() + 1,
        party=_party(verdict.party),
        clause=_clause(verdict, case),
        outcome=outcome,
        amount=_amount(outcome, verdict.amount, case),
        explanation=readable(verdict.explanation, "/explanation", LONGEST_EXPLANATION),
        evidence=_evidence(verdict.evidence, case),
        proposed_by_id=actor.person(),
        proposed_at=now,
    )


@transaction.atomic
def approve(actor: Actor, case_id: UUID, now: dt.datetime) -> Decision:
    """The second person agrees: the proposed decision becomes final. Nobody approves their own proposal."""
    case = _for_people(actor, case_id)
    decision = _waiting(case)
    policies.require_second_person(actor, decision)
    if Message.objects.filter(case=case, from_provider=True, at__gt=decision.proposed_at).exists():
        raise Refused("answer_arrived_since", "The provider wrote after this was proposed. Send it back to be weighed.")
    _require_other_decider(actor, case)
    _require_permitted(case, decision, final=True, second=actor.id)
    _require_time_given_back(case, decision, now)
    decision.second_by_id, decision.second_at, decision.final_at = actor.id, now, now
    decision.save(update_fields=["second_by", "second_at", "final_at"])
    _make_final(case, decision, actor, now)
    return decision


@transaction.atomic
def send_back(actor: Actor, case_id: UUID, reason: str, now: dt.datetime) -> Decision:
    """The second person does not agree. The case returns to where it was, and the proposal stays in the history."""
    case = _for_people(actor, case_id)
    decision = _waiting(case)
    policies.require_second_person(actor, decision)
    _require_other_decider(actor, case)
    said = stated(reason, "/reason", LONGEST_REASON, "Say what should be looked at again.")
    decision.second_by_id, decision.second_at, decision.returned_at = actor.id, now, now
    decision.returned_reason = said
    decision.save(update_fields=["second_by", "second_at", "returned_at", "returned_reason"])
    _return(case, actor, now, {})
    return decision


@transaction.atomic
def withdraw_proposal(actor: Actor, case_id: UUID, reason: str, now: dt.datetime) -> Decision:
    """Whoever proposed the decision takes it back before anybody agreed, say because nobody is left who could. The case
    returns to where it was, and the proposal stays in the history. Raises NotAllowed for everybody else, Refused."""
    case = _for_people(actor, case_id)
    decision = _waiting(case)
    policies.require_proposer(actor, decision)
    decision.returned_reason = stated(reason, "/reason", LONGEST_REASON, "Say why you take it back.")
    decision.returned_at = now
    decision.save(update_fields=["returned_at", "returned_reason"])
    _return(case, actor, now, {"withdrawn": True})
    return decision


def _return(case: Case, actor: Actor, now: dt.datetime, payload: dict[str, Any]) -> None:
    """The case goes back to where it was before somebody proposed a decision; the time to decide begins anew."""
    decide_by = clocks.decide_by(case.provider, now)
    marks: dict[str, Any] = {"decide_by": decide_by, "breach_at": decide_by, "updated_at": now}
    move(case, _before_second_look(case), actor, now, payload=payload, **marks)


def _for_people(actor: Actor, case_id: UUID) -> Case:
    """Decisions are made by people who work cases: not by programs, not by the provider."""
    case = locked_case(actor, case_id, policies.READ)
    if actor.kind != "user" or not actor.is_staff:
        raise NotAllowed
    return case


def _waiting(case: Case) -> Decision:
    decision = waiting_decision(case)
    if decision is None or case.status != CaseState.SECOND_LOOK:
        raise Refused("nothing_waits", "No decision of this case waits for a second person.")
    return decision


def _before_second_look(case: Case) -> CaseState:
    if Appeal.objects.filter(case=case, decided_at__isnull=True).exists():
        return CaseState.APPEALED
    return CaseState.ANSWERED if case.answered_at else CaseState.ANSWER_LAPSED


def _require_other_decider(actor: Actor, case: Case) -> None:
    """Whoever made the decision under appeal, or one before it, does not judge the appeal."""
    decisions = list(Decision.objects.filter(case=case))
    if policies.stands_aside(actor, case, decisions):
        raise Refused("decided_before", f"You took part in a decision of this case. {who_else(left(case, decisions))}")


def _require_somebody_to_agree(actor: Actor, case: Case) -> None:
    """On an appeal, where people are barred, a proposal that nobody may agree to or send back would stand for ever."""
    if case.status != CaseState.APPEALED or left(case, Decision.objects.filter(case=case)).agree_to(actor.id):
        return
    who = "no lead is left who took part in no decision of this case before"
    raise Refused("no_second_person", f"It takes a second person, and {who}. {ASK} one, or decide otherwise.")


def _make_final(case: Case, decision: Decision, actor: Actor, now: dt.datetime) -> None:
    marks: dict[str, Any] = {"updated_at": now, **appeal_time.marks(case.provider, now)}
    marks |= {
        "party": decision.party,
        "clause": decision.clause,
        "decision_doubted_at": None,
        "letter_came_back_at": None,
    }
    move(case, CaseState.DECIDED, actor, now, payload=_facts(decision), **marks)
    propose_adjustment(case, decision, now)
    Appeal.objects.filter(case=case, decided_at__isnull=True).update(decided_at=now, answer=decision)


def _facts(decision: Decision) -> dict[str, Any]:
    amount = {} if decision.amount is None else {"amount": str(decision.amount)}
    return {"decision": str(decision.pk), "party": decision.party, "clause": decision.clause} | {
        "outcome": decision.outcome,
        **amount,
    }


def _party(name: str) -> str:
    if name not in {party.value for party in Party if party is not Party.OPEN}:
        raise Refused("not_a_choice", "Choose whose error it was, or that it was nobody's.", "/party")
    return name


def _outcome(name: str) -> Outcome:
    try:
        return Outcome(name)
    except ValueError:
        raise Refused("not_a_choice", "Choose one of the outcomes.", "/outcome") from None


def _clause(verdict: Verdict, case: Case) -> str:
    day = case.session.date_of_service if case.session else case.opened_at.date()
    clause = CLAUSES.find(verdict.clause, day)
    if clause is None or clause.party != verdict.party:
        raise Refused("clause", "Choose a clause of this party that was in force on the day of the service.", "/clause")
    return clause.id


def _amount(outcome: Outcome, given: Decimal | None, case: Case) -> Decimal | None:
    if outcome == Outcome.PAY_CONTRACTED_RATE:
        return case.contracted_rate  # in full: the promise leaves nothing to choose
    return given if outcome in MONEY else None


def _evidence(names: tuple[str, ...], case: Case) -> list[dict[str, Any]]:
    """The ticked facts as they stand now, so that the decision keeps what it rested on."""
    known = {fact["fact"]: fact for fact in evidence(case)}
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        raise Refused("evidence", "Tick at least one fact of this case that the decision rests on.", "/evidence")
    return [known[name] for name in dict.fromkeys(names)]


def _require_permitted(case: Case, decision: Decision, *, final: bool, second: UUID | None = None) -> None:
    """All promises at once, in the words people are shown. The database refuses the same things for everybody."""
    names = tuple(str(user) for user in (decision.proposed_by_id, second) if user is not None)
    facts = DecisionFacts(
        party=Party(decision.party),
        outcome=Outcome(decision.outcome),
        amount=decision.amount,
        contracted_rate=case.contracted_rate,
        notice_delivered_at=case.notice_delivered_at,
        answered_at=case.answered_at,
        answer_lapsed_at=case.answer_lapsed_at,
        proposed_by=decision.proposed_by_id,
        second_by=second,
        names=names,
        both_sides=_both_sides(case),
        guaranteed=_guaranteed(case),
        notice_undeliverable_at=case.notice_undeliverable_at,
        takes_back=takes_back(case, decision),
        evidence_count=len(decision.evidence),
        final=final,
    )
    reasons = why_not(facts)
    if reasons:
        raise Refused("promise", " ".join(dict.fromkeys(reasons)))


def _both_sides(case: Case) -> bool:
    """Whether a part of each was made out, also where facts at odds come before that in the proposal."""
    proposal = latest_proposal(case)
    return proposal is not None and proposal.attribution["needs_second_person"] and _guaranteed(case)


def _guaranteed(case: Case) -> bool:
    proposal = latest_proposal(case)
    return proposal is not None and proposal.attribution["guarantee"]["applies"]
