"""Which dates nothing answers for: told from the first day after the last table, and not a day before."""

from __future__ import annotations

import datetime as dt

import pytest

from sessions.models import CodeTable, IcdRelease
from sessions.table_gaps import by_core_facts, ended

LAST = dt.date(2026, 9, 30)
YEAR = IcdRelease(name="April 2026", first_day=dt.date(2025, 10, 1), last_day=LAST)
NEXT = IcdRelease(name="2027", first_day=dt.date(2026, 10, 1), last_day=dt.date(2027, 9, 30))


def table(kind: str, last_day: dt.date, variant: str = "medicare") -> CodeTable:
    return CodeTable(kind=kind, variant=variant, quarter="2026Q3", first_day=dt.date(2026, 7, 1), last_day=last_day)


@pytest.mark.parametrize(
    ("releases", "today", "told"),
    [
        ([YEAR], LAST, ""),
        ([YEAR], LAST + dt.timedelta(days=1), "since Thu 1 Oct 2026 are not checked"),
        ([YEAR, NEXT], LAST + dt.timedelta(days=1), ""),
        ([NEXT], LAST, "covers today"),  # the one of today was never loaded
        ([], LAST, "covers today"),
    ],
)
def test_diagnoses(releases: list[IcdRelease], today: dt.date, told: str) -> None:
    sentences = ended([], releases, today)
    assert len(sentences) == bool(told)
    assert told in "".join(sentences)


def test_of_several_quarters_the_last_day_counts_and_our_own_tables_never_end() -> None:
    rows = [table("mue", dt.date(2026, 6, 30)), table("mue", LAST), table("ptp", dt.date(2026, 12, 31))]
    ours = [table("procedures", LAST, "")]
    after = LAST + dt.timedelta(days=1)
    (told,) = ended([*rows, *ours], [NEXT], after)
    assert told.startswith("Unit limits (MUE), Medicare: the last one ends on Wed 30 Sep 2026.")
    assert ended([*rows, *ours], [YEAR], LAST) == []
    assert len(ended([table("mue", LAST), table("mue", LAST, "medicaid")], [NEXT], after)) == 2


@pytest.mark.parametrize(
    ("in_force", "told"),
    [
        ([], "Pairs of codes, all payers:"),
        ([table("ptp", LAST)], "Pairs of codes, Medicaid:"),
        ([table("ptp", LAST, "medicaid")], "Pairs of codes, Medicare:"),
        ([table("ptp", LAST), table("ptp", LAST, "medicaid")], ""),
        ([table("ptp", LAST - dt.timedelta(days=1)), table("mue", LAST), table("core_pairs", LAST, "")], "all payers"),
    ],
)
def test_where_pairs_rest_on_core_facts_alone(in_force: list[CodeTable], told: str) -> None:
    said = by_core_facts(in_force, LAST)
    assert told in said and bool(said) == bool(told)
    assert not said or "no finding does not mean that both are paid" in said
