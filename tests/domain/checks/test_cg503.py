"""CG503: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

import pytest

from clawguard.domain.codesets.procedures import PROCEDURES
from tests.domain.checks.builders import findings, passes, session, tables_for, trips

ROWS = [
    passes("a code of today", session()),
    passes(
        "a phone visit on its last day", session("99442", date_of_service=dt.date(2024, 12, 31), provider_license="MD")
    ),
    passes(
        "a video visit on its first day", session("98004", date_of_service=dt.date(2025, 1, 1), provider_license="MD")
    ),
    passes("a code we do not know is another check's", session("12345")),
    passes("an evaluation on its first day", session("90791", date_of_service=dt.date(2013, 1, 1))),
    passes("what it was called the day before", session("90801", date_of_service=dt.date(2012, 12, 31))),
    passes("family work is older than that", session("90847", date_of_service=dt.date(2012, 3, 1))),
    passes("a group is older than that", session("90853", date_of_service=dt.date(2012, 3, 1))),
    trips(
        "a phone visit on the day after",
        session("99442", date_of_service=dt.date(2025, 1, 1)),
        {"last_day": "2024-12-31"},
    ),
    trips(
        "a video visit on the day before",
        session("98004", date_of_service=dt.date(2024, 12, 31)),
        {"first_day": "2025-01-01"},
    ),
    trips("prolonged time as before 2023", session("90837", "99354"), {"line": 2}),
    trips("a code of another era", session("90806")),
    trips(
        "an evaluation before it had this code",
        session("90791", date_of_service=dt.date(2012, 3, 1)),
        {"first_day": "2013-01-01", "says": "90791 begins on 2013-01-01"},
    ),
    trips(
        "health-behaviour work before it had this code",
        session("96156", date_of_service=dt.date(2019, 3, 1)),
        {"first_day": "2020-01-01"},
    ),
    trips(
        "ABA before it had this code",
        session("97153", date_of_service=dt.date(2018, 3, 1)),
        {"first_day": "2019-01-01"},
    ),
    trips(
        "the code it had then, a day too late",
        session("0364T", date_of_service=dt.date(2019, 1, 1)),
        {"last_day": "2018-12-31", "risk": "142.50"},
    ),
]

test_passes, test_trips = tables_for("CG503", ROWS)

# Codes of one year of change, the last day of those that ended, and the first day of those that follow.
CHANGES = [
    (
        "2012-12-31",
        """
        90801 90802 90804 90805 90806 90807 90808 90809 90810 90811 90812 90813 90814 90815 90816 90817 90818 90819
        90821 90822 90823 90824 90826 90827 90828 90829 90857 90862
        """,
        "90785 90791 90792 90832 90833 90834 90836 90837 90838 90839 90840 90863",
    ),
    ("2017-12-31", "G0502 G0503 G0504 G0507", "99484 99492 99493 99494"),
    (
        "2018-12-31",
        """
        96101 96102 96103 96111 96118 96119 96120 0359T 0360T 0361T 0363T 0364T 0365T 0366T 0367T 0368T 0369T 0370T
        0371T 0372T 0374T
        """,
        """
        96112 96113 96121 96130 96131 96132 96133 96136 96137 96138 96139 96146 97151 97152 97153 97154 97155 97156
        97157 97158 G2012
        """,
    ),
    ("2019-12-31", "96150 96151 96152 96153 96154 96155", "96156 96158 96159 96164 96165 96167 96168 96170 96171"),
    ("2020-12-31", "99201", "99417 G2212 G2214"),
    ("2022-12-31", "99354 99355", "G0323"),
    (
        "2024-12-31",
        "99441 99442 99443 G2012",
        "98000 98001 98002 98003 98004 98005 98006 98007 98008 98009 98010 98011 98012 98013 98014 98015 98016",
    ),
]


@pytest.mark.parametrize(("last", "ended", "begun"), CHANGES, ids=[last for last, _, _ in CHANGES])
def test_a_year_of_change_ends_some_codes_and_begins_others(last: str, ended: str, begun: str) -> None:
    before = dt.date.fromisoformat(last)
    after = before + dt.timedelta(days=1)
    for code in ended.split():
        assert not findings("CG503", session(code, date_of_service=before)), code
        assert findings("CG503", session(code, date_of_service=after)), code
    for code in begun.split():
        assert findings("CG503", session(code, date_of_service=before)), code
        assert not findings("CG503", session(code, date_of_service=after)), code


def test_every_code_that_ended_says_when() -> None:
    ended = [procedure for procedure in PROCEDURES.values() if procedure.kind == "deleted"]
    assert len(ended) == 62
    assert [procedure.code for procedure in ended if procedure.last_day is None or procedure.parents] == []
