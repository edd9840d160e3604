"""The page of a check or pattern for the terminal: its words, its examples and what it answers to them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from clawguard.domain.checks import CheckInfo
from clawguard.domain.codesets import CodeTables
from clawguard.domain.patterns import PatternInfo
from sessions import check_pages

WIDTH = 88


def explain(info: CheckInfo | PatternInfo, tables: CodeTables) -> Iterator[str]:
    title = f"{info.id} · {info.title}"
    yield title
    yield "=" * len(title)
    for part in check_pages.sections(info.id):
        if part.heading:
            yield ""
            yield part.heading
            yield "-" * len(part.heading)
        yield part.text
        for example in check_pages.examples(info.id, part.heading, tables):
            yield from _example(example)


def _example(example: check_pages.Shown) -> Iterator[str]:
    yield ""
    yield f"  Example: {example.about}"
    for label, words in example.rows:
        yield textwrap.fill(f"{label}: {words}", WIDTH, initial_indent="    ", subsequent_indent="      ")
    for staff_words, _ in example.said:
        yield textwrap.fill(staff_words, WIDTH, initial_indent="  > ", subsequent_indent="  > ")
