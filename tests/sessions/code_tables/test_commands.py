"""``manage.py load_ncci_…``: the same services at a terminal."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from sessions.codesets import current_tables
from sessions.models import CodeTable
from tests.sessions.code_tables import files

pytestmark = pytest.mark.django_db


def run(command: str, *words: object) -> tuple[int, str]:
    """Exit code, and what was said."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(command, *map(str, words), stdout=out, stderr=err)
    except CommandError as error:
        return error.returncode, str(error)
    except SystemExit as left:
        return int(left.code or 0), out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def ptp(tmp_path: Path) -> list[Path]:
    """The pair table in two parts, the way CMS packs them."""
    paths = []
    for part, rows in enumerate((files.PAIRS[:3], files.PAIRS[3:]), 1):
        path = tmp_path / f"medicare-ncci-2026q3-practitioner-ptp-edits-ccipra-v322r0-f{part}.zip"
        path.write_bytes(files.archive({f"ccipra-v322r0-f{part}.TXT": files.ptp(rows)}))
        paths.append(path)
    return paths


def test_load_look_and_put_in_force(ptp: list[Path], lead: Any) -> None:
    code, said = run("load_ncci_ptp", *ptp, "--activate", "--as", lead.email)
    assert code == 0
    assert "medicare ptp 2026Q3: loaded; 6 rows read, 6 kept" in said
    assert "added: 6, for codes the network bills: 6" in said
    assert "in force for dates of service up to 2026-09-30" in said
    assert [table.name for table in current_tables().official.tables] == ["medicare ptp 2026Q3"]


def test_again(ptp: list[Path], lead: Any) -> None:
    run("load_ncci_ptp", *ptp)
    code, said = run("load_ncci_ptp", *ptp, "--activate", "--as", lead.email)
    assert code == 0
    assert CodeTable.objects.get().status == "active"
    assert "in force" in said


def test_part_by_part(ptp: list[Path], settings: Any) -> None:
    settings.NCCI_FEWEST_ROWS = {"ptp": 6, "mue": 1, "add_on": 1}
    code, said = run("load_ncci_ptp", ptp[0])
    assert (code, "a whole table has at least 6" in said) == (1, True)
    assert run("load_ncci_ptp", ptp[1])[0] == 0
    assert CodeTable.objects.get().rows_count == 6


def test_an_excerpt_with_a_reason(ptp: list[Path], settings: Any) -> None:
    settings.NCCI_FEWEST_ROWS = {"ptp": 1000, "mue": 1, "add_on": 1}
    assert run("load_ncci_ptp", ptp[0], "--enough", "An excerpt to try.")[0] == 0
    assert CodeTable.objects.get().accepted_reason == "An excerpt to try."


@pytest.mark.parametrize(
    ("command", "name", "content", "kept"),
    [
        ("load_ncci_mue", files.MUE_NAME, files.mue(), "medicare mue 2026Q3: loaded; 2 rows"),
        ("load_ncci_add_on", files.AOC_NAME, files.add_ons(), "medicare add_on 2026Q3: loaded; 4 rows"),
    ],
)
def test_the_other_tables(tmp_path: Path, command: str, name: str, content: bytes, kept: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    code, said = run(command, path)
    assert (code, kept in said) == (0, True)


def test_medicaid(tmp_path: Path) -> None:
    path = tmp_path / "ptp.txt"
    path.write_bytes(files.ptp(medicaid=True))
    assert run("load_ncci_ptp", path, "--variant", "medicaid", "--quarter", "2026Q3")[0] == 0
    assert CodeTable.objects.get().variant == "medicaid"


def test_bad_rows_are_named(tmp_path: Path) -> None:
    path = tmp_path / files.PTP_NAME
    path.write_bytes(files.ptp() + b"90834\t90832\r\n")
    code, said = run("load_ncci_ptp", path)
    assert code == 1
    assert f"{files.PTP_NAME}:13: cut:" in said


def test_what_cannot_be_taken(ptp: list[Path], tmp_path: Path, rui: Any, lead: Any) -> None:
    nameless = tmp_path / "table.txt"
    nameless.write_bytes(files.ptp())
    for words, part in (
        ([tmp_path / "ccipra-v322r0-f9.zip"], "No such file"),
        ([nameless], "quarter is not known"),
        ([ptp[0], "--quarter", "2026Q2"], "several quarters"),
        ([ptp[0], "--variant", "medicaid"], "another table"),
        ([ptp[0], "--activate"], "--as"),
        ([ptp[0], "--as", "nobody@example.com"], "Nobody signs in"),
        ([ptp[0], "--as", rui.email], "Only a compliance lead"),
    ):
        code, said = run("load_ncci_ptp", *words)
        assert (code, part in said) == (2, True), said
    assert not CodeTable.objects.exists()
