"""Putting a table in force: by a lead, after seeing what changes, in one step, with a way back."""

from __future__ import annotations

import csv
import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from clawguard.accounts.actors import NotAllowed
from clawguard.domain.codesets import TableKind, Variant
from clawguard.domain.lifecycles import TableState
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import Event
from clawguard.ids import new_id
from sessions.codesets import current_tables, read
from sessions.models import CodeTable
from sessions.services import code_tables, submit, tables
from sessions.services.code_tables import deciding
from tests.builders import NOW, session_body
from tests.sessions.code_tables import files
from tests.sessions.code_tables.conftest import Load
from tests.sessions.code_tables.conftest import read as read_on

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 8, 1)
LATER = (  # what the fourth quarter says: an end, another indicator, a new pair, and one row less
    ("90834", "90832", "20180101", "20191231", "1"),
    ("90834", "90832", "20200101", "20260930", "0"),
    ("90846", "90834", "20200101", "20260630", "0"),
    ("90846", "90834", "20260701", "*", "0"),
    ("99213", "90863", "19960101", "*", "0"),
    ("90846", "90832", "20261001", "*", "1"),
)


@pytest.fixture
def by(lead: Any, actor: Any) -> Any:
    return actor(lead)


def standing(table: CodeTable) -> str:
    table.refresh_from_db()
    return table.status


def test_a_lead_puts_a_table_in_force(load: Load, by: Any) -> None:
    table = load()
    before = tables.ensure_pack(current_tables(), NOW)
    assert current_tables().pair("90846", "90834", DAY).table == "core facts 2024Q3"  # type: ignore[union-attr]
    code_tables.activate(by, table.pk, NOW)
    table.refresh_from_db()
    assert (table.status, table.activated_by_name, table.activated_at) == ("active", "Lead Test", NOW)
    pair = current_tables().pair("90834", "90846", DAY)
    assert pair is not None
    assert (pair.first, pair.separable, pair.table) == ("90846", True, "medicare ptp 2026Q3")
    assert tables.ensure_pack(current_tables(), NOW) != before
    event = Event.objects.get(name="table.activated")
    assert (event.actor_name, event.payload["quarter"]) == ("Lead Test", "2026Q3")


def test_the_next_quarter_takes_its_place(load: Load, by: Any) -> None:
    first = load()
    code_tables.activate(by, first.pk, NOW)
    second = load(files.ptp(LATER), quarter="2026Q4")
    code_tables.activate(by, second.pk, NOW)
    assert (standing(first), standing(second)) == ("superseded", "active")
    assert first.superseded_at == NOW
    found = current_tables()
    assert [table.name for table in found.official.tables] == ["medicare ptp 2026Q4"]
    assert found.pair("90834", "90832", dt.date(2026, 9, 30)) is not None
    assert found.pair("90834", "90832", dt.date(2026, 10, 1)) is None


def test_there_is_a_way_back(load: Load, by: Any) -> None:
    first = load()
    code_tables.activate(by, first.pk, NOW)
    second = load(files.ptp(LATER), quarter="2026Q4")
    code_tables.activate(by, second.pk, NOW)
    code_tables.compare_all(second.pk, NOW)
    code_tables.activate(by, first.pk, NOW)
    assert (standing(first), standing(second)) == ("active", "superseded")
    assert current_tables().pair("90834", "90832", dt.date(2026, 9, 30)) is not None


def test_unit_tables_stand_beside_each_other(load: Load, by: Any) -> None:
    quarters = ("2026Q3", "2026Q2")
    loaded = [load(files.mue(), kind=TableKind.UNITS, quarter=quarter) for quarter in quarters]
    for table in loaded:
        read_on(table)
        code_tables.activate(by, table.pk, NOW)
    assert [standing(table) for table in loaded] == ["active", "active"]
    again = load(files.mue([("90837", "1", "3 x"), ("90839", "1", "2 x")]), kind=TableKind.UNITS)
    code_tables.activate(by, again.pk, NOW)
    assert [standing(table) for table in loaded] == ["superseded", "active"]
    found = [current_tables().units("90837", dt.date(2026, month, 1)) for month in (6, 7)]
    assert [limit and limit.units for limit in found] == [2, 1]


def test_variants_do_not_touch_each_other(load: Load, by: Any) -> None:
    medicare = load()
    medicaid = load(files.ptp(medicaid=True), variant=Variant.MEDICAID)
    code_tables.activate(by, medicare.pk, NOW)
    code_tables.activate(by, medicaid.pk, NOW)
    assert {standing(medicare), standing(medicaid)} == {"active"}


