"""CG414: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks.builders import passes, session, tables_for, trips


def _on(day: str, *lines: str) -> dict[str, object]:
    return {"given": session(*lines, date_of_service=dt.date.fromisoformat(day))}


ROWS = [
    passes("no modifier", session()),
    passes("video today", session("90837-95")),
    passes("audio only on its first day", **_on("2022-01-01", "90837-93")),
    passes("audio only for behavioral health on its first day", **_on("2022-01-01", "90837-FQ")),
    passes("video on its first day", **_on("2017-01-01", "90837-95")),
    passes("the older mark for video before that", **_on("2016-12-31", "90837-GT")),
    passes("a separate encounter on its first day", **_on("2015-01-01", "90837-XE")),
    passes("a modifier whose first day nobody asks for", **_on("2012-03-18", "90837-59")),
    passes("habilitation on its last day", **_on("2017-12-31", "97153-SZ")),
    passes("the modifier that followed it, on its first day", **_on("2018-01-01", "97153-96")),
    passes("one that a therapy practice has no use for", session("90837-LT")),
    trips(
        "audio only on the day before it existed",
        **_on("2021-12-31", "90837-93"),
        expected={
            "modifier": "93",
            "first_day": "2022-01-01",
            "date_of_service": "2021-12-31",
            "line": 1,
            "risk": "142.50",
            "says": "carries 93, which begins on 2022-01-01; the session was on 2021-12-31.",
        },
    ),
    trips("its neighbour on that day", **_on("2021-12-31", "90837-FQ"), expected={"first_day": "2022-01-01"}),
    trips("a supervisor by video on that day", **_on("2021-12-31", "90837-FR"), expected={"first_day": "2022-01-01"}),
    trips("video on the day before", **_on("2016-12-31", "90837-95"), expected={"first_day": "2017-01-01"}),
    trips(
        "a separate encounter the day before",
        **_on("2014-12-31", "90837-XE"),
        expected={"first_day": "2015-01-01"},
        cured=session("90837-59", date_of_service=dt.date(2014, 12, 31)),
    ),
    trips("stroke care the day before", **_on("2018-12-31", "90837-G0"), expected={"first_day": "2019-01-01"}),
    trips(
        "habilitation on the day after its last",
        **_on("2018-01-01", "97153-SZ"),
        expected={"last_day": "2017-12-31", "says": "which ended on 2017-12-31"},
    ),
    trips(
        "before the first day of one that ended", **_on("2014-06-30", "97153-SZ"), expected={"first_day": "2014-07-01"}
    ),
    trips(
        "no such modifier is mentioned",
        session("90837-9S"),
        {"modifier": "9S", "severity": "info", "risk": "0.00", "says": "not among the modifiers known here"},
        cured=session(),
    ),
    trips("told once, though it stands twice", session("90837-ZZ-ZZ"), {"severity": "info"}),
    trips("of two only the one that is not known", session("90837-95-ZZ"), {"modifier": "ZZ", "severity": "info"}),
    trips(
        "on each line that carries it",
        **_on("2021-12-31", "90837-93", "90785-93"),
        expected={"count": 2, "line": 1},
    ),
]

test_passes, test_trips = tables_for("CG414", ROWS)
