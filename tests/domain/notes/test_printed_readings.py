"""Every verdict on the notes of the corpus, printed: confidence, reason, numbers, and the ends of what it rests on.

``printed/tuning.txt`` and ``held_out.txt`` are of the corpus, ``short.txt`` of the rows beside this file, one element
each. They are what is in force. After a change that is meant, ``python -m tests.domain.notes.test_printed_readings``
prints all of them anew, and the difference shows which notes are read otherwise. Whether a verdict is right is for the
labels of the corpus to say; here none changes unseen.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clawguard.bench.note_corpus import PARTS, Labelled, notes
from clawguard.domain.notes import ElementResult, NoteText, Verdict, read_note
from clawguard.domain.notes.elements import ALL
from tests.domain.notes import rows_beside, rows_clinical, rows_services
from tests.domain.notes.builders import Short

PRINTED = Path(__file__).with_name("printed")
SHORT: list[Short] = [
    *rows_beside.WHAT_THE_NETWORK_KNOWS,
    *rows_beside.SIGNING,
    *rows_beside.WHOSE_NOTE_OF_WHICH_DAY,
    *rows_services.TIMES,
    *rows_services.A_VISIT_WITH_DECISION_MAKING,
    *rows_services.FAMILY_AND_GROUP,
    *rows_services.SINGLE_SERVICES,
    *rows_services.PLACE_AND_TELEHEALTH,
    *rows_services.THE_FILE,
    *rows_clinical.RISK,
    *rows_clinical.TREATMENT,
    *rows_clinical.CLINICAL,
]
LONGEST = 34  # characters of a passage


def lines(note: Labelled) -> Iterator[str]:
    """What applies to the note, one line for each element."""
    reading = read_note(note.text, note.ask)
    locked = f", locked: {reading.quarantine.reason}" if reading.quarantine else ""
    yield f"{note.id} {reading.form}, {reading.language}{locked}"
    for result in reading.results:
        if result.verdict is not Verdict.NOT_APPLICABLE:
            yield f"  {_said(result)}" + "".join(f" [{passage}]" for passage in _passages(note.text, result))


def _said(result: ElementResult) -> str:
    numbers = (f"{name}={number}" for name, number in result.numbers)
    return " ".join([result.element, result.verdict, result.confidence, *filter(None, [result.reason]), *numbers])


def _passages(text: NoteText, result: ElementResult) -> Iterator[str]:
    for span in result.spans:
        words = " ".join(text.pages[span.page][span.start : span.end].split())
        half = LONGEST // 2
        yield words if len(words) <= LONGEST else f"{words[:half]}…{words[-half:]}"


def short_lines(row: Short) -> Iterator[str]:
    yield f"{row.told + ': ' if row.told else ''}{' | '.join(' '.join(page.split()) for page in row.text.pages)}"
    result = read_note(row.text, row.ask).of(row.element)
    yield f"  {_said(result)}" + "".join(f" [{passage}]" for passage in _passages(row.text, result))


def in_force() -> dict[str, str]:
    """By the id of the note."""
    return {
        block.partition(" ")[0]: block
        for part in PARTS
        for block in (PRINTED / f"{part}.txt").read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    }


@pytest.mark.parametrize("note", [note for part in PARTS for note in notes(part)], ids=lambda note: note.id)
def test_a_note_is_read_as_printed(note: Labelled, printed: dict[str, str]) -> None:
    assert "\n".join(lines(note)) == printed[note.id], "run python -m tests.domain.notes.test_printed_readings"


@pytest.fixture(scope="module")
def printed() -> dict[str, str]:
    return in_force()


def test_every_note_is_printed_once_and_none_that_is_gone(printed: dict[str, str]) -> None:
    assert list(printed) == [note.id for part in PARTS for note in notes(part)]


def test_short_notes_are_read_as_printed() -> None:
    told = [line for row in SHORT for line in short_lines(row)]
    printed_lines = (PRINTED / "short.txt").read_text(encoding="utf-8").splitlines()
    assert told == printed_lines, "run python -m tests.domain.notes.test_printed_readings"


def test_short_notes_reach_every_element_that_depends_on_what_is_billed_or_known() -> None:
    reached = {row.element for row in SHORT}
    assert {element for element in ALL if element not in reached} <= {f"N{number}" for number in range(16, 27)}


if __name__ == "__main__":
    PRINTED.mkdir(exist_ok=True)
    for each in PARTS:
        blocks = "\n\n".join("\n".join(lines(note)) for note in notes(each))
        (PRINTED / f"{each}.txt").write_text(f"{blocks}\n", encoding="utf-8")
    short = "\n".join(line for row in SHORT for line in short_lines(row))
    (PRINTED / "short.txt").write_text(f"{short}\n", encoding="utf-8")
