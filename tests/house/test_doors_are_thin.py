"""A door parses, calls one service or selector, and answers: it asks the database nothing and draws nothing raw."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("sessions", "notes", "disputes")
DOORS = sorted(
    path
    for app in APPS
    for door in ("views", "api", "tasks")
    for path in [ROOT / app / f"{door}.py", *(ROOT / app / door).glob("*.py")]
    if path.is_file()
)
# Where HTML is joined from parts that are escaped one by one, or from our own pages.
RAW_HTML = {
    "clawguard/ui/inline.py": "a fixed attribute without any value in it",
    "sessions/catalogue.py": "the pages of the checks, which are part of the source and escaped before they are drawn",
}
# A handler turns the subject of its event into the ids that its one service takes.
ASKING_TASKS = {"disputes/tasks.py", "notes/tasks.py"}


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def asks_database(tree: ast.AST) -> list[int]:
    """Lines that reach for a model's manager."""
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "objects"]


def test_there_are_doors() -> None:
    assert len(DOORS) > 15


def test_the_finder_finds() -> None:
    assert asks_database(ast.parse("Case.objects.filter(pk=1)")) == [1]


@pytest.mark.parametrize("path", [path for path in DOORS if relative(path) not in ASKING_TASKS], ids=relative)
def test_a_door_asks_the_database_nothing(path: Path) -> None:
    assert asks_database(ast.parse(path.read_text())) == []


@pytest.mark.parametrize("path", DOORS, ids=relative)
def test_a_door_decides_nothing_by_status(path: Path) -> None:
    """``if row.status == …`` belongs into policies and services; a page may choose words by it, never actions."""
    writes = re.compile(r"\.(save|delete|bulk_create|update_or_create|get_or_create)\(")
    assert [line for line in path.read_text().splitlines() if writes.search(line)] == []


def test_nothing_is_drawn_unescaped() -> None:
    unescaped = re.compile(r"\|\s*safe\b|autoescape off|safeseq")
    templates = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "clawguard").rglob("*.html")]
    assert templates
    assert [relative(path) for path in templates if unescaped.search(path.read_text())] == []


def test_raw_html_is_made_in_two_places_only() -> None:
    code = [path for part in ("clawguard", *APPS) for path in (ROOT / part).rglob("*.py")]
    assert {relative(path) for path in code if "mark_safe(" in path.read_text()} == set(RAW_HTML)


def test_no_other_host_is_asked_for_anything() -> None:
    """Pages load nothing from elsewhere; mails link to the network's own address, which is a setting."""
    elsewhere = re.compile(r"(?:src|href|action|url)\s*[=(]\s*[\"']?(?:https?:)?//", re.I)
    kinds = {".html", ".js", ".css", ".svg", ".txt", ".webmanifest"}
    parts = [path for folder in ("templates", "static") for path in (ROOT / folder).rglob("*") if path.suffix in kinds]
    assert len(parts) > 50
    assert [relative(path) for path in parts if elsewhere.search(path.read_text())] == []


def test_no_script_or_style_is_written_into_a_page() -> None:
    """The policy of content would refuse it; better to learn it here."""
    written = re.compile(r"\son[a-z]+\s*=\s*[\"']|\sstyle\s*=|<style\b|javascript:", re.I)
    pages = [path for path in (ROOT / "templates").rglob("*.html") if "emails" not in path.parts]
    assert [relative(path) for path in pages if written.search(path.read_text())] == []
