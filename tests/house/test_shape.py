"""The house's shape: small files, small functions, one writer of status and of events, nothing said of machines."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
CODE = ("clawguard", "sessions", "notes", "disputes", "tests")
LONGEST_FILE, LONGEST_FUNCTION = 300, 40


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def is_data(path: Path) -> bool:
    """Tables written as Python (one row a line) are data, whatever their length."""
    return path.name.startswith("_table_")


@pytest.mark.parametrize("folder", CODE)
def test_files_and_functions_stay_small(folder: str) -> None:
    too_long = []
    for path in python_files(folder):
        text = path.read_text()
        if not is_data(path) and text.count("\n") > LONGEST_FILE:
            too_long.append(f"{path.relative_to(ROOT)}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    too_long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {length} lines")
    assert too_long == []


def writes_status(node: ast.AST) -> bool:
    """``row.status = …`` or ``.update(status=…)``."""
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(target, ast.Attribute) and target.attr == "status" for target in targets)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update":
        return any(keyword.arg == "status" for keyword in node.keywords)
    return False


ALLOWED_WRITERS = {
    "clawguard/events/services.py",  # move() itself
    "clawguard/access/problems.py",  # an HTTP status, not a row's
}


def test_move_is_the_only_writer_of_status() -> None:
    writers = {
        str(path.relative_to(ROOT))
        for path in python_files("clawguard", "sessions", "notes", "disputes")
        if any(writes_status(node) for node in ast.walk(ast.parse(path.read_text())))
    }
    assert writers - ALLOWED_WRITERS == set()


def test_publish_is_the_only_writer_of_events() -> None:
    writers = {
        str(path.relative_to(ROOT))
        for path in python_files("clawguard", "sessions", "notes", "disputes")
        if re.search(
            r"\bEvent\.objects\.(create|bulk_create|get_or_create)|(?<!threading\.)\bEvent\(", path.read_text()
        )
    }
    assert writers == {"clawguard/events/services.py", "clawguard/events/models.py"}


def test_no_task_is_ever_scheduled_by_the_broker_for_later() -> None:
    """Redis hands long countdowns out again and again; what is due later is a column."""
    late = re.compile(r"\b(eta|countdown)\s*=")
    guilty = [
        str(path.relative_to(ROOT))
        for path in python_files("clawguard", "sessions", "notes", "disputes")
        if late.search(path.read_text())
    ]
    assert guilty == []


@pytest.mark.django_db
def test_migrations_say_all_that_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_repository_speaks_of_the_product_only() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.fail("the house rules are checked in a git checkout")
    private = re.compile(r"(/(root|work|home/[a-z]+)/|/\.library|pypi-more|shared/domain)")
    guilty = []
    for name in listed.stdout.split():
        path = ROOT / name
        if path.suffix in {".png", ".svg", ".txt", ".woff2"} or not path.is_file() or path == Path(__file__):
            continue
        if private.search(path.read_text(errors="ignore")):
            guilty.append(name)
    assert guilty == []
