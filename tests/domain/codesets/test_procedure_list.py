"""Our table of procedure codes as a file: every row there and back, and what is wrong with others."""

from __future__ import annotations

from pathlib import Path

import pytest

from clawguard.domain.codesets import CodeTables
from clawguard.domain.codesets.comparing import ChangeKind
from clawguard.domain.codesets.groups import TIERS
from clawguard.domain.codesets.lists import ListError, as_text, digest, read_file, read_kept
from clawguard.domain.codesets.ours import OURS, changes
from clawguard.domain.codesets.procedure_list import FORMAT, KINDS, PACKAGED, PACKAGED_TEXT, procedure_of, row_of
from clawguard.domain.codesets.procedures import PROCEDURES
from tests.domain.codesets import own_files

PRESENT = read_kept(FORMAT, PACKAGED_TEXT)
NEW = own_files.NEW_THERAPY


def messages(content: bytes) -> list[tuple[int, str, str]]:
    found = read_file(FORMAT, content)
    assert bool(found.rows) != bool(found.faults)
    return [tuple(fault) for fault in found.faults]


def test_every_row_of_the_product_goes_there_and_back() -> None:
    found = read_file(FORMAT, PACKAGED_TEXT.encode())
    assert (found.faults, found.rows_read) == ((), len(PROCEDURES))
    assert {procedure.code: procedure for procedure in map(procedure_of, found.rows)} == PROCEDURES
    assert [row_of(procedure_of(row)) for row in found.rows] == list(found.rows)
    assert as_text(FORMAT, reversed(found.rows)) == PACKAGED_TEXT


def test_the_same_rows_are_the_same_table_however_they_were_written() -> None:
    lines = PACKAGED_TEXT.replace("2013-01-01", "1/1/2013").replace(",yes,", ",TRUE,").splitlines()
    mixed = "\ufeff" + "\r\n".join([lines[0].upper(), *reversed(lines[1:]), ""])
    assert digest(as_text(FORMAT, read_file(FORMAT, mixed.encode()).rows)) == PACKAGED.version


def test_columns_may_stand_in_any_order() -> None:
    turned = "\n".join(",".join(reversed(line)) for line in own_files.cells(NEW))
    assert read_file(FORMAT, turned.encode()).rows == read_file(FORMAT, own_files.of(NEW)).rows


