"""CG113: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks.builders import line, passes, session, tables_for, trips

ROWS = [
    passes("55 minutes with the highest level", session(line("99215", minutes=55, em_basis="time"), "99417")),
    passes("75 minutes with a new client", session(line("99205", minutes=75, em_basis="time"), "99417")),
    passes("two units at 90", session(line("99205", minutes=90, em_basis="time"), line("99417", 2, units=2))),
    passes(
        "Medicare's code at 69", session(line("99215", minutes=69, em_basis="time"), "G2212", payer_kind="medicare")
    ),
    passes(
        "Medicare's code at 89", session(line("99205", minutes=89, em_basis="time"), "G2212", payer_kind="medicare")
    ),
    passes(
        "the prolonged part states its own minutes",
        session(line("99215", minutes=40, em_basis="time"), line("99417", 2, minutes=15)),
    ),
    passes("no time stated is another check's", session(line("99215", em_basis="time"), "99417", at=None)),
    passes("beside a code whose threshold is not confirmed", session("99483", "G2212", minutes=10)),
    passes("without its visit it is another check's", session("99417", minutes=10)),
    trips(
        "54 minutes",
        session(line("99215", minutes=54, em_basis="time"), "99417"),
        {"supported_units": 0, "line": 2},
        cured=session(line("99215", minutes=55, em_basis="time"), "99417"),
    ),
    trips("74 minutes with a new client", session(line("99205", minutes=74, em_basis="time"), "99417")),
    trips(
        "two units at 89",
        session(line("99205", minutes=89, em_basis="time"), line("99417", 2, units=2)),
        {"supported_units": 1},
    ),
    trips("Medicare's code at 68", session(line("99215", minutes=68, em_basis="time"), "G2212")),
    trips("Medicare's code at 88", session(line("99205", minutes=88, em_basis="time"), "G2212")),
    trips(
        "in 2023 the same number",
        session(line("99215", minutes=54, em_basis="time"), "99417", date_of_service=dt.date(2023, 12, 31)),
        {"supported_units": 0},
    ),
    trips(
        "by the session's clock alone it is looked at",
        session(line("99215", em_basis="time"), "99417", minutes=54),
        {"severity": "warning"},
    ),
    trips(
        "a visit chosen by decision making",
        session(line("99215", minutes=60, em_basis="mdm"), "99417"),
        {"basis": "mdm", "says": "medical decision making"},
    ),
]

test_passes, test_trips = tables_for("CG113", ROWS)
