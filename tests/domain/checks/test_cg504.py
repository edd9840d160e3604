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
    passes("and absent for the other", session("90837", "90846", client_present=False)),
    passes("family work alone, in health-behaviour work", session("96170", "96171", client_present=False)),
    passes("several families' guidance without the clients", session("97157", client_present=False)),
    passes("a questionnaire may be answered by others", session("96127", client_present=False)),
    passes("tests are also read without the client", session("96130", client_present=False)),
    trips(
        "two services that both need the client",
        session("90837", "90785", client_present=False),
        {"count": 2, "line": 1},
        cured=session("90837", "90785", client_present=True),
    ),
    trips(
        "a service that needs the client, beside one that may be without",
        session("90837", "96127", client_present=False),
        {"line": 1},
    ),
    trips("health-behaviour work with the family alone, the client there", session("96170", client_present=True)),
    trips("several families' guidance, the clients there", session("97157", client_present=True)),
    trips("health-behaviour work without the client", session("96158", client_present=False)),
    trips("family with the client, who was absent", session("90847", client_present=False), {"says": "absent"}),
    trips("family without the client, who was there", session("90846", client_present=True)),
    trips("individual work without the client", session("90837", client_present=False)),
]

test_passes, test_trips = tables_for("CG504", ROWS)
