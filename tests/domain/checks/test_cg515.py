"""CG515: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, trips


def licences(*said: dict[str, str]) -> dict[str, object]:
    return {"licenses": list(said)}


ROWS = [
    passes("nothing stated", session()),
    passes("valid on its first day", session(), facts=licences({"kind": "LCSW", "from": "2026-03-18"})),
    passes("valid on its last day", session(), facts=licences({"kind": "LCSW", "to": "2026-03-18"})),
    passes(
        "renewed without a gap",
        session(),
        facts=licences({"kind": "LCSW", "to": "2026-03-17"}, {"kind": "LCSW", "from": "2026-03-18"}),
    ),
    passes("another licence of the same kind of work", session(), facts=licences({"kind": "LMFT"})),
    passes("a credential nobody knows", session(provider_license="QMHP"), facts=licences({"kind": "LCSW"})),
    trips(
        "ended the day before", session(), {"licences_on_file": 1}, facts=licences({"kind": "LCSW", "to": "2026-03-17"})
    ),
    trips("begins the day after", session(), facts=licences({"kind": "LCSW", "from": "2026-03-19"})),
    trips(
        "billed under another kind",
        session(),
        {"severity": "warning", "on_file": ["PMHNP"]},
        facts=licences({"kind": "PMHNP"}),
    ),
]

test_passes, test_trips = tables_for("CG515", ROWS)
