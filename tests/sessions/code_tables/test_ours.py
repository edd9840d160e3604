"""Our table of procedure codes: the product's rows at first, an operator's file, and what the checks say by it."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from clawguard.access import Problem
from clawguard.accounts.actors import SYSTEM, NotAllowed
from clawguard.domain.checks import pack_digest
from clawguard.domain.codesets import CodeTables
from clawguard.domain.codesets.lists import ListKind, as_text, digest, read_kept
from clawguard.domain.codesets.ours import OURS
from clawguard.domain.codesets.procedure_list import FORMAT, PACKAGED, PACKAGED_TEXT
from clawguard.events.errors import NotFound, Refused
from sessions import tables_in_force
from sessions.codesets import current_tables, own_rows
from sessions.models import CodeTable, TherapySession
from sessions.services import code_tables, tables, trials
from sessions.services.code_tables import Sent, Wanted, ours
from tests import world
from tests.builders import NOW
from tests.domain.codesets import own_files
from tests.sessions.code_tables.conftest import read
from tests.sessions.rules_makers import run

pytestmark = pytest.mark.django_db
KIND = ListKind.PROCEDURES
NEW = own_files.NEW_THERAPY | {"valid_from": "2026-09-15", "valid_to": "2026-09-16"}
Rows = dict[str, dict[str, str]]


@pytest.fixture
def by(lead: Any, actor: Any) -> Any:
    return actor(lead)


def present() -> Rows:
    rows = read_kept(FORMAT, own_rows.text_in_force(KIND))
    return {row[0]: dict(zip(FORMAT.names, row, strict=True)) for row in rows}


def content(rows: Rows) -> bytes:
    return own_files.of(*rows.values())


def sent(by: Any, given: bytes, **more: Any) -> CodeTable:
    return read(code_tables.receive(by, Wanted(KIND), [Sent("procedures.csv", [given])], NOW, **more))


def edited(by: Any, change: Callable[[Rows], object]) -> CodeTable:
    """The present rows, changed and sent."""
    rows = present()
    change(rows)
    return sent(by, content(rows))


def in_force(by: Any, change: Callable[[Rows], object]) -> CodeTable:
    table = code_tables.activate(by, edited(by, change).pk, NOW)
    code_tables.compare_all(table.pk, NOW)
    return table


def billed(code: str, day: str, **more: Any) -> TherapySession:
    """A session with this one code, screened."""
    line = {"code": code, "modifiers": ["95"], "units": 1, "charge": "90.00", "diagnosis_pointers": [1]} | more
    times = {name: f"{day}T{at}:00-04:00" for name, at in (("start", "10:02"), ("end", "10:57"))}
    return world.screened(date_of_service=day, confirmed_at=f"{day}T17:40:00-04:00", service_lines=[line], **times)


def told(code: str, day: str, **more: Any) -> set[str]:
    """The checks that say something of it."""
    return set(billed(code, day, **more).findings.values_list("check_id", flat=True))


class TestTheRowsOfTheProduct:
    def test_answer_while_nothing_is_on_record(self) -> None:
        assert current_tables().procedures is PACKAGED
        assert own_rows.text_in_force(KIND) == PACKAGED_TEXT

    def test_enter_force_by_themselves_and_change_nothing(self) -> None:
        before = pack_digest(current_tables())
        table = code_tables.seed(KIND, NOW)
        assert table is not None
        assert (table.status, table.rows_count, table.version) == ("active", len(PACKAGED.rows), PACKAGED.version)
        assert (table.created_by_name, table.activated_by_name) == ("Clawguard", "Clawguard")
        assert current_tables().procedures is PACKAGED
        assert pack_digest(current_tables()) == before == pack_digest(CodeTables())

    def test_are_put_there_once(self) -> None:
        code_tables.seed(KIND, NOW)
        assert code_tables.seed(KIND, NOW) is None
        assert CodeTable.objects.count() == 1

    def test_of_an_upgrade_take_the_place_of_the_earlier_ones(self, monkeypatch: pytest.MonkeyPatch) -> None:
        first = code_tables.seed(KIND, NOW)
        later = as_text(FORMAT, [*read_kept(FORMAT, PACKAGED_TEXT), *own_files.rows(NEW)])
        _upgrade(monkeypatch, later)
        second = code_tables.seed(KIND, NOW)
        assert first is not None and second is not None
        first.refresh_from_db()
        assert (first.status, second.status, second.version) == ("superseded", "active", digest(later))
        monkeypatch.undo()
        again = code_tables.seed(KIND, NOW)  # back to the earlier version of the product
        assert again is not None
        assert (again.pk, again.status) == (first.pk, "active")

    def test_of_an_upgrade_wait_though_nobody_is_named_as_the_sender(self, by: Any) -> None:
        """A file loaded at a terminal names nobody until a lead puts it in force."""
        own = edited(SYSTEM, lambda rows: rows["90837"].update(units_a_day="1"))
        code_tables.activate(by, own.pk, NOW)
        waiting = code_tables.seed(KIND, NOW)
        own.refresh_from_db()
        assert waiting is not None
        assert (own.status, waiting.status) == ("active", "loaded")

    def test_of_an_upgrade_wait_beside_what_a_lead_put_in_force(self, by: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        code_tables.seed(KIND, NOW)
        own = in_force(by, lambda rows: rows["90837"].update(units_a_day="1"))
        assert code_tables.seed(KIND, NOW) is None
        _upgrade(monkeypatch, as_text(FORMAT, [*read_kept(FORMAT, PACKAGED_TEXT), *own_files.rows(NEW)]))
        waiting = code_tables.seed(KIND, NOW)
        assert waiting is not None
        own.refresh_from_db()
        assert (own.status, waiting.status) == ("active", "loaded")
        code_tables.compare_all(waiting.pk, NOW)
        waiting.refresh_from_db()
        assert waiting.comparison["all"] == {"changed": 1, "added": 1}
        code_tables.activate(by, waiting.pk, NOW)


def _upgrade(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(ours, "OURS", {KIND: replace(OURS[KIND], packaged=text)})


class TestACode:
    def test_that_is_added_is_accepted_on_its_days_and_by_its_kind(self, by: Any) -> None:
        assert "CG507" in told("98990", "2026-09-16")  # outside the catalogue
        table = in_force(by, lambda rows: rows.update({"98990": NEW}))
        assert {"CG507", "CG503"}.isdisjoint(told("98990", "2026-09-15"))
        assert "CG503" in told("98990", "2026-09-14")
        assert "CG503" in told("98990", "2026-09-17")
        # It is therapy, so the rules of therapy look at it: its units, and the minutes it needs.
        assert "CG204" in told("98990", "2026-09-15", units=2)
        limit = current_tables().units("98990", dt.date(2026, 9, 15))
        assert limit is not None
        assert (limit.units, limit.table) == (1, f"procedures {table.version[:8]}")

    def test_that_is_ended_is_refused_from_the_next_day_on(self, by: Any) -> None:
        assert "CG503" not in told("90837", "2026-09-17")
        table = in_force(by, lambda rows: rows["90837"].update(valid_to="2026-09-15"))
        assert "CG503" not in told("90837", "2026-09-15")
        found = billed("90837", "2026-09-16").findings.get(check_id="CG503")
        assert found.message == "90837 ended on 2026-09-15; the session was on 2026-09-16."
        assert found.evidence["table"] == f"procedures {table.version[:8]}"
        assert found.screening.pack_id == pack_digest(current_tables())

    def test_that_was_ended_is_back_with_the_table_before(self, by: Any) -> None:
        first = in_force(by, lambda rows: rows["90837"].update(valid_to="2027-12-31"))
        second = in_force(by, lambda rows: rows["90837"].update(valid_to="2026-09-15"))
        code_tables.activate(by, first.pk, NOW)
        assert "CG503" not in told("90837", "2026-09-16")
        second.refresh_from_db()
        assert second.status == "superseded"

    def test_that_is_tried_changes_nothing_before_it_is_in_force(self, by: Any) -> None:
        session = billed("90837", "2026-09-16")
        scope = trials.read_scope({"from": "2026-07-01", "to": "2026-09-30"}, NOW.date())
        assert run(trials.start_backtest(by, scope, NOW)).changes.count() == 0
        edited(by, lambda rows: rows["90837"].update(valid_to="2026-09-15"))
        job = run(trials.start_backtest(by, scope, NOW))
        changed = [(row.about.session_id, row.change, row.check_id) for row in job.changes.all()]
        assert changed == [(session.pk, "new", "CG503")]
        assert current_tables().procedures is PACKAGED


class TestAFile:
    def test_of_an_export_that_was_changed_says_what_changes(self, by: Any) -> None:
        def change(rows: Rows) -> None:
            rows["90837"]["units_a_day"] = "1"
            rows["90853"]["valid_to"] = "2026-12-31"
            rows["98990"] = NEW

        table = edited(by, change)
        assert (table.status, table.problems_count, table.rows_count) == ("loaded", 0, len(PACKAGED.rows) + 1)
        assert table.comparison["all"] == {"changed": 1, "ended": 1, "added": 1}
        assert table.comparison["base_name"] == ""
        listed = {row.first: (row.kind, row.before, row.after) for row in table.changes.all()}
        assert listed["90837"] == ("changed", "units_a_day 2", "units_a_day 1")
        assert listed["90853"] == ("ended", "valid_to nothing", "valid_to 2026-12-31")
        assert listed["98990"][2].startswith("label Our therapy code of 2027, kind therapy")
        rows = list(csv.reader(io.StringIO("".join(code_tables.change_lines(table)))))
        assert [row[1] for row in rows] == ["code", "90837", "90853", "98990"]

    def test_with_rows_that_cannot_be_read_is_not_kept(self, by: Any) -> None:
        table = edited(by, lambda rows: rows["90837"].update(kind="psychotherapy", units_a_day="many", unit_rule="9"))
        assert (table.status, table.cause, table.problems_count) == ("refused", "bad_rows", 3)
        problem = table.problems.order_by("id").first()
        assert problem is not None
        assert (problem.file_name, problem.code) == ("procedures.csv", "kind")
        assert problem.message.startswith("kind: One of these belongs here")
        assert not table.blocks.exists()

    @pytest.mark.parametrize(
        ("given", "cause"),
        [
            (b"90837,therapy\n", "other_columns"),
            (own_files.of(NEW, extra="descriptor"), "descriptor"),
            (own_files.of(), "no_rows"),
            (b"\xff\xfe\x00", "not_text"),
        ],
    )
    def test_that_is_no_such_table_is_not_kept(self, by: Any, given: bytes, cause: str) -> None:
        table = sent(by, given)
        assert (table.status, table.cause) == ("refused", cause)
        assert "procedures.csv" in table.detail

    def test_with_few_rows_waits_for_a_reason(self, by: Any) -> None:
        table = sent(by, own_files.of(NEW))
        assert (table.status, table.rows_count) == ("incomplete", 1)
        assert f"the table in force has {len(PACKAGED.rows)}" in table.detail
        code_tables.accept(by, table.pk, "We bill one code.", NOW)
        table = read(table)
        assert (table.status, table.accepted_reason) == ("loaded", "We bill one code.")
        code_tables.activate(by, table.pk, NOW)
        assert list(current_tables().procedures.rows) == ["98990"]

    def test_that_is_there_already_changes_nothing(self, by: Any) -> None:
        code_tables.seed(KIND, NOW)
        assert edited(by, lambda rows: None).cause == "already_here"
        first = edited(by, lambda rows: rows.update({"98990": NEW}))
        assert edited(by, lambda rows: rows.update({"98990": NEW})).pk == first.pk

    def test_must_be_one_and_not_too_large(self, by: Any) -> None:
        for files, status in (
            ([Sent("a.csv", [b"a"]), Sent("b.csv", [b"b"])], 400),
            ([Sent("a.csv", [bytes(1024)] * 2049)], 413),
            ([Sent("a.csv", [b""])], 400),
        ):
            with pytest.raises(Problem) as refused:
                code_tables.receive(by, Wanted(KIND), files, NOW)
            assert refused.value.status == status

    def test_is_compared_before_it_enters_force(self, by: Any) -> None:
        first = edited(by, lambda rows: rows.update({"98990": NEW}))
        second = edited(by, lambda rows: rows["90837"].update(units_a_day="1"))
        code_tables.activate(by, first.pk, NOW)
        with pytest.raises(Refused, match="being worked out"):
            code_tables.activate(by, second.pk, NOW)
        code_tables.compare_all(first.pk, NOW)
        second.refresh_from_db()
        assert second.comparison["base_name"] == f"procedures {first.version[:8]}"
        assert second.comparison["all"] == {"changed": 1, "withdrawn": 1}

    def test_is_for_leads(self, by: Any, rui: Any, auditor: Any, actor: Any) -> None:
        for user in (rui, auditor):
            with pytest.raises(NotAllowed):
                sent(actor(user), content(present()))
        with pytest.raises(NotAllowed):
            tables_in_force.rows_of_ours(actor(rui), KIND)
        assert tables_in_force.rows_of_ours(actor(auditor), KIND) == PACKAGED_TEXT
        with pytest.raises(NotFound):
            tables_in_force.rows_of_ours(by, "ptp")


def test_a_process_reads_a_table_once(by: Any, django_assert_num_queries: Any) -> None:
    table = in_force(by, lambda rows: rows.update({"98990": NEW}))
    first = current_tables()
    with django_assert_num_queries(2):
        assert current_tables() is first
    waiting = code_tables.seed(KIND, NOW)
    assert waiting is not None and (waiting.status, CodeTable.objects.get(status="active").pk) == ("loaded", table.pk)
    assert current_tables() is first
    assert tables.ensure_pack(first, NOW) == pack_digest(first)
