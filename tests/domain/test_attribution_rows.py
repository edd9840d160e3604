"""Everything the engine answers to each row of the ground tables, printed: confidence, evidence, questions, grounds.

``attribution_rows.txt`` is what is in force. After a change that is meant, ``python -m
tests.domain.test_attribution_rows`` prints it anew, and the difference shows which rows changed and how.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clawguard.domain.attribution import Attribution
from tests.domain.test_attribution_grounds import ALL, RATE, look

PRINTED = Path(__file__).with_name("attribution_rows.txt")


def answer(facts: dict[str, Any]) -> Attribution:
    return look({**RATE, **facts} if facts else facts)


def lines(facts: dict[str, Any]) -> Iterator[str]:
    found = answer(facts)
    yield json.dumps(facts)
    yield f"  {found.clause}, {found.confidence.value}" + (", second person" if found.needs_second_person else "")
    yield f"  rests on {' '.join(item.fact for item in found.evidence) or 'nothing'}"
    for question in found.missing:
        yield f"  asks {question.who_can_supply} for {question.fact}"
    for ground in found.grounds:
        yield f"  makes out {ground}"


def printed() -> str:
    rows = dict.fromkeys("\n".join(lines(facts)) for facts, _clause in ALL)
    return "\n\n".join(rows) + "\n"


def test_the_printed_rows_are_what_the_engine_answers() -> None:
    assert printed() == PRINTED.read_text(encoding="utf-8"), "run python -m tests.domain.test_attribution_rows"


@pytest.mark.parametrize("facts", [facts for facts, _clause in ALL], ids=range(len(ALL)))
def test_explanations_and_questions_are_whole_sentences(facts: dict[str, Any]) -> None:
    found = answer(facts)
    for text in (found.explanation_provider, found.explanation_staff):
        assert re.fullmatch(r"[A-Z].*[.?]", text, re.DOTALL)
        assert not re.search(r"\bNone\b|\(\)|  |\.\.", text)
    for question in found.missing:
        assert re.fullmatch(r"[A-Z].+[.?]", question.question)


if __name__ == "__main__":
    PRINTED.write_text(printed(), encoding="utf-8")