@pytest.mark.parametrize(
    ("changed", "column", "part"),
    [
        ({"code": "9083"}, "code", "five letters or digits"),
        ({"label": ""}, "label", "your own words"),
        ({"label": "x" * 81}, "label", "up to 80"),
        ({"label": "=HYPERLINK(1)"}, "label", "your own words"),
        ({"kind": "psychotherapy"}, "kind", "therapy_add_on"),
        ({"add_on": "maybe"}, "add_on", "yes or no"),
        ({"time_basis": "clock"}, "time_basis", "or nothing"),
        ({"least_minutes": "0"}, "least_minutes", "from 1 to 1,440"),
        ({"least_minutes": "1441"}, "least_minutes", "from 1 to 1,440"),
        ({"least_minutes": "1.5"}, "least_minutes", "whole number"),
        ({"most_minutes": "15"}, "most_minutes", "less than least_minutes"),
        ({"units_a_day": "1000"}, "units_a_day", "from 0 to 999"),
        ({"units_a_day": ""}, "unit_rule", "both or neither"),
        ({"unit_rule": "4"}, "unit_rule", "from 1 to 3"),
        ({"largest_group": "1"}, "largest_group", "from 2 to 99"),
        ({"valid_from": "2027-02-30"}, "valid_from", "2027-01-31"),
        ({"valid_from": "13/1/2027"}, "valid_from", "2027-01-31"),
        ({"valid_to": "2026-12-31"}, "valid_to", "before it begins on 2027-01-01"),
        ({"main_codes": "90834"}, "main_codes", "Only an add-on"),
        ({"add_on": "yes", "main_codes": "90899 9083"}, "main_codes", "blanks between"),
        ({"add_on": "yes", "main_codes": "98990"}, "main_codes", "its own main code"),
        ({"ladder": "90832"}, "ladder", "names itself as its ladder"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(changed: dict[str, str], column: str, part: str) -> None:
    [(line, named, message)] = messages(own_files.of(NEW | changed))
    assert (line, named) == (2, column)
    assert part in message


def test_bounds_are_taken() -> None:
    row = NEW | {"least_minutes": "1", "most_minutes": "1440", "units_a_day": "0", "valid_to": "2027-01-01"}
    row |= {"label": "x" * 80, "largest_group": "2", "client": "", "ladder": "98990"}
    [kept] = map(procedure_of, read_file(FORMAT, own_files.of(row)).rows)
    assert (kept.least, kept.most, kept.daily_units, kept.client, kept.ladder) == (1, 1440, 0, None, "98990")
    assert kept.first_day == kept.last_day


def test_a_code_stands_once() -> None:
    [(line, _, message)] = messages(own_files.of(NEW, NEW | {"label": "Again"}))
    assert (line, message) == (3, "98990 stands in line 2 already.")


def test_each_fault_is_told_with_its_line() -> None:
    content = own_files.of(NEW | {"kind": "x", "setting": "y"}, NEW, NEW | {"code": "1"})
    assert [(line, column) for line, column, _ in messages(content)] == [(2, "kind"), (2, "setting"), (4, "code")]
    [(line, _, message)] = messages(own_files.of(NEW) + b"98991,too short\n")
    assert (line, message) == (3, "The row has 2 cells; 20 belong there.")


@pytest.mark.parametrize(
    ("content", "code", "part"),
    [
        (b"", "other_columns", "missing: code, label"),
        (b"code,label\n", "other_columns", "missing: kind"),
        (b"a,b\n", "other_columns", "columns of this table; not known: 'a', 'b'; missing: code, .* and 15 more.$"),
        (own_files.of(NEW, extra="notes"), "other_columns", "not known: 'notes'.$"),
        (own_files.of(NEW, extra="long descriptor"), "descriptor", "the AMA's"),
        (own_files.of(NEW, extra="Short_Description"), "descriptor", "column label"),
        (own_files.of(NEW, extra="code"), "other_columns", "twice"),
        (b"PK\x03\x04\xff\xfe", "not_text", "CSV UTF-8"),
        (own_files.of(NEW) + b'98991,"open', "not_csv", "Line 3"),
    ],
)
def test_what_is_no_such_table(content: bytes, code: str, part: str) -> None:
    with pytest.raises(ListError, match=part) as refused:
        read_file(FORMAT, content)
    assert refused.value.code == code


def test_a_kept_text_of_other_columns_is_not_read() -> None:
    with pytest.raises(ListError, match="other columns"):
        read_kept(FORMAT, "code,label\n90837,x\n")


def test_what_changes() -> None:
    ours = OURS[FORMAT.kind]
    rows = {row[0]: dict(zip(FORMAT.names, row, strict=True)) for row in PRESENT}
    rows["90837"]["units_a_day"] = "1"
    rows["90853"]["valid_to"] = "2026-12-31"
    rows["99441"]["valid_to"] = "2025-06-30"
    del rows["90899"]
    rows["98990"] = NEW
    found = list(changes(ours.form, PRESENT, own_files.rows(*rows.values())))
    assert [
        (change.kind, change.key, dict(change.before), dict(change.after)) for change in found if change.before
    ] == [
        (ChangeKind.CHANGED, ("90837",), {"units_a_day": "2"}, {"units_a_day": "1"}),
        (ChangeKind.ENDED, ("90853",), {"valid_to": ""}, {"valid_to": "2026-12-31"}),
        (ChangeKind.WITHDRAWN, ("90899",), found[2].before, {}),
        (ChangeKind.DATES, ("99441",), {"valid_to": "2024-12-31"}, {"valid_to": "2025-06-30"}),
    ]
    assert found[2].before["label"] == "Psychiatric service without own code"
    added = found[3]
    assert (added.kind, added.key, added.after["valid_from"]) == (ChangeKind.ADDED, ("98990",), "2027-01-01")
    assert not list(changes(ours.form, PRESENT, PRESENT))


def test_the_value_of_a_table_and_its_name() -> None:
    ours = OURS[FORMAT.kind]
    assert ours.value(PACKAGED_TEXT) is PACKAGED
    text = as_text(FORMAT, [*PRESENT, *own_files.rows(NEW)])
    table = ours.value(text)
    assert (table.version, table.name) == (digest(text), f"procedures {digest(text)[:8]}")
    assert table.name == table.core_name
    assert table.codes(TIERS) == PACKAGED.codes(TIERS) | {"98990"}
    assert CodeTables(procedures=table).versions["procedures"] == digest(text)[:16]
    assert CodeTables().versions["procedures"] == PACKAGED.version[:16]


def test_the_columns_are_documented_as_they_are() -> None:
    page = (Path(__file__).parents[3] / "docs" / "code-tables.md").read_text()
    for column in FORMAT.columns:
        assert f"| `{column.name}` | {column.meaning} |\n" in page
    assert f"Kinds: {', '.join(f'`{kind}`' for kind in sorted(KINDS))}.\n" in page
