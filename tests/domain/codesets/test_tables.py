"""Dated tables: the right row for the day, in either order of codes."""

from __future__ import annotations

import datetime as dt

import pytest

from clawguard.domain.codesets import CodeTables, Pair, PairTable, index_pairs
from clawguard.domain.codesets.licenses import PRESCRIBER, SUPERVISED, THERAPIST, kinds_of
from clawguard.domain.codesets.procedure_list import PACKAGED
from clawguard.domain.codesets.procedure_table import of_kind
from clawguard.domain.codesets.procedures import PROCEDURES
from tests.domain.checks.builders import FY2025, FY2026

OLD = Pair("90837", "90834", True, dt.date(2018, 1, 1), dt.date(2019, 12, 31))
NEW = Pair("90834", "90837", False, dt.date(2020, 1, 1))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2017, 12, 31), None),
        (dt.date(2018, 1, 1), OLD),
        (dt.date(2019, 12, 31), OLD),
        (dt.date(2020, 1, 1), NEW),
        (dt.date(2030, 1, 1), NEW),
    ],
)
def test_a_pair_may_have_several_rows_over_time(day: dt.date, expected: Pair | None) -> None:
    tables = CodeTables(pairs=PairTable("1", "pairs 1", index_pairs((OLD, NEW))))
    assert tables.pair("90837", "90834", day) == tables.pair("90834", "90837", day) == expected


@pytest.mark.parametrize(
    ("day", "in_force", "nearest"),
    [
        (dt.date(2020, 1, 1), None, FY2025),
        (dt.date(2024, 9, 30), None, FY2025),
        (dt.date(2024, 10, 1), FY2025, FY2025),
        (dt.date(2025, 9, 30), FY2025, FY2025),
        (dt.date(2025, 10, 1), FY2026, FY2026),
        (dt.date(2026, 9, 30), FY2026, FY2026),
        (dt.date(2026, 10, 1), None, FY2026),
    ],
)
def test_the_date_of_service_chooses_the_release(day: dt.date, in_force: object, nearest: object) -> None:
    tables = CodeTables(icd=(FY2025, FY2026))
    assert tables.icd_release(day) is in_force
    assert tables.icd_nearest(day) is nearest


def test_a_diagnosis_is_looked_up_on_a_day() -> None:
    tables = CodeTables(icd=(FY2025, FY2026))
    assert tables.diagnosis("F4381", dt.date(2026, 1, 1)) is not None
    assert tables.diagnosis("F4381", dt.date(2025, 1, 1)) is None
    assert tables.diagnosis("F4381", dt.date(2027, 1, 1)) is None
    heading = tables.diagnosis("F33", dt.date(2026, 1, 1))
    assert heading is not None
    assert not heading.billable


def test_without_a_release_nothing_is_known() -> None:
    assert CodeTables().icd_nearest(dt.date(2026, 1, 1)) is None


def test_the_procedure_table_is_whole() -> None:
    assert len(PROCEDURES) == 206
    for procedure in PROCEDURES.values():
        assert procedure.least is None or procedure.most is None or procedure.least <= procedure.most
        assert procedure.first_day is None or procedure.last_day is None or procedure.first_day <= procedure.last_day
        assert procedure.setting in {"individual", "family", "group", "program"}
        assert procedure.unit_rule in {None, 1, 2, 3}


def test_the_tiers_leave_no_gap_and_do_not_overlap() -> None:
    for kind in ("therapy", "therapy_add_on"):
        tiers = sorted((PROCEDURES[code].least or 0, PROCEDURES[code].most) for code in PACKAGED.codes(of_kind(kind)))
        assert tiers == [(16, 37), (38, 52), (53, None)]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("LCSW", {THERAPIST}),
        ("L.C.S.W.", {THERAPIST}),
        ("PMHNP-BC", {PRESCRIBER}),
        ("md", {PRESCRIBER}),
        ("LPC Associate", {THERAPIST, SUPERVISED}),
        ("LMFT-A", {SUPERVISED}),
        ("Mystic", set()),
        ("", set()),
    ],
)
def test_a_credential_is_read_as_written(text: str, kinds: set[str]) -> None:
    assert kinds_of(text) == kinds
