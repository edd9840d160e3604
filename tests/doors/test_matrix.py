"""Every address, every method, every kind of caller: what they get is what the matrix says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.doors import printing
from tests.doors.asking import ask, outcome, undone
from tests.doors.matrix import CALLERS, ROWS, Row
from tests.doors.matrix.row import WORDS
from tests.world import World

pytestmark = pytest.mark.django_db
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def addresses(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns)
        else:
            yield str(pattern.name)


NAMES = sorted(set(addresses(get_resolver().url_patterns)))


def by_key(row: Row) -> str:
    return row.key


def test_every_address_has_its_row() -> None:
    assert sorted({row.name for row in ROWS}) == NAMES


def test_rows_are_told_once_and_in_the_matrix_own_words() -> None:
    assert len({row.key for row in ROWS}) == len(ROWS)
    assert {word for row in ROWS for word in row.expected.values()} <= WORDS | {"422"}


@pytest.mark.parametrize("row", ROWS, ids=by_key)
def test_each_caller_gets_what_the_matrix_says(world: World, row: Row) -> None:
    got = {}
    for caller in (*CALLERS, "inactive"):
        with undone():
            got[caller] = outcome(row, ask(world, row, caller))
    assert got == {**row.expected, "inactive": row.expected["anonymous"]}  # who was deactivated is nobody


@pytest.mark.parametrize("name", NAMES)
def test_methods_without_a_row_are_not_offered(world: World, name: str) -> None:
    known = {row.method: row for row in ROWS if row.name == name}
    any_row = next(iter(known.values()))
    for method in set(METHODS) - set(known):
        asked = Row(name, method, any_row.cells, any_row.args)
        with undone():
            assert ask(world, asked, "lead").status_code == 405, method


def test_the_printed_matrix_is_this_matrix() -> None:
    printed = Path(__file__).resolve().parents[2] / "docs" / "authorization.md"
    assert printed.read_text() == printing.as_markdown()
