"""Everything a check says about the rows of its table, printed: severity, line, money, words, evidence.

``printed/CG101.txt`` is what is in force. After a change that is meant, ``python -m
tests.domain.checks.test_printed_rows`` prints all of them anew, and the difference shows which rows changed and how.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from clawguard.domain.checks import ALL, Finding
from tests.domain.checks.builders import Row, findings

PRINTED = Path(__file__).with_name("printed")


def lines(row: Row, check: str) -> Iterator[str]:
    yield row.story
    for found in findings(check, row.given, **row.context):
        yield from _finding(found, check)


def _finding(found: Finding, check: str) -> Iterator[str]:
    place = f"line {found.service_line}" if found.service_line else "the session"
    yield f"  {found.severity} on {place}, {found.amount_at_risk} at risk, {found.party_if_confirmed}: {found.message}"
    yield f"  {json.dumps(dict(found.evidence))}"
    if found.related:
        yield f"  rests on {' '.join(found.related)}"
    if found.suggested_step != ALL[check].suggested_step:
        yield f"  {found.suggested_step}"
    if found.provider_message != ALL[check].provider_message:
        yield f"  to the provider: {found.provider_message}"
    if found.request_items != ALL[check].request_items:
        yield f"  asks for {' '.join(found.request_items) or 'nothing'}"


def printed(check: str) -> str:
    rows: list[Row] = importlib.import_module(f"tests.domain.checks.test_{check.lower()}").ROWS
    return "\n".join("\n".join(lines(row, check)) for row in rows if row.expected is not None) + "\n"


@pytest.mark.parametrize("check", sorted(ALL))
def test_the_printed_rows_are_what_the_check_says(check: str) -> None:
    in_force = (PRINTED / f"{check}.txt").read_text(encoding="utf-8")
    assert printed(check) == in_force, "run python -m tests.domain.checks.test_printed_rows"


if __name__ == "__main__":
    PRINTED.mkdir(exist_ok=True)
    for each in ALL:
        (PRINTED / f"{each}.txt").write_text(printed(each), encoding="utf-8")
