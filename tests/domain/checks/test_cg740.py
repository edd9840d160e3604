"""CG740: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from clawguard.domain.facts import NoteFacts
from tests.domain.checks.builders import note, passes, session, tables_for, trips

MILD = {"severity": "info", "risk": "0.00"}

ROWS = [
    passes("no note was read", session("90837")),
    passes("it can be read", session("90837"), note=note(N55="met")),
    passes("something else is missing", session("90837"), note=note(N55="met", N20="missing")),
    passes("it is locked away", session("90837"), note=NoteFacts(True, quarantined="other_client")),
    trips("there is no text in it", session("90837"), {"n55": "missing"}, note=note(N55="missing/blank")),
    trips("it is hard to read", session("90837"), MILD, note=note(N55="missing/hard_to_read/percent=31")),
    trips("one part is hard to read", session("90837"), MILD, note=note(N20="unreadable/hard_to_read")),
    trips("another language", session("90837"), MILD, note=note(N20="unsure/language", N22="unsure/language")),
]

test_passes, test_trips = tables_for("CG740", ROWS)
