"""CG107: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, tables_with, trips

ROWS = [
    passes("90 minutes are long but usual", session("90837", minutes=90)),
    passes("a long evaluation is usual", session("90791", minutes=120)),
    passes(
        "a payer that mentions nothing below two hours",
        session(minutes=120),
        tables=tables_with(long_session_minutes=120),
    ),
    trips("91 minutes", session("90837", minutes=91), {"severity": "info", "usual_maximum": 90, "risk": "0.00"}),
    trips("four hours are still only mentioned", session("90837", minutes=240), {"severity": "info"}),
    trips("241 minutes are looked at", session("90837", minutes=241), {"severity": "warning", "risk": "0.00"}),
    trips(
        "a minute over the payer's own number",
        session(minutes=121),
        {"usual_maximum": 120},
        tables=tables_with(long_session_minutes=120),
        cured=session(minutes=120),
    ),
]

test_passes, test_trips = tables_for("CG107", ROWS)
