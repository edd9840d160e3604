"""Our table of modifiers as a file, and what the checks say by another one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from clawguard.domain.checks import Context, screen
from clawguard.domain.codesets import CodeTables
from clawguard.domain.codesets.lists import Fault, read_file, read_kept
from clawguard.domain.codesets.modifier_list import FORMAT, PACKAGED, PACKAGED_TEXT, modifier_of, row_of
from clawguard.domain.codesets.modifier_rows import MODIFIERS
from clawguard.domain.codesets.modifiers import KINDS
from clawguard.domain.codesets.ours import OURS
from tests.domain.checks.builders import other, session
from tests.domain.codesets import own_files

# An invented modifier: no such modifier is assigned.
NEW = dict(zip(FORMAT.names, ("ZV", "by hologram", "video", "", "", "2026-01-01", "2026-03-31"), strict=True))


def test_every_row_of_the_product_goes_there_and_back() -> None:
    found = read_file(FORMAT, PACKAGED_TEXT.encode())
    assert (found.faults, found.rows_read) == ((), len(MODIFIERS))
    assert {modifier.code: modifier for modifier in map(modifier_of, found.rows)} == MODIFIERS
    assert [row_of(modifier_of(row)) for row in found.rows] == list(found.rows)
    assert OURS[FORMAT.kind].value(PACKAGED_TEXT) is PACKAGED


@pytest.mark.parametrize(
    ("modifier", "first", "last"),
    [
        ("93", "2022-01-01", ""),
        ("95", "2017-01-01", ""),
        ("FQ", "2022-01-01", ""),
        ("FR", "2022-01-01", ""),
        ("GT", "1999-01-01", ""),
        ("GQ", "2001-10-01", ""),
        ("XE", "2015-01-01", ""),
        ("XU", "2015-01-01", ""),
        ("HO", "2003-01-01", ""),
        ("59", "", ""),
        ("LT", "", ""),
        ("SZ", "2014-07-01", "2017-12-31"),
    ],
)
def test_the_days_of_a_row(modifier: str, first: str, last: str) -> None:
    row = dict(zip(FORMAT.names, row_of(PACKAGED.rows[modifier]), strict=True))
    assert (row["valid_from"], row["valid_to"]) == (first, last)


def test_the_sets_that_checks_ask_for() -> None:
    assert PACKAGED.video == {"95", "GT"}
    assert PACKAGED.audio == {"93", "FQ"}
    assert PACKAGED.telehealth == {"95", "GT", "93", "FQ", "GQ"}
    assert PACKAGED.separate == {"59", "XE", "XP", "XS", "XU"}
    assert PACKAGED.apart == PACKAGED.separate | {"76", "77"}
    assert set(PACKAGED.same) == {frozenset({"93", "FQ"}), frozenset({"AH", "HP"})}


@pytest.mark.parametrize(
    ("reason", "pairs"),
    [
        ("one says live video, the other says audio only", "95 93,95 FQ,GT 93,GT FQ"),
        ("both say live video; payers accept one", "95 GT"),
        ("recorded material and a live session exclude each other", "GQ 95,GQ 93,GQ GT,GQ FQ"),
        (
            "they name different levels of training",
            "HP HO,HP HN,HP HM,HO HN,HO HM,HN HM,AH AJ,AH HO,AH HN,AH HM,AJ HN,AJ HM",
        ),
        ("they name programs for different ages", "HA HB,HA HC"),
        ("one says the client was present, the other says absent", "HR HS"),
        ("one says a group, the other a family", "HQ HR,HQ HS"),
    ],
)
def test_the_contradictions_of_the_product(reason: str, pairs: str) -> None:
    wanted = {frozenset(pair.split()) for pair in pairs.split(",")}
    assert {both for both, why in PACKAGED.contradictions.items() if why == reason} == wanted


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2014-06-30", False), ("2014-07-01", True), ("2017-12-31", True), ("2018-01-01", False)],
)
def test_a_modifier_holds_on_its_days(day: str, holds: bool) -> None:
    assert PACKAGED.valid_on("SZ", dt.date.fromisoformat(day)) is holds


def test_what_is_not_there_holds_never_and_what_has_no_days_always() -> None:
    assert not PACKAGED.valid_on("ZV", dt.date(2026, 3, 18))
    assert PACKAGED.valid_on("59", dt.date(1990, 1, 1))


def test_lower_case_and_the_order_of_others_do_not_matter() -> None:
    given = [NEW | {"modifier": "zv", "contradicts": "zx zw zx"}]
    given += [NEW | {"modifier": code, "contradicts": "ZV"} for code in ("ZW", "ZX")]
    rows = read_file(FORMAT, own_files.of(*given, form=FORMAT)).rows
    assert rows[0][:4] == ("ZV", "by hologram", "video", "ZW ZX")


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"modifier": "Z"}, "modifier"),
        ({"modifier": "ZVV"}, "modifier"),
        ({"modifier": "Z-"}, "modifier"),
        ({"modifier": ""}, "modifier"),
        ({"label": "x" * 81}, "label"),
        ({"kind": "hologram"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"contradicts": "95,GT"}, "contradicts"),
        ({"contradicts": "ZV"}, "contradicts"),
        ({"same_as": "ZV"}, "same_as"),
        ({"contradicts": "95", "same_as": "95"}, "same_as"),
        ({"valid_to": "2025-12-31"}, "valid_to"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(changed: dict[str, str], column: str) -> None:
    [fault] = read_file(FORMAT, own_files.of(NEW | changed, form=FORMAT)).faults
    assert (fault.line, fault.column) == (2, column)


@pytest.mark.parametrize("column", ["contradicts", "same_as"])
def test_whom_a_row_names_must_be_there_and_name_it_back(column: str) -> None:
    alone = read_file(FORMAT, own_files.of(NEW | {column: "ZW"}, form=FORMAT))
    assert alone.faults == (Fault(2, column, "ZW is no modifier of this table."),)
    one, two = NEW | {column: "ZW"}, NEW | {"modifier": "ZW"}
    found = read_file(FORMAT, own_files.of(one, two, form=FORMAT))
    assert found.faults == (Fault(2, column, "It names ZW; the row of ZW does not name ZV."),)
    assert read_file(FORMAT, own_files.of(one, two | {column: "ZV"}, form=FORMAT)).faults == ()


def tables(*changes: dict[str, str]) -> CodeTables:
    """The product's modifiers with these changed or added."""
    rows = {row[0]: dict(zip(FORMAT.names, row, strict=True)) for row in read_kept(FORMAT, PACKAGED_TEXT)}
    for change in changes:
        rows[change["modifier"]] = rows.get(change["modifier"], {}) | change
    found = read_file(FORMAT, own_files.of(*rows.values(), form=FORMAT))
    assert found.faults == ()
    return CodeTables(modifiers=OURS[FORMAT.kind].build(found.rows, "0123456789", "modifiers 01234567"))


