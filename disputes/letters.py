"""The letters of a case, in the policy's voice. What a provider reads here was seen, sourced, dated and signed for.

Their sentences are wordings, offered and edited like those of messages; what they tell of the case is filled in here.
A letter is kept as it was sent, with the name and version of its wording.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.template.loader import render_to_string

from clawguard.domain import message_templates
from clawguard.domain.calendar import Deadline
from clawguard.domain.clauses import CLAUSES
from clawguard.domain.promises import Outcome
from clawguard.ui import words
from disputes import fact_words, facts, money_words
from disputes.letter_words import always_known, decided_values, name_of
from disputes.models import Appeal, Case, Decision
from disputes.selectors.templates import Offered, wording_in_force
from sessions.models import Finding

STANDING = ("new", "confirmed")


class Written(NamedTuple):
    """A letter's words, and which version of which wording they are."""

    words: str
    template: str
    version: str


def notice(case: Case, due: Deadline) -> Written:
    """What was seen, which source says so, what to do, by when, what happens if not, whom to ask."""
    findings = Finding.objects.filter(session=case.session, status__in=STANDING, severity="error")
    about = {
        "findings": findings.order_by("-amount_at_risk", "check_id") if case.session_id else [],
        "dispute": case.dispute,
        "taking": money_words.taking(case.session_id) if case.session_id else "",
        "days": due.business_days,
        "proposal": _clause(case.clause, case),
    }
    offered = wording_in_force(message_templates.NOTICE)
    return _letter("notice", case, offered, {"answer_due": words.due(due.lapses_at, due.time_zone)}, about)


def decision(case: Case, decided: Decision) -> Written:
    """The decision with its clause and evidence; of a network error, the apology and the amount come first."""
    about = {
        "decision": decided,
        "evidence": _rests_on(case, decided.evidence),
        "clause": _clause(decided.clause, case),
        "appealed_on": _appealed_on(case, decided),
        "decided_by": _names(decided),
    }
    offered = wording_in_force(name_of(decided)) if decided.outcome else None
    return _letter("decision", case, offered, decided_values(case, decided), about)


def _rests_on(case: Case, evidence: list[dict[str, Any]]) -> list[str]:
    zone = case.provider.time_zone
    return [fact_words.sentence(fact["fact"], fact["value"], zone) for fact in evidence]


def _appealed_on(case: Case, decided: Decision) -> str:
    """The day of the appeal that this decision answers, in the provider's zone; empty where it answers none."""
    appeal = Appeal.objects.filter(answer=decided).first() if decided.final_at else None
    return words.day(words.local(appeal.at, case.provider.time_zone).date(), year=True) if appeal else ""


def _names(decided: Decision) -> str:
    """Who stands for it; nobody yet while it is only a preview."""
    if decided.final_at is None:
        return ""
    second = f"; {decided.second_by.name} agreed as the second person" if decided.second_by else ""
    return f"{decided.proposed_by.name}{second}"


class Choices(NamedTuple):
    """What the form of a decision holds so far; empty where nothing was chosen yet."""

    party: str
    clause: str
    outcome: str
    said: str
    amount: Decimal | None
    ticked: Collection[str]  # names of facts


def preview(case: Case, chosen: Choices) -> str:
    """How the decision letter would read, before anybody decides; choices not made yet leave their part out."""
    known = chosen.outcome if chosen.outcome in set(Outcome) else ""
    drafted = Decision(
        case=case,
        party=chosen.party,
        clause=chosen.clause,
        outcome=known,
        amount=case.contracted_rate if known == Outcome.PAY_CONTRACTED_RATE else chosen.amount,
        explanation=chosen.said,
        evidence=[fact for fact in facts.evidence(case) if fact["fact"] in chosen.ticked],
    )
    return decision(case, drafted).words


def _clause(clause_id: str, case: Case) -> Any:
    day = case.session.date_of_service if case.session else case.opened_at.date()
    return CLAUSES.find(clause_id, day)


def _letter(
    layout: str, case: Case, offered: Offered | None, values: dict[str, str], about: Mapping[str, Any]
) -> Written:
    """``offered``: None in the preview of a decision whose outcome was not chosen yet."""
    said: Mapping[str, str] = {}
    if offered is not None:
        said, _unknown = message_templates.fill_each(offered.wording.parts, always_known(case) | values)
    lines = render_to_string(f"disputes/letters/{layout}.txt", {"case": case, "said": said, **about}).splitlines()
    kept: list[str] = []
    for line in lines:  # a block left out of a template leaves its blank lines behind
        if line.strip() or (kept and kept[-1]):
            kept.append(line.rstrip())
    name, version = (offered.wording.name, offered.version) if offered is not None else ("", "")
    return Written("\n".join(kept).strip(), name, version)
