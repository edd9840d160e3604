"""CG512: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("nothing stated", session()),
    passes("active", session(), facts={"eligibility": {"actual": "active"}}),
    passes(
        "ended on the day itself", session(), facts={"eligibility": {"ended_on": "2026-03-18", "actual": "inactive"}}
    ),
    passes("not stated as an object", session(), facts={"eligibility": "inactive"}),
    passes(
        "who pays for themselves has no coverage",
        session(payer_kind="self_pay"),
        facts={"eligibility": {"actual": "inactive"}},
    ),
    trips(
        "ended the day before",
        session(),
        {"ended_on": "2026-03-17", "shown": "active"},
        facts={"eligibility": {"ended_on": "2026-03-17", "shown": "active"}},
    ),
    trips("inactive without a date", session(), {"ended_on": None}, facts={"eligibility": {"actual": "inactive"}}),
]

test_passes, test_trips = tables_for("CG512", ROWS)
