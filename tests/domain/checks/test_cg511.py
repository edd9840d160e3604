"""CG511: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("nothing stated", session()),
    passes(
        "on the day of discharge itself", session(), facts={"events": [{"kind": "discharge", "date": "2026-03-18"}]}
    ),
    passes("before a death", session(), facts={"events": [{"kind": "death", "date": "2026-04-01"}]}),
    passes(
        "on the day a stay ends",
        session(),
        facts={"events": [{"kind": "inpatient", "from": "2026-03-10", "to": "2026-03-18"}]},
    ),
    passes("an event without a day says nothing", session(), facts={"events": [{"kind": "discharge"}, "odd", None]}),
    passes("an event of another kind", session(), facts={"events": [{"kind": "moved", "date": "2026-01-01"}]}),
    passes("the first day of a stay", session(), facts={"events": [{"kind": "inpatient", "from": "2026-03-18"}]}),
    trips(
        "the day after discharge",
        session(),
        {"event": "discharge", "from": "2026-03-17"},
        facts={"events": [{"kind": "discharge", "date": "2026-03-17T09:00:00-04:00"}]},
    ),
    trips(
        "inside a stay",
        session(),
        {"to": "2026-03-19"},
        facts={"events": [{"kind": "inpatient", "from": "2026-03-10", "to": "2026-03-19"}]},
    ),
    trips("a stay without an end", session(), facts={"events": [{"kind": "residential", "from": "2026-03-10"}]}),
]

test_passes, test_trips = tables_for("CG511", ROWS)
