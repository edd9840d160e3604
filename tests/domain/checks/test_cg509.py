"""CG509: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, tables_with, trips

ROWS = [
    passes("not stated", session("90853")),
    passes("two clients", session("90853", group_size=2)),
    passes("twelve clients", session("90853", group_size=12)),
    passes("an individual code has no group", session("90837", group_size=1)),
    passes(
        "fourteen, where the payer accepts fifteen",
        session("90853", group_size=14),
        tables=tables_with(largest_group=15),
    ),
    trips(
        "sixteen, where the payer accepts fifteen",
        session("90853", group_size=16),
        {"most": 15},
        tables=tables_with(largest_group=15),
    ),
    trips(
        "seven, where the payer accepts six",
        session("90853", group_size=7),
        {"most": 6},
        tables=tables_with(largest_group=6),
    ),
    trips(
        "the definition of behaviour-analysis groups stands whatever the payer says of therapy",
        session("97154", group_size=9),
        {"most": 8},
        tables=tables_with(largest_group=15),
    ),
    trips("one client", session("90853", group_size=1), {"group_size": 1, "least": 2}),
    trips("thirteen clients", session("90853", group_size=13), {"most": 12}),
    trips("nine in a behaviour-analysis group", session("97154", group_size=9), {"most": 8}),
]

test_passes, test_trips = tables_for("CG509", ROWS)
