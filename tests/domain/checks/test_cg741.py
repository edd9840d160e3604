"""CG741: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from clawguard.domain.facts import NoteFacts
from tests.domain.checks.builders import findings, note, passes, session, tables_for, trips

LOCKED = NoteFacts(True, quarantined="psychotherapy_notes")
CHART = NoteFacts(True, quarantined="other_dates")
PROCESS = note(N56="contradicted/psychotherapy_notes")
OTHER = note(N57="contradicted/other_client")

ROWS = [
    passes("no note was read", session("90837")),
    passes("it may be here", session("90837"), note=note(N56="met", N57="met")),
    passes(
        "consent to programme records is a check of its own",
        session("90837"),
        note=note(N58="missing/no_part2_consent"),
    ),
    trips("psychotherapy notes", session("90837"), {"n56": "contradicted"}, note=PROCESS),
    trips("another client", session("90837"), {"n57_reason": "other_client"}, note=OTHER),
    trips("many days", session("90837"), {"n57": "contradicted"}, note=note(N57="contradicted/other_dates")),
    trips("locked before it was read", session("90837"), {"n56": "contradicted"}, note=LOCKED),
    trips("locked as a chart", session("90837"), {"n57_reason": "other_dates"}, note=CHART),
]

test_passes, test_trips = tables_for("CG741", ROWS)


def test_of_a_locked_note_nothing_else_is_said() -> None:
    read = note(N20="missing", N57="contradicted/other_client")
    assert read is not None
    shut = NoteFacts(True, verdicts=read.verdicts, quarantined="other_client")
    assert findings("CG714", session("90837"), note=read)
    assert not findings("CG714", session("90837"), note=shut)
    assert len(findings("CG741", session("90837"), note=shut)) == 1
