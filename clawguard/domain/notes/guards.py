"""Guards that lock a text away before anybody reads it. They err on the quiet side.

Psychotherapy (process) notes need the client's own authorization even for payment (45 CFR 164.508(a)(2)), so they must
not end up here. The guard looks only at how a text titles itself: its first lines. A progress note may well mention
process notes, and a note filed in the record is a progress note whatever it is called.

Another client's note is recognised by a labelled name and a labelled birth date that are both not this client's, or by
one of them where the other is not stated; in a longer print also by both on one of its pages. Where no name is known,
by a birth date that is no slip of the pen. Several dates of service are recognised by labelled dates. Relatives who are
named, birth dates of children and dates of earlier sessions are not labelled so and never trip a guard.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from clawguard.domain.notes.identity import birth_days, labelled_names, names_on, service_days
from clawguard.domain.notes.values import Quarantine

if TYPE_CHECKING:
    from clawguard.domain.notes.case import Case

TITLE_LINES = 5
TITLE_LENGTH = 80
LONG_TITLE = 200  # where it says what that means: "PSYCHOTHERAPY NOTES (process notes), not for release"
_TITLES = re.compile(
    r"^\W*(?:my\s+|private\s+|personal\s+|confidential\s+)*(?:psychotherapy|process)\s+notes?\b"
    r"(?!\s*(?::|-|–|—)?\s*(?:none|no\b|not\b|n/?a\b|kept|are\b|were\b))",
    re.IGNORECASE,
)
_EXPLAINED = re.compile(
    _TITLES.pattern + r"(?:\s*\(\s*process\b|(?:[^.]|(?<=\b[a-z])\.)*"
    r"\b(?:not for release|do not release|not part of the (?:medical )?record)\b)",
    re.IGNORECASE,
)
_DATES_OF_A_CHART = 3  # so many labelled dates of service are a chart, not a slip (ours)
_WORDS = {
    "psychotherapy_notes": (
        "The text calls itself psychotherapy notes. It is locked away unread.",
        "This text calls itself psychotherapy (process) notes. Please send the progress note of the session instead.",
    ),
    "other_client": (
        "The note names another client or another birth date. It is locked away until a lead has decided.",
        "The note you sent seems to belong to another client. Please check it and send the note of this session.",
    ),
    "other_dates": (
        "The file holds notes of several dates of service. It is locked away; only the date asked for is needed.",
        "The file holds notes of several dates. Please send only the note of this session.",
    ),
}


def names_itself_process_notes(text: str) -> bool:
    """Whether one of the first lines is a title that says psychotherapy notes or process notes."""
    lines = [line.strip() for line in text[:4000].splitlines() if line.strip()]
    return any(
        (len(line) <= TITLE_LENGTH and _TITLES.match(line)) or (len(line) <= LONG_TITLE and _EXPLAINED.match(line))
        for line in lines[:TITLE_LINES]
    )


def someone_or_somewhen_else(case: Case) -> str:
    """``other_client``, ``other_dates`` or nothing."""
    if _another_client(case):
        return "other_client"
    days = {day.date for day in service_days(case)}
    return "other_dates" if len(days) >= _DATES_OF_A_CHART else ""


def _another_client(case: Case) -> bool:
    known, births = case.session.client_birth_date, birth_days(case)
    ours, names = case.ask.client_names, labelled_names(case.note.text)
    if ours and known is not None and any(_of_another(case, page) for page in range(len(case.note.starts))):
        return True
    other_birth = bool(births) and known is not None and all(day.date != known for day in births)
    if not ours:
        return other_birth and known is not None and all(_no_slip(day.date, known) for day in births)
    if not names or any(names_on(page, ours) for page in case.note.given.pages):
        return False
    other_name = not any(names_on(name, ours) or _same_person(name, ours) for name, _, _ in names)
    return other_name and (other_birth or not births)


def _of_another(case: Case, page: int) -> bool:
    """Whether a page is headed by another name and another birth date, and names this client nowhere."""
    ours, known = case.ask.client_names, case.session.client_birth_date
    first = case.note.starts[page]
    last = first + len(case.note.given.pages[page]) if case.note.given.pages else first
    names = [name for name, start, _ in labelled_names(case.note.text) if first <= start < last]
    births = [day.date for day in birth_days(case) if first <= day.start < last]
    if not (names and births and known) or names_on(case.note.given.pages[page], ours):
        return False
    return all(_no_slip(day, known) for day in births) and not any(_same_person(name, ours) for name in names)


def _no_slip(stated: dt.date, known: dt.date) -> bool:
    """Two dates that differ in more than one of year, month and day are not one date mistyped."""
    return sum((stated.year != known.year, stated.month != known.month, stated.day != known.day)) > 1


def _same_person(name: str, ours: tuple[str, ...]) -> bool:
    """A first or last name in common is no other client: marriage and nicknames change the rest."""
    words = {word.lower() for word in name.split() if len(word) > 2}
    return any(words & {word.lower() for word in own.split() if len(word) > 2} for own in ours)


def quarantine(case: Case) -> Quarantine | None:
    """Why this note is to be locked away, or None."""
    reason = "psychotherapy_notes" if names_itself_process_notes(case.note.text) else someone_or_somewhen_else(case)
    if not reason:
        return None
    staff, provider = _WORDS[reason]
    return Quarantine(reason, staff, provider)
