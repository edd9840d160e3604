"""Facts that were stated and that nobody stands by any more: what each said, who took it back, when and why.

A decision may have rested on one. Whom a statement beside the session is about is named by the kind alone: the client's
own id is in no pack.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clawguard.domain.case_facts_json import BESIDE
from clawguard.domain.stated_facts import KINDS
from disputes.models import Case, CaseFact
from sessions.models import StatedFact
from sessions.selectors import withdrawn_beside


def facts_taken_back(case: Case) -> list[dict[str, Any]]:
    """Of the case itself, and of what was stated beside its session; each in the order of being taken back."""
    rows = list(case.added_facts.order_by("added_at", "pk"))
    own = [_of_case(row, rows[:number]) for number, row in enumerate(rows) if row.withdrawn_reason]
    beside = withdrawn_beside(case.session) if case.session is not None else []
    return sorted([*own, *map(_beside, beside)], key=lambda each: each["taken_back_at"])


def _of_case(row: CaseFact, before: Sequence[CaseFact]) -> dict[str, Any]:
    stated, value = next(
        (earlier, value) for earlier in reversed(before) if (value := _said_of(row.name, earlier)) is not None
    )
    return {
        "name": row.name,
        "about": "case",
        "said": value,
        "at": stated.at,
        "source": stated.source,
        "stated_at": stated.added_at,
        "stated_by_kind": stated.added_by_kind,
        "stated_by_name": stated.added_by_name,
        "taken_back_at": row.added_at,
        "taken_back_by_kind": row.added_by_kind,
        "taken_back_by_name": row.added_by_name,
        "reason": row.withdrawn_reason,
    }


def _said_of(name: str, row: CaseFact) -> Any:
    """What the row states of the fact, by itself or beside the fact it belongs to; None where it states nothing."""
    if row.name == name:
        return row.value
    if name in BESIDE.get(row.name, ()) and isinstance(row.value, dict):
        return row.value.get(name)
    return None


def _beside(row: StatedFact) -> dict[str, Any]:
    taken = row.withdrawal
    return {
        "name": row.kind,
        "about": KINDS[row.kind].about,
        "said": row.values,
        "from": row.first_day,
        "to": row.last_day,
        "source": row.source,
        "stated_at": row.stated_at,
        "stated_by_kind": row.stated_by_kind,
        "stated_by_name": row.stated_by_name,
        "taken_back_at": taken.withdrawn_at,
        "taken_back_by_kind": taken.withdrawn_by_kind,
        "taken_back_by_name": taken.withdrawn_by_name,
        "reason": taken.reason,
    }
