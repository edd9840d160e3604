"""What policies, their states and their scopes are called on pages and in reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from clawguard.domain.codesets.policy import LABELS
from clawguard.domain.codesets.policy_timeline import Effect, Outcome, Touched
from clawguard.domain.codesets.policy_values import to_text
from sessions.models import PolicyScope

STATES = {
    "draft": "draft",
    "proposed": "waits for a second person",
    "published": "in force",
    "superseded": "no longer in force",
    "reverted": "taken back",
    "discarded": "discarded",
}
JOB_STATES = {"running": "running", "done": "finished", "cancelled": "canceled", "stopped": "stopped"}
KINDS = {
    "commercial": "Commercial payers",
    "medicare": "Medicare payers",
    "medicaid": "Medicaid payers",
    "tricare": "TRICARE payers",
    "eap": "Employee assistance programs",
    "self_pay": "Clients who pay themselves",
}
NETWORK = "The whole network"


def scope(row: PolicyScope, payers: Mapping[str, str]) -> str:
    """``payers``: names by their own id, where known."""
    return scope_name(row.payer_kind, row.payer_id, row.plan, payers)


def scope_name(payer_kind: str, payer_id: str, plan: str, payers: Mapping[str, str]) -> str:
    if payer_id:
        name = payers.get(payer_id) or f"Payer {payer_id}"
        return f"{name}, plan {plan}" if plan else name
    return KINDS[payer_kind] if payer_kind else NETWORK


def days(first: dt.date, last: dt.date | None) -> str:
    """``from 1 Jan 2026 until further notice``, ``1 Jan to 30 Jun 2026``."""
    if last is None:
        return f"from {_day(first)} until further notice"
    return _day(first) if first == last else f"{_day(first)} to {_day(last)}"


def _day(value: dt.date) -> str:
    return f"{value.day} {value:%b} {value.year}"


def value(name: str, plain: Any) -> str:
    """A JSON value in words."""
    if plain is None:
        return "not known"
    return to_text(name, plain) or "none"


def decided(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and words of every value, in the order of the policy's declaration."""
    return [(LABELS[name], value(name, values[name])) for name in LABELS if name in values]


def effects(outcome: Outcome, numbers: Mapping[str, int], *, back: bool) -> list[str]:
    """What publishing does to earlier periods, one sentence each. ``numbers``: of revisions, by their id; ``back``:
    whether something earlier comes back."""
    told = [_effect(each, numbers[each.period.revision]) for each in outcome.touched]
    if back:
        told += [f"Revision {numbers[each.revision]} holds again {days(*each.span)}." for each in outcome.added]
    return told


def _effect(touched: Touched, number: int) -> str:
    span = touched.period.span
    if touched.effect is Effect.REPLACED:
        return f"Revision {number} no longer holds {days(*span)}."
    if touched.effect is Effect.JOINED:
        return f"Revision {number}, which holds {days(*span)}, goes on into the days that come back."
    left = " and ".join(days(*each) for each in touched.rest)
    return f"Revision {number} ({days(*span)}) then holds only {left}."
