"""CG113: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from clawguard.domain.facts import SessionFacts
from tests.domain.checks.builders import line, other, passes, session, tables_for, trips

FEWEST = {"99245": 70, "99345": 90, "99350": 75, "98003": 75, "98007": 55, "98011": 75, "98015": 55}


def timed(visit: str, minutes: int) -> SessionFacts:
    """A visit chosen by time, with one unit of prolonged time."""
    return session(line(visit, minutes=minutes, em_basis="time"), "99417")


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
    *(passes(f"{minutes} minutes with {visit}", timed(visit, minutes)) for visit, minutes in FEWEST.items()),
    passes("beside the cognitive assessment", timed("99483", 10)),
    passes("no time stated is another check's", session(line("99215", em_basis="time"), "99417", at=None)),
    passes("beside a code whose threshold is not confirmed", session("99483", "G2212", minutes=10)),
    passes("without its visit it is another check's", session("99417", minutes=10)),
    passes(
        "a visit of the day in a session of its own, long enough",
        session("99417", at="11:00-11:15"),
        same_day=(other(line("99205", em_basis="time"), at="10:00-11:00"),),
    ),
    passes(
        "the time of the other session is not stated",
        session("99417", at="11:00-11:15"),
        same_day=(other(line("99205", em_basis="time"), at=None),),
    ),
    passes(
        "its own time is not stated", session("99417", at=None), same_day=(other(line("99205", minutes=60), at=None),)
    ),
    passes(
        "a visit beside it carries it, whatever the day has more",
        session(line("99215", minutes=55, em_basis="time"), "99417"),
        same_day=(other(line("99205", minutes=10, em_basis="mdm")),),
    ),
    passes("a visit of another provider", session("99417"), same_day=(other("99205", minutes=9, provider_npi="1"),)),
    passes(
        "prolonged time and its visit are both of other sessions",
        session(),
        same_day=(
            other("99417", minutes=5),
            other(line("99205", minutes=9, em_basis="mdm"), external_id="S-3"),
        ),
    ),
    trips(
        "four units in a session of its own",
        session(line("99417", units=4), at="11:00-11:30"),
        {"severity": "warning", "minutes": 90, "supported_units": 2, "related": ("S-2",), "line": 1},
        same_day=(other(line("99205", em_basis="time"), at="10:00-11:00"),),
    ),
    trips(
        "the visit arrives after the four units",
        session(line("99205", em_basis="time", minutes=60), at="10:00-11:00"),
        {"severity": "warning", "minutes": 90, "supported_units": 2, "units": 4, "related": ("S-2",), "line": 1},
        same_day=(other(line("99417", units=4), at="11:00-11:30"),),
    ),
    trips(
        "prolonged time after a visit chosen by decision making",
        session("99417"),
        {"basis": "mdm", "visit": "99205", "related": ("S-2",)},
        same_day=(other(line("99205", em_basis="mdm")),),
    ),
    trips(
        "54 minutes",
        session(line("99215", minutes=54, em_basis="time"), "99417"),
        {"supported_units": 0, "line": 2},
        cured=session(line("99215", minutes=55, em_basis="time"), "99417"),
    ),
    *(
        trips(f"{minutes - 1} minutes with {visit}", timed(visit, minutes - 1), {"visit": visit, "supported_units": 0})
        for visit, minutes in FEWEST.items()
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
