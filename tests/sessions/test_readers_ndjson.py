"""NDJSON files, and which kind of file it is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.intake.readers import detect_kind, read_ndjson, read_rows


def rows(data, chunk=7):
    data = data if isinstance(data, bytes) else data.encode()
    return list(read_ndjson(data[i : i + chunk] for i in range(0, len(data), chunk)))


def test_lines_are_numbered_and_labelled_and_blank_ones_passed_over():
    found = rows(b'\xef\xbb\xbf{"external_id": "S-1"}\r\n\n{"external_id": "S-2"}')
    assert [(row.number, row.label, row.problems) for row in found] == [(1, "S-1", []), (3, "S-2", [])]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{"a": 1, "a": 2}', "json_duplicate_key"),
        ('{"a": NaN}', "json_number"),
        ('{"a": -Infinity}', "json_number"),
        ('{"a": 1e400}', "json_number"),
        ('{"a": ' + "9" * 400 + "}", "json_number"),
        ('{"a": 1} x', "json_invalid"),
        ('{"a": ', "json_invalid"),
        ("[" * 100_000, "json_too_deep"),
        ("[1]", "type_object"),
        ('"text"', "type_object"),
    ],
)
def test_doubtful_json_is_a_problem_of_its_line_alone(line, code):
    found = rows(f'{line}\n{{"external_id": "S-2"}}\n', chunk=50_000)
    assert [problem.code for problem in found[0].problems] == [code]
    assert found[0].raw is None
    assert found[1].raw == {"external_id": "S-2"}


def test_other_encodings_are_told():
    assert [p.code for row in rows(b'{"a": "\x93"}\n') for p in row.problems] == ["encoding"]
    assert rows('{"external_id": "é"}'.encode("utf-16"))[0].raw == {"external_id": "é"}


@given(st.binary(max_size=200))
def test_no_bytes_make_it_raise(data):
    for row in rows(data):
        assert row.raw is not None or row.problems


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=9) | st.integers(0, 9) | st.booleans(), max_size=4))
def test_what_json_writes_is_read_back(value):
    assert [row.raw for row in rows(json.dumps(value))] == [value]


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"ISA*00*~GS*HC*A~ST*837*1~", "x.txt", "x12_837p"),
        (b"\xef\xbb\xbf\r\nISA|00|~GS|HP|A~", "", "x12_835"),
        (b"ISA*00*~ST*835*1~", "a.837", "x12_835"),
        (b"ISA*00*", "a.837", "x12_837p"),
        (b"ISA*00*", "a.bin", None),
        (b'{"external_id": 1}', "a.csv", "sessions_ndjson"),
        (b"npi,dos\n", "export.txt", "sessions_csv"),
        ("npi,dos\n".encode("utf-16"), "export", "sessions_csv"),
        (b"\xef\xbb\xbfnpi\n1", "a.CSV", "sessions_csv"),
        (b"%PDF-1.7,\x00", "a.pdf", None),
        (b"\x89PNG\r\n\x00,", "a.csv", None),
        (b"", "", None),
    ],
)
def test_the_kind_of_a_file_is_seen_from_its_content_then_its_name(head, name, kind):
    assert detect_kind(head, name) == kind


def test_only_files_of_sessions_have_rows():
    with pytest.raises(ValueError, match="x12_835"):
        read_rows("x12_835", [])
