"""CG517: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("nothing stated", session()),
    passes("kept", session(), facts={"appointment": {"status": "kept"}}),
    passes("an odd status", session(), facts={"appointment": {"status": ["cancelled"]}}),
    trips(
        "cancelled",
        session(),
        {"status": "cancelled", "at": "2026-03-17T09:00:00-04:00"},
        facts={"appointment": {"status": "cancelled", "at": "2026-03-17T09:00:00-04:00"}},
    ),
    trips("missed", session(), {"at": None, "risk": "142.50"}, facts={"appointment": {"status": "no_show"}}),
]

test_passes, test_trips = tables_for("CG517", ROWS)
