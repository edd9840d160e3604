"""CG743: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from clawguard.domain.checks.finding import ZERO
from tests.domain.checks.builders import findings, note, passes, session, tables_for, trips

NO_CONSENT = note(N58="missing/no_part2_consent")

ROWS = [
    passes("no note was read", session("90837")),
    passes("nobody stated a programme", session("90837"), note=note(N58="not_applicable")),
    passes("nobody knows of a consent", session("90837"), note=note(N58="unsure/no_facts")),
    passes("the consent is on file", session("90837"), note=note(N58="met")),
    passes("another element is missing", session("90837"), note=note(N49="missing")),
    trips("no consent is on file", session("90837"), {"n58": "missing"}, note=NO_CONSENT),
]

test_passes, test_trips = tables_for("CG743", ROWS)


def test_nothing_is_at_risk_by_it_alone() -> None:
    (found,) = findings("CG743", session("90837"), note=NO_CONSENT)
    assert found.amount_at_risk == ZERO
