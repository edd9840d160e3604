"""CG205: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("no reason stated is not a bad reason", session("90834", "90785")),
    passes("a reason beside language", session("90834", "90785", complexity_factor="guardian conflict")),
    passes("an interpreter without the add-on", session("90834", complexity_factor="interpreter")),
    trips("an interpreter alone", session("90834", "90785", complexity_factor="interpreter"), {"line": 2}),
    trips("the same word in capitals", session("90834", "90785", complexity_factor=" Translation ")),
    trips(
        "written in another way",
        session("90837", "90785", complexity_factor=" Translator "),
        cured=session("90837", "90785", complexity_factor="third party"),
    ),
]

test_passes, test_trips = tables_for("CG205", ROWS)
