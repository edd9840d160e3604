"""What locks a text away, and what does not: the guards err on the quiet side."""

from __future__ import annotations

import pytest

from clawguard.domain.notes import NoteText, names_itself_process_notes, read_note
from clawguard.domain.notes.identity import as_one_client
from tests.domain.notes.builders import ask


def locked(text: str) -> str | None:
    found = read_note(NoteText((text,), "pdf"), ask()).quarantine
    return found.reason if found else None


@pytest.mark.parametrize(
    "text",
    [
        "Psychotherapy Notes",
        "\n\n  PROCESS NOTES — private\n",
        "# My process note",
        "Confidential psychotherapy notes:",
        "PSYCHOTHERAPY NOTES (process notes) - held in a locked cabinet, apart from the record, no release",
        "PSYCHOTHERAPY PROCESS NOTES",
        "Psychotherapy/process notes, 18 March",
        "PSYCHOTHERAPY NOTES - not for release",
        "Process notes - not part of the record",
        "Session 9/16 - my process notes",
        "03/18/2026: process notes",
        "Client T.M., hour 41 — my psychotherapy notes",
        "Therapist's private process notes, kept separate",
        "Clinician’s own process notes",
        "Notes (psychotherapy, not part of record)",
        "Private notes - do not put in chart",
        "My notes, kept separately",
        "Session notes - not to be filed with the medical record",
    ],
)
def test_titles_that_say_process_notes(text: str) -> None:
    assert names_itself_process_notes(text + "\nThe client dreamt of …")
    assert locked(text + "\nThe client dreamt of …") == "psychotherapy_notes"


@pytest.mark.parametrize(
    "text",
    [
        "Progress note 16 Sep 2026\nNo psychotherapy notes were kept.",
        "Psychotherapy session, 50 minutes\nS: …",
        "Psychotherapy notes: none",
        "a\nb\nc\nd\ne\nPsychotherapy notes",
        "Psychotherapy note - individual session of 45 minutes by video, client at home, clinician in the office",
        "Psychotherapy notes (if any were written) are held elsewhere; this is the progress note of the session",
        "Psychotherapy notes " + "are mentioned here in a sentence of its own " * 2,
        "Progress note – psychotherapy session",
        "Session 9/16 - processed grief in session",
        "Session 9/16 - psychotherapy note",
        "Session 9/16 - process notes: none",
        "Session 9/16 - no process notes",
        "Session 9/16 - process notes kept separately",
        "Session 9/16 - process notes from school, which she brought",
        "Process notes: not part of this record",
        "Process notes kept separately",
        "Notes (psychotherapy, 53 minutes)",
        "Private practice progress note - do not release without authorization",
        "Personal notes: client prefers text messages",
        "Notes: homework was not in her file",
        "Notes: client asked that her wedding is not in the chart",
        "Session notes, kept separately for each twin",
        "Progress note, not part of the group's record",
    ],
)
def test_mentions_that_are_no_titles(text: str) -> None:
    assert not names_itself_process_notes(text)


def test_a_progress_note_headed_loosely_is_locked_away_like_any_other_of_that_name() -> None:
    """The short title alone decides, whatever follows; a title that tells of a session is none."""
    times = "\nStart 10:00 am, stop 10:53 am. Client seen in the office."
    assert locked("Psychotherapy note" + times) == "psychotherapy_notes"
    assert locked("Progress note – psychotherapy session" + times) is None


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Progress note\nClient came.", "met"),
        ("Progress note\nProcessed grief in session; noted the process of it.", "met"),
        ("Progress note\nNo psychotherapy notes were kept.", "met"),
        ("Progress note\nPsychotherapy notes: none", "met"),
        ("Progress note\nProcess notes are not kept.", "met"),
        ("Progress note\nProcess notes are kept separately.", "unsure"),
        ("Progress note\n" + "Client came. " * 40 + "See also my process notes.", "unsure"),
        ("Session 9/16 - psychotherapy note\nClient came.", "unsure"),
        ("Progress note, not part of the group's record\nClient came.", "unsure"),
        ("a\nb\nc\nd\nnot part of the record", "unsure"),
        ("a\nb\nc\nd\ne\nnot part of the record", "met"),
        ("PSYCHOTHERAPY PROCESS NOTES\nClient dreamt.", "contradicted"),
    ],
)
def test_that_none_are_in_it_is_not_said_of_a_text_that_speaks_of_them(text: str, verdict: str) -> None:
    assert read_note(NoteText((text,), "pdf"), ask()).of("N56").verdict == verdict


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Client: Quill Otherperson  DOB: 09/30/1978", "other_client"),
        ("Patient: Basil Fictitious", "other_client"),
        ("Client: Quill Otherperson  DOB: 04/11/1991", None),  # the birth date is this client's: a new name
        ("Client: Testa Newname  DOB: 04/11/1991", None),
        ("Client: Testa Mockingbird\nMother: Wren Otherperson, DOB 01/02/1960", None),
        ("Client: talked about Quill Otherperson", None),
        ("DOS: 03/04/2026\nDOS: 03/11/2026\nDOS: 03/18/2026", "other_dates"),
        ("DOS: 03/11/2026\nDOS: 03/18/2026", None),
        ("DOS: 03/18/2026. Last seen 03/11/2026, first seen 01/05/2026; next session 03/25/2026", None),
    ],
)
def test_other_clients_and_other_days(text: str, reason: str | None) -> None:
    assert locked(text) == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Client: Quill Otherperson  DOB: 09/30/1978", "other_client"),
        ("DOB: 04/11/1991", None),
        ("DOB: 04/12/1991", None),  # one part differs: a slip of the pen
        ("DOB: 05/12/1991", "other_client"),
        ("Mother: Wren Otherperson, DOB 09/30/1958", None),
        ("Patient: Basil Fictitious", None),
    ],
)
def test_where_no_name_is_known_a_birth_date_decides(text: str, reason: str | None) -> None:
    given = read_note(NoteText((text,), "pdf"), ask(client_names=()))
    assert (given.quarantine.reason if given.quarantine else None) == reason


@pytest.mark.parametrize(
    ("names", "ways"),
    [
        ([], ()),
        (["Testa Mockingbird"], ("Testa Mockingbird", "TM", "T.M.", "T. M.")),
        (["Testa Mockingbird", "Testa Newname"], ("Testa Mockingbird", "Testa Newname")),
        (["Testa Mockingbird", "Quill Otherperson"], ()),
        (["Bo Al", "Bo Al"], ()),  # words too short to compare
    ],
)
def test_ways_to_name_one_client(names: list[str], ways: tuple[str, ...]) -> None:
    found = as_one_client(names)
    assert found[: len(ways)] == ways
    assert bool(found) == bool(ways)


def test_a_locked_note_is_told_without_its_words() -> None:
    found = read_note(NoteText(("Client: Quill Otherperson  DOB: 09/30/1978",), "pdf"), ask()).quarantine
    assert found is not None
    assert "Otherperson" not in found.staff + found.provider
