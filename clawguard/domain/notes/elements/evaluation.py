"""What a diagnostic evaluation holds: N38 to N40. Source: NGS Medicare on LCD L33632."""

from __future__ import annotations

import re

from clawguard.domain.codesets.groups import EVALUATION
from clawguard.domain.notes.case import Case
from clawguard.domain.notes.elements.registry import (
    Found,
    bills,
    element,
    met,
    missing,
    unsure,
)
from clawguard.domain.notes.note import Hit

HISTORIES = ("h_psychiatric", "h_medical", "h_family", "h_social", "h_substance")


# How a history is told in a story, without its heading: signs that a person should read on, no more.
_TOLD = {
    "h_psychiatric": re.compile(
        r"\b(?:seen|saw|had|tried|in|no|never) (?:\w+ ){0,3}(?:therap(?:y|ist)|counsel\w+|psychiatr\w+|hospital\w*)\b"
        r"|\bprior tx\b"
    ),
    "h_medical": re.compile(
        r"\b(?:surger\w+|allerg\w+|asthma|diabetes|hypertension|hypothyroid\w*|fever|concussion|medically|"
        r"physical health|takes (?:nothing|no))\b"
    ),
    "h_family": re.compile(r"\b(?:mother|father|brother|sister|uncle|aunt|cousin|grand(?:mother|father)|parents?)\b"),
    "h_social": re.compile(
        r"\b(?:grew up|raised|born in|married|divorced|single|lives|living|left school|graduated)\b"
    ),
    "h_substance": re.compile(
        r"\b(?:beers?|wine|liquor|drinks?|drinking|smok\w+|vap\w+|marijuana|cocaine|opioid\w*|sober)\b"
    ),
}


@element("N38", "histories", bills(EVALUATION))
def histories(case: Case) -> Found:
    note = case.note
    hits = {name: [hit for hit in note.hits.get(name, ()) if _answered(case, hit)] for name in HISTORIES}
    there = [found[0].sentence for found in hits.values() if found]
    if len(there) == len(HISTORIES):
        return met(note.spans(there), sure=True)
    told = {name for name in HISTORIES if hits[name] or note.search(_TOLD[name])}
    if len(told) == len(HISTORIES):
        return unsure("perhaps", note.spans(there))
    return missing("histories", note.spans(there), found=len(there), wanted=len(HISTORIES))


# Behind a label: nothing, or where it may be read; then the next label, a blank line or the end.
_EMPTY = re.compile(
    r"(?: (?:history|hx))?[ \t]*:[ \t]*(?:[\[(]?(?:see|refer to|per|on|in) [^\n]{0,20}\b(?:form|chart|packet|"
    r"questionnaire|portal|intake)\b[^\n]{0,40})?(?=\n[ \t]*(?:\n|[-*• ]*[a-z][\w /&'()-]{1,40}:)|\n?[ \t]*$)"
)


def _answered(case: Case, hit: Hit) -> bool:
    """Whether a word of history is more than a label with an empty field behind it."""
    return not _EMPTY.match(case.note.low, hit.end)


@element("N39", "prognosis", bills(EVALUATION), never_in="subjective objective risk mental_status history")
def prognosis(case: Case) -> Found:
    note = case.note
    found = [hit.sentence for hit in note.said("prognosis")] + [
        note.number_at(start) for start, _ in note.content("prognosis")
    ]
    return met(note.spans(found), sure=True) if found else missing()


@element("N40", "initial plan", bills(EVALUATION))
def initial_plan(case: Case) -> Found:
    note = case.note
    inside = note.content("plan")
    words = [
        hit.sentence
        for hit in note.hits.get("initial_plan", ())
        if note.sentences[hit.sentence].section == "plan" or "plan" in note.body[hit.start : hit.end]
    ]
    if words:
        return met(note.spans(words), sure=True)
    new = [start for start, end in inside if not re.match(r"\W*(?:continue|ongoing|weekly\W*$)", note.low[start:end])]
    if new:
        return met(note.spans([note.number_at(start) for start in new]))
    begun = [hit.sentence for hit in note.hits.get("initial_plan", ()) if not inside and note.standing(hit) == "said"]
    if begun:
        return unsure("perhaps", note.spans(begun))
    return missing("no_initial_plan", note.spans([note.number_at(start) for start, _ in inside]))
