"""CG504: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("not stated", session("90847")),
    passes("family with the client there", session("90847", client_present=True)),
    passes("family without the client", session("90846", client_present=False)),
    passes("individual with the client there", session("90837", client_present=True)),
    passes("guidance of several families may be without", session("97156", client_present=False)),
    passes("with two services the client was there for one", session("90837", "90846", client_present=True)),
    trips("family with the client, who was absent", session("90847", client_present=False), {"says": "absent"}),
    trips("family without the client, who was there", session("90846", client_present=True)),
    trips("individual work without the client", session("90837", client_present=False)),
]

test_passes, test_trips = tables_for("CG504", ROWS)
