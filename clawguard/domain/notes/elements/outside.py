"""What does not stand in the note but beside it: plan, consent, declaration, likeness: N27 to N30, N34, N49, N54."""

from __future__ import annotations

from clawguard.domain.notes.case import Case
from clawguard.domain.notes.elements.registry import (
    WITHOUT_PLAN,
    Found,
    always,
    contradicted,
    element,
    met,
    missing,
    unsure,
)

_STATES = frozenset({"service", "amount", "frequency", "duration", "diagnosis", "goals"})


def with_plan(case: Case) -> bool:
    """Evaluations and crises come before a plan."""
    return not case.billed(WITHOUT_PLAN)


def _plan_accepted(case: Case) -> bool:
    return case.ask.plan is not None and case.ask.plan.accepted


@element("N27", "treatment plan on file", with_plan, text=False)
def plan_on_file(case: Case) -> Found:
    if case.ask.plan_missing:
        return missing(sure=True)
    if _plan_accepted(case):
        return met(reason="plan_accepted", sure=True)
    if case.ask.plan is None or case.ask.plan.dated_on is None:
        return unsure("no_facts")
    age = (case.session.date_of_service - case.ask.plan.dated_on).days
    if age < 0:
        return contradicted("plan_later", days=-age)
    most = case.ask.policy.plan_valid_days
    return contradicted("plan_old", days=age, most=most) if age > most else met(sure=True, days=age)


@element("N28", "what the plan states", with_plan, text=False)
def plan_content(case: Case) -> Found:
    if _plan_accepted(case):
        return met(reason="plan_accepted", sure=True)
    if case.ask.plan is None or case.ask.plan.states is None:
        return unsure("no_facts")
    lacks = _STATES - case.ask.plan.states
    return missing("plan_parts", sure=True, lacking=len(lacks)) if lacks else met(sure=True)


@element("N29", "plan signed", with_plan, text=False)
def plan_signed(case: Case) -> Found:
    if _plan_accepted(case):
        return met(reason="plan_accepted", sure=True)
    if case.ask.plan is None or case.ask.plan.clinician_signed is None:
        return unsure("no_facts")
    return met(sure=True) if case.ask.plan.clinician_signed else missing(sure=True)


@element("N30", "as often as planned", always, text=False)
def frequency(case: Case) -> Found:
    planned = case.ask.plan.sessions_a_week if case.ask.plan else None
    billed = case.ask.sessions_that_week
    if planned is None or billed is None:
        return unsure("no_facts")
    return contradicted("more_often", billed=billed) if billed > max(1.0, planned) else met(sure=True)


@element("N34", "a text of its own", always, text=False)
def unique(case: Case) -> Found:
    likeness = case.ask.likeness
    if likeness is None:
        return unsure("no_facts")
    return (
        contradicted("cloned", percent=likeness)
        if likeness >= case.ask.policy.alike_from_percent
        else met(sure=True, percent=likeness)
    )


@element("N49", "consent on file", always, text=False)
def consent_on_file(case: Case) -> Found:
    if case.ask.consent_on_file is None:
        return unsure("no_facts")
    return met(sure=True) if case.ask.consent_on_file else missing(sure=True)


@element("N54", "declaration ticked", always, text=False)
def attested(case: Case) -> Found:
    if case.ask.attested is None:
        return unsure("no_facts")
    return met(sure=True) if case.ask.attested else missing(sure=True)
