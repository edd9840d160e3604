"""Where it leads and why it is needed: N25 and N26."""

from __future__ import annotations

import re

from clawguard.domain.notes.case import Case
from clawguard.domain.notes.elements.registry import Found, always, element, met, missing, unsure
from clawguard.domain.notes.elements.treatment import TARGET
from clawguard.domain.notes.sections import says_something

_NEXT_DATE = re.compile(
    r"\b(?:next|return|again|session|appointment|visit|back|meet\w*|sees?|until)\b[^.;\n]{0,25}"
    r"(?:\d{1,2}/\d{1,2}|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|\btomorrow)"
    r"|\b\d+\s*(?:wks?|weeks?|days|months?)\b\s*\.?$"
    r"|(?:^|[;,] )(?:return|back|recheck|see)\b[^.;\n]{0,12}\b\d+\s*(?:wks?|weeks?|months?)\b"
)


@element(
    "N25",
    "plan and next steps",
    always,
    never_in="subjective objective intervention response risk mental_status goal",
)
def plan(case: Case) -> Found:
    note = case.note
    inside = [where for where in note.content("plan", "disposition") if _says_what_is_next(note.low[slice(*where)])]
    if inside:
        return met(note.spans([note.number_at(start) for start, _ in inside]), sure=True)
    found = [hit.sentence for hit in note.hits.get("next", ()) if not note.in_sentence("old_homework", hit.sentence)]
    found += [hit.sentence for hit in note.hits.get("homework", ()) if not _old_homework(case, hit.sentence)]
    found += [
        number
        for number, each in enumerate(note.sentences)
        if each.section != "goal" and _NEXT_DATE.search(note.words(each))
    ]
    found = [number for number in found if _of_this_plan(case, number)]
    return met(note.spans(found)) if found else missing()


def _of_this_plan(case: Case, number: int) -> bool:
    """A goal says where it leads to, not what comes next; a plan that is quoted is that of an earlier visit."""
    sentence = case.note.sentences[number]
    words = case.note.words(sentence)
    return not _EARLIER_PLAN.search(words) and not (sentence.section == "goal" and TARGET.search(words))


_EARLIER_PLAN = re.compile(
    r"[\[(]?\b(?:(?:plan|copied|carried (?:forward|over)|pasted) (?:from|of) (?:\d|last|previous|prior)"
    r"|(?:last|previous|prior|old|earlier) (?:\w+ )?plan"
    r"(?: (?:from|of|dated|on) [\d/. -]+| for reference| \([^)\n]*\))*\s*:)[^\n]*"
)


def _says_what_is_next(content: str) -> bool:
    """A plan that is quoted from an earlier visit is none of this one, and "continue treatment" is none at all."""
    left = _EARLIER_PLAN.sub(" ", content)
    return says_something(left) and not _MERELY_ON.fullmatch(left)


_MERELY_ON = re.compile(
    r"\W*(?:continue|continuing|ongoing)(?: with)?(?: (?:the|current|individual|psycho|outpatient))*"
    r" ?(?:treatment|therapy|psychotherapy|tx|plan|poc|care|services|sessions)?(?: as planned)?\W*"
)


def _old_homework(case: Case, number: int) -> bool:
    words = case.note.words(case.note.sentences[number])
    return bool(case.note.in_sentence("old_homework", number)) or bool(
        re.search(r"\b(?:did|last|completed|reviewed|previous|forgot)\b", words)
    )


@element(
    "N26",
    "medical necessity",
    always,
    never_in="subjective objective plan logistics risk mental_status goal",
)
def necessity(case: Case) -> Found:
    note = case.note
    told = note.hits.get("necessity", ())
    refused = [hit for hit in told if note.standing(hit) == "denied" and note.body[hit.start :].startswith("medical")]
    stated = [hit for hit in told if hit not in refused]
    if refused and not stated:
        return missing("denied", note.spans([hit.sentence for hit in refused]), sure=True)
    inside = note.content("necessity")
    if stated or inside:
        return met(note.spans([hit.sentence for hit in stated] or [note.number_at(inside[0][0])]), sure=True)
    else_worse = [note.number_at(hit.start()) for hit in note.search(_WITHOUT_CARE)]
    if else_worse:
        return met(note.spans(else_worse))
    both = [number for number in sorted(note.numbers_of("need")) if _care_is_needed(case, number)]
    asked = [note.number_at(hit.end()) for hit in note.search(_WHY)]
    if both or asked:
        return met(note.spans(both or asked))
    perhaps = [number for number in sorted(note.numbers_of("need")) if _something_is_needed(case, number)]
    return unsure("perhaps", note.spans(perhaps)) if perhaps else missing()


_WHY = re.compile(
    r"(?:^|\n|[.;] )[ \t*•-]{0,4}why (?:now|still|care|continue|this|weekly|continued|longer|an?|the|so|"
    r"\d+)[^:?\n]{0,30}:\s*\w+ \w+"
)
_REASON = re.compile(r"\b(?:because|since|due to|as)\b|: ")


def _something_is_needed(case: Case, number: int) -> bool:
    """ "Needed monthly: two admissions last year": of what, the sentence leaves to the reader."""
    note = case.note
    sentence = note.sentences[number]
    if sentence.section in ("subjective", "logistics", "objective", "goal", *note.plans):
        return False
    first = note.in_sentence("need", number)[0]
    elided = len(note.low[sentence.start : first.start].split()) <= 1
    return elided and note.standing(first) == "said" and bool(_REASON.search(note.low, first.end, sentence.end))


_WITHOUT_CARE = re.compile(
    r"\b(?:without|w/o) (?:\w+ ){0,3}(?:sessions?|treatment|therapy|tx|psychotherapy|care|help|support|"
    r"counsell?ing|visits?)\b|"
    r"\bif (?:treatment|therapy|care|sessions?) (?:is|are|were) (?:stopped|ended|interrupted|reduced)"
)


def _care_is_needed(case: Case, number: int) -> bool:
    note = case.note
    if note.sentences[number].section in ("subjective", "logistics", "objective") or not note.in_sentence(
        "care", number
    ):
        return False
    return any(note.standing(hit) == "said" for hit in note.in_sentence("need", number))
