"""CG210: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks.builders import other, passes, session, tables_for, trips

ROWS = [
    passes("no earlier sessions", session("99484")),
    passes("the month before", session("99484"), history=(other("99484", date_of_service=dt.date(2026, 2, 28)),)),
    passes(
        "another provider's month",
        session("99484"),
        history=(other("99484", date_of_service=dt.date(2026, 3, 2), provider_npi="1999999992"),),
    ),
    passes(
        "another code of the month", session("99493"), history=(other("99492", date_of_service=dt.date(2026, 3, 2)),)
    ),
    passes(
        "units of the add-on", session("99493", "99494"), history=(other("99494", date_of_service=dt.date(2026, 3, 2)),)
    ),
    passes(
        "eleven full months between", session("G0444"), history=(other("G0444", date_of_service=dt.date(2025, 3, 31)),)
    ),
    passes("therapy every week", session("90837"), history=(other("90837", date_of_service=dt.date(2026, 3, 11)),)),
    trips(
        "the first of the month",
        session("99484"),
        {"period": "month", "earlier": "2026-03-01", "related": ("S-2",)},
        history=(other("99484", date_of_service=dt.date(2026, 3, 1)),),
    ),
    trips(
        "calls after discharge, twice a month",
        session("G0544"),
        history=(other("G0544", date_of_service=dt.date(2026, 3, 17)),),
    ),
    trips(
        "the month after eleven",
        session("G0444"),
        {"period": "year"},
        history=(other("G0444", date_of_service=dt.date(2025, 4, 1)),),
        cured=session(),
    ),
    trips(
        "as far back as it looks: 365 days",
        session("G0444", date_of_service=dt.date(2026, 3, 31)),
        {"earlier": "2025-04-01"},
        history=(other("G0444", date_of_service=dt.date(2025, 4, 1)),),
    ),
    trips(
        "across a turn of the year",
        session("G0444", date_of_service=dt.date(2026, 1, 5)),
        {"period": "year"},
        history=(other("G0444", date_of_service=dt.date(2025, 12, 1), provider_npi="1999999992"),),
    ),
]

test_passes, test_trips = tables_for("CG210", ROWS)
