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

from clawguard.domain.notes.identity import birth_days, labelled_names, names_on, same_person, service_days
from clawguard.domain.notes.values import Quarantine

if TYPE_CHECKING:
    from clawguard.domain.notes.case import Case

TITLE_LINES = 5
TITLE_LENGTH = 80
LONG_TITLE = 200  # where it says what that means: "PSYCHOTHERAPY NOTES (process notes), not for release"
_PROCESS = r"(?:psychotherapy|process)(?:[\s/]+(?:psychotherapy|process))?\s+notes?\b"
_THEIRS = (
    r"(?:my|our|private|personal|(?:the\s+)?(?:therapist|clinician|provider|analyst|counsell?or)(?:['’]?s|s['’])?)\s+"
)
_OWN = rf"(?:{_THEIRS}|confidential\s+|own\s+)*"
_NONE = r"(?:none|no\b|n/?a\b|kept|are\b|were\b|not\b(?!\s+(?:for|part of|to be)\b))"
_NOT_THESE = rf"(?!\s*(?::\s*not\b|(?::|-|–|—)?\s*{_NONE}))"
_RECORD = r"(?:[\w'’]+\s+){0,3}?(?:chart|records?|file|ehr|emr)\b"
_OFF_THE_RECORD = (
    rf"(?:not\s+(?:a\s+)?part\s+of\s+{_RECORD}|not\s+for\s+{_RECORD}|(?:separate|apart)\s+from\s+{_RECORD}|"
    r"(?:do\s+not|don['’]t|never|not\s+to\s+be)\s+(?:put|placed?|filed?|scan(?:ned)?|upload(?:ed)?|include[d]?|keep|kept)\s+"
    rf"(?:\w+\s+)?(?:in|into|to|with|on)\s+{_RECORD})"
)
_KEPT_APART = rf"(?:{_OFF_THE_RECORD}|(?:keep|kept|held|stored)\s+(?:\w+\s+)?(?:separate(?:ly)?|apart)\b)"
_TITLES = re.compile(
    rf"^\W*{_OWN}{_PROCESS}{_NOT_THESE}"
    # a session or a day first: "Session 9/16 - my process notes"; a psychotherapy note of a day is any note of therapy
    r"|^\W*(?:session|hour|visit|appointment|date|dos|client|patient|pt|\d)[^;]{0,40}?[-–—:,|]\s*"
    rf"(?:{_OWN}(?:psychotherapy[\s/]+)?process|(?:{_THEIRS})+psychotherapy)\s+notes?\b{_NOT_THESE}(?=\s*(?:$|[-–—(,.]))"
    # whatever it is called, where it says that it stands outside the record
    rf"|^\W*(?:{_OWN}(?:session|therapy|working)?\s*)notes?\s*[-–—:,(]+\s*(?:(?:psychotherapy|process)\b\W*)?{_OFF_THE_RECORD}"
    rf"|^\W*(?:{_THEIRS})+(?:session\s+|therapy\s+)?notes?\s*[-–—:,(]+\s*{_KEPT_APART}",
    re.IGNORECASE,
)
_EXPLAINED = re.compile(
    rf"^\W*{_OWN}{_PROCESS}{_NOT_THESE}(?:\s*\(\s*process\b|(?:[^.]|(?<=\b[a-z])\.)*"
    rf"\b(?:not\s+for\s+release|do\s+not\s+release|{_OFF_THE_RECORD}))",
    re.IGNORECASE,
)
_SPOKEN_OF = re.compile(
    rf"(?P<denied>\b(?:no|not|never|without|nor)\s+(?:\w+\s+){{0,2}})?\b{_PROCESS}(?P<after>[^.\n]{{0,40}})",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"\s*(?::|-|–|—)?\s*(?:none|no|n/?a|(?:are |were )?not (?:kept|taken|written|made))\b", re.IGNORECASE
)
_OFF = re.compile(_OFF_THE_RECORD, re.IGNORECASE)
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
    return any(
        (len(line) <= TITLE_LENGTH and _TITLES.match(line)) or (len(line) <= LONG_TITLE and _EXPLAINED.match(line))
        for line in _first_lines(text)
    )


def speaks_of_process_notes(text: str) -> bool:
    """Whether such notes are mentioned and not denied, or a first line says that it stands outside the record.

    No reason to lock anything away, but nobody can say from here that none are in it.
    """
    named = any(not found["denied"] and not _DENIED_AFTER.match(found["after"]) for found in _SPOKEN_OF.finditer(text))
    return named or any(_OFF.search(line) for line in _first_lines(text) if len(line) <= LONG_TITLE)


def _first_lines(text: str) -> list[str]:
    return [line.strip() for line in text[:4000].splitlines() if line.strip()][:TITLE_LINES]


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
    other_name = not any(names_on(name, ours) or same_person(name, ours) for name, _, _ in names)
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
    return all(_no_slip(day, known) for day in births) and not any(same_person(name, ours) for name in names)


def _no_slip(stated: dt.date, known: dt.date) -> bool:
    """Two dates that differ in more than one of year, month and day are not one date mistyped."""
    return sum((stated.year != known.year, stated.month != known.month, stated.day != known.day)) > 1


def quarantine(case: Case) -> Quarantine | None:
    """Why this note is to be locked away, or None."""
    reason = "psychotherapy_notes" if names_itself_process_notes(case.note.text) else someone_or_somewhen_else(case)
    if not reason:
        return None
    staff, provider = _WORDS[reason]
    return Quarantine(reason, staff, provider)
