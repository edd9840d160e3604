"""The official formats with all their quirks, and files that only look like them."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import Any

import pytest

from clawguard.domain.codesets import Quarter, TableKind, Variant
from clawguard.domain.codesets.packed import OPEN, Row, codes_of, day_of
from sessions.codesets.ncci import Faulty, Unfit, archive, open_sheet, read_entries, told_by_name
from tests.sessions.code_tables import files

PTP, MUE, AOC = TableKind.PAIRS, TableKind.UNITS, TableKind.ADD_ONS


def read(kind: TableKind, content: bytes, name: str = "table.txt", skip: int = 0) -> list[Any]:
    return list(read_entries(kind, open_sheet(io.BytesIO(content), name), skip))


def pair(row: Row) -> tuple[str, str, str, str, str]:
    last = "*" if row.last_day == OPEN else f"{day_of(row.last_day):%Y%m%d}"
    return (*codes_of(row.key), f"{day_of(row.first_day):%Y%m%d}", last, str(row.mark))


class TestPairs:
    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (files.ptp(), "ccipra-v322r0-f1.TXT"),
            (files.ptp(medicaid=True), "medicaid.txt"),
            (files.archive({"ccipra-v322r0-f1.TXT": files.ptp()}), "f1.zip"),
            (files.archive({"f1.TXT": files.ptp(), "f1.xlsx": files.ptp_sheet()}), "f1.zip"),
            (files.archive({"f1.xlsx": files.ptp_sheet()}), "f1.zip"),
            (files.ptp_sheet(), "f1.xlsx"),
            (files.ptp().replace(b"\r\n", b"\n"), "f1.txt"),
            (files.ptp().rstrip(), "f1.txt"),
            (files.ptp().replace(b"\t90832\t", b"\t90832 \t"), "f1.txt"),
        ],
        ids=["text", "medicaid", "zip", "both", "sheet in zip", "sheet", "newlines", "no last newline", "blanks"],
    )
    def test_every_container_gives_the_same_rows(self, content: bytes, name: str) -> None:
        assert [pair(row) for row in read(PTP, content, name)] == list(files.PAIRS)

    def test_the_reason_is_kept_as_a_number_of_ours(self) -> None:
        assert {row.amount for row in read(PTP, files.ptp())} == {2}

    def test_reading_goes_on_where_it_left_off(self) -> None:
        assert [pair(row) for row in read(PTP, files.ptp(), skip=4)] == list(files.PAIRS[4:])

    def test_empty_lines_are_no_rows(self) -> None:
        assert read(PTP, files.ptp() + b"\r\n\t\t\t\r\n")[-2:] == [None, None]

    @pytest.mark.parametrize(
        ("row", "code"),
        [
            ("9083\t90832\t\t20200101\t*\t1\tx", "code"),
            ("90834\t9083!\t\t20200101\t*\t1\tx", "code"),
            ("90834\t90832\t\t2020010\t*\t1\tx", "date"),
            ("90834\t90832\t\t20200230\t*\t1\tx", "date"),
            ("90834\t90832\t\t20200101\tnever\t1\tx", "date"),
            ("90834\t90832\t\t20200101\t20191231\t1\tx", "dates"),
            ("90834\t90832\t\t20200101\t*\t2\tx", "indicator"),
            ("90834\t90832\t\t20200101", "cut"),
        ],
    )
    def test_a_row_that_cannot_be_read_is_told_by_its_line(self, row: str, code: str) -> None:
        found = read(PTP, files.ptp() + row.encode() + b"\r\n" + files.ptp().splitlines()[-1])
        fault = found[len(files.PAIRS)]
        assert isinstance(fault, Faulty)
        assert (fault.line, fault.code) == (len(files.PTP_HEAD) + len(files.PAIRS) + 1, code)
        assert isinstance(found[-1], Row)


class TestUnits:
    @pytest.mark.parametrize("name", [files.MUE_NAME, "mue.txt"])
    def test_notice_and_heading_may_span_lines(self, name: str) -> None:
        found = read(MUE, files.mue(), name)
        assert [(codes_of(row.key)[0], row.amount, row.mark) for row in found] == [("90837", 2, 3), ("90839", 1, 2)]

    def test_medicaid_states_no_indicator(self) -> None:
        assert [(row.amount, row.mark) for row in read(MUE, files.mue(medicaid=True), "x.csv")] == [(2, 0), (1, 0)]

    def test_a_spreadsheet(self) -> None:
        head = ["HCPCS/\nCPT Code", "Practitioner Services MUE Values", "MUE Adjudication Indicator", "MUE Rationale"]
        content = files.sheet([[files.NOTICE], head, [90837, 2, "3 Date of Service Edit: Clinical", "x"]])
        [row] = read(MUE, content, "mue.xlsx")
        assert (codes_of(row.key), row.amount, row.mark) == (("90837", ""), 2, 3)

    @pytest.mark.parametrize("setting", ["Outpatient Hospital Services", "DME Supplier Services"])
    def test_tables_of_other_settings_are_told_apart(self, setting: str) -> None:
        with pytest.raises(Unfit, match="not a table of unit limits for practitioners"):
            read(MUE, files.mue(setting=setting), "x.csv")

    @pytest.mark.parametrize(
        ("row", "code"),
        [
            ("9083,1,2 x,y", "code"),
            ("90834,,2 x,y", "units"),
            ("90834,70000,2 x,y", "units"),
            ("90834,1,x,y", "indicator"),
        ],
    )
    def test_faulty_rows(self, row: str, code: str) -> None:
        fault = read(MUE, files.mue() + row.encode(), "x.csv")[-1]
        assert (fault.code, fault.line) == (code, 10)

    def test_a_quote_that_is_never_closed(self) -> None:
        with pytest.raises(Unfit, match="quote"):
            read(MUE, files.mue() + b'90834,1,"2 x', "x.csv")


class TestAddOns:
    @pytest.mark.parametrize(
        "content",
        [
            files.add_ons(),
            files.add_ons(gap=" "),
            files.sheet(
                [[files.NOTICE], files.AOC_COLUMNS, *[[files.number(c) for c in row] for row in files.ADD_ONS]]
            ),
            "\n".join("\t".join(row) for row in [files.AOC_COLUMNS, *files.ADD_ONS]).encode(),
        ],
        ids=["fixed", "fixed with gaps", "sheet", "tabs"],
    )
    def test_every_layout_gives_the_same_rows(self, content: bytes) -> None:
        found = [
            (*codes_of(row.key), row.mark, str(day_of(row.first_day)), str(day_of(row.last_day)))
            for row in read(AOC, content)
        ]
        assert found == [
            ("90785", "90791", 1, "2013-01-01", "None"),
            ("90785", "90847", 1, "2013-01-01", "2019-12-31"),
            ("96160", "CCCCC", 2, "2017-01-01", "None"),
            ("99417", "99205", 3, "2021-01-01", "None"),
        ]

    @pytest.mark.parametrize("gap", ["", " "])
    def test_the_code_that_ends_first_ends_the_row(self, gap: str) -> None:
        ended = ("1", "90785", "2024366", "90791", "2020001", "2013001", "2022001", "")
        [row] = read(AOC, files.add_ons([ended], gap=gap))
        assert str(day_of(row.last_day)) == "2020-01-01"

    @pytest.mark.parametrize(
        ("row", "code"),
        [
            (("4", "90785", "", "90791", "", "2013001", "", ""), "type"),
            (("1", "90785", "", "XXXXX", "", "2013001", "", ""), "code"),
            (("1", "90785", "", "90791", "", "2013400", "", ""), "date"),
            (("1", "90785", "", "90791", "", "2013001", "2012001", ""), "dates"),
        ],
    )
    def test_faulty_rows(self, row: tuple[str, ...], code: str) -> None:
        assert read(AOC, files.add_ons([*files.ADD_ONS, row]))[-1].code == code


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (PTP, files.mue()),
        (PTP, files.add_ons()),
        (MUE, files.ptp()),
        (AOC, files.ptp()),
        (AOC, files.mue()),
        (PTP, b"date,amount\n" * 200),
        (PTP, b"%PDF-1.7\n" * 100),
        (PTP, files.ptp([])),
        (PTP, files.ptp().replace(b"Column 2", b"Other")),
        (PTP, files.ptp().replace(b"Modifier", b"Colour")),
    ],
)
def test_other_files_are_told_apart(kind: TableKind, content: bytes) -> None:
    with pytest.raises(Unfit):
        read(kind, content, "table.csv" if content.startswith(b'"') else "table.txt")


class TestArchives:
    def refused(self, content: bytes) -> str:
        with pytest.raises(Unfit) as refusal:
            read(PTP, content, "f1.zip")
        return refusal.value.code

    def test_what_is_no_whole_archive(self) -> None:
        whole = files.archive({"f1.txt": files.ptp()})
        assert self.refused(whole[: len(whole) // 2]) == "archive_broken"
        assert self.refused(b"PK\x03\x04" + b"\0" * 100) == "archive_broken"
        assert self.refused(b"") == "file_empty"
        assert self.refused(b"\0\1\2\3" * 50) == "not_text"

    def test_a_wrong_checksum_is_found(self) -> None:
        content = bytearray(files.archive({"f1.txt": files.ptp()}, zipfile.ZIP_STORED))
        at = content.index(b"90853")
        content[at : at + 5] = b"90849"
        assert self.refused(bytes(content)) == "archive_broken"

    def test_archives_without_one_table(self) -> None:
        assert self.refused(files.archive({"readme.pdf": b"x"})) == "archive_without_table"
        assert self.refused(files.archive({"a.txt": files.ptp(), "b.txt": files.ptp()})) == "archive_several"
        assert self.refused(files.archive({f"{n}.pdf": b"x" for n in range(50)})) == "archive_crowded"

    def test_bombs_are_not_unpacked(self) -> None:
        assert self.refused(files.archive({"f1.txt": b"\t" * 50_000_000})) == "archive_bomb"
        assert self.refused(files.archive({"f1.xlsx": b"\0" * 50_000_000})) == "archive_bomb"

    def test_an_archive_that_lies_about_its_size(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The spreadsheet library would unpack to the true end; we count to it first."""
        monkeypatch.setattr(archive, "MOST_SHEET_BYTES", 100_000)
        honest = files.sheet([["x" * 100]] * 3000)
        assert self.refused(honest) == "archive_bomb"
        size = len(zipfile.ZipFile(io.BytesIO(honest)).read("xl/worksheets/sheet1.xml"))
        lying = honest.replace(struct.pack("<I", size), struct.pack("<I", 10))
        assert self.refused(lying) == "archive_bomb"

    def test_a_password_is_not_asked_for(self) -> None:
        content = bytearray(files.archive({"f1.txt": files.ptp()}))
        content[content.index(b"PK\x01\x02") + 8] |= 1
        assert self.refused(bytes(content)) == "archive_locked"

    def test_a_line_without_end(self) -> None:
        assert self.refused(files.archive({"f1.txt": files.ptp() + bytes(range(48, 58)) * 1000})) == "line_too_long"

    def test_a_broken_spreadsheet(self) -> None:
        assert self.refused(files.archive({"xl/workbook.xml": b"<workbook>"})) == "sheet_broken"


