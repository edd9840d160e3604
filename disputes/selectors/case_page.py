"""Everything the case page shows, fetched once. The number of statements does not depend on how much there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from clawguard.accounts.actors import Actor
from clawguard.domain.checks.dismissals import offered
from clawguard.domain.clauses import CLAUSES, Party
from clawguard.domain.lifecycles import CaseState
from clawguard.domain.promises import OUTCOME_LABELS, permitted
from clawguard.ui import words
from disputes import fact_words, policies, proposal_words, wording
from disputes.ledger import Ledger
from disputes.models import Case, Decision, Proposal
from disputes.money_words import of_session
from disputes.remittance_words import allowance
from disputes.selectors import allowances
from disputes.selectors.cases import decisions_of
from disputes.selectors.clocks import ANSWER, clocks
from disputes.selectors.closing import closing_checklist
from disputes.selectors.deciders import left, stuck, who_else
from disputes.selectors.locked import locked_in_case
from disputes.selectors.proposals import proposals_of
from disputes.selectors.thread import thread
from disputes.selectors.timeline import timeline
from notes.clock import working_moment
from notes.models import Note
from notes.selectors import requests_of
from sessions import finding_words
from sessions.models import Finding

AGREEING = (
    "It becomes final under both names, the provider is told by letter, and what it means in money is proposed. "
    "No payment is changed here."
)


def case_page(
    actor: Actor, case: Case, known: list[dict[str, Any]], money: Mapping[UUID, Ledger], now: dt.datetime
) -> dict[str, Any]:
    """The context of a staff case page. ``known`` are the facts that a decision may cite, ``money`` the ledger of its
    session by its id."""
    decisions = decisions_of(case)
    history = proposals_of(case)
    proposal = history[0]["proposal"] if history else None
    running = clocks(actor, case, now)
    actions = policies.allowed_actions(actor, case, decisions)
    return {
        "case": case,
        "state": wording.case_state(case, now),
        "status_words": wording.CASE_WORDS[case.status],
        "origin_words": wording.ORIGIN_WORDS[case.origin],
        "findings": findings_of(case),
        **_money(case, money),
        "requests": list(requests_of([case.session_id])) if case.session_id else [],
        "notes": _notes(case),
        "evidence": _evidence(case, known),
        "proposal": _proposal(proposal),
        "missing": _missing(proposal),
        "history": [_told(entry, case.provider.time_zone) for entry in history],
        "doubt": proposal_words.doubted(case, decisions, proposal, known),
        "decisions": [_decision(row) for row in decisions],
        **_closing(case, decisions, actions, now),
        **_second_look(policies.waiting_of(decisions)),
        "awaited": _awaited(case),
        "silence": _silence(case, now),
        "actions": actions,
        "stands_aside": policies.stands_aside(actor, case, decisions),
        **_deciders(case, decisions),
        "clocks": [{**clock, "came": case.answered_at if clock["what"] == ANSWER else None} for clock in running],
        "strips": [clock for clock in running if clock["days"]],
        **_talk(thread(actor, case)),
        "locked_away": locked_in_case(actor, case),
        "timeline": timeline(actor, case),
        "zone": case.provider.time_zone,
        "today": words.local(now, case.provider.time_zone).date(),
    }


def _talk(entries: list[dict[str, Any]]) -> dict[str, Any]:
    """What both sides read, and what staff keep among themselves."""
    return {
        "thread": [entry for entry in entries if not entry["internal"]],
        "internal": [entry for entry in entries if entry["internal"]],
    }


def _closing(case: Case, decisions: list[Decision], actions: list[str], now: dt.datetime) -> dict[str, Any]:
    """The checklist, and whether every line of it is true: only then is closing offered."""
    checklist = closing_checklist(case, now, decisions) if "close" in actions else []
    return {"checklist": checklist, "closable": all(check.done for check in checklist)}


def _second_look(waiting: Decision | None) -> dict[str, Any]:
    """The decision that waits for a second person, in words for whoever is to agree with it."""
    if waiting is None:
        return {"waiting": None}
    said = _proposed(waiting)
    return {"waiting": waiting, "proposed": said, "agreeing": f"{said}. {AGREEING}"}


def _awaited(case: Case) -> str:
    """Why nothing can be decided yet; empty once the provider was heard or can be no longer. The same promise refuses
    the decision: told before the form is filled in, it costs nobody an afternoon."""
    if case.status == CaseState.OPEN and case.notice_undeliverable_at is None:
        return "Nothing can be decided before the notice is delivered and the provider answered or their time is over."
    if case.status != CaseState.IN_CONVERSATION or case.answer_due_at is None:
        return ""
    due = words.due(case.answer_due_at, case.provider.time_zone, whose="provider's time")
    return f"This can be decided once {case.provider} answers, or when their time is over: {due}."


def _silence(case: Case, now: dt.datetime) -> str:
    """What stands where the conversation would, before its first letter: why none is there, and when one will be."""
    if case.status != CaseState.OPEN or case.notice_undeliverable_at is not None:
        return "No notice was delivered."
    zone = case.provider.time_zone
    begins = working_moment(now, zone)
    if begins <= now:
        return "The notice is being sent. The answer time begins when it is delivered."
    at = words.local(begins, zone)
    return (
        f"The notice goes out in the provider's working hours, {words.day(at.date())} at {at:%H:%M} their time. "
        "The answer time begins when it is delivered."
    )


def _deciders(case: Case, decisions: list[Decision]) -> dict[str, Any]:
    """Who may still judge a case under appeal or at its second look, and what to do where too few are left."""
    if case.status not in (CaseState.APPEALED, CaseState.SECOND_LOOK):
        return {}
    found = left(case, decisions)
    aside = f"{who_else(found)} You can still write, and add facts."
    return {"aside": aside, "stuck": stuck(case, found, policies.waiting_of(decisions))}


def _money(case: Case, money: Mapping[UUID, Ledger]) -> dict[str, Any]:
    """What remittances say of the session; in words, each payment's allowed amount that is not the contracted rate."""
    told = of_session(case.session_id, money) if case.session_id else None
    found = allowances.of_session(case.session_id) if told and case.session_id else []
    return {"money": told, "allowed": [sentence for each in found if (sentence := allowance(each))]}


