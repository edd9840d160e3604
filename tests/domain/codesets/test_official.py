"""Which table answers for a date of service, and what it says: both sides of every boundary."""

from __future__ import annotations

import datetime as dt

import pytest

from clawguard.domain.codesets import (
    CodeTables,
    OfficialTable,
    OfficialTables,
    Quarter,
    TableKind,
    Variant,
    variant_for,
)
from clawguard.domain.codesets.packed import OPEN, Row, build_rows, day_number, key_of
from clawguard.domain.codesets.pairs import CORE_TABLE

Q2, Q3, Q4 = (Quarter(2026, number) for number in (2, 3, 4))
MEDICAID = Variant.MEDICAID


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def row(first: str, second: str, since: str, until: str = "", mark: int = 1, amount: int = 0) -> Row:
    last = day_number(day(until)) if until else OPEN
    return Row(key_of(first, second), day_number(day(since)), last, amount, mark)


def table(kind: TableKind, *rows: Row, quarter: Quarter = Q3, variant: Variant = Variant.MEDICARE) -> OfficialTable:
    return OfficialTable.of(kind, variant, quarter, "f" * 64, build_rows(rows))


def code_tables(*tables: OfficialTable) -> CodeTables:
    return CodeTables(official=OfficialTables(tables))


PAIRS = table(
    TableKind.PAIRS,
    row("90837", "90834", "2018-01-01", "2019-12-31", mark=1),
    row("90834", "90837", "2020-01-01", mark=0),
    row("90847", "90853", "2022-01-01", "2022-01-01", mark=9),
    row("90846", "90832", "2022-01-01", "2022-01-01", mark=1),
    row("90846", "90834", "2020-01-01", mark=0),
    row("90846", "90834", "2024-01-01", mark=1),
)


class TestPairs:
    @pytest.mark.parametrize(
        ("on", "first", "separable"),
        [
            ("2017-12-31", None, None),
            ("2018-01-01", "90837", True),
            ("2019-12-31", "90837", True),
            ("2020-01-01", "90834", False),
            ("2026-09-30", "90834", False),
        ],
    )
    def test_rows_over_time_and_both_orders(self, on: str, first: str | None, separable: bool | None) -> None:
        tables = code_tables(PAIRS)
        for pair in (tables.pair("90837", "90834", day(on)), tables.pair("90834", "90837", day(on))):
            assert (pair and pair.first, pair and pair.separable) == (first, separable)
            assert pair is None or pair.table == "medicare ptp 2026Q3"

    def test_a_withdrawn_row_never_was(self) -> None:
        assert code_tables(PAIRS).pair("90847", "90853", day("2022-01-01")) is None

    def test_a_row_of_one_day_holds_that_day(self) -> None:
        tables = code_tables(PAIRS)
        held = [tables.pair("90846", "90832", day(f"2022-01-0{n}")) is not None for n in (1, 2)]
        assert held == [True, False]

    def test_of_two_rows_that_hold_the_younger_decides(self) -> None:
        tables = code_tables(PAIRS)
        found = [tables.pair("90846", "90834", day(on)) for on in ("2023-12-31", "2024-01-01")]
        assert [pair and pair.separable for pair in found] == [False, True]

    def test_the_official_table_has_the_last_word_while_it_covers_the_day(self) -> None:
        """Our core facts know the pair; the official table of the day does not, so there is none."""
        tables = code_tables(PAIRS)
        assert CodeTables().pair("90791", "90834", day("2026-09-30")) is not None
        assert tables.pair("90791", "90834", day("2026-09-30")) is None
        after = tables.pair("90791", "90834", day("2026-10-01"))
        assert after is not None
        assert after.table == CORE_TABLE

    def test_each_variant_has_its_own(self) -> None:
        tables = code_tables(PAIRS, table(TableKind.PAIRS, row("90791", "96127", "2020-01-01"), variant=MEDICAID))
        on = day("2026-08-01")
        assert tables.pair("90834", "90837", on, MEDICAID) is None
        assert tables.pair("96127", "90791", on, MEDICAID) is not None
        assert tables.pair("96127", "90791", on) is None

    def test_what_is_no_code_has_no_pair(self) -> None:
        assert code_tables(PAIRS).pair("90837", "9083x", day("2026-08-01")) is None


