"""Papers as stated, on the day of a session: both sides of every day, and nothing where nobody said anything."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clawguard.domain.client_papers import COVERS, PaperFact, Papers, papers_on

ON = dt.date(2026, 3, 18)
DAY = dt.timedelta(days=1)
FIELDS = {"treatment": "treatment", "telehealth": "telehealth", "part2": "part2_consent"}


def consent(
    status: str = "on_file", first: dt.date | None = None, last: dt.date | None = None, covers: str = "treatment"
) -> PaperFact:
    return PaperFact("consent", first, last, {"covers": covers, "status": status})


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ([], None),
        ([consent()], True),
        ([consent("not_on_file")], False),
        ([consent(first=ON)], True),
        ([consent(first=ON + DAY)], False),  # given the day after
        ([consent(last=ON)], True),
        ([consent(last=ON - DAY)], False),  # ended the day before
        ([consent("not_on_file", first=ON + DAY)], None),  # of another day
        ([consent("not_on_file", last=ON - DAY)], None),
        ([consent("not_on_file"), consent(first=ON)], True),  # found later
        ([consent(), consent("not_on_file")], False),
        ([consent(first=ON), consent(first=ON + DAY)], True),  # given anew the day after
        ([consent(last=ON - DAY), consent("not_on_file", last=ON - DAY)], False),
    ],
)
def test_a_consent_on_the_day(stated: list[PaperFact], expected: bool | None) -> None:
    assert papers_on(stated, ON).treatment is expected


@pytest.mark.parametrize("covers", COVERS)
def test_each_consent_covers_its_own(covers: str) -> None:
    found = papers_on([consent(covers=covers)], ON)
    assert {name: getattr(found, name) for name in FIELDS.values()} == {
        name: True if kind == covers else None for kind, name in FIELDS.items()
    }


@pytest.mark.parametrize(
    ("kind", "field", "name"), [("interpreter", "used", "interpreter"), ("part2", "programme", "part2")]
)
def test_what_is_used_on_the_day(kind: str, field: str, name: str) -> None:
    def said(value: bool, **days: Any) -> PaperFact:
        return PaperFact(kind, days.get("first"), days.get("last"), {field: value})

    for stated, expected in (
        ([], None),
        ([said(True)], True),
        ([said(False)], False),
        ([said(True), said(False)], False),
        ([said(True, first=ON)], True),
        ([said(True, first=ON + DAY)], None),
        ([said(True, last=ON)], True),
        ([said(True, last=ON - DAY)], None),
        ([said(True), said(False, last=ON - DAY)], True),
    ):
        assert getattr(papers_on(stated, ON), name) is expected, stated


def test_where_nothing_is_stated_nothing_is_known() -> None:
    assert papers_on([], ON) == Papers()
