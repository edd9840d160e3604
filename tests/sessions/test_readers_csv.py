"""CSV files: what is read as meant, and what is reported with its row."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clawguard.domain.submission import Defaults, parse
from sessions.intake.readers import csv_headers, csv_preview, read_csv, suggest_mapping

NOW = dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC)
HEADER = "Session ID,NPI,Client ID,Payor ID,DOS,POS,Start Time,End Time,Lines,Diagnoses"
CELLS = (
    "S-1,1999999984,C-77,60054,2026-03-18,10,2026-03-18T10:02:00-04:00,2026-03-18T10:57:00-04:00,"
    "90837:95:1:180.00,F33.1;F41.1"
)


def rows(text, mapping=None, chunk=5):
    data = text if isinstance(text, bytes) else text.encode()
    return list(read_csv((data[i : i + chunk] for i in range(0, len(data), chunk)), mapping))


def codes(row):
    return [problem.code for problem in row.problems]


def test_a_row_becomes_a_session():
    (row,) = rows(f"{HEADER}\n{CELLS}\n")
    assert (row.number, row.label, row.problems) == (2, "S-1", [])
    submission, errors = parse(row.raw, now=NOW, defaults=Defaults(time_zone="America/New_York"))
    assert errors == []
    line = submission.facts.service_lines[0]
    assert (line.code, line.modifiers, line.units, str(line.charge)) == ("90837", ("95",), 1, "180.00")
    assert submission.facts.diagnoses == ("F331", "F411")


def test_an_error_of_the_parser_leads_back_to_its_column():
    (row,) = rows(f"{HEADER}\n{CELLS.replace('90837', '9083')}\n")
    _, errors = parse(row.raw, now=NOW, defaults=Defaults(time_zone="America/New_York"))
    assert [(row.column_at(error.pointer), error.code) for error in errors] == [("Lines", "code_format")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_any_line_end_and_byte_order_mark(end, mark):
    text = mark + end.join([HEADER, CELLS, "", CELLS]).encode()
    assert [(row.number, codes(row)) for row in rows(text)] == [(2, []), (4, [])]


def test_mixed_line_ends_and_no_last_one():
    text = f"{HEADER}\r\n{CELLS}\n{CELLS}\r{CELLS}"
    assert [row.number for row in rows(text, chunk=1)] == [2, 3, 4]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read_with_its_mark_and_explained_without(encoding):
    found = rows(f"{HEADER}\n{CELLS}\n".encode(encoding))
    if encoding == "utf-16":
        assert [(row.number, codes(row)) for row in found] == [(2, [])]
    else:
        assert found[0].number == 1
        assert "encoding_utf16" in codes(found[0])


def test_windows_1252_and_nul_are_refused_with_their_row_and_the_rest_is_read():
    bad = CELLS.replace("C-77", "Zo\x93").encode("cp1252", "replace").replace(b"?", b"\x93")
    nul = CELLS.replace("C-77", "C\x0077").encode()
    found = rows(b"\n".join([HEADER.encode(), CELLS.encode(), bad, nul, CELLS.encode()]))
    assert [(row.number, codes(row)) for row in found] == [(2, []), (3, ["encoding"]), (4, ["nul"]), (5, [])]


def test_everything_wrong_with_a_header_is_said_at_once():
    found = rows("Session ID,NPI,NPI,Colour,\nS-1,1,2,red,\n")
    assert [row.number for row in found] == [1]
    counts = {code: codes(found[0]).count(code) for code in codes(found[0])}
    assert counts == {"header_duplicate": 1, "header_unknown": 1, "header_empty": 1, "header_missing": 5}


def test_a_mapping_decides_and_leaves_out_what_it_does_not_name():
    header = HEADER.replace("Session ID", "Ref").replace("Diagnoses", "Colour")
    mapping = {**suggest_mapping(header.split(",")), "external_id": "Ref"}
    (row,) = rows(f"{header}\n{CELLS}\n", mapping)
    assert row.raw["external_id"] == "S-1"
    assert "diagnoses" not in row.raw
    (row,) = rows(f"{header}\n{CELLS}\n", {**mapping, "start": "Gone", "colour": "Colour"})
    assert codes(row) == ["mapping_missing", "mapping_unknown"]


def test_one_service_per_row():
    header = HEADER.replace("Lines", "CPT") + ",Modifiers,Units,Charge"
    (row,) = rows(f"{header}\n{CELLS.replace('90837:95:1:180.00', '90837')},95 HO,1,180.00\n")
    assert row.raw["service_lines"] == [{"code": "90837", "modifiers": ["95", "HO"], "units": 1, "charge": "180.00"}]


def test_a_line_with_a_part_too_many_is_refused_and_not_cut():
    (row,) = rows(f"{HEADER}\n{CELLS.replace('180.00', '180.00:1:55:time:::')}\n")
    assert "more_than_nine_parts" in row.raw["service_lines"][0]


def test_quoted_cells_hold_commas_and_line_breaks_and_rows_stay_counted():
    text = f"{HEADER}\n{CELLS.replace('C-77', chr(34) + 'C,7' + chr(10) + '7' + chr(34))}\n{CELLS}\n"
    found = rows(text)
    assert [row.number for row in found] == [2, 3]
    assert found[0].raw["client"]["external_id"] == "C,7\n7"


@pytest.mark.parametrize(
    ("line", "code"),
    [(CELLS + ",more", "cell_count"), ("S-1,1", "cell_count"), ('"S"1' + CELLS[3:], "csv_quoting")],
)
def test_a_row_that_does_not_fit_is_a_problem_of_that_row_alone(line, code):
    found = rows(f"{HEADER}\n{line}\n{CELLS}\n")
    assert [(row.number, codes(row)) for row in found] == [(2, [code]), (3, [])]


def test_a_quote_that_never_ends_says_which_lines_were_not_read():
    found = rows(f'{HEADER}\n"{CELLS}\n{CELLS}\n')
    assert codes(found[0]) == ["csv_quoting"]
    assert "lines 2 to 3" in found[0].problems[0].message


def test_a_line_without_end_is_bounded():
    found = rows(HEADER.encode() + b"\n" + b"x" * 3_000_000 + b"\n" + CELLS.encode(), chunk=65536)
    assert [(row.number, codes(row)) for row in found] == [(2, ["line_too_long"]), (3, [])]


def test_semicolons_and_tabs_between_cells():
    for mark in ("\t", ";"):
        text = f"{HEADER}\n{CELLS.replace(';', ' ')}\n".replace(",", mark)
        assert [codes(row) for row in rows(text)] == [[]]


def test_headers_preview_and_an_empty_file():
    text = f"{HEADER}\n{CELLS}\n{CELLS}\n".encode()
    assert csv_headers([text]) == HEADER.split(",")
    assert len(list(csv_preview([text], 2))) == 2
    assert csv_headers([]) == []
    assert [codes(row) for row in rows("")] == [["file_empty"]]


@given(st.binary(max_size=200), st.integers(1, 9))
def test_no_bytes_make_it_raise(data, chunk):
    for body in (data, HEADER.encode() + b"\n" + data):
        for row in rows(body, chunk=chunk):
            assert row.raw is not None or row.problems
