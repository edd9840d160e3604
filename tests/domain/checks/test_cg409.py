"""CG409: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("no modifier", session()),
    passes("25 on a visit", session("99214-25")),
    passes("52 on an evaluation below the payer's minimum", session("90791-52")),
    passes("extra work at an evaluation", session("90791-22")),
    passes("a modifier without a meaning here", session("90837-KX")),
    trips(
        "extra work on a code chosen by time",
        session("90837-22"),
        {"modifier": "22", "line": 1},
        cured=session("90837"),
    ),
    trips("reduced work on therapy", session("90837-52"), {"severity": "warning", "says": "shorter code"}),
    trips("25 on therapy", session("90834-25"), {"severity": "warning"}),
    trips("recorded material", session("90837-GQ")),
    trips("acute stroke", session("90837-G0")),
    trips("assistance in surgery", session("90791-AS")),
    trips("another part of the body", session("90853-XS"), {"severity": "warning"}),
    trips("said twice, told once", session("90837-22-22"), {"count": 1}),
]

test_passes, test_trips = tables_for("CG409", ROWS)
