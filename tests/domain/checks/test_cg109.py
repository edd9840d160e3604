"""CG109: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import line, passes, session, tables_for, trips

ROWS = [
    passes("8 minutes make a unit", session("97153", minutes=8, provider_license="RBT", diagnoses=("F840",))),
    passes("23 minutes make two", session(line("97153", units=2), minutes=23, diagnoses=("F840",))),
    passes("no time stated is not judged", session(line("97153", units=8), at=None)),
    passes("therapy is not billed by quarter hours", session("90837", minutes=55)),
    trips("7 minutes make none", session("97153", minutes=7), {"supported_units": 0, "units": 1}),
    trips("22 minutes do not make two", session(line("97155", units=2), minutes=22), {"supported_units": 1}),
]

test_passes, test_trips = tables_for("CG109", ROWS)
