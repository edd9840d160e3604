"""``manage.py load_own_table`` and ``export_own_table``: the present rows, changed in a file, back into force."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clawguard.domain.codesets.lists import ListKind
from clawguard.domain.codesets.procedure_list import PACKAGED, PACKAGED_TEXT
from sessions.codesets import current_tables
from sessions.models import CodeTable
from tests.domain.codesets import own_files
from tests.sessions.code_tables.test_commands import run
from tests.sessions.code_tables.test_ours import told

pytestmark = pytest.mark.django_db
NEW = own_files.NEW_THERAPY | {"valid_from": "2026-09-01"}


def written(path: Path, *changes: tuple[str, str], more: bytes = b"") -> Path:
    """The exported rows with ``changes`` to their text, and more rows behind them."""
    code, text = run("export_own_table", "procedures")
    assert code == 0
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path.write_bytes(text.encode() + more)
    return path


def test_the_rows_of_the_product_once_and_again() -> None:
    assert run("load_own_table") == (0, "".join(f"{kind}: active\n" for kind in ListKind))
    assert run("load_own_table") == (0, "".join(f"{kind}: already there, nothing changed\n" for kind in ListKind))
    assert CodeTable.objects.get(kind="procedures").version == PACKAGED.version
    assert run("export_own_table", "procedures") == (0, PACKAGED_TEXT)


def test_a_code_that_is_added_and_one_that_is_ended(tmp_path: Path, lead: Any) -> None:
    run("load_own_table")
    row = own_files.of(NEW).splitlines(keepends=True)[1]
    file = written(
        tmp_path / "procedures.csv", ("2,3,2013-01-01,,,90832", "2,3,2013-01-01,2026-09-15,,90832"), more=row
    )
    code, said = run("load_own_table", "procedures", file, "--activate", "--as", lead.email)
    assert code == 0
    assert f"procedures {PACKAGED.version[:8]}" in said  # what it is compared with
    assert "  added: 1\n" in said
    assert "  ended: 3\n" in said  # the three codes of that ladder
    table = CodeTable.objects.get(kind="procedures", status="active")
    assert said.endswith(f"procedures {table.version[:8]}: in force.\n")
    assert run("export_own_table", "procedures")[1].count("\n") == len(PACKAGED.rows) + 2
    assert {"CG503", "CG507"}.isdisjoint(told("98990", "2026-09-16"))
    assert "CG503" not in told("90834", "2026-09-15")
    assert "CG503" in told("90834", "2026-09-16")


def test_again(tmp_path: Path, lead: Any) -> None:
    file = written(tmp_path / "procedures.csv", ("Group therapy", "Therapy in a group"))
    assert run("load_own_table", "procedures", file)[0] == 0
    assert current_tables().procedures is PACKAGED
    code, said = run("load_own_table", "procedures", file, "--activate", "--as", lead.email)
    assert (code, "in force" in said) == (0, True)
    assert current_tables().procedures.rows["90853"].label == "Therapy in a group"


def test_bad_rows_are_named(tmp_path: Path) -> None:
    file = written(tmp_path / "procedures.csv", ("90853,Group therapy,group", "90853,Group therapy,groups"))
    code, said = run("load_own_table", "procedures", file)
    assert code == 1
    assert "procedures.csv:" in said
    assert "kind: One of these belongs here: aba, bhi_month" in said
    assert CodeTable.objects.get().status == "refused"


def test_few_rows_with_a_reason(tmp_path: Path) -> None:
    file = tmp_path / "few.csv"
    file.write_bytes(own_files.of(NEW))
    code, said = run("load_own_table", "procedures", file)
    assert (code, "the table in force has 206" in said) == (1, True)
    assert run("load_own_table", "procedures", file, "--enough", "An excerpt to try.")[0] == 0
    assert CodeTable.objects.get(status="loaded").accepted_reason == "An excerpt to try."


def test_what_cannot_be_taken(tmp_path: Path, rui: Any, lead: Any) -> None:
    file = written(tmp_path / "procedures.csv")
    for words, part in (
        (["procedures"], "which FILE"),
        (["procedures", tmp_path / "none.csv"], "No such file"),
        (["procedures", file, "--activate"], "--as"),
        (["procedures", file, "--as", rui.email], "Only a compliance lead"),
    ):
        code, said = run("load_own_table", *words)
        assert (code, part in said) == (2, True), said
    assert not CodeTable.objects.exists()
