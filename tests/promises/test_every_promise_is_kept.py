"""``docs/promises.md`` tells the truth: what it says the database refuses stands there, and its tests exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
ROWS = re.findall(r"^\| (\d+)\. (.+?) \| (.+?) \| (.+?) \|$", (ROOT / "docs" / "promises.md").read_text(), re.M)
CARRIES = re.compile(r"^(?:test_promise_|TestPromise)0?(\d+)")


def names_in(path: Path) -> set[str]:
    """Names of test functions and test classes, wherever in the file they stand."""
    kinds = (ast.FunctionDef, ast.ClassDef)
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, kinds)}


def named_tests(cell: str) -> list[tuple[Path, str]]:
    return [(ROOT / file, name) for file, name in re.findall(r"`(tests/[^:`]+)::([^`]+)`", cell)]


def test_all_twelve_are_there_in_order() -> None:
    assert [int(number) for number, *_ in ROWS] == list(range(1, 13))


@pytest.mark.parametrize(("number", "promise", "refused", "tests"), ROWS, ids=lambda value: str(value)[:2])
def test_each_promise_has_its_tests(number: str, promise: str, refused: str, tests: str) -> None:
    assert named_tests(tests)
    assert [name for path, name in named_tests(tests) if name not in names_in(path)] == []


def test_a_test_that_carries_a_promises_number_is_named_on_the_page() -> None:
    named = {(path, name) for *_, tests in ROWS for path, name in named_tests(tests)}
    carrying = {
        (path, name): int(found[1])
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        for name in names_in(path)
        if (found := CARRIES.match(name))
    }
    assert sorted(f"{path.relative_to(ROOT)}::{name}" for path, name in carrying.keys() - named) == []
    by_number = {number: {name for _, name in named_tests(tests)} for number, _, _, tests in ROWS}
    assert [name for (_, name), number in carrying.items() if name not in by_number[str(number)]] == []


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "promise", "refused", "tests"), ROWS, ids=lambda value: str(value)[:2])
def test_what_the_database_refuses_stands_in_the_database(number: str, promise: str, refused: str, tests: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint UNION SELECT indexname FROM pg_indexes")
        constraints = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        triggers = cursor.fetchall()
    names = re.findall(r"`(\w+)`", refused)
    assert names
    assert [name for name in names if name not in constraints | {trigger for trigger, _ in triggers}] == []
    tables = re.findall(r"\b((?:events|notes|disputes|therapy_sessions)_\w+)\b", re.sub(r"`\w+`", "", refused))
    guarded = {table for trigger, table in triggers if trigger in names}
    assert set(tables) <= guarded
