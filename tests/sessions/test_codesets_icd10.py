"""The real April 2026 release, loaded by its command: what the checks rest on is what the tabular list says."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
import tracemalloc
from typing import Any, NamedTuple

import pytest
from django.core.management import call_command
from django.db import transaction

from clawguard.domain.checks import Context, screen
from clawguard.domain.codesets import CodeTables
from sessions.codesets import current_tables, read
from sessions.models import IcdCode
from tests.domain.checks.builders import session

DAY = dt.date(2026, 3, 18)


class Loaded(NamedTuple):
    tables: CodeTables
    lines: list[str]  # what the command said
    codes: int  # rows that may be billed or stand above such
    kept: int  # bytes of a release in memory


@pytest.fixture(scope="session")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Loaded:
    """Loading takes half a minute, so each process does it once. The rows are rolled back; the tables stay as read."""
    with django_db_blocker.unblock(), transaction.atomic():
        out = io.StringIO()
        call_command("load_icd10", stdout=out)
        call_command("load_icd10", stdout=out)
        codes = IcdCode.objects.filter(level="code").count()
        found = Loaded(current_tables(), out.getvalue().splitlines(), codes, _kept())
        transaction.set_rollback(True)
    read._cache.clear()
    return found


@pytest.mark.django_db  # or a run of this file alone has no database made
def test_the_command_tells_what_it_did_and_may_run_again(loaded: Loaded) -> None:
    assert "98,466 rows read" in loaded.lines[0]
    assert "stored" in loaded.lines[1]
    assert "already loaded, nothing changed" in loaded.lines[3]
    assert loaded.codes > 97_000


@pytest.mark.parametrize(
    ("code", "billable"),
    [("F331", True), ("F33", False), ("F32A", True), ("F5001", False), ("F50011", True), ("F54", True), ("F99", True)],
)
def test_leaves(loaded: Loaded, code: str, billable: bool) -> None:
    entry = loaded.tables.diagnosis(code, DAY)
    assert entry is not None
    assert entry.billable is billable


def test_manifestations_of_the_mental_chapter(loaded: Loaded) -> None:
    tables = loaded.tables
    entries = [entry for code in tables.icd[0].flags if code[0] == "F" and (entry := tables.diagnosis(code, DAY))]
    leaves = [entry.code for entry in entries if entry.billable and entry.manifestation]
    assert len(leaves) == 25
    assert [code for code in leaves if not code.startswith("F02")] == ["F54"]


@pytest.mark.parametrize(
    ("code", "firm", "if_known"),
    [
        ("F04", True, False),
        ("F05", True, False),
        ("F0631", True, False),
        ("F0670", True, False),
        ("F0280", True, False),
        ("F09", True, False),
        ("F0150", False, True),
        ("F482", False, True),
        ("F70", False, False),
        ("F331", False, False),
    ],
)
def test_code_first_notes_are_inherited(loaded: Loaded, code: str, firm: bool, if_known: bool) -> None:
    entry = loaded.tables.diagnosis(code, DAY)
    assert entry is not None
    assert (entry.code_first, entry.code_first_if_known) == (firm, if_known)


EXCLUDED = (
    "F319-F331 F32A-F331 F410-F4001 F22-F200 F1010-F1020 F602-F913 F840-F845 F440-F441 R45851-T1491XA "
    "F0781-S060X0A Z630-Z6911 F3010-F319 F203-F23"
)
COMPATIBLE = (
    "F331-F411 F4310-F331 F902-F411 F1020-F331 F603-F331 F840-F902 F4323-F411 F341-F411 F422-F411 F3181-F411 "
    "Z630-F4323 G4700-F411 F32A-R45851 F4312-F1020 F1020-F1120 F840-F70 F0280-G309 Z62810-F4310 F641-F331 "
    "F5082-F840 F952-F902 T7412XA-F4310 F0781-S060X0D F334-F411 F4381-F331"
)


@pytest.mark.parametrize("pair", EXCLUDED.split())
def test_pairs_that_exclude_each_other(loaded: Loaded, pair: str) -> None:
    one, two = pair.split("-")
    release = loaded.tables.icd[0]
    assert release.conflict(one, two) is not None
    assert release.conflict(two, one) is not None


@pytest.mark.parametrize("pair", COMPATIBLE.split())
def test_pairs_that_therapists_rightly_use(loaded: Loaded, pair: str) -> None:
    one, two = pair.split("-")
    release = loaded.tables.icd[0]
    assert release.conflict(one, two) is None
    assert release.conflict(two, one) is None


def test_screening_with_the_real_release(loaded: Loaded) -> None:
    context = Context(tables=loaded.tables)
    assert screen(session(), context) == ()
    assert [each.check for each in screen(session(diagnoses=("F3399",)), context)] == ["CG301"]
    assert [each.check for each in screen(session(date_of_service=dt.date(2026, 11, 2)), context)] == ["CG306"]


def test_the_tables_are_small(loaded: Loaded) -> None:
    assert loaded.kept < 60_000_000


def _kept() -> int:
    """Bytes that stay when the release is read once."""
    tracemalloc.start()
    try:
        release = read._release(read.IcdReleaseRow.objects.get())
        kept = tracemalloc.get_traced_memory()[0]
        del release
        return kept
    finally:
        tracemalloc.stop()


def test_web_and_worker_processes_do_not_import_the_package() -> None:
    code = (
        "import os, sys, django; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'clawguard.settings'); django.setup();"
        "import clawguard.urls, clawguard.celery, sessions.tasks, sessions.codesets;"
        "sys.exit('simple_icd_10_cm' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("code", "alone", "before_a_disorder"),
    [
        ("F331", set(), set()),
        ("F0280", {"CG308", "CG315"}, {"CG308"}),
        ("F0150", {"CG308", "CG315"}, {"CG308"}),
        ("F09", {"CG308"}, {"CG308"}),
        ("F70", {"CG315"}, set()),
        ("F17210", {"CG315"}, set()),
        ("F520", {"CG315"}, set()),
        ("F642", {"CG317"}, {"CG317"}),
        ("V00131A", {"CG304", "CG307"}, {"CG307"}),
        ("Z550", {"CG304"}, {"CG307"}),
        ("Z659", {"CG304"}, {"CG307"}),
        ("Z0289", {"CG304"}, {"CG313"}),
        ("Z79899", {"CG304"}, {"CG313"}),
        ("Z8659", {"CG304"}, {"CG313"}),
        ("Z733", {"CG304"}, {"CG313"}),
        ("Z6911", {"CG304"}, {"CG313"}),
        ("Z0389", {"CG304"}, {"CG313"}),
        ("R4589", {"CG304"}, {"CG313"}),
        ("T1491XA", {"CG304"}, {"CG313"}),
        ("T7412XA", set(), set()),
        ("E119", {"CG304"}, {"CG313"}),
    ],
)
def test_what_may_stand_first(loaded: Loaded, code: str, alone: set[str], before_a_disorder: set[str]) -> None:
    context = Context(tables=loaded.tables)
    assert {found.check for found in screen(session(diagnoses=(code,)), context)} == alone
    second = "F411" if code == "F331" else "F331"
    assert {found.check for found in screen(session(diagnoses=(code, second)), context)} == before_a_disorder
