"""Names that must agree across files: events, links of the documentation, calm words."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from clawguard.domain.lifecycles import LIFECYCLES
from clawguard.events.flow import FLOW
from tests.house.test_shape import python_files

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
# Words that judge people; the policy's voice is calm.
HARSH = re.compile(r"\b(violat\w*|fraud\w*|failed to|immediately|non-?complian\w*|suspicious)\b", re.I)


def published() -> set[str]:
    """Every event name that code publishes by itself or by a move."""
    names = {name for moves in LIFECYCLES.values() for name in moves.values()}
    for path in python_files("clawguard", "sessions", "notes", "disputes"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"publish", "publish_many"} and node.args:
                names |= {part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)}
    return names


NAME = re.compile(r"[a-z]+\.[a-z_]+")


def test_every_event_of_the_map_is_published_somewhere() -> None:
    elsewhere = set(FLOW) - published()
    assert elsewhere == set()


def test_every_published_name_says_of_what_and_what_happened() -> None:
    assert [name for name in published() if not (isinstance(name, str) and NAME.fullmatch(name))] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_the_documentation_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:)([^)#\s]+)", page.read_text())
    assert [link for link in links if not link.startswith("/docs/") and not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_of_the_documentation_exists(page: Path) -> None:
    named = set(re.findall(r"manage\.py ([a-z][a-z0-9_]+)", page.read_text()))
    assert named - set(get_commands()) == set()


def test_what_people_read_is_calm() -> None:
    texts = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")]
    checks = (ROOT / "clawguard" / "domain" / "checks" / "rules").glob("*.py")
    found = {
        str(path.relative_to(ROOT)): sorted(set(HARSH.findall(re.sub(r"{#.*?#}", "", path.read_text()))))
        for path in [*texts, *checks]
    }
    assert {path: words for path, words in found.items() if words} == {}
