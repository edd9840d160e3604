"""CG607: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks.builders import DAY, other, passes, session, tables_for, trips

COLLEAGUE = "1999999992"


ROWS = [
    passes("alone", session()),
    passes("twice with the same provider is another check", session(), same_day=(other("90837"),)),
    passes(
        "a colleague's session with another client",
        session(),
        same_day=(other("90837", provider_npi=COLLEAGUE, client_key="C-1"),),
    ),
    passes("a colleague's visit", session(), same_day=(other("99213", provider_npi=COLLEAGUE),)),
    passes("a colleague's group", session(), same_day=(other("90853", provider_npi=COLLEAGUE),)),
    passes(
        "a colleague's session of the next day",
        session(),
        same_day=(other("90837", provider_npi=COLLEAGUE, date_of_service=DAY + dt.timedelta(days=1)),),
    ),
    trips(
        "a colleague's individual session",
        session(),
        {"providers": 2, "related": ("S-2",)},
        same_day=(other("90834", provider_npi=COLLEAGUE),),
    ),
]

test_passes, test_trips = tables_for("CG607", ROWS)
