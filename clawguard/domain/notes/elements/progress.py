"""How far the client got towards a goal: N24."""

from __future__ import annotations

import re

from clawguard.domain.notes.case import Case
from clawguard.domain.notes.elements.clinical import GOAL, SENTENCE
from clawguard.domain.notes.elements.registry import THERAPIES, Found, bills, element, met, missing, unsure
from clawguard.domain.notes.sections import says_something

_COUNTS = re.compile(
    r"\b\d+\s*(?:/|of|out of|from|to|%)\s*\d*|\b(?:one|two|three|four|five|six) of\b|\bfrom \d|->|\d+%|"
    r":\s*(?:one|two|three|four|five|none|done|met)\b"
    r"|:\s*\d+(?:\.\d+)? \w+[^:.;]{0,20}, (?:was |from )?\d"
    r"|\b\d+(?:\.\d+)?\b[^.;:]{0,20}[,;(] ?(?:was |from |vs\.? )?\d+[^.;:]{0,12}\b(?:now|today|last|ago|before|in|at)\b"
    r"|\b\d[\w/]* (?:now|today|so far)\b|\bnow \d|[,;(] ?(?:was|were|up from|down from) (?:at )?\d"
    r"|\b(?:so far|first time (?:today|this|since|ever|in)|a first\b)"
    r"|\b\d+(?:\.\d+)?%? (?:vs?\.?|versus) \d"
    r"|(?:[:)\"]|\w -)\s*+(?:no change|unchanged|same|better|worse|minimal\w*|slight\w*|some|partial\w*|limited|slow)\b"
    r"|\b(?:no|none|not)\b[^.;]{0,30}\byet\b|\bnot (?:yet )?(?:attempted|tried|practi[sc]ed)\b"
)


@element(
    "N24",
    "progress to a named goal",
    bills(THERAPIES),
    never_in="plan subjective objective risk mental_status intervention necessity",
)
def progress(case: Case) -> Found:
    note = case.note
    named = [number for number in range(len(note.sentences)) if _names_a_goal(case, number)]
    found = [number for number in named for near in range(number, number + 3) if _moved(case, near)]
    if named and not found and note.content("progress"):
        found = named
    if found:
        return met(note.spans(found), sure=True)
    perhaps = [number for number in named if _goes_on(note.words(note.sentences[number]))]
    perhaps = perhaps or [number + 1 for number in named if number + 1 not in named and _tells_more(case, number + 1)]
    perhaps = perhaps or [
        near for number in named for near in (number + 1, number + 2) if near not in named and _in_figures(case, near)
    ]
    if perhaps:
        return unsure("perhaps", note.spans(perhaps))
    if named:
        return missing("no_progress_told", note.spans(named))
    general = note.hits.get("progress", ())
    words = [hit.sentence for hit in general if _PROGRESS.match(note.body, hit.start)]
    return missing("no_goal" if words else "", note.spans(words))


def _names_a_goal(case: Case, number: int) -> bool:
    note = case.note
    sentence = note.sentences[number]
    if GOAL.search(note.words(sentence)):
        return True
    field = sentence.section == "goal" and not note.is_heading(number)
    return field and says_something(note.low[sentence.start : sentence.end])


_PROGRESS = re.compile(r"progress(?! (?:n[o0]te|report|summary))")


def _tells_more(case: Case, number: int) -> bool:
    """A sentence behind a goal, under no other heading and about nothing else that we know."""
    note = case.note
    if number >= len(note.sentences) or not _goes_with(case, number):
        return False
    others = ("need", "necessity", "next", "homework", "risk_self", "risk_other", "care")
    words = note.words(note.sentences[number])
    return (
        len(words.split()) >= SENTENCE
        and not any(note.in_sentence(name, number) for name in others)
        and not (TARGET.search(words) or note.left_open(number))
    )


def _goes_with(case: Case, number: int) -> bool:
    """The same section as the sentence before it, or the one that goes on behind a label of one line."""
    note = case.note
    here, before = note.sentences[number], note.sentences[number - 1]
    return here.section == before.section or (before.section == "goal" and note.low[before.end : here.start].isspace())


_FIGURES = re.compile(r"\d|\b(?:first|again|now|today|so far|twice|once|none|more|less|longer|shorter|still|zero)\b")


def _in_figures(case: Case, number: int) -> bool:
    """Figures or a comparison right behind a goal, in words that are no progress to us."""
    note = case.note
    if number >= len(note.sentences) or note.left_open(number):
        return False
    if note.sentences[number].section in ("plan", "risk", "mental_status", "diagnosis"):
        return False
    words = _CODE.sub("", note.words(note.sentences[number]))
    others = ("need", "necessity", "next", "homework", "risk_self", "risk_other", "mse_strong", "intervention")
    apart = not any(note.in_sentence(name, number) for name in others)
    signed = any(each.start <= note.sentences[number].start < each.end for each in case.signatures)
    return apart and not signed and bool(_FIGURES.search(words)) and not TARGET.search(words)


_CODE = re.compile(r"\b[a-z]\d\d(?:\.\w+)?\b|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\b\d{1,2}:\d\d\b")


def _goes_on(words: str) -> bool:
    """Whether something is told behind the goal's name."""
    return bool(re.search(r"\bgoal\b[^:\-,]{0,60}[:,-]\s*\S+\s+\S+[^:\-]{0,120}[:-]\s*\w+\s+\w+", words))


def _moved(case: Case, number: int) -> bool:
    note = case.note
    if number >= len(note.sentences) or note.sentences[number].section in note.plans or note.left_open(number):
        return False
    words = note.words(note.sentences[number])
    if any(not _only_how_often(case, number, hit.start, hit.end) for hit in note.in_sentence("progress", number)):
        return True
    return bool(_COUNTS.search(_AIMED_AT.sub(" ", words))) and not TARGET.search(words)


# In brackets behind a goal's name, what it aims at: "TPG1 (SE >85%)".
_AIMED_AT = re.compile(
    r"\([^()\n]{0,30}(?:[<>≥≤]|\b(?:under|over|below|above|at least|less than|more than)\b)[^()\n]{0,30}\)"
)


# Units in which goals are worded as well: "sleep five nights" names a goal and no progress.
_UNITS = "nights times weeks daily days mornings most few several once twice half sustained maintained ongoing"
_HOW_OFTEN = frozenset({*_UNITS.split(), "every day"})
_BESIDE = re.compile(
    r"\b(?:this|last|past|so far|(?:and|but) (?:client|ct|pt|patient|he|she|they) (?:is|are)|of (?:the )?(?:\d|two|"
    r"three|four|five|six|seven)|now|was|were|had|did|has|have|only|since|from|"
    r"average|avg|today|first|again|yet|still|none|but|instead|on \d|for \d)\b|\d ?/ ?\d"
)


def _only_how_often(case: Case, number: int, start: int, end: int) -> bool:
    """A unit of time in the wording of a goal, with nothing that says it is what happened."""
    note = case.note
    sentence = note.sentences[number]
    words = note.words(sentence)
    if note.body[start:end] not in _HOW_OFTEN or not (GOAL.search(words) or sentence.section == "goal"):
        return False
    return not _BESIDE.search(words)


TARGET = re.compile(r"\b(?:client|patient|pt|ct|he|she|they) will\b")  # how a goal is worded, not how it goes
