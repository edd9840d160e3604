"""A stated fact in words."""

from __future__ import annotations

from typing import Any

from clawguard.domain.stated_facts import KINDS
from clawguard.ui import words
from sessions.models import StatedFact

WORDS = {
    "known_at_booking": "known at booking",
    "checked_at": "looked up",
    "payer_id": "payer",
    "filed_on": "filed on",
    "offered": "offered by our picker",
    "programme": "a program's",
    "part2": "program records",
    "cancelled": "canceled",
}


def row_of(fact: StatedFact) -> dict[str, Any]:
    """What the page's row shows: what, about whom, when it holds, who says so."""
    return {
        "fact": fact,
        "label": KINDS[fact.kind].label,
        "about": KINDS[fact.kind].about,
        "said": "; ".join(_said(name, value) for name, value in sorted(fact.values.items())) or "stated",
        "period": _period(fact),
        "withdrawal": getattr(fact, "withdrawal", None),
    }


def _said(name: str, value: Any) -> str:
    label = WORDS.get(name, name.replace("_", " "))
    if isinstance(value, bool):
        return label if value else f"not {label}"
    shown = ", ".join(value) if isinstance(value, list) else WORDS.get(str(value), str(value).replace("_", " "))
    return shown if name in ("status", "event") else f"{label} {shown}"


def _period(fact: StatedFact) -> str:
    first, last = (words.day(on, year=True) if on else "" for on in (fact.first_day, fact.last_day))
    if first and last:
        return f"{first} to {last}"
    return f"from {first}" if first else f"until {last}" if last else "—"
