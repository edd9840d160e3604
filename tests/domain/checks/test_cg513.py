"""CG513: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("nothing stated", session()),
    passes("obtained", session(), facts={"authorization": {"required": True, "obtained": True}}),
    passes("not required", session(), facts={"authorization": {"required": False, "obtained": False}}),
    passes("whether it was obtained is not stated", session(), facts={"authorization": {"required": True}}),
    trips(
        "required and not obtained",
        session(),
        {"known_at_booking": False},
        facts={"authorization": {"required": True, "obtained": False, "known_at_booking": False}},
    ),
]

test_passes, test_trips = tables_for("CG513", ROWS)
