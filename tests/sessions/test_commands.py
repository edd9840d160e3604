"""The commands: a linter for files, and the import without a browser."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from sessions.models import Finding, ImportBatch, TherapySession
from tests.builders import session_body, short_session
from tests.sessions.test_imports import bodies, csv, ndjson, stored

pytestmark = pytest.mark.django_db
REAL_FILES = Path(os.environ.get("X12_SAMPLES", "samples"))


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"


def command(capsys, name, path, *options):
    """Exit code and what was printed."""
    try:
        call_command(name, str(path), *options)
        code = 0
    except SystemExit as left:
        code = left.code
    except CommandError as error:
        return error.returncode, str(error)
    return code, capsys.readouterr().out


def file_of(tmp_path, content, name):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_a_clean_file(tmp_path, capsys):
    code, said = command(capsys, "screen", file_of(tmp_path, ndjson([session_body()]), "a.ndjson"))
    assert code == 0 and "1 session checked" in said and "0 errors" in said


@pytest.mark.parametrize(("fail_on", "code"), [("error", 1), ("warning", 1), ("never", 0)])
def test_findings_decide_the_exit_code(tmp_path, capsys, fail_on, code):
    path = file_of(tmp_path, csv([short_session()]), "a.csv")
    left, said = command(capsys, "screen", path, "--fail-on", fail_on)
    assert left == code
    assert "a.csv:row 2: S-1: error CG101" in said and "47" in said
    assert not TherapySession.objects.exists() and not ImportBatch.objects.exists()


def test_a_row_that_is_no_session_is_still_told_as_read(tmp_path, capsys):
    path = file_of(tmp_path, ndjson([session_body(diagnoses=["123"])]), "a.ndjson")
    code, said = command(capsys, "screen", path)
    assert code == 2 and "as read, line 1: S-1 · 2026-09-16 · 90837-95 × 1, $180.00" in said


def test_bad_rows_are_told_with_their_place(tmp_path, capsys):
    rows = bodies()
    rows[2]["minutes"] = "x"
    path = file_of(tmp_path, ndjson(rows), "a.ndjson")
    code, said = command(capsys, "screen", path)
    assert code == 2 and "a.ndjson:line 3: S-2: error" in said
    code, said = command(capsys, "screen", path, "--format", "json")
    found = json.loads(said)
    assert code == 2 and found["read"] == {"rows": 7, "sessions": 6, "problems": 1}
    assert found["problems"][0]["row"] == 3 and found["problems"][0]["pointer"] == "/minutes"
    assert found["summary"]["by_check"]["CG101"] == 3


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"no table at all"])
def test_files_of_no_kind(tmp_path, capsys, content):
    assert command(capsys, "screen", file_of(tmp_path, content, "a.bin"))[0] == 2


def test_a_missing_file(tmp_path, capsys):
    for name in ("screen", "import_sessions"):
        code, said = command(capsys, name, tmp_path / "none.csv")
        assert code == 2 and "No such file" in said


def test_the_command_finds_what_the_import_finds(tmp_path, capsys):
    path = file_of(tmp_path, csv(bodies()), "a.csv")
    _, said = command(capsys, "screen", path, "--format", "json")
    code, report = command(capsys, "import_sessions", path)
    assert code == 0 and "7 new" in report
    found = {
        (row["external_id"], finding["check"]) for row in json.loads(said)["sessions"] for finding in row["findings"]
    }
    kept = set(Finding.objects.values_list("session__external_id", "check_id"))
    assert found == kept and len(stored()[0]) == 7


def test_importing_twice_says_that_nothing_changed(tmp_path, capsys):
    path = file_of(tmp_path, ndjson(bodies()), "a.ndjson")
    command(capsys, "import_sessions", path)
    code, said = command(capsys, "import_sessions", path)
    assert code == 0 and "nothing changed" in said and "7 unchanged" in said


def test_a_bad_row_keeps_the_file_out_unless_said_otherwise(tmp_path, capsys):
    rows = bodies()
    rows[2]["minutes"] = "x"
    path = file_of(tmp_path, ndjson(rows), "a.ndjson")
    code, said = command(capsys, "import_sessions", path)
    assert code == 1 and "a.ndjson:3: error" in said and not TherapySession.objects.exists()
    code, said = command(capsys, "import_sessions", path, "--only-good-rows")
    assert code == 0 and "6 new" in said and "1 refused" in said


def test_a_dry_import_tells_and_stores_nothing(tmp_path, capsys):
    code, said = command(capsys, "import_sessions", file_of(tmp_path, ndjson(bodies()), "a.ndjson"), "--dry-run")
    assert code == 0 and "CG101 × 3" in said and not TherapySession.objects.exists()


@pytest.mark.skipif(not REAL_FILES.is_dir(), reason="the public X12 examples are not at hand")
@pytest.mark.parametrize("path", sorted(REAL_FILES.glob("*.8*")), ids=lambda path: path.name)
def test_real_x12_files_are_read_and_told(capsys, path):
    code, said = command(capsys, "screen", path)
    assert code in (0, 2) and "X12" in said
    json_code, found = command(capsys, "screen", path, "--format", "json")
    assert json_code == code and json.loads(found)["kind"] in ("x12_837p", "x12_835")
