"""What locks a text away, and what does not: the guards err on the quiet side."""

from __future__ import annotations

import pytest

from clawguard.domain.notes import NoteText, names_itself_process_notes, read_note
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
    ],
)
def test_mentions_that_are_no_titles(text: str) -> None:
    assert not names_itself_process_notes(text)


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


def test_a_locked_note_is_told_without_its_words() -> None:
    found = read_note(NoteText(("Client: Quill Otherperson  DOB: 09/30/1978",), "pdf"), ask()).quarantine
    assert found is not None
    assert "Otherperson" not in found.staff + found.provider
