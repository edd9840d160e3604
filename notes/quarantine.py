"""Why a file or text is locked away, in words for the provider and for staff. Nobody opens what is locked away."""

from __future__ import annotations

from typing import NamedTuple

from notes import process_notes

PROCESS_NOTES, INFECTED, UNSCANNABLE = "names_itself_process_notes", "infected", "unscannable"
OTHER_CLIENT, OTHER_DATES = "other_client", "other_dates"
# the reader's own name for the first
BY_READER = {"psychotherapy_notes": PROCESS_NOTES, OTHER_CLIENT: OTHER_CLIENT, OTHER_DATES: OTHER_DATES}


class Words(NamedTuple):
    """``provider``: a sentence or two with what to do. ``short``: beside the file's name."""

    code: str
    provider: str
    short: str


WORDS = {
    PROCESS_NOTES: Words(
        "process_notes", process_notes.WORDS, "Locked away unread: it calls itself psychotherapy notes"
    ),
    INFECTED: Words(
        "file_infected",
        "The virus scanner found something harmful in this file. It is locked away and was not taken as your answer. "
        "Check your computer, make the file anew (print it to a new PDF) and send that.",
        "Locked away: the virus scanner found something harmful",
    ),
    UNSCANNABLE: Words(
        "file_unscannable",
        "The virus scanner could not look through the whole file, so it is locked away and was not taken as your "
        "answer. Print the pages of this session to a new, smaller PDF and send that.",
        "Locked away: the virus scanner could not look through all of it",
    ),
    OTHER_CLIENT: Words(
        "other_client",
        "What you sent seems to belong to another client. It is locked away unread and was not taken as your answer. "
        "Please check it and send the note of this session.",
        "Locked away unread: it seems to belong to another client",
    ),
    OTHER_DATES: Words(
        "other_dates",
        "What you sent holds notes of several dates. It is locked away unread and was not taken as your answer. "
        "Please send the note of this one session.",
        "Locked away unread: it holds notes of several dates",
    ),
}


def words(reason: str) -> Words:
    return WORDS.get(reason, WORDS[PROCESS_NOTES])
