"""What cases, disputes and adjustments look like in the API. Fields are listed one by one, for each kind of reader."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from clawguard.accounts.actors import Actor
from clawguard.ui.words import STATE_WORDS
from disputes import facts, policies, proposal_words, wording
from disputes.models import (
    AdjustmentConfirmation,
    Case,
    CaseFact,
    Decision,
    Proposal,
    ProposedAdjustment,
)
from disputes.money_words import of_session
from disputes.selectors.cases import decisions_of, latest_proposal
from disputes.selectors.clocks import clocks
from disputes.selectors.thread import thread
from disputes.selectors.timeline import timeline

CURRENCY = "USD"
OF_FILE = ("id", "name", "type", "size", "sha256", "opens")


def money(amount: Decimal | None) -> str | None:
    """Amounts are texts with cents: a JSON number cannot hold them exactly."""
    return None if amount is None else f"{amount:.2f}"


def case_row(actor: Actor, case: Case, now: dt.datetime) -> dict[str, Any]:
    """One case in a list. A provider is shown the state and their dates, not the money at risk."""
    state = wording.case_state(case, now, provider=actor.is_provider)
    row = {
        "id": case.pk,
        "title": case.title,
        "status": case.status,
        "state_label": STATE_WORDS[state].word,
        "origin": case.origin,
        "session": case.session_id,
        "dispute": case.dispute_id,
        "provider": {"npi": case.provider.npi, "name": case.provider.name},
        "opened_at": case.opened_at,
        "updated_at": case.updated_at,
        "answer_due_at": case.answer_due_at,
        "answered_at": case.answered_at,
        "answer_late": case.answer_late,
        "answer_lapsed_at": case.answer_lapsed_at,
        "appeal_until": case.appeal_until,
        "currency": CURRENCY,
        "contracted_rate": money(case.contracted_rate),
    }
    if actor.is_provider:
        return row
    return row | {
        "amount_at_risk": money(case.amount_at_risk),
        "party": case.party or None,
        "clause": case.clause or None,
        "breach_at": case.breach_at,
        "decide_by": case.decide_by,
        "decision_doubted_at": case.decision_doubted_at,
        "assignee": case.assignee_id,
    }


def case_detail(actor: Actor, case: Case, now: dt.datetime) -> dict[str, Any]:
    """A case with everything about it that this actor may read."""
    decisions = decisions_of(case)
    shown = [row for row in decisions if row.final_at is not None or not actor.is_provider]
    return case_row(actor, case, now) | {
        "facts": [] if actor.is_provider else facts.evidence(case),
        "attribution": proposal_dict(actor, latest_proposal(case)),
        "conversation": [message_dict(entry) for entry in thread(actor, case)],
        "clocks": clocks(actor, case, now),
        "timeline": [entry_dict(entry) for entry in timeline(actor, case)],
        "money": None if actor.is_provider else money_of(case),
        "decisions": [decision_dict(actor, row) for row in shown],
        "allowed_actions": policies.allowed_actions(actor, case, decisions),
    }


def money_of(case: Case) -> dict[str, Any] | None:
    """What payers paid and took for the case's session; None where no remittance speaks of it."""
    found = of_session(case.session_id) if case.session_id else None
    if found is None:
        return None
    sums = {name: money(getattr(found["sums"], name)) for name in ("paid", "taken", "deferred", "restored", "open")}
    rows = [
        {
            "paid_on": row["on"],
            "trace": row["trace"],
            "amount": money(row["amount"]),
            "what": row["did"],
            "codes": row["codes"] or None,
            "counted": row["counted"],
        }
        for row in found["rows"]
    ]
    return {**sums, "currency": CURRENCY, "rows": rows}


def proposal_dict(actor: Actor, proposal: Proposal | None) -> dict[str, Any] | None:
    if proposal is None:
        return None
    answer = dict(proposal.attribution)
    if actor.is_provider:
        kept = ("party", "clause", "guarantee", "explanation")
        answer = {name: answer[name] for name in kept}
    return answer | {"number": proposal.number, "at": proposal.at, "engine_version": proposal.engine_version}


def proposal_change(entry: dict[str, Any], zone: str) -> dict[str, Any]:
    """One proposal of a case's history and what it says otherwise than the one before."""
    row = entry["proposal"]
    return {
        "number": row.number,
        "at": row.at,
        "engine_version": row.engine_version,
        "party": row.attribution["party"],
        "clause": row.attribution["clause"],
        "changes": [proposal_words.sentence(change, zone) for change in entry["changes"]],
        "facts_added": [fact.name for fact in entry["facts"] if not fact.withdrawn_reason],
        "facts_withdrawn": [fact.name for fact in entry["facts"] if fact.withdrawn_reason],
    }


def message_dict(entry: dict[str, Any]) -> dict[str, Any]:
    names = ("id", "kind", "internal", "from_provider", "author", "text", "at", "late", "delivered_at")
    shown = {name: entry[name] for name in names} | {"read_at": entry["seen_at"]}
    shown["files"] = [{name: file[name] for name in OF_FILE} for file in entry["files"]]
    if "template" not in entry:
        return shown
    begun = {name: entry[name] or None for name in ("template", "template_version")}
    return shown | begun | {"reworded": entry["reworded"]}


def entry_dict(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "event": entry["name"],
        "at": entry["at"],
        "actor": entry["actor"] or None,
        "detail": entry["detail"] or None,
    }


def decision_dict(actor: Actor, row: Decision) -> dict[str, Any]:
    shown = {
        "id": row.pk,
        "party": row.party,
        "clause": row.clause,
        "outcome": row.outcome,
        "amount": money(row.amount),
        "currency": CURRENCY,
        "explanation": row.explanation,
        "evidence": row.evidence,
        "final_at": row.final_at,
    }
    if actor.is_provider:
        return shown
    second = None if row.second_by is None else {"name": row.second_by.name, "at": row.second_at}
    return shown | {
        "proposed_by": {"name": row.proposed_by.name, "at": row.proposed_at},
        "second_person": second,
        "returned_at": row.returned_at,
        "returned_reason": row.returned_reason or None,
    }


def fact_dict(row: CaseFact) -> dict[str, Any]:
    return {
        "id": row.pk,
        "fact": row.name,
        "value": row.value,
        "at": row.at,
        "source": row.source,
        "added_at": row.added_at,
        "added_by": row.added_by_name,
        "withdrawn_reason": row.withdrawn_reason or None,
    }


def adjustment_dict(row: ProposedAdjustment) -> dict[str, Any]:
    """``updated_at`` moves with what was reported; the proposal itself never changes."""
    told = list(row.confirmations.all())
    return {
        "id": row.pk,
        "case": row.case_id,
        "decision": row.decision_id,
        "provider": {"npi": row.provider.npi, "name": row.provider.name},
        "kind": row.kind,
        "amount": money(row.amount),
        "currency": CURRENCY,
        "replaces": row.replaces_id,
        "names": [{"name": person["name"], "part": person["part"]} for person in row.names],
        "created_at": row.created_at,
        "updated_at": max([row.created_at, *(each.at for each in told)]),
        "confirmations": [confirmation_dict(each) for each in told],
    }


def confirmation_dict(row: AdjustmentConfirmation) -> dict[str, Any]:
    """What the accounting system did with an adjustment; the newest report counts."""
    return {
        "done": row.done,
        "on": row.on,
        "amount": money(row.amount),
        "currency": CURRENCY,
        "reference": row.reference or None,
        "why_not": row.reason or None,
        "at": row.at,
        "by": row.by_name,
    }