def findings_of(case: Case) -> list[Finding]:
    """Findings about the case's session, those that stand first, the dearest first."""
    if case.session_id is None:
        return []
    rows = list(Finding.objects.filter(session=case.session_id).exclude(status="cleared").order_by("-amount_at_risk"))
    for row in rows:
        row.dismiss_dialog = f"dismiss-{row.pk}"  # type: ignore[attr-defined]
        row.reasons, row.decided = offered(row.check_id), finding_words.decided(row)  # type: ignore[attr-defined]
        row.version, row.doc_url = row.check_version, f"/checks/{row.check_id}"  # type: ignore[attr-defined]
    return sorted(rows, key=lambda row: row.status in ("dismissed", "overturned"))


def _notes(case: Case) -> list[Note]:
    if case.session_id is None:
        return []
    return list(
        Note.objects.filter(session=case.session_id).select_related("request").defer("sealed").order_by("version")
    )


def _evidence(case: Case, known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    zone = case.provider.time_zone
    return [
        {
            "fact": fact["fact"],
            "label": fact_words.sentence(fact["fact"], fact["value"], zone),
            "source": fact["source"] or "Source not stated",
            "at": _dated(fact),
        }
        for fact in known
    ]


def _dated(fact: dict[str, Any]) -> dt.datetime | None:
    """When a fact held, where its value does not say so itself: one moment on two people's clocks reads as two."""
    at = dt.datetime.fromisoformat(fact["at"]) if fact["at"] else None
    try:
        own = dt.datetime.fromisoformat(str(fact["value"]))
    except ValueError:
        return at
    return None if own == at else at


def _proposal(proposal: Proposal | None) -> dict[str, Any] | None:
    if proposal is None:
        return None
    answer = proposal.attribution
    return {
        **answer,
        "party_words": wording.PARTY_WORDS[answer["party"]],
        "number": proposal.number,
        "at": proposal.at,
        "engine_version": proposal.engine_version,
        "cited": {item["fact"] for item in answer["evidence"]},
    }


def _told(entry: dict[str, Any], zone: str) -> dict[str, Any]:
    """One proposal of the history, in words."""
    row = entry["proposal"]
    return {
        "number": row.number,
        "at": row.at,
        "party_words": wording.PARTY_WORDS[row.attribution["party"]],
        "clause": row.attribution["clause"],
        "changes": [proposal_words.sentence(change, zone) for change in entry["changes"]],
        "facts": [f"{fact_words.label(fact.name)} ({fact.source})" for fact in entry["facts"]],
    }


def _missing(proposal: Proposal | None) -> list[dict[str, str]]:
    asked = [] if proposal is None else proposal.attribution["missing"]
    return [
        {"fact": item["fact"], "question": item["question"], "who": item["who_can_supply"].capitalize()}
        for item in asked
    ]


def _decision(row: Decision) -> dict[str, Any]:
    return {
        "row": row,
        "party_words": wording.PARTY_WORDS[row.party],
        "outcome_words": OUTCOME_LABELS.get(row.outcome, row.outcome),  # type: ignore[call-overload]
        "facts": [fact_words.label(fact["fact"]) for fact in row.evidence],
    }


def _proposed(row: Decision) -> str:
    """A decision in one line, for whoever is to agree with it."""
    amount = "" if row.amount is None else f", {words.money(row.amount)}"
    said = _decision(row)
    return f"{said['party_words']}: {said['outcome_words'][:1].lower()}{said['outcome_words'][1:]}{amount}"


def decision_choices(case: Case) -> dict[str, Any]:
    """What the decision form offers: parties, the clauses in force on the day, the outcomes each party permits."""
    day = case.session.date_of_service if case.session else case.opened_at.date()
    parties = [party for party in Party if party is not Party.OPEN]
    return {
        "parties": [(party.value, wording.PARTY_WORDS[party.value]) for party in parties],
        "clauses": [
            (
                wording.PARTY_WORDS[party.value],
                [row for row in CLAUSES.rows if row.party is party and row.in_force(day)],
            )
            for party in parties
        ],
        "outcomes": [(outcome.value, OUTCOME_LABELS[outcome], _parties(outcome)) for outcome in OUTCOME_LABELS],
    }


def _parties(outcome: Any) -> str:
    fitting = [wording.PARTY_WORDS[party.value].lower() for party in Party if outcome in permitted(party)]
    return ", ".join(fitting)
