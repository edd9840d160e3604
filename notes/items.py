"""What a request may ask for: each kind with its name and what is enough, in words for the provider.

Psychotherapy (process) notes are no kind and never will be: they may not be asked for (45 CFR 164.501, 164.508(a)(2)).
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ItemKind:
    kind: str
    label: str
    enough: str


_KINDS = (
    ItemKind(
        "progress_note",
        "Progress note of this session",
        "The note of this one session (SOAP, DAP or your own form), dated and signed with your credentials.",
    ),
    ItemKind(
        "start_stop_times",
        "Start and stop times",
        "The clock times the session began and ended, in the note itself or in a dated addendum.",
    ),
    ItemKind("explanation", "Explanation", "A sentence or two in your own words about what the session shows."),
    ItemKind("addendum", "Addendum", "A dated and signed addition; the note you wrote stays as it is."),
    ItemKind("signature", "Signature", "Your name with credentials and the date you signed the note."),
    ItemKind(
        "diagnosis_support",
        "Support for the diagnosis",
        "The part of the note that shows the symptoms and how they affect daily life.",
    ),
    ItemKind(
        "treatment_plan",
        "Treatment plan",
        "The plan in force on the date of service: goals, frequency, diagnosis, your signature.",
    ),
    ItemKind(
        "telehealth_details",
        "Telehealth details",
        "How you met (video or audio), where the client was (state, kind of place), and that consent is recorded.",
    ),
    ItemKind(
        "participants",
        "Who took part",
        "Whether the client was present and who else was, by relation or initials; no names of other clients.",
    ),
    ItemKind("license_evidence", "License or credential", "The license in force on the date of service."),
    ItemKind("authorization", "Authorization", "The payer's authorization or referral number for this service."),
    ItemKind(
        "corrected_claim", "Corrected codes", "The code you would bill now, if another one fits the session better."
    ),
)
KINDS: dict[str, ItemKind] = {item.kind: item for item in _KINDS}

# What only a note, or an addition to one, can answer; for the other kinds words or another document are enough.
NOTES = frozenset({"progress_note", "start_stop_times", "addendum", "signature", "diagnosis_support", "treatment_plan"})

LONGEST_LABEL = 120
NOT_TO_SEND = (
    "Psychotherapy (process) notes: the ones you keep apart from the record",
    "Notes of other dates or other clients, or the whole chart",
    "Names of other people in a group; initials are enough",
    "Raw test forms; scores are enough",
)

# The same list against labels, which are in somebody's own words. What is meant well can be said otherwise. A noun that
# only tells which thing is meant asks for no others ("all session times", "every client goal"), a number names a chart
# and asks for none of it, and dates and notes joined by "and" to what is asked for are those of it.
_MORE = r"(?:all|other|another|every)\s+(?:(?!and\b|or\b)\w+\s+){0,2}"
_GOES_ON = r"(?:of|in|on|at|from|for|to|with|by|about|since|before|after|between|this|that|you|and|or)\b"
_NOT_TO_ASK = (
    r"(?:psychotherapy|process)[\s-]+notes?\b"
    r"|(?:whole|entire|full|complete)\s+(?:chart|(?:medical\s+|client\s+|patient\s+)?(?:record|file))\b"
    r"(?!\s+(?:numbers?|no|ids?)\b)"
    rf"|{_MORE}(?:sessions|dates|notes|records|clients)\b"
    rf"|{_MORE}(?:session|date|note|record|client)\b(?!\s+(?!{_GOES_ON})\w)"
    r"|raw\s+(?:test|data|answer|score)"
)
_ASKED = re.compile(rf"\b(?:{_NOT_TO_ASK})", re.IGNORECASE)
_RULED_OUT = re.compile(rf"\b(?:no|not|without)\s+(?:(?:the|a|an|any|your)\s+)?(?:{_NOT_TO_ASK})", re.IGNORECASE)


def is_not_to_ask(label: str) -> bool:
    """Whether a label asks for something of ``NOT_TO_SEND``. To say that it is not wanted asks for nothing."""
    return bool(_ASKED.search(_RULED_OUT.sub(" ", label)))


def kind_of(kind: str) -> ItemKind:
    """The kind's texts; one that a rule pack knows and this table does not is asked for under its own name."""
    return KINDS.get(kind) or ItemKind(
        kind, kind.replace("_", " ").capitalize(), "A document or a short statement of it."
    )
