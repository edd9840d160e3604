"""CG603: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks import builders as b
from tests.domain.checks.builders import began, other, passes, session, tables_for, trips

ROWS = [
    passes("once", session()),
    passes("another code", session("90834"), same_day=(other("90847"),)),
    passes("another provider", session(), same_day=(other(provider_npi="1999999992"),)),
    passes("marked as a repeat", session(), same_day=(other("90837-76"),)),
    passes("behaviour analysis in the morning and after noon", session("97153"), same_day=(other("97153"),)),
    passes("the next day", session(), same_day=(other(date_of_service=b.DAY + b.dt.timedelta(days=1)),)),
    passes("a line marked as distinct", session("90853", "90853-59")),
    trips(
        "the same twice at the same time",
        session(),
        {"severity": "error", "related": ("S-2",)},
        same_day=(other(at="10:00-10:55"),),
    ),
    trips("twice without times", session(at=None), {"at_another_time": False}, same_day=(other(at=None),)),
    trips(
        "twice, the other's start and minutes end before this begins",
        session(),
        {"severity": "warning", "at_another_time": True},
        same_day=(began("90837", minutes=55, at="09:05-10:00"),),
    ),
    trips("twice at two times", session(), {"severity": "warning", "at_another_time": True}, same_day=(other(),)),
    trips("twice on one claim", session("90853", "90853"), {"line": 2, "lines": [1, 2]}),
    trips(
        "the second begins as the first ends", session(), {"severity": "warning"}, same_day=(other(at="10:55-11:50"),)
    ),
    trips(
        "the second ends as the first begins", session(), {"severity": "warning"}, same_day=(other(at="09:05-10:00"),)
    ),
    trips("a minute shared", session(), {"severity": "error"}, same_day=(other(at="10:54-11:50"),)),
]

test_passes, test_trips = tables_for("CG603", ROWS)
