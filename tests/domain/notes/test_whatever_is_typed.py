"""No text, however odd, keeps the reader busy for ever: it runs in the web process at each pause in typing.

Patterns stumble over long runs behind a word that they begin with, such as "goal" and the blanks of a form. So every
word that stands in any pattern of the reader is tried with such a run. The bound is no figure of speed: a note of this
size takes some milliseconds; the pattern that was found this way took six seconds, and a minute for twice the blanks.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import clawguard.domain.notes
from clawguard.domain.notes import NoteText, read_note
from tests.domain.notes.builders import ask

FOR_EVER = 1.5  # seconds of processor time
LONG = 700  # characters


def words_of_patterns() -> Iterator[str]:
    package = clawguard.domain.notes
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        for value in vars(importlib.import_module(found.name)).values():
            if isinstance(value, re.Pattern):
                yield from re.findall(r"[a-z]{2,}", re.sub(r"\\[a-zA-Z]|\?P<\w+>", " ", value.pattern))


WORDS = sorted(set(words_of_patterns()))
ASKED = ask("90837", "90785", "99213")


def busy(text: str) -> float:
    begun = time.process_time()
    read_note(NoteText((text,)), ASKED)
    return time.process_time() - begun


def test_the_words_are_those_of_the_patterns() -> None:
    assert {"goal", "npi", "signature", "scheduled"} <= set(WORDS)


def test_blanks_behind_any_word() -> None:
    assert [word for word in WORDS if busy(word + " " * LONG + "!") > FOR_EVER] == []


@pytest.mark.soak
@pytest.mark.parametrize("run", ["\t", "\n", "-", ".", ": ", "1", "a ", '"', "1:"])
def test_any_run_behind_any_word(run: str) -> None:
    assert [word for word in WORDS if busy(word + run * (LONG // len(run)) + "!") > FOR_EVER] == []
