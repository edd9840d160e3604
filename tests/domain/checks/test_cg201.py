"""CG201: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks.builders import other, passes, session, tables_for, trips

ROWS = [
    passes("complexity beside therapy", session("90834", "90785")),
    passes("complexity beside a group", session("90853", "90785")),
    passes("therapy beside a visit", session("99214", "90833")),
    passes("the second crisis block beside the first", session("90839", "90840")),
    passes("the main code came as another session of the day", session("90833"), same_day=(other("99214"),)),
    passes("a code that is no add-on", session("90837")),
    passes("a further block outside the office beside the first", session("G0017", "G0018")),
    passes("medication work beside therapy", session("90834", "90863")),
    passes("each pair of testing codes", session("96130", "96131", "96136", "96137")),
    passes("health-behaviour work and its further part", session("96170", "96171")),
    passes("therapy beside a video visit of 2025", session("98006", "90836")),
    trips("complexity alone", session("90785"), {"code": "90785", "line": 1}),
    trips("complexity that came without its therapy", session("90847", "90785"), {"line": 2}, cured=session("90847")),
    trips("complexity beside family work has no such parent", session("90847", "90785"), {"line": 2}),
    trips("complexity beside crisis work", session("90839", "90785")),
    trips("therapy beside therapy instead of a visit", session("90837", "90833")),
    trips("medication work beside a visit", session("99214", "90863")),
    trips("prolonged time beside a short visit", session("99213", "99417")),
    trips(
        "the visit was another provider's",
        session("90833"),
        same_day=(other("99214", provider_npi="1999999992"),),
    ),
    trips(
        "the visit was on the next day",
        session("90833"),
        same_day=(other("99214", date_of_service=dt.date(2026, 3, 19)),),
    ),
    trips("prolonged time beside the longest therapy: there is no extra time on it", session("90837", "99417")),
    trips("further testing beside another test's first hour", session("96132", "96131"), {"line": 2}),
    trips("complexity is not for a visit alone", session("99214", "90785"), {"line": 2}),
    trips("a further block of the office beside the first one outside", session("G0017", "90840"), {"line": 2}),
]

test_passes, test_trips = tables_for("CG201", ROWS)
