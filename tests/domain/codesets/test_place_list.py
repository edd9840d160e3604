"""Our table of places of service as a file, and what the checks say by another one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from clawguard.domain.checks import Context, screen
from clawguard.domain.codesets import CodeTables
from clawguard.domain.codesets.lists import read_file, read_kept
from clawguard.domain.codesets.ours import OURS
from clawguard.domain.codesets.place_list import FORMAT, PACKAGED, PACKAGED_TEXT, place_of, row_of
from clawguard.domain.codesets.places import PLACES
from tests.domain.checks.builders import session
from tests.domain.codesets import own_files

NEW = dict(zip(FORMAT.names, ("67", "a recovery house", "no", "yes", "2026-01-01", "2026-03-31"), strict=True))


def test_every_row_of_the_product_goes_there_and_back() -> None:
    found = read_file(FORMAT, PACKAGED_TEXT.encode())
    assert (found.faults, found.rows_read) == ((), len(PLACES))
    assert {place.code: place for place in map(place_of, found.rows)} == PLACES
    assert [row_of(place_of(row)) for row in found.rows] == list(found.rows)
    assert OURS[FORMAT.kind].value(PACKAGED_TEXT) is PACKAGED


def test_zeros_that_a_spreadsheet_took_away_come_back() -> None:
    [row] = read_file(FORMAT, own_files.of(NEW | {"place": "2"}, form=FORMAT)).rows
    assert row[0] == "02"


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"place": "100"}, "place"),
        ({"place": "x1"}, "place"),
        ({"place": ""}, "place"),
        ({"label": "x" * 81}, "label"),
        ({"telehealth": "perhaps"}, "telehealth"),
        ({"valid_to": "2025-12-31"}, "valid_to"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(changed: dict[str, str], column: str) -> None:
    [fault] = read_file(FORMAT, own_files.of(NEW | changed, form=FORMAT)).faults
    assert (fault.line, fault.column) == (2, column)


def tables(**changes: dict[str, str]) -> CodeTables:
    """The product's places with these changed or added, by their code with a P before it."""
    rows = {row[0]: dict(zip(FORMAT.names, row, strict=True)) for row in read_kept(FORMAT, PACKAGED_TEXT)}
    for name, change in changes.items():
        rows[name[1:]] = rows.get(name[1:], {}) | change
    kept = read_file(FORMAT, own_files.of(*rows.values(), form=FORMAT)).rows
    ours = OURS[FORMAT.kind]
    return CodeTables(places=ours.build(kept, "0123456789", "places 01234567"))


def told(place: str, day: str, by: CodeTables, **facts: Any) -> dict[str, Any]:
    given = session(place_of_service=place, date_of_service=dt.date.fromisoformat(day), **facts)
    return {found.check: found for found in screen(given, Context(by))}


def test_a_place_that_is_added_is_known_on_its_days() -> None:
    assert told("67", "2026-03-18", CodeTables())["CG403"].message == "67 is not a known place of service."
    by = tables(P67=NEW)
    assert "CG403" not in told("67", "2026-01-01", by)
    assert "CG403" not in told("67", "2026-03-31", by)
    assert "exists since 2026-01-01" in told("67", "2025-12-31", by)["CG403"].message
    late = told("67", "2026-04-01", by)["CG403"]
    assert "ended on 2026-03-31" in late.message
    assert (late.evidence["last_day"], late.evidence["table"]) == ("2026-03-31", "places 01234567")


def test_what_a_place_is_decides_the_checks_that_ask() -> None:
    crisis = {"telehealth": None}
    assert "CG401" in told("10", "2026-03-18", CodeTables(), telehealth="none")
    assert "CG401" not in told("10", "2026-03-18", tables(P10={"telehealth": "no"}), telehealth="none")
    from_later = tables(P10={"valid_from": "2026-03-19"})
    assert "CG405" in told("02", "2026-03-18", CodeTables(), client_location="home", **crisis)
    assert "CG405" not in told("02", "2026-03-18", from_later, client_location="home", **crisis)


def test_facilities_are_told_by_the_table() -> None:
    assert PACKAGED.is_facility("21")
    assert not PACKAGED.is_facility("11")
    assert not PACKAGED.is_facility("98")
    assert tables(P11={"facility": "yes"}).places.is_facility("11")


def test_the_version_is_part_of_the_pack() -> None:
    assert tables(P67=NEW).versions["places"] == "0123456789"
    assert CodeTables().versions["places"] == PACKAGED.version[:16]


def test_the_columns_are_documented_as_they_are() -> None:
    page = (Path(__file__).parents[3] / "docs" / "code-tables.md").read_text()
    for column in FORMAT.columns:
        assert f"| `{column.name}` | {column.meaning} |\n" in page
