"""What people read is spelled as in the United States: pages, mails, documentation, and the sentences in the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house.test_shape import python_files

ROOT = Path(__file__).resolve().parents[2]
Reading = Callable[[str], Iterator[str]]
APPS = ("clawguard", "sessions", "notes", "disputes")
BRITISH = re.compile(
    r"(?<![\w-])(\w*licenc\w*|programmes?|\w*behaviour\w*|colour\w*|organis\w+|\w*recognis\w+"
    r"|authoris\w+|hospitalis\w+|utilis\w+|apologis\w+|summaris\w+|realis\w+|analys(?:e[ds]?|ing)|cancell(?:ed|ing)"
    r"|labell(?:ed|ing)|counsell\w+|favour\w*|honour\w*|neighbour\w*|judgements?|catalogues?|centre[ds]?|practis\w+"
    r"|enrol|(?:dis)?enrolments?|defence|offence|fulfil|grey|learnt|misspelt|enquir\w+|sceptical)(?![\w-])",
    re.IGNORECASE,
)
# Words of notes and of files as others write them, in every spelling, and what only a benchmark reads.
AS_OTHERS_WRITE = ("_table_lexicon.py", "_table_headings.py", "submission/table.py", "clawguard/bench/")
# Values of the interface in a table of words, and the names of moves: they are fixed as they are.
AS_THE_API_WRITES = {"docs/stated-facts.md": {"cancelled"}, "docs/lifecycles.md": {"cancelled"}}
AS_THE_API_WRITES |= {"sessions/api/backtests.py": {"cancelled"}}


def british(text: str) -> set[str]:
    return {found.lower() for found in BRITISH.findall(text)}


def of_template(text: str) -> Iterator[str]:
    """What is shown: words between tags, attributes that are read out, and whole sentences handed to a tag."""
    yield re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}|<[^<>]*>", " ", text, flags=re.S)
    yield from re.findall(r'\b(?:title|alt|aria-label|placeholder|data-label)="([^"]*)"', text)
    handed = (words for tag in re.findall(r"{%.*?%}", text) for words in re.findall(r'"([^"]*)"', tag))
    yield from (words for words in handed if " " in words)


def of_page(text: str) -> Iterator[str]:
    """A page of documentation without its code and its addresses."""
    yield re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", " ", text, flags=re.S)


def of_code(text: str) -> Iterator[str]:
    """Sentences in the code, and labels of one word with a capital; neither names nor docstrings."""
    nodes = list(ast.walk(ast.parse(text)))
    passed_over = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}  # docstrings
    for node in nodes:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            passed_over |= {id(part) for part in ast.walk(node.value)}
    for node in nodes:
        words = node.value if isinstance(node, ast.Constant) and id(node) not in passed_over else None
        if isinstance(words, str) and (" " in words or words.istitle()):
            yield words


def readers() -> Iterator[tuple[Path, Iterator[str]]]:
    for path in [*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")]:
        yield path, of_template(path.read_text())
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        yield path, of_page(path.read_text())
    for path in python_files(*APPS):
        if "migrations" not in path.parts and not any(part in str(path) for part in AS_OTHERS_WRITE):
            yield path, of_code(path.read_text())


def test_what_people_read_is_in_american_spelling() -> None:
    found = {str(path.relative_to(ROOT)): set().union(*map(british, texts)) for path, texts in readers()}
    left = {path: words - AS_THE_API_WRITES.get(path, set()) for path, words in found.items()}
    assert {path: words for path, words in left.items() if words} == {}


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (of_template, "<p>No licence is on file.</p>"),
        (of_template, '<table><td data-label="Behaviour"></td></table>'),
        (of_template, '{% include "x.html" with text="The programme ended." %}'),
        (of_page, "The catalogue of checks"),
        (of_code, 'MESSAGE = "The session was cancelled."'),
        (of_code, 'LABEL = "Licence"'),
    ],
)
def test_a_word_of_the_other_spelling_is_seen(read: Reading, text: str) -> None:
    assert set().union(*map(british, read(text)))


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (of_template, '<section aria-labelledby="x">{{ judgement.words }}{% url "judgement" row.pk %}</section>'),
        (of_page, "the state `cancelled`, see [there](licences.md)"),
        (of_code, '"""The licence."""\nSTATE = "cancelled"\n__all__ = ["Licence"]'),
    ],
)
def test_names_are_left_alone(read: Reading, text: str) -> None:
    assert not set().union(*map(british, read(text)))
