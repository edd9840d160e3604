"""Our core pairs as a file, and what is asked of another version of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from clawguard.domain.codesets import CodeTables, TableKind
from clawguard.domain.codesets.lists import read_file, read_kept
from clawguard.domain.codesets.ours import OURS
from clawguard.domain.codesets.pair_list import FORMAT, PACKAGED, PACKAGED_TEXT, pair_of, row_of
from clawguard.domain.codesets.pairs import CORE_FIRST_DAY, CORE_PAIRS, CORE_TABLE
from tests.domain.codesets import own_files

NEW = dict(zip(FORMAT.names, ("98990", "90834", "2026-01-01", "never", "2026-03-31"), strict=True))
DAY = dt.date(2026, 3, 31)


def test_every_row_of_the_product_goes_there_and_back() -> None:
    found = read_file(FORMAT, PACKAGED_TEXT.encode())
    assert (found.faults, found.rows_read) == ((), len(CORE_PAIRS))
    pairs = [pair_of(row, CORE_TABLE) for row in found.rows]
    assert set(pairs) == set(CORE_PAIRS)
    assert [row_of(pair) for pair in pairs] == list(found.rows)
    assert OURS[FORMAT.kind].value(PACKAGED_TEXT) is PACKAGED


@pytest.mark.parametrize(
    ("changed", "column", "part"),
    [
        ({"paid": ""}, "paid", "five letters"),
        ({"unpaid": "98990"}, "unpaid", "Two different codes"),
        ({"valid_from": ""}, "valid_from", "belongs here."),
        ({"together": ""}, "together", "never, separate"),
        ({"valid_to": "2025-12-31"}, "valid_to", "before it begins"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(changed: dict[str, str], column: str, part: str) -> None:
    [fault] = read_file(FORMAT, own_files.of(NEW | changed, form=FORMAT)).faults
    assert (fault.line, fault.column) == (2, column)
    assert part in fault.message


@pytest.mark.parametrize(
    ("second", "fault"),
    [
        ({"valid_from": "2026-04-01", "valid_to": ""}, None),
        ({"valid_from": "2026-03-31", "valid_to": ""}, "Another row about 90834 and 98990 holds on 2026-03-31."),
        ({"paid": "90834", "unpaid": "98990", "valid_from": "2026-02-01"}, "Another row about"),
        ({"valid_from": "2025-01-01", "valid_to": ""}, "Another row about"),
        ({}, "stands in line 2 already"),
    ],
)
def test_one_row_holds_on_a_day(second: dict[str, str], fault: str | None) -> None:
    found = read_file(FORMAT, own_files.of(NEW, NEW | second, form=FORMAT))
    assert [fault in each.message for each in found.faults if fault] == [True] * bool(fault)
    assert bool(found.rows) == (fault is None)


def test_another_version_answers_on_its_days() -> None:
    kept = [*read_kept(FORMAT, PACKAGED_TEXT), *own_files.rows(NEW, form=FORMAT)]
    tables = CodeTables(pairs=OURS[FORMAT.kind].build(kept, "0123456789", "core_pairs 01234567"))
    for one, other in (("98990", "90834"), ("90834", "98990")):
        pair = tables.pair(one, other, DAY)
        assert pair is not None
        assert (pair.first, pair.separable, pair.table) == ("98990", False, "core_pairs 01234567")
        assert tables.pair(one, other, DAY + dt.timedelta(days=1)) is None
    assert CodeTables().pair("98990", "90834", DAY) is None
    assert tables.answering(TableKind.PAIRS, CORE_FIRST_DAY) == "core_pairs 01234567"
    assert tables.answering(TableKind.UNITS, CORE_FIRST_DAY) == CORE_TABLE
    assert tables.versions["pairs"] == "0123456789"


def test_the_columns_are_documented_as_they_are() -> None:
    page = (Path(__file__).parents[3] / "docs" / "code-tables.md").read_text()
    for column in FORMAT.columns:
        assert f"| `{column.name}` | {column.meaning} |\n" in page
