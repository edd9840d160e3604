"""What people and programs added to a case and took back, for its page."""

from __future__ import annotations

from typing import Any

from disputes import fact_words, facts
from disputes.models import Case, CaseFact


def added_facts(case: Case) -> list[dict[str, Any]]:
    """Every statement, newest first: ``label``, ``words``, ``row``; ``stands``: it counts, and can be taken back."""
    rows = list(CaseFact.objects.filter(case=case).order_by("added_at", "pk"))
    standing, last = facts.takeable(facts.latest_of(rows)), {row.name: row.pk for row in rows}
    return [_statement(case, row, stands=last[row.name] == row.pk and row.name in standing) for row in reversed(rows)]


def _statement(case: Case, row: CaseFact, *, stands: bool) -> dict[str, Any]:
    label = fact_words.label(row.name)
    return {"label": label, "words": "" if row.withdrawn_reason else _said(case, row), "row": row, "stands": stands}


def _said(case: Case, row: CaseFact) -> str:
    zone = case.provider.time_zone
    if not isinstance(row.value, dict):
        return fact_words.sentence(row.name, row.value, zone)
    parts = {name: value for name, value in row.value.items() if value is not None}
    own = [fact_words.sentence(row.name, parts.pop("value"), zone)] if "value" in parts else []
    clock = row.name in facts.CLOCK_PARTS
    told = [fact_words.sentence(f"{row.name}.{name}" if clock else name, value, zone) for name, value in parts.items()]
    return "; ".join([*own, *told])
