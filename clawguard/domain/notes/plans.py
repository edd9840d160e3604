"""A treatment plan that came as a file: when it was made, who signed it, what it states. What is unclear stays unsaid.

Only a text that titles itself a plan is read as one. A signature by hand is a line to no machine: that none was found
is held only against plain text; that something is not stated, only where a plan of plain words lacks one of the
three things that are told in the same words everywhere: goals, frequency, diagnosis.
"""

from __future__ import annotations

import datetime as dt
import re

from clawguard.domain.notes import calendar_days, folding, language, legibility, signatures
from clawguard.domain.notes.language import ENGLISH
from clawguard.domain.notes.note import PAGE_BREAK
from clawguard.domain.notes.values import NoteText, PlanFacts

TITLE_LINES, TITLE_LENGTH = 6, 80
LEAST_WORDS = 30  # fewer are a heading, not a plan
_REACH = 40
_TITLE = re.compile(
    r"^(?!.*\bnotes?\b)\W*(?:\w+\W+){0,6}?(?:treatment|care|service)\s+plan\s*"
    r"(?:$|[-–—|(,]|:\s*$|\b(?:of|for|dated?|reviews?|updates?|summary)\b|\d)",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"(?:\b(?:plan|start|effective|begin|review|revision|update|creation)\s+date|\bdated?(?:\s+of\s+(?:the\s+)?"
    r"(?:(?:initial|treatment|this|current|updated)\s+)*(?:plan|review|update))?|"
    r"\b(?:effective|developed|created|completed|written|updated?|reviewed?|revised|renewed|established|plan)"
    r"(?:\s+(?:on|as of|from|date))?)[\s:.(]*$"
)
_AHEAD = re.compile(
    r"\b(?:next|target|due|expires?|expiration|until|through|review by|by|anticipated|projected|birth|dob|born)\b"
)
_STATED = {
    "goals": re.compile(r"\b(?:goals?|objectives?)\b\W*\w+"),
    "diagnosis": re.compile(r"\b[a-tv-z]\d\d(?:\.[0-9a-z]{1,4})?\b|\bdiagnos[ie]s\b\W*\w+"),
    "frequency": re.compile(
        r"\b(?:bi-?|twice[- ])?(?:weekly|monthly)\b|\b(?:once|twice|\w+ (?:times?|sessions?|x))"
        r"\s+(?:a|per|each|every)\s+(?:week|month)|\bevery\s+(?:\w+\s+)?(?:weeks?|months?)\b|"
        r"\b\d\s*x\s*/?\s*(?:a |per )?(?:week|wk|month|mo)\b|"
        r"\b\d\s*/\s*(?:week|wk|month)\b"
    ),
    "service": re.compile(
        r"\b(?:individual|family|group|couples?)\s+(?:\w+\s+)?(?:therapy|psychotherapy|counsell?ing|sessions?)\b|"
        r"\bpsychotherapy\b|\b908[34]\d\b|\b(?:cbt|dbt|emdr|cognitive|behaviou?ral)\b|\binterventions?\b"
    ),
    "amount": re.compile(r"\b\d{2,3}\s*-?\s*min(?:ute)?s?\b|\b(?:one|1|an)\s*-?\s*hours?\b|\blength of sessions?\b"),
    "duration": re.compile(
        r"\b(?:\d{1,3}|three|six|nine|twelve|four|eight|ten)\s*-?\s*(?:weeks?|months?|sessions|years?)\b|"
        r"\bduration\b|\b(?:through|until)\s+\d|\bdischarge criteria\b|\bone year\b|"
        r"\banticipated (?:length|end|discharge)\b"
    ),
}
_PLAIN = frozenset({"goals", "diagnosis", "frequency"})


def is_plan(text: NoteText) -> bool:
    """Whether one of its first lines is a title that says treatment plan."""
    lines = [line.strip() for page in text.pages for line in page[:4000].splitlines() if line.strip()][:TITLE_LINES]
    return any(len(line) <= TITLE_LENGTH and bool(_TITLE.match(line)) for line in lines)


def read_plan(text: NoteText, day: dt.date) -> PlanFacts | None:
    """What a plan says of itself, for a session of ``day``; None of a text that is no plan. Pure."""
    if not is_plan(text):
        return None
    whole = PAGE_BREAK.join(text.pages)
    low = folding.folded(whole)
    if legibility.of(text) < legibility.READABLE or language.of(low) != ENGLISH or len(low.split()) < LEAST_WORDS:
        return PlanFacts()
    signed = signatures.find(whole, low)
    own = [each for each in signed if each.credentials and not each.cosign and not each.stamp]
    return PlanFacts(
        dated_on=_made_on(low, [each.day for each in own if each.day], day),
        clinician_signed=True if own else False if text.kind == "text" and not signed else None,
        states=_states(low),
    )


def _made_on(low: str, signed_on: list[dt.date], day: dt.date) -> dt.date | None:
    """The latest day by the session on which it says that it was made, reviewed or signed; else the first after it."""
    labelled = [
        each.date for each in calendar_days.find(low) if _is_made(low[max(0, each.start - _REACH) : each.start])
    ]
    days = labelled + signed_on
    before = [each for each in days if each <= day]
    return max(before) if before else min(days, default=None)


def _is_made(before: str) -> bool:
    before = before.rsplit("\n", 1)[-1]
    return bool(_MADE.search(before)) and not _AHEAD.search(before)


def _states(low: str) -> frozenset[str] | None:
    """All six where all are found, or those that are where a plain one is not; None where only wording may differ."""
    found = frozenset(name for name, pattern in _STATED.items() if pattern.search(low))
    return found if len(found) == len(_STATED) or _PLAIN - found else None
