"""CG316: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clawguard.domain.facts import SessionFacts
from tests.domain.checks.builders import other, passes, session, tables_for, tables_with, trips

DAY = dt.date(2026, 3, 18)


def earlier(*days: int, code: str = "F3342", **facts: Any) -> tuple[SessionFacts, ...]:
    """Sessions so many days before, for one disorder."""
    return tuple(
        other(external_id=f"S-{back}", date_of_service=DAY - dt.timedelta(days=back), diagnoses=(code,), **facts)
        for back in days
    )


ROWS = [
    passes("no earlier sessions", session(diagnoses=("F3342",))),
    passes("the third session of four weeks", session(diagnoses=("F3342",)), history=earlier(7, 14)),
    passes("four weeks ago is a day too long", session(diagnoses=("F3342",)), history=earlier(7, 14, 28)),
    passes("partial remission", session(diagnoses=("F3341",)), history=earlier(7, 14, 21, code="F3341")),
    passes(
        "earlier sessions for another disorder", session(diagnoses=("F3342",)), history=earlier(7, 14, 21, code="F331")
    ),
    passes(
        "another provider's sessions",
        session(diagnoses=("F3342",)),
        history=earlier(7, 14, 21, provider_npi="1999999992"),
    ),
    passes(
        "a network that asks at six",
        session(diagnoses=("F3342",)),
        history=earlier(7, 14, 21),
        tables=tables_with(remission_sessions=6),
    ),
    passes("an evaluation", session("90791", diagnoses=("F3342",)), history=earlier(7, 14, 21)),
    trips(
        "the fourth session of four weeks",
        session(diagnoses=("F3342",)),
        {"severity": "info", "sessions": 4, "risk": "0.00"},
        history=earlier(7, 14, 21),
        cured=session(diagnoses=("F331",)),
    ),
    trips("27 days ago still counts", session(diagnoses=("F3342",)), {"sessions": 4}, history=earlier(9, 18, 27)),
    trips(
        "alcohol dependence in remission",
        session(diagnoses=("F1021",)),
        {"diagnosis": "F1021"},
        history=earlier(7, 14, 21, code="F1021"),
    ),
]

test_passes, test_trips = tables_for("CG316", ROWS)