def told(line: str, by: CodeTables, day: str = "2026-03-18", **facts: Any) -> dict[str, Any]:
    given = session(line, date_of_service=dt.date.fromisoformat(day), **facts)
    return {found.check: found for found in screen(given, Context(by))}


def test_a_modifier_that_is_added_is_known_on_its_days() -> None:
    assert "not among the modifiers known here" in told("90837-ZV", CodeTables())["CG414"].message
    by = tables(NEW)
    assert "CG414" not in told("90837-ZV", by, "2026-01-01")
    assert "CG414" not in told("90837-ZV", by, "2026-03-31")
    assert "begins on 2026-01-01" in told("90837-ZV", by, "2025-12-31")["CG414"].message
    late = told("90837-ZV", by, "2026-04-01")["CG414"]
    assert "ended on 2026-03-31" in late.message
    assert (late.evidence["last_day"], late.evidence["table"]) == ("2026-03-31", "modifiers 01234567")


def test_what_a_modifier_says_decides_the_checks_that_ask() -> None:
    by_phone: dict[str, Any] = {"place_of_service": "10", "telehealth": "audio"}
    assert "by phone and carries no modifier 93" in told("90837-ZV", CodeTables(), **by_phone)["CG404"].message
    assert "which says video" in told("90837-ZV", tables(NEW), **by_phone)["CG404"].message
    assert "CG404" not in told("90837-ZV", tables(NEW | {"kind": "audio"}), **by_phone)


@pytest.mark.parametrize(
    ("kind", "beside", "reason"),
    [
        ("video", "93", "one says live video, the other says audio only"),
        ("video", "95", "both say live video; payers accept one"),
        ("recorded", "95", "recorded material and a live session exclude each other"),
        ("recorded", "93", "recorded material and a live session exclude each other"),
        ("training", "HO", "they name different levels of training"),
        ("age", "HA", "they name programs for different ages"),
        ("family", "HR", "one says the client was present, the other says absent"),
        ("group", "HR", "one says a group, the other a family"),
        ("other", "HR", "they exclude each other"),
    ],
)
def test_modifiers_that_contradict_each_other_by_the_table(kind: str, beside: str, reason: str) -> None:
    named = " ".join(sorted({*PACKAGED.rows[beside].contradicts, "ZV"}))
    new = NEW | {"kind": kind, "contradicts": beside, "valid_to": ""}
    found = told(f"90837-{beside}-ZV", tables(new, {"modifier": beside, "contradicts": named}))["CG402"]
    assert found.message == f"90837 carries {beside} and ZV: {reason}."
    assert found.evidence["table"] == "modifiers 01234567"


@pytest.mark.parametrize(
    ("kind", "beside", "reason"),
    [("training", "HO", "both say the same level of training"), ("repeat", "76", "they say the same")],
)
def test_modifiers_that_say_the_same_by_the_table(kind: str, beside: str, reason: str) -> None:
    new = NEW | {"kind": kind, "same_as": beside, "valid_to": ""}
    found = told(f"90837-{beside}-ZV", tables(new, {"modifier": beside, "same_as": "ZV"}))["CG402"]
    assert (found.message, found.severity) == (f"90837 carries {beside} and ZV: {reason}.", "warning")


@pytest.mark.parametrize("kind", ["separate", "repeat"])
def test_a_service_that_stands_for_itself_is_no_duplicate(kind: str) -> None:
    twin = other("90837", at="10:00-10:55")

    def duplicate(by: CodeTables) -> bool:
        found = screen(session("90837-ZV"), Context(by, same_day=(twin,)))
        return any(each.check == "CG603" for each in found)

    assert duplicate(tables(NEW))
    assert not duplicate(tables(NEW | {"kind": kind}))


def test_the_version_is_part_of_the_pack() -> None:
    assert tables(NEW).versions["modifiers"] == "0123456789"
    assert CodeTables().versions["modifiers"] == PACKAGED.version[:16]


def test_the_columns_and_kinds_are_documented_as_they_are() -> None:
    page = (Path(__file__).parents[3] / "docs" / "code-tables.md").read_text()
    for column in FORMAT.columns:
        assert f"| `{column.name}` | {column.meaning} |\n" in page
    assert f"Kinds: {', '.join(f'`{kind}`' for kind in sorted(KINDS))}." in page
