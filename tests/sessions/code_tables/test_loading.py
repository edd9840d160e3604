"""From files to a table that is whole: parts, repeats, refusals, and a worker that dies between slices."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from clawguard.access import Problem
from clawguard.accounts.actors import NotAllowed
from clawguard.domain.codesets import Quarter, TableKind, Variant
from clawguard.domain.codesets.packed import codes_of
from clawguard.events.models import Event
from clawguard.events.services import WrongState
from sessions.codesets.store_rows import iterate_rows, load_rows
from sessions.intake import vault
from sessions.models import CodeTable, CodeTableBlock
from sessions.services import code_tables
from sessions.services.code_tables import Sent, Wanted, reading
from sessions.services.imports import clear_abandoned
from tests.builders import NOW
from tests.sessions.code_tables import files
from tests.sessions.code_tables.conftest import Load, read

pytestmark = pytest.mark.django_db
PTP, MUE, AOC = TableKind.PAIRS, TableKind.UNITS, TableKind.ADD_ONS


def names_of(table: CodeTable) -> list[tuple[str, str]]:
    return [codes_of(row.key) for row in load_rows(table.pk)]


def left_on_disk(settings: Any) -> list[str]:
    folder = settings.DATA_DIR / "imports"
    return [path.name for path in folder.iterdir()] if folder.is_dir() else []


def test_a_table_is_loaded_whole(load: Load, settings: Any, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        table = load(names=(files.PTP_NAME,))
    assert (table.status, table.rows_read, table.rows_count, table.quarter) == ("loaded", 6, 6, "2026Q3")
    assert (str(table.first_day), str(table.last_day)) == ("1990-01-01", "2026-09-30")
    assert names_of(table) == sorted(row[:2] for row in files.PAIRS)
    assert list(iterate_rows(table.pk)) == list(load_rows(table.pk))
    assert left_on_disk(settings) == []


@pytest.mark.parametrize(
    ("kind", "content", "rows"), [(MUE, files.mue(), 2), (AOC, files.add_ons(), 4)], ids=["units", "add-ons"]
)
def test_other_kinds(load: Load, kind: TableKind, content: bytes, rows: int) -> None:
    table = load(content, kind=kind)
    assert (table.status, table.rows_count) == ("loaded", rows)
    assert str(table.first_day) == ("2026-07-01" if kind is MUE else "1990-01-01")


def test_many_slices_and_blocks_hold_the_same_rows(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SLICE_ROWS", 2)
    monkeypatch.setattr("sessions.codesets.store_rows.BLOCK_ROWS", 4)
    table = load()
    assert names_of(table) == sorted(row[:2] for row in files.PAIRS)
    assert [block.rows for block in table.blocks.order_by("number")] == [4, 2]


class TestParts:
    FIRST, SECOND = files.ptp(files.PAIRS[:3]), files.ptp(files.PAIRS[3:])
    NAMES = ("ccipra-v322r0-f2.TXT", "ccipra-v322r0-f1.TXT")

    @pytest.fixture(autouse=True)
    def whole(self, settings: Any) -> None:
        settings.NCCI_FEWEST_ROWS = {"ptp": 6, "mue": 1, "add_on": 1}

    def test_together(self, load: Load) -> None:
        table = load(self.SECOND, self.FIRST, names=self.NAMES)
        assert (table.status, table.rows_count) == ("loaded", 6)
        assert [file.name for file in table.files.all()] == list(reversed(self.NAMES))

    def test_one_by_one_in_any_order(self, load: Load) -> None:
        first = load(self.SECOND, names=self.NAMES[:1])
        assert (first.status, first.cause) == ("incomplete", "few_rows")
        assert "3 rows were read; a whole table has at least 6" in first.detail
        assert not CodeTableBlock.objects.exists()
        second = load(self.FIRST, names=self.NAMES[1:])
        assert second.pk == first.pk
        assert (second.status, second.rows_count, second.cause) == ("loaded", 6, "")
        assert second.version == load(files.ptp(), quarter="2026Q4").version

    def test_the_same_part_again_adds_nothing(self, load: Load) -> None:
        first = load(self.SECOND, names=self.NAMES[:1])
        again = load(self.SECOND, names=self.NAMES[:1])
        assert (again.pk, again.status, again.rows_read) == (first.pk, "incomplete", 3)

    def test_few_rows_may_be_enough_for_a_stated_reason(self, load: Load, lead: Any, actor: Any) -> None:
        table = load(self.SECOND)
        with pytest.raises(Exception, match="Say why"):
            code_tables.accept(actor(lead), table.pk, "  ", NOW)
        code_tables.accept(actor(lead), table.pk, "An excerpt of the psychiatry section.", NOW)
        table = read(table)
        assert (table.status, table.accepted_reason) == ("loaded", "An excerpt of the psychiatry section.")

    def test_or_the_same_file_is_sent_again_with_the_reason(self, load: Load) -> None:
        table = load(self.SECOND)
        again = load(self.SECOND, enough="An excerpt.")
        assert (again.pk, again.status, again.accepted_reason) == (table.pk, "loaded", "An excerpt.")

    def test_or_the_reason_is_said_at_once(self, load: Load) -> None:
        assert load(self.SECOND, enough="An excerpt.").status == "loaded"

    def test_or_the_table_is_left(self, load: Load, lead: Any, actor: Any, settings: Any) -> None:
        table = load(self.SECOND)
        code_tables.discard(actor(lead), table.pk, NOW)
        again = load(self.SECOND)
        assert (again.pk == table.pk, again.status) == (False, "incomplete")


def test_a_table_much_smaller_than_the_one_in_force_waits(load: Load, lead: Any, actor: Any) -> None:
    code_tables.activate(actor(lead), load().pk, NOW)
    assert load(files.ptp(files.PAIRS[:5]), quarter="2026Q4").cause == "few_rows"
    assert load(files.ptp([*files.PAIRS[:5], ("90847", "90853", "20261001", "*", "1")]), quarter="2026Q4").cause == ""


class TestAgain:
    def test_the_same_file_changes_nothing(self, load: Load) -> None:
        table = load()
        count = Event.objects.count()
        assert load().pk == table.pk
        assert (CodeTable.objects.count(), Event.objects.count()) == (1, count)

    def test_the_same_rows_in_another_file_change_nothing(self, load: Load) -> None:
        table = load()
        other = load(files.archive({"f1.xlsx": files.ptp_sheet(reversed(files.PAIRS))}))
        assert (other.status, other.cause) == ("refused", "already_here")
        assert CodeTableBlock.objects.exclude(table=table).count() == 0

    def test_a_refused_file_may_be_sent_again(self, load: Load) -> None:
        bad = files.ptp() + b"90834\t90832\n"
        assert [load(bad).status for _ in range(2)] == ["refused", "refused"]
        assert CodeTable.objects.count() == 2

    def test_a_corrected_issue_of_the_same_quarter_is_another_version(self, load: Load) -> None:
        first = load()
        second = load(files.ptp([*files.PAIRS, ("90847", "90849", "20260701", "*", "1")]))
        assert {first.status, second.status} == {"loaded"}
        assert first.version != second.version


class TestRefusals:
    def test_one_bad_row_keeps_the_whole_file_out(self, load: Load) -> None:
        table = load(files.ptp() + b"90834\t90832\t\t20260230\t*\t1\tx\r\n90834\t90832\r\n", names=(files.PTP_NAME,))
        assert (table.status, table.cause, table.problems_count) == ("refused", "bad_rows", 2)
        found = list(table.problems.order_by("id").values_list("file_name", "line", "code"))
        assert found == [(files.PTP_NAME, 13, "date"), (files.PTP_NAME, 14, "cut")]
        assert not CodeTableBlock.objects.exists()

    @pytest.mark.parametrize(
        ("content", "cause"),
        [
            (files.mue(), "not_this_table"),
            (files.archive({"f1.txt": files.ptp()})[:200], "archive_broken"),
            (files.archive({"f1.txt": b"\t" * 50_000_000}), "archive_bomb"),
            (files.ptp([("90834", "90832", "20261001", "*", "1")]), "other_quarter"),
        ],
    )
    def test_what_is_no_such_table(self, load: Load, content: bytes, cause: str) -> None:
        table = load(content, names=("f1.csv" if content.startswith(b'"') else "f1.txt",))
        assert (table.status, table.cause) == ("refused", cause)
        assert table.detail

    @pytest.mark.parametrize(
        ("name", "code"),
        [
            ("ccioph-v322r0-f1.txt", "other_setting"),
            ("MCR_MUE_PractitionerServices_Eff_07-01-2026.csv", "other_table"),
            ("medicaid-ncci-q3-2026-ptp-edits.zip", "other_table"),
            ("ccipra-v321r0-f1.txt", "quarters_differ"),
        ],
    )
    def test_names_that_speak_of_another_table(self, load: Load, name: str, code: str) -> None:
        with pytest.raises(Problem) as refusal:
            load(files.ptp(), names=(name,))
        assert refusal.value.code == code
        assert not CodeTable.objects.exists()

    def test_no_file_an_empty_file_a_large_file_an_unknown_quarter(self, settings: Any, db: None) -> None:
        settings.IMPORT_MAX_BYTES = 1000
        wanted = Wanted(PTP, Variant.MEDICARE, Quarter(2026, 3))
        for sent, named, status in (
            ([], wanted, 400),
            ([Sent("f1.txt", [b""])], wanted, 400),
            ([Sent("f1.txt", [b"x" * 2000])], wanted, 413),
            ([Sent("f1.txt", [b"x"])], Wanted(PTP, Variant.MEDICARE), 400),
        ):
            with pytest.raises(Problem) as refusal:
                from clawguard.accounts.actors import SYSTEM

                code_tables.receive(SYSTEM, named, sent, NOW)
            assert refusal.value.status == status
        assert left_on_disk(settings) == []

    def test_an_earlier_quarter_of_dated_rows(self, load: Load, lead: Any, actor: Any) -> None:
        code_tables.activate(actor(lead), load(quarter="2026Q4").pk, NOW)
        with pytest.raises(Problem) as refusal:
            load(quarter="2026Q3")
        assert (refusal.value.status, refusal.value.code) == (409, "older_quarter")

    def test_only_a_lead_loads(self, load: Load, rui: Any, auditor: Any, administrator: Any, actor: Any) -> None:
        for user in (rui, auditor, administrator):
            with pytest.raises(NotAllowed):
                load(actor=actor(user))

    def test_a_file_that_went_missing(self, db: None, load: Load, settings: Any) -> None:
        sent = [Sent("f1.txt", [files.ptp()])]
        from clawguard.accounts.actors import SYSTEM

        table = code_tables.receive(SYSTEM, Wanted(PTP, Variant.MEDICARE, Quarter(2026, 3)), sent, NOW)
        vault.remove(table.files.get().pk)
        assert read(table).cause == "file_gone"


class TestAWorkerThatDies:
    """Everything a slice did is in one transaction; the next worker repeats the slice and goes on."""

    @pytest.mark.parametrize("at", [1, 2, 3, 4])
    def test_between_or_within_slices(self, load: Load, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
        expected = load(quarter="2026Q4").version
        monkeypatch.setattr(reading, "SLICE_ROWS", 2)
        keep, calls = reading.vault.keep_piece, []

        def dies(*given: Any) -> None:
            keep(*given)
            calls.append(given)
            if len(calls) == at:
                raise KeyboardInterrupt

        monkeypatch.setattr(reading.vault, "keep_piece", dies)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            load()
        table = load()
        assert (table.status, table.rows_read, table.version) == ("loaded", 6, expected)

    def test_while_the_rows_are_stored(self, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sessions.codesets.store_rows.BLOCK_ROWS", 2)
        create, calls = CodeTableBlock.objects.create, []

        def dies(**given: Any) -> Any:
            calls.append(given)
            if len(calls) == 2:
                raise KeyboardInterrupt
            return create(**given)

        monkeypatch.setattr(CodeTableBlock.objects, "create", dies)
        with pytest.raises(KeyboardInterrupt):
            load()
        assert not CodeTableBlock.objects.exists()
        table = read(CodeTable.objects.get())
        assert (table.status, table.blocks.count()) == ("loaded", 3)

    def test_a_message_that_comes_twice_changes_nothing(self, load: Load) -> None:
        table = load()
        assert not code_tables.read_slice(table.pk, NOW)
        before = table.comparison
        code_tables.compare_all(table.pk, NOW)
        table.refresh_from_db()
        assert table.comparison == before


def test_rows_are_never_changed_or_removed(load: Load) -> None:
    load()
    for change in (lambda rows: rows.update(rows=1), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change(CodeTableBlock.objects.all())


def test_files_still_needed_are_not_cleared_away(load: Load, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.NCCI_FEWEST_ROWS = {"ptp": 100, "mue": 1, "add_on": 1}
    table = load()
    monkeypatch.setattr(vault, "GRACE_SECONDS", -1)
    clear_abandoned(NOW)
    assert left_on_disk(settings) == [str(table.files.get().pk)]


def test_a_table_moves_only_as_its_lifecycle_says(load: Load, lead: Any, actor: Any) -> None:
    table = load()
    with pytest.raises(WrongState):
        code_tables.accept(actor(lead), table.pk, "Enough.", NOW)
    code_tables.discard(actor(lead), table.pk, NOW)
    with pytest.raises(WrongState):
        code_tables.discard(actor(lead), table.pk, NOW)
