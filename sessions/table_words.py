"""How code tables, their states and their changes are told."""

from __future__ import annotations

from clawguard.domain.codesets.comparing import ChangeKind

KIND_WORDS = {"ptp": "Pairs of codes (PTP)", "mue": "Unit limits (MUE)", "add_on": "Add-on codes"}
VARIANT_WORDS = {"medicare": "Medicare", "medicaid": "Medicaid"}
STATE_WORDS = {
    "reading": "being read",
    "incomplete": "waits for more",
    "loaded": "loaded, not in force",
    "active": "in force",
    "superseded": "was in force",
    "refused": "not kept",
    "discarded": "left",
}
CHANGE_WORDS = {
    ChangeKind.ADDED: "added",
    ChangeKind.ENDED: "ended",
    ChangeKind.WITHDRAWN: "taken back",
    ChangeKind.CHANGED: "says something else",
    ChangeKind.DATES: "other dates",
}


def name_of(kind: str, variant: str, quarter: str) -> str:
    """``Pairs of codes (PTP), Medicare, 2026Q3``."""
    return f"{KIND_WORDS[kind]}, {VARIANT_WORDS[variant]}, {quarter}"
