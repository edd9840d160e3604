"""Everything a pattern says about the rows of its table, printed: severity, days, client, words, evidence.

``printed/CG620.txt`` is what is in force. After a change that is meant, ``python -m
tests.domain.patterns.test_printed_rows`` prints all of them anew, and the difference shows which rows changed and how.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from clawguard.domain.patterns import PATTERNS
from tests.domain.patterns.builders import Row, found

PRINTED = Path(__file__).with_name("printed")


def lines(row: Row, pattern: str) -> Iterator[str]:
    yield row.story
    for each in found(pattern, row.given):
        of_client = f", {each.client}" if each.client else ""
        yield f"  {each.severity} from {each.first_day} to {each.last_day}{of_client}: {each.message}"
        yield f"  {json.dumps(dict(each.evidence))}"


def printed(pattern: str) -> str:
    rows: list[Row] = importlib.import_module(f"tests.domain.patterns.test_{pattern.lower()}").ROWS
    return "\n".join("\n".join(lines(row, pattern)) for row in rows if row.expected is not None) + "\n"


@pytest.mark.parametrize("pattern", sorted(PATTERNS))
def test_the_printed_rows_are_what_the_pattern_says(pattern: str) -> None:
    in_force = (PRINTED / f"{pattern}.txt").read_text(encoding="utf-8")
    assert printed(pattern) == in_force, "run python -m tests.domain.patterns.test_printed_rows"


if __name__ == "__main__":
    PRINTED.mkdir(exist_ok=True)
    for each in PATTERNS:
        (PRINTED / f"{each}.txt").write_text(printed(each), encoding="utf-8")
