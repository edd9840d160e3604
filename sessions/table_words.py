"""How code tables, their states and their changes are told."""

from __future__ import annotations

from clawguard.domain.codesets.comparing import ChangeKind
from clawguard.domain.codesets.ours import NAMED
from clawguard.domain.codesets.pairs import CORE_FIRST_DAY
from clawguard.ui.words import day
from sessions.models import CodeTable

KIND_WORDS = {
    "ptp": "Pairs of codes (PTP)",
    "mue": "Unit limits (MUE)",
    "add_on": "Add-on codes",
    "procedures": "Procedure codes",
    "places": "Places of service",
    "modifiers": "Modifiers",
    "core_pairs": "Core pairs of codes",
}
_WHERE_NONE_COVERS = f"from {day(CORE_FIRST_DAY, year=True)}, where no CMS table covers the day"
OUR_DAYS = {
    "procedures": f"all; limits and main codes {_WHERE_NONE_COVERS}",
    "places": "all",
    "modifiers": "all",
    "core_pairs": _WHERE_NONE_COVERS,
}
VARIANT_WORDS = {"medicare": "Medicare", "medicaid": "Medicaid"}
STATE_WORDS = {
    "reading": "being read",
    "incomplete": "waits for more",
    "loaded": "loaded, not in force",
    "active": "in force",
    "superseded": "was in force",
    "refused": "not kept",
    "discarded": "discarded",
}
CHANGE_WORDS = {
    ChangeKind.ADDED: "added",
    ChangeKind.ENDED: "ended",
    ChangeKind.WITHDRAWN: "taken back",
    ChangeKind.CHANGED: "says something else",
    ChangeKind.DATES: "other dates",
}


def name_of(table: CodeTable) -> str:
    """``Pairs of codes (PTP), Medicare, 2026Q3``; of a table of ours ``Procedure codes, 1a2b3c4d``."""
    kind = KIND_WORDS[table.kind]
    if table.is_ours:
        return f"{kind}, {table.version[:NAMED]}" if table.version else kind
    return f"{kind}, {VARIANT_WORDS[table.variant]}, {table.quarter}"