class TestWhatChanges:
    @pytest.fixture
    def second(self, load: Load, by: Any) -> CodeTable:
        code_tables.activate(by, load().pk, NOW)
        return load(files.ptp(LATER), quarter="2026Q4")

    def test_is_counted_and_listed(self, second: CodeTable) -> None:
        assert second.comparison["all"] == {"ended": 1, "changed": 1, "added": 1, "withdrawn": 1}
        assert second.comparison["base_name"] == "medicare ptp 2026Q3"
        found = [tuple(row) for row in second.changes.values_list("kind", "first", "second", "before", "after")]
        assert (
            "ended",
            "90834",
            "90832",
            "never together (0), from 2020-01-01",
            "never together (0), 2020-01-01 to 2026-09-30",
        ) in found
        assert (
            "changed",
            "90846",
            "90834",
            "together if separate (1), from 2026-07-01",
            "never together (0), from 2026-07-01",
        ) in found
        assert ("added", "90846", "90832", "", "together if separate (1), from 2026-10-01") in found
        assert ("withdrawn", "90847", "90853", "withdrawn (9), 2022-01-01 to 2022-01-01", "") in found

    def test_is_listed_for_codes_the_network_bills(self, load: Load, by: Any) -> None:
        table = load(files.ptp([*files.PAIRS, ("11042", "97597", "20200101", "*", "1")]))
        assert table.comparison["all"]["added"] == 7
        assert table.comparison["billed"]["added"] == 6

    def test_sessions_tell_what_the_network_bills(self, load: Load, by: Any) -> None:
        lines = [{"code": code, "modifiers": [], "units": 1, "diagnosis_pointers": [1]} for code in ("11042", "97597")]
        submit(by, session_body(service_lines=lines), NOW)
        table = load(files.ptp([*files.PAIRS, ("11042", "97597", "20200101", "*", "1")]))
        assert table.comparison["billed"]["added"] == 7

    def test_is_downloaded_whole(self, second: CodeTable) -> None:
        rows = list(csv.reader(code_tables.change_lines(second)))
        assert rows[0] == ["change", "code", "second code", "before", "after"]
        assert len(rows) == 5

    def test_must_have_been_worked_out_against_what_is_in_force(self, load: Load, by: Any) -> None:
        first, second = load(), load(files.ptp(LATER), quarter="2026Q4")
        code_tables.activate(by, first.pk, NOW)
        with pytest.raises(Refused, match="being worked out"):
            code_tables.activate(by, second.pk, NOW)
        code_tables.compare_all(first.pk, NOW)
        code_tables.activate(by, second.pk, NOW)
        assert standing(second) == "active"


class TestTheSwitch:
    def test_is_one_step(self, load: Load, by: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        """A process that dies between taking one table out and putting the other in leaves the first in force."""
        first = load()
        code_tables.activate(by, first.pk, NOW)
        second = load(files.ptp(LATER), quarter="2026Q4")

        def dies(*_given: Any) -> None:
            assert not CodeTable.objects.filter(status=TableState.ACTIVE).exists()
            raise KeyboardInterrupt

        monkeypatch.setattr(deciding, "_enter", dies)
        with pytest.raises(KeyboardInterrupt):
            code_tables.activate(by, second.pk, NOW)
        assert (standing(first), standing(second)) == ("active", "loaded")

    def test_the_database_keeps_one_in_force(self, load: Load, by: Any) -> None:
        code_tables.activate(by, load().pk, NOW)
        for quarter in ("2026Q3", "2026Q4"):
            with pytest.raises(IntegrityError), transaction.atomic():
                table = CodeTable(kind="ptp", variant="medicare", quarter=quarter, status="active", created_at=NOW)
                table.set_period()
                table.save()

    def test_an_earlier_quarter_stays_out(self, load: Load, by: Any) -> None:
        older, newer = load(), load(files.ptp(LATER), quarter="2026Q4")
        code_tables.activate(by, newer.pk, NOW)
        code_tables.compare_all(newer.pk, NOW)
        with pytest.raises(Refused, match="2026Q4 is in force"):
            code_tables.activate(by, older.pk, NOW)

    def test_is_for_leads(self, load: Load, rui: Any, auditor: Any, administrator: Any, actor: Any) -> None:
        table = load()
        for user in (rui, auditor, administrator):
            for deed in (code_tables.activate, code_tables.discard):
                with pytest.raises(NotAllowed):
                    deed(actor(user), table.pk, NOW)

    def test_of_nothing(self, by: Any) -> None:
        with pytest.raises(NotFound):
            code_tables.activate(by, new_id(), NOW)


def test_each_process_reads_a_table_once(load: Load, by: Any, django_assert_num_queries: Any, monkeypatch: Any) -> None:
    code_tables.activate(by, load().pk, NOW)
    first = current_tables()
    with django_assert_num_queries(2):
        assert current_tables() is first
    units = load(files.mue(), kind=TableKind.UNITS)
    code_tables.activate(by, units.pk, NOW)
    read_again: list[Any] = []
    monkeypatch.setattr(read, "load_rows", lambda key: read_again.append(key) or first.official.tables[0].rows)
    second = current_tables()
    assert read_again == [units.pk]
    assert second.official.tables[1].rows is first.official.tables[0].rows
