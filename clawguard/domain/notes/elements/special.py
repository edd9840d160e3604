"""What single services ask for: N41, N42, N46, N47 and N50."""

from __future__ import annotations

import re

from clawguard.domain.notes.case import Case
from clawguard.domain.notes.elements.registry import (
    ANY_CRISIS,
    SCREENING,
    Found,
    bills,
    contradicted,
    element,
    met,
    missing,
    not_here,
    unsure,
)

FACTORS = ("factor_communication", "factor_caregiver", "factor_sentinel", "factor_play")
CRISIS_PARTS = ("precipitant", "distress", "mobilised", "outcome")
_SCORE = re.compile(
    r"\A[^.;\n]{0,25}?(?:score[ds]?|total|=|:|was|of|at|to)?\s*+(?:of|:|=)?\s*+\b(\d{1,2})\b(?!\s*(?:item|/\d|-\d))"
)
_TESTING = re.compile(r"\b(?P<n>\d{1,3})\s*min(?:ute)?s?\b|\b(?P<h>\d(?:\.\d+)?)\s*hours?\b")
_ACTIVITY = re.compile(
    r"\b(?:administ\w+|scor\w+|interpret\w+|report|writing|feedback|integrat\w+|review\w*|interview)\b"
)
_IDENTIFIED = re.compile(
    r"interpreter\b[^.;\n]{0,40}(?:\bid\b|#|\bno\.?\s*\d|\bnumber\b|\d{2,}|\b(?:ms|mr|mrs|mx)\.?\s+\w+|:\s*\w+)|(?:\bid\b|#)\s*\d+[^.;\n]{0,20}interpreter"
)


_CAREGIVER = re.compile(
    r"\b(?:caregivers?|parents?|guardians?|(?:step|grand)?(?:mother|father))\b[^.\n]{0,60}"
    r"\b(?:in the way|interfer\w+|interrupt\w+|"
    r"conflict|disagree\w*|shout\w*|yell\w*|argu\w+|contradict\w+|hinder\w*|disrupt\w+)\b[^.\n]{0,60}\b(?:session|"
    r"assessment|evaluation|interview|visit|apart|each other|one another)\b"
)


@element("N41", "reason of the complexity", bills(frozenset({"90785"})), never_in="plan risk mental_status goal")
def complexity(case: Case) -> Found:
    note = case.note
    found = [hit.sentence for name in FACTORS for hit in note.hits.get(name, ())]
    found += [note.number_at(match.start()) for match in note.search(_CAREGIVER)]
    if found:
        return met(note.spans(found), sure=True)
    language = note.hits.get("factor_language", [])
    if language:
        return contradicted("language_only", note.spans([hit.sentence for hit in language]))
    return missing()


@element("N42", "the crisis told", bills(ANY_CRISIS), never_in="mental_status")
def crisis(case: Case) -> Found:
    note = case.note
    there = [note.hits[name][0].sentence for name in CRISIS_PARTS if note.hits.get(name)]
    if note.content("disposition") and not note.hits.get("outcome"):
        there.append(note.number_at(note.content("disposition")[0][0]))
    if len(there) >= len(CRISIS_PARTS):
        return met(note.spans(there), sure=True)
    return missing("crisis_parts", note.spans(there), found=len(there), wanted=len(CRISIS_PARTS))


@element("N46", "instrument with its score", bills(SCREENING))
def score(case: Case) -> Found:
    note = case.note
    tools = note.hits.get("tool", [])
    for hit in tools:
        found = _SCORE.search(note.low[hit.end : hit.end + 40])
        if found:
            return met((note.span(hit.start, hit.end + found.end()),), sure=True, score=int(found[1]))
    return missing("no_score" if tools else "no_tool", note.spans([hit.sentence for hit in tools]))


_TESTS = frozenset(f"9613{digit}" for digit in range(10))


@element("N47", "testing time by activity", bills(_TESTS))
def testing(case: Case) -> Found:
    note = case.note
    told = [
        number
        for number, sentence in enumerate(note.sentences)
        if _TESTING.search(note.words(sentence)) and _ACTIVITY.search(note.words(sentence))
    ]
    return met(note.spans(told)) if told else missing()


@element(
    "N50", "interpreter identified", lambda case: bool(case.ask.interpreter) or bool(case.note.hits.get("interpreter"))
)
def interpreter(case: Case) -> Found:
    note = case.note
    found = note.search(_IDENTIFIED)
    if found:
        return met((note.span(*found[0].span()),), sure=True)
    if not case.ask.interpreter and any(note.standing(hit) == "denied" for hit in note.hits.get("interpreter", ())):
        return not_here()
    if not case.ask.interpreter:  # nobody stated one, or none: yet the note speaks of one
        return unsure("interpreter_mentioned", note.spans([hit.sentence for hit in note.hits.get("interpreter", ())]))
    return missing()