class TestUnits:
    TABLES = code_tables(
        table(TableKind.UNITS, row("90837", "", "1990-01-01", mark=3, amount=2), quarter=Q2),
        table(TableKind.UNITS, row("90837", "", "1990-01-01", mark=2, amount=1), quarter=Q3),
    )

    @pytest.mark.parametrize(
        ("on", "units", "rule", "source"),
        [
            ("2024-06-30", None, None, None),
            ("2024-07-01", 2, 3, CORE_TABLE),
            ("2026-03-31", 2, 3, CORE_TABLE),
            ("2026-04-01", 2, 3, "medicare mue 2026Q2"),
            ("2026-06-30", 2, 3, "medicare mue 2026Q2"),
            ("2026-07-01", 1, 2, "medicare mue 2026Q3"),
            ("2026-09-30", 1, 2, "medicare mue 2026Q3"),
            ("2026-10-01", 2, 3, CORE_TABLE),
        ],
    )
    def test_each_quarter_answers_for_itself(
        self, on: str, units: int | None, rule: int | None, source: str | None
    ) -> None:
        found = self.TABLES.units("90837", day(on))
        assert (found and (found.units, found.rule, found.table)) == (source and (units, rule, source))
        assert self.TABLES.answering(TableKind.UNITS, day(on)) == source

    def test_a_code_the_table_leaves_out_has_no_limit(self) -> None:
        assert self.TABLES.units("90834", day("2026-07-01")) is None
        assert self.TABLES.units("90834", day("2026-10-01")) is not None

    def test_no_indicator_is_none(self) -> None:
        tables = code_tables(table(TableKind.UNITS, row("90837", "", "1990-01-01", mark=0, amount=4), variant=MEDICAID))
        found = tables.units("90837", day("2026-07-01"), MEDICAID)
        assert found is not None
        assert (found.units, found.rule) == (4, None)

    def test_unknown_codes(self) -> None:
        for code in ("99999", "x", ""):
            assert self.TABLES.units(code, day("2026-07-01")) is None
            assert self.TABLES.units(code, day("2026-10-01")) is None


class TestAddOns:
    TABLES = code_tables(
        table(
            TableKind.ADD_ONS,
            row("90785", "90791", "2013-01-01"),
            row("90785", "90847", "2013-01-01", "2019-12-31"),
            row("96160", "CCCCC", "2017-01-01", mark=2),
            row("99417", "99205", "2021-01-01", mark=3),
        )
    )

    @pytest.mark.parametrize(
        ("code", "on", "kind", "parents", "open_list"),
        [
            ("90785", "2019-12-31", 1, "90791 90847", False),
            ("90785", "2020-01-01", 1, "90791", False),
            ("96160", "2026-09-30", 2, "", True),
            ("99417", "2026-09-30", 3, "99205", True),
        ],
    )
    def test_main_codes_of_a_day(self, code: str, on: str, kind: int, parents: str, open_list: bool) -> None:
        found = self.TABLES.add_on(code, day(on))
        assert found is not None
        assert (found.kind, found.parents, found.open_list) == (kind, frozenset(parents.split()), open_list)
        assert found.table == "medicare add_on 2026Q3"

    def test_what_is_no_add_on(self) -> None:
        for code in ("90837", "90840", "x"):
            assert self.TABLES.add_on(code, day("2026-09-30")) is None
        assert self.TABLES.add_on("99417", day("2020-12-31")) is None

    def test_our_core_facts_answer_where_no_table_does(self) -> None:
        found = [self.TABLES.add_on("90840", day(on)) for on in ("2024-06-30", "2026-10-01")]
        assert found[0] is None or found[0].table != CORE_TABLE
        assert found[1] is not None
        assert (found[1].kind, found[1].parents, found[1].table) == (1, frozenset({"90839"}), CORE_TABLE)
        assert CodeTables().add_on("90840", day("2024-06-30")) is None


class TestQuarters:
    @pytest.mark.parametrize(
        ("text", "first", "last"),
        [
            ("2026Q1", "2026-01-01", "2026-03-31"),
            ("2026q2", "2026-04-01", "2026-06-30"),
            ("2026Q3", "2026-07-01", "2026-09-30"),
            (" 2026Q4 ", "2026-10-01", "2026-12-31"),
        ],
    )
    def test_days(self, text: str, first: str, last: str) -> None:
        quarter = Quarter.read(text)
        assert (quarter.first_day, quarter.last_day) == (day(first), day(last))

    @pytest.mark.parametrize("text", ["", "2026", "2026Q5", "26Q1", "2026Q", "Q32026"])
    def test_what_is_no_quarter(self, text: str) -> None:
        with pytest.raises(ValueError, match="2026Q3"):
            Quarter.read(text)

    def test_order(self) -> None:
        assert Quarter(2025, 4) < Q2 < Q3 < Q4


def test_the_rule_pack_is_named_by_what_is_in_force() -> None:
    bare, one = CodeTables().versions, code_tables(PAIRS).versions
    assert one == bare | {"ptp_medicare": "2026Q3:ffffffffffffffff"}


def test_the_variant_follows_the_payer() -> None:
    assert [variant_for(kind) for kind in ("medicaid", "medicare", "commercial", None)] == [MEDICAID] + [
        Variant.MEDICARE
    ] * 3
