"""What a case fills into a wording: everything on the provider's clock, in the words written for providers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from clawguard.accounts.actors import Actor
from clawguard.domain.clauses import CLAUSES
from clawguard.domain.message_templates import Filled, Wording, fill
from clawguard.ui import words
from disputes.links import dispute_of
from disputes.models import Case
from disputes.selectors.cases import decisions_of, latest_proposal
from disputes.selectors.templates import wording_of
from sessions.models import Finding

STANDING = ("new", "confirmed")


@dataclass(frozen=True, slots=True)
class Ready:
    """A wording filled for one case, to be edited and sent. ``unknown``: placeholders it has nothing for yet."""

    name: str
    version: str
    title: str
    text: str
    unknown: tuple[str, ...]


def ready_for(actor: Actor, case: Case, name: str) -> Ready:
    """The wording as it is offered now, with this case's values. Raises NotAllowed, NotFound."""
    offered = wording_of(actor, name)
    filled = filled_for(case, offered.wording)
    return Ready(name, offered.version, offered.wording.title, filled.text, filled.unknown)


def filled_for(case: Case, wording: Wording) -> Filled:
    """Who may read the case was asked before."""
    return fill(wording.parts, values_of(case))


def values_of(case: Case) -> dict[str, str]:
    """By the names of PLACEHOLDERS; empty where the case knows nothing."""
    findings, dispute = _findings(case), dispute_of(case)
    return {
        "provider": str(case.provider),
        "network": settings.NETWORK_NAME,
        "case": case.title,
        "findings": _listed(row.provider_message for row in findings),
        "sources": _listed(row.source_name for row in findings),
        "questions": _questions(case),
        "policy": _policy(case),
        "rate": words.money(case.contracted_rate) if case.contracted_rate is not None else "",
        "fee": words.money(dispute.amount) if dispute is not None else "",
        "amount": _amount(case),
        **_session(case),
        **_moments(case),
    }


def _findings(case: Case) -> list[Finding]:
    if case.session_id is None:
        return []
    rows = Finding.objects.filter(session=case.session_id, status__in=STANDING, severity="error")
    return list(rows.order_by("-amount_at_risk", "check_id"))


def _listed(sentences: Iterable[str]) -> str:
    """One a line, each once."""
    return "\n".join(f"- {sentence}" for sentence in dict.fromkeys(sentences) if sentence)


def _questions(case: Case) -> str:
    """What the engine misses and the provider could tell."""
    proposal = latest_proposal(case)
    missing = [] if proposal is None else proposal.attribution["missing"]
    return _listed(item["question"] for item in missing if item["who_can_supply"] == "provider")


def _policy(case: Case) -> str:
    day = case.session.date_of_service if case.session else case.opened_at.date()
    clause = CLAUSES.find(case.clause, day) if case.clause else None
    return clause.for_provider if clause is not None else ""


def _amount(case: Case) -> str:
    """Of the newest decision that is final."""
    amounts = [row.amount for row in decisions_of(case) if row.final_at is not None]
    return words.money(amounts[0]) if amounts and amounts[0] is not None else ""


def _session(case: Case) -> dict[str, str]:
    session = case.session
    if session is None:
        return {}
    day = words.day(session.date_of_service, year=True)
    return {"session_day": day, "codes": ", ".join(session.codes), "payer": session.payer.name}


def _moments(case: Case) -> dict[str, str]:
    answer = case.answer_excused_until or case.answer_due_at
    over = case.answered_at is not None or case.answer_lapsed_at is not None
    dates = {
        "answer_due": answer,
        "reply_by": case.decide_by if over else answer,
        "decide_by": case.decide_by,
        "appeal_until": case.appeal_until,
    }
    return {name: _due(case, moment) for name, moment in dates.items()}


def _due(case: Case, moment: dt.datetime | None) -> str:
    return "" if moment is None else words.due(moment, case.provider.time_zone)
