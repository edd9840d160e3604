"""CG105: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("16 minutes are accepted", session("90791", minutes=16)),
    passes("no time is asked of an evaluation", session("90791", at=None)),
    passes("the floor is not for therapy", session("90832", minutes=15)),
    trips("15 minutes are too few", session("90791", minutes=15), {"severity": "warning", "minimum": 16}),
    trips("the same with medical work", session("90792", minutes=5, provider_license="MD")),
]

test_passes, test_trips = tables_for("CG105", ROWS)
