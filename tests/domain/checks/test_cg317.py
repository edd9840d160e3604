"""CG317: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clawguard.domain.facts import SessionFacts
from tests.domain.checks.builders import passes, session, tables_for, tables_with, trips

ADULT = dt.date(1991, 4, 11)


def aged(born: dt.date | None, *diagnoses: str, **facts: Any) -> SessionFacts:
    """A session on 2026-03-18 of a client born then."""
    return session(client_birth_date=born, diagnoses=diagnoses, **facts)


ROWS = [
    passes("an ordinary disorder", session()),
    passes("no birth date is stated", aged(None, "F642")),
    passes("the day before the eighteenth birthday is childhood", aged(dt.date(2008, 3, 19), "F642")),
    passes("a disorder of adults on the eighteenth birthday", aged(dt.date(2008, 3, 18), "F5083")),
    passes("what began in childhood stays valid", aged(ADULT, "F8081")),
    passes("attention disorders of adults", aged(ADULT, "F902")),
    passes("nine years is the youngest age of childbirth", aged(dt.date(2017, 3, 18), "F530")),
    passes("64 years is the oldest", aged(dt.date(1961, 3, 19), "F530")),
    passes("a network that sets 21", aged(dt.date(2006, 1, 1), "F642"), tables=tables_with(adult_from_age=21)),
    trips(
        "gender identity of childhood on the eighteenth birthday",
        aged(dt.date(2008, 3, 18), "F642"),
        {"adult": True, "other_code": None, "severity": "warning"},
    ),
    trips(
        "pica of adults the day before",
        aged(dt.date(2008, 3, 19), "F5083"),
        {"adult": False, "other_code": "F983"},
        cured=aged(dt.date(2008, 3, 19), "F983"),
    ),
    trips("pica of childhood in an adult", aged(ADULT, "F983"), {"other_code": "F5083", "says": "F50.83"}),
    trips("rumination of infancy in an adult", aged(ADULT, "F9821"), {"other_code": "F5084"}),
    trips("a fluency disorder of adulthood in a child", aged(dt.date(2015, 1, 1), "F985"), {"other_code": "F8081"}),
    trips("mutism of childhood in an adult", aged(ADULT, "F940")),
    trips("eight years is too young for childbirth", aged(dt.date(2017, 3, 19), "F530"), {"adult": False}),
    trips("65 years is too old", aged(dt.date(1961, 3, 18), "F530"), {"adult": True}),
    trips(
        "born on a leap day, eighteen on the first of March",
        aged(dt.date(2008, 2, 29), "F642", date_of_service=dt.date(2026, 3, 1)),
        {"adult": True},
    ),
    trips(
        "the twentieth year counts as childhood where a network says so",
        aged(dt.date(2006, 1, 1), "F5083"),
        {"adult": False},
        tables=tables_with(adult_from_age=21),
    ),
]

test_passes, test_trips = tables_for("CG317", ROWS)
