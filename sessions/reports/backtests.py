"""A finished try for the terminal, as text or JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from clawguard.ui import words
from sessions.models import Backtest

Rows = Iterable[Mapping[str, Any]]


def as_dict(job: Backtest, by_check: Rows, by_payer: Rows) -> dict[str, Any]:
    """Money as text, in US dollars."""
    return {
        "id": str(job.pk),
        "status": job.status,
        "from": job.first_day.isoformat(),
        "to": job.last_day.isoformat(),
        "sessions": job.done,
        "present_pack": job.present_pack,
        "draft_pack": job.draft_pack,
        "findings": {"new": job.new, "gone": job.gone, "changed": job.changed},
        "cases": {"opened": job.cases_opened, "gone": job.cases_gone},
        "at_risk": {"before": str(job.risk_before), "after": str(job.risk_after), "currency": "USD"},
        "by_check": [{"check": row["check_id"], **_counts(row)} for row in by_check],
        "by_payer": [{"payer": row["payer"], **_counts(row), "cases_opened": row["opened"]} for row in by_payer],
    }


def _counts(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**{name: row[name] for name in ("new", "gone", "changed")}, "at_risk": str(row["money"])}


def as_text(found: Mapping[str, Any]) -> str:
    return "\n".join(_lines(found))


def _lines(found: Mapping[str, Any]) -> Iterator[str]:
    findings, cases, risk = found["findings"], found["cases"], found["at_risk"]
    yield f"{words.plural(found['sessions'], 'session')} from {found['from']} to {found['to']} ({found['status']})"
    yield f"present pack {found['present_pack']}, draft {found['draft_pack']}"
    yield f"findings: {findings['new']} new, {findings['gone']} gone, {findings['changed']} changed"
    yield f"cases: {cases['opened']} would open, {cases['gone']} would not"
    yield f"at risk: {words.money(risk['before'])} now, {words.money(risk['after'])} under the draft"
    for title, name, rows in (("by check", "check", found["by_check"]), ("by payer", "payer", found["by_payer"])):
        if rows:
            yield title
        for row in rows:
            counts = f"{row['new']:>6} new {row['gone']:>6} gone {row['changed']:>6} changed"
            yield f"  {row[name]:<12}{counts}  {words.money(row['at_risk']):>14}"
