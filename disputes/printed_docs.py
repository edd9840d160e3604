"""Pages of docs/ that are printed from the code, so that they cannot lag behind it."""

from __future__ import annotations

from clawguard.domain.lifecycles import LIFECYCLES, Moves
from clawguard.events.flow import as_markdown

NAMES = {
    "disputes.case": "Case",
    "notes.calendarversion": "Calendar version",
    "disputes.dispute": "Dispute",
    "notes.notesrequest": "Notes request",
    "notes.requestitem": "Item of a notes request",
    "therapy_sessions.codetable": "Code table",
    "therapy_sessions.finding": "Finding",
    "therapy_sessions.importbatch": "Import",
    "therapy_sessions.patternfinding": "Pattern",
    "therapy_sessions.policyrevision": "Payer policy",
    "disputes.templateversion": "Version of a message template",
    "therapy_sessions.backtest": "Backtest",
    "therapy_sessions.rescreening": "Screening again",
    "webhooks.endpoint": "Webhook endpoint",
}


def flow() -> str:
    """docs/flow.md: which task hears of which event."""
    head = (
        "# Flow\n\n"
        "Which background task hears of which event. Printed from `clawguard/events/flow.py` by "
        "`manage.py print_docs`; a test keeps the two equal.\n\n"
    )
    return head + as_markdown()


def lifecycles() -> str:
    """docs/lifecycles.md: every state, every move, and the event each move publishes."""
    head = (
        "# Lifecycles\n\n"
        "The states of each kind of row and every move there is; a move that is not here does not exist. Each move "
        "publishes the event written on it. Printed from `clawguard/domain/lifecycles.py` by `manage.py print_docs`; a "
        "test keeps the two equal.\n"
    )
    return head + "".join(_section(NAMES[label], LIFECYCLES[label]) for label in sorted(NAMES, key=lambda x: NAMES[x]))


def _section(name: str, moves: Moves) -> str:
    arrows = "\n".join(f"    {before} --> {after}: {event}" for (before, after), event in moves.items())
    starts = sorted({before for before, _ in moves} - {after for _, after in moves})
    begins = "".join(f"    [*] --> {state}\n" for state in starts or [next(iter(moves))[0]])
    rows = "\n".join(f"| {before} | {after} | `{event}` |" for (before, after), event in moves.items())
    return (
        f"\n## {name}\n\n```mermaid\nstateDiagram-v2\n{begins}{arrows}\n```\n\n"
        f"| from | to | event |\n| --- | --- | --- |\n{rows}\n"
    )


PAGES = {"docs/flow.md": flow, "docs/lifecycles.md": lifecycles}
