"""ICD-10-CM releases in the database: stored whole, once, apart in time, and read back as compact tables."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from clawguard.domain.checks import Context, screen
from clawguard.domain.codesets.diagnoses import BILLABLE
from sessions.codesets import current_tables
from sessions.codesets.rows import CodeRow, ReleaseRows
from sessions.codesets.store import SuspiciousReleaseError, store_release
from sessions.models import IcdCode, IcdRelease
from sessions.services import tables as service_tables
from tests.domain.checks.builders import session

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 23, 15, 0, tzinfo=dt.UTC)
DAY = dt.date(2026, 3, 18)


def row(code: str, parent: str = "", level: str = "code", flags: int = BILLABLE, *excludes: str) -> CodeRow:
    return CodeRow(
        code, f'Title of "{code}"', level, parent, flags, excludes, tuple(f'not {each}, "so"' for each in excludes)
    )


def release(name: str = "FY2026", first: str = "2025-10-01", last: str = "2026-09-30", *more: CodeRow) -> ReleaseRows:
    rows = (
        row("5", level="chapter", flags=0),
        row("F30-F39", "5", "block", 0, "F25"),
        row("F33", "F30-F39", "code", 0),
        row("F331", "F33"),
        row("F31", "F30-F39", "code", 0, "F33", "F20-F29"),
        row("F319", "F31"),
        row("F250", "F25"),
        *more,
    )
    return ReleaseRows(name, dt.date.fromisoformat(first), dt.date.fromisoformat(last), rows)


def test_a_release_is_stored_and_read_back() -> None:
    assert store_release(release(), NOW, fewest=1)
    tables = current_tables()
    stored = tables.icd_release(DAY)
    assert stored is not None
    assert set(stored.flags) == {"F33", "F331", "F31", "F319", "F250"}
    assert tables.diagnosis("F33", DAY).billable is False  # type: ignore[union-attr]
    assert stored.conflict("F331", "F319").noted_at == "F31"  # type: ignore[union-attr]
    assert stored.conflict("F331", "F250").noted_at == "F30-F39"  # type: ignore[union-attr]
    assert IcdCode.objects.get(code="F31").excludes1_notes == ['not F33, "so"', 'not F20-F29, "so"']
    assert IcdCode.objects.get(code="F331").parent == "F33"


def test_the_same_rows_again_change_nothing() -> None:
    store_release(release(), NOW, fewest=1)
    before = IcdRelease.objects.get()
    assert not store_release(release(), NOW + dt.timedelta(days=1), fewest=1)
    assert IcdRelease.objects.get() == before
    assert IcdRelease.objects.get().loaded_at == before.loaded_at


def test_other_rows_under_the_same_name_replace_it_and_rename_the_rule_pack() -> None:
    store_release(release(), NOW, fewest=1)
    first = service_tables.ensure_pack(current_tables(), NOW)
    assert store_release(release("FY2026", "2025-10-01", "2026-09-30", row("F411", "F41")), NOW, fewest=1)
    assert IcdRelease.objects.count() == 1
    assert current_tables().diagnosis("F411", DAY) is not None
    assert service_tables.ensure_pack(current_tables(), NOW) != first


def test_releases_may_not_overlap() -> None:
    store_release(release(), NOW, fewest=1)
    with pytest.raises(SuspiciousReleaseError, match="overlap"):
        store_release(release("FY2027", "2026-09-30", "2027-09-30"), NOW, fewest=1)
    assert store_release(release("FY2027", "2026-10-01", "2027-09-30"), NOW, fewest=1)
    assert [each.name for each in current_tables().icd] == ["FY2026", "FY2027"]


def test_an_april_release_takes_over_on_its_first_day_and_both_stay_readable() -> None:
    store_release(release("October"), NOW, fewest=1)
    before = current_tables()
    april = release("April", "2026-04-01", "2026-09-30", row("F411", "F41"))
    assert store_release(april, NOW, fewest=1, takes_over=True)
    after = current_tables()
    found = [after.icd_release(day) for day in (dt.date(2026, 3, 31), dt.date(2026, 4, 1), dt.date(2026, 9, 30))]
    assert [each.name for each in found if each] == ["October", "April", "April"]
    assert before.versions["icd10"] != after.versions["icd10"]
    assert not store_release(release("October"), NOW, fewest=1), "what was shortened is still the same release"
    assert not store_release(april, NOW, fewest=1, takes_over=True)


@pytest.mark.parametrize(("first", "last"), [("2025-09-01", "2026-09-30"), ("2026-04-01", "2026-06-30")])
def test_taking_over_leaves_no_gap_and_covers_nothing_from_behind(first: str, last: str) -> None:
    store_release(release("October"), NOW, fewest=1)
    with pytest.raises(SuspiciousReleaseError, match="overlap"):
        store_release(release("April", first, last), NOW, fewest=1, takes_over=True)
    assert IcdRelease.objects.get().last_day == dt.date(2026, 9, 30)


def test_a_partial_file_is_refused_and_leaves_the_old_release() -> None:
    store_release(release(), NOW, fewest=1)
    with pytest.raises(SuspiciousReleaseError, match="rows"):
        store_release(release("FY2026", "2025-10-01", "2026-09-30", row("F411")), NOW)
    assert current_tables().diagnosis("F331", DAY) is not None


def test_the_database_refuses_a_period_that_ends_before_it_starts() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        IcdRelease.objects.create(
            name="wrong",
            version="1",
            first_day=DAY,
            last_day=DAY - dt.timedelta(days=1),
            codes_count=0,
            loaded_at=NOW,
        )


def test_tables_are_read_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    store_release(release(), NOW, fewest=1)
    first = current_tables()
    with django_assert_num_queries(2):
        assert current_tables() is first


def test_without_a_release_screening_says_so() -> None:
    found = screen(session(), Context(tables=current_tables()))
    assert [each.check for each in found] == ["CG306"]


def test_the_command_wants_all_of_another_release() -> None:
    with pytest.raises(CommandError, match="together"):
        call_command("load_icd10", "--name", "ICD-10-CM October 2026")