@pytest.mark.parametrize(
    ("name", "kind", "variant", "quarter", "part"),
    [
        ("medicare-ncci-2026q3-practitioner-ptp-edits-ccipra-v322r0-f1.zip", PTP, Variant.MEDICARE, "2026Q3", 1),
        ("ccipra-v302r0-f4.TXT", PTP, None, "2024Q3", 4),
        ("medicaid-ncci-q3-2026-ptp-edits-practitioner-services.zip", PTP, Variant.MEDICAID, "2026Q3", 0),
        (files.MUE_NAME, MUE, Variant.MEDICARE, "2026Q3", 0),
        ("MCD_MUE_PractitionerServices_Eff_10-01-2025.xlsx", MUE, Variant.MEDICAID, "2025Q4", 0),
        ("medicare-ncci-2026-q3-practitioner-services-mue-table.zip", MUE, Variant.MEDICARE, "2026Q3", 0),
        ("AOC_V2026Q2-MCR.txt", AOC, Variant.MEDICARE, "2026Q2", 0),
        ("table.txt", None, None, None, 0),
    ],
)
def test_names_tell_what_they_can(
    name: str, kind: TableKind | None, variant: Variant | None, quarter: str | None, part: int
) -> None:
    told = told_by_name(name)
    assert (told.kind, told.variant, told.part) == (kind, variant, part)
    assert told.quarter == (Quarter.read(quarter) if quarter else None)
    assert not told.other_setting


@pytest.mark.parametrize("name", ["ccioph-v322r0-f1.txt", "MCR_MUE_OutpatientHospitalServices_Eff_07-01-2026.csv"])
def test_hospital_files_are_known_by_name(name: str) -> None:
    assert told_by_name(name).other_setting
