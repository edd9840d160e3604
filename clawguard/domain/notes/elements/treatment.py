"""What was done, how the client answered and what moved: N22 to N24."""

from __future__ import annotations

import re

from clawguard.domain.notes.case import Case
from clawguard.domain.notes.elements.clinical import GOAL, SENTENCE
from clawguard.domain.notes.elements.registry import (
    ANY_CRISIS,
    THERAPIES,
    Found,
    bills,
    element,
    met,
    missing,
    unsure,
)
from clawguard.domain.notes.sections import says_something

_COUNTS = re.compile(
    r"\b\d+\s*(?:/|of|out of|from|to|%)\s*\d*|\b(?:one|two|three|four|five|six) of\b|\bfrom \d|->|\d+%|"
    r":\s*(?:one|two|three|four|five|none|done|met)\b"
    r"|\b(?:no|none|not)\b[^.;]{0,30}\byet\b|\bnot (?:yet )?(?:attempted|tried|practi[sc]ed)\b"
)


@element(
    "N22",
    "intervention named",
    bills(THERAPIES | ANY_CRISIS),
    never_in="plan subjective assessment risk mental_status goal necessity",
)
def intervention(case: Case) -> Found:
    found = interventions(case)
    if found:
        return met(case.note.spans(found), sure=len(found) > 1 or bool(case.note.content("intervention")))
    perhaps = [number for number in range(len(case.note.sentences)) if _something_done(case, number)]
    if perhaps:
        return unsure("perhaps", case.note.spans(perhaps))
    planned = case.note.hits.get("intervention", ())
    return missing("only_planned" if planned else "", case.note.spans([hit.sentence for hit in planned]))


_DONE = re.compile(
    r"\b(?:clinician|therapist|writer|counsell?or|provider|leader|facilitator|i|we)\b(?: (?:also|then|had|gently))? "
    r"(?!discussed|talked|reviewed|met\b|spoke|shared|listened|saw\b|asked|called|scheduled|agreed|provided\b)"
    r"(?:\w+ed|did|led|taught|read|drew|built|made|wrote|gave|sang|ran|took)\b"
    r"|^(?:used|taught|introduced|practi[sc]ed|guided|facilitated|modell?ed|applied|employed|worked on|reframed|"
    r"coached|walked|invited|helped|looked at|explored|processed|examined|mapped|named|drew|built|tried|rehearsed|"
    r"role-?played|tracked|sorted|weighed|went over|challenged|tested|set (?:up|it))\b"
)


def _something_done(case: Case, number: int) -> bool:
    """Words of doing without a method that we know, or a section of interventions: a person reads it."""
    sentence = case.note.sentences[number]
    words = case.note.words(sentence).strip()
    if sentence.section == "intervention" and len(words.split()) >= SENTENCE:
        return True
    return sentence.section not in ("plan", "subjective", "assessment") and bool(_DONE.search(words))


def interventions(case: Case) -> list[int]:
    """Sentences that name a technique used in this session by the clinician."""
    note = case.note
    return [
        hit.sentence
        for hit in note.said("intervention", but=frozenset({"plan", "necessity", "goal", "diagnosis", "history"}))
        if not _of_assessment(case, hit.sentence) and not _ambiguous(case, hit.start, hit.end)
    ]


def _of_assessment(case: Case, number: int) -> bool:
    """In an assessment a technique is mentioned as what is needed, not as what was done."""
    sentence = case.note.sentences[number]
    return sentence.section == "assessment" and bool(case.note.in_sentence("need", number))


def _ambiguous(case: Case, start: int, end: int) -> bool:
    """Short names that are words, too: ACT, MI, BA, CPT count in capitals only, and CPT not before a number."""
    word = case.note.text[start:end]
    if word.lower() in ("act", "mi", "ba", "eft", "ifs", "irt", "ipt", "erp", "cpt"):
        return not word.isupper() or bool(re.match(r"\s*(?:code|\d|team)", case.note.low[end : end + 8]))
    return False


_THE_CLIENT = re.compile(r"\b(?:client|ct|clt|pt|patient|she|he|they)\b")
_REACTING = re.compile(
    r"\b(?:client|clients|ct|clt|pt|patient|she|he|they|both|parents?|mother|father|stepfather|husband|wife|partners?|"
    r"couple|member|members|person|veteran|child|family)\b"
    r"|(?:^|[;,.] )(?:distress|anxiety|tension|fear|sud|shoulders|laughter)"
)


@element(
    "N23",
    "client's response",
    bills(THERAPIES),
    never_in="plan subjective assessment risk mental_status goal necessity",
)
def response(case: Case) -> Found:
    note = case.note
    inside = note.content("response")
    if inside:
        return met(note.spans([note.number_at(start) for start, _ in inside]), sure=True)
    done = set(interventions(case))
    near = {number + offset for number in done for offset in (0, 1, 2)}
    found = [hit.sentence for hit in note.hits.get("response", ()) if _reaction(case, hit.sentence, hit.start, near)]
    if found:
        return met(note.spans(found), sure=bool(set(found) & near))
    done |= {number for number in range(len(note.sentences)) if _something_done(case, number)}
    near = {number + offset for number in done for offset in (0, 1, 2)}
    perhaps = sorted(number for number in near if _might_answer(case, number, done))
    return unsure("perhaps", note.spans(perhaps)) if perhaps else missing()


_ANSWERING = re.compile(
    r"(?:and |then |by \w+[\w ]{0,20} )?(?:client|ct|pt|patient|she|he|they|(?:her|his|their) "
    r"(?:voice|jaw|shoulders|breath\w*|hands|face|body|tears|distress|anxiety|tension|mood))\b"
)


def _might_answer(case: Case, number: int, done: set[int]) -> bool:
    """The client is the subject behind an intervention, in words we do not know."""
    note = case.note
    if number >= len(note.sentences) or note.sentences[number].section in ("plan", "assessment", "subjective"):
        return False
    words = note.words(note.sentences[number]).strip()
    if number in done:
        return any(_ANSWERING.match(each) and not _only_reported(each) for each in re.split(r"[;,] ", words)[1:])
    return bool(_ANSWERING.match(words)) and not _only_reported(words)


def _reaction(case: Case, number: int, at: int, near: set[int]) -> bool:
    note = case.note
    sentence = note.sentences[number]
    if sentence.section in ("plan", "subjective", "assessment", "goal", "progress", "necessity", "function", "risk"):
        return False
    words = note.low[sentence.start : sentence.end]
    before = note.low[sentence.start : at]
    if number in near:
        told = _subject(case).search(words) or _SUBJECT_LEFT_OUT.fullmatch(before)
        return bool(told) and not _only_reported(before)
    return (
        sentence.section in ("data", "objective", "behavior", "evaluation")
        and bool(re.search(r"\b(?:client|pt|patient|she|he)\b", before))
        and not _only_reported(before)
    )


_SUBJECT_LEFT_OUT = re.compile(r"\s*(?:(?:at first|initially|first|then|afterwards?|later|eventually)\W*)?")


def _subject(case: Case) -> re.Pattern[str]:
    """In a group the members' answer is not this client's."""
    return _THE_CLIENT if "90853" in case.codes else _REACTING


def _only_reported(before: str) -> bool:
    """ "Client reports that she laughed" tells of the week."""
    return bool(re.search(r"\b(?:reports?|reported|describe[sd]?|complain\w*|denie[sd]|last week)\b[^;.]*$", before))


@element(
    "N24",
    "progress to a named goal",
    bills(THERAPIES),
    never_in="plan subjective objective risk mental_status intervention necessity",
)
def progress(case: Case) -> Found:
    note = case.note
    named = [number for number, sentence in enumerate(note.sentences) if GOAL.search(note.words(sentence)) or (
        sentence.section == "goal" and says_something(note.low[sentence.start : sentence.end])
    )]  # fmt: skip
    found = [number for number in named for near in range(number, number + 3) if _moved(case, near)]
    if named and not found and note.content("progress"):
        found = named
    if found:
        return met(note.spans(found), sure=True)
    perhaps = [number for number in named if _goes_on(note.words(note.sentences[number]))]
    perhaps = perhaps or [number + 1 for number in named if number + 1 not in named and _tells_more(case, number + 1)]
    if perhaps:
        return unsure("perhaps", note.spans(perhaps))
    if named:
        return missing("no_progress_told", note.spans(named))
    general = note.hits.get("progress", ())
    words = [hit.sentence for hit in general if note.body[hit.start : hit.end].startswith("progress")]
    return missing("no_goal" if words else "", note.spans(words))


def _tells_more(case: Case, number: int) -> bool:
    """A sentence behind a goal, under no other heading and about nothing else that we know."""
    note = case.note
    if number >= len(note.sentences) or note.sentences[number].section != note.sentences[number - 1].section:
        return False
    others = ("need", "necessity", "next", "homework", "risk_self", "risk_other", "care")
    words = note.words(note.sentences[number])
    return (
        len(words.split()) >= SENTENCE
        and not any(note.in_sentence(name, number) for name in others)
        and not (TARGET.search(words) or note.left_open(number))
    )


def _goes_on(words: str) -> bool:
    """Whether something is told behind the goal's name."""
    return bool(re.search(r"\bgoal\b[^:\-,]{0,60}[:,-]\s*\S+\s+\S+[^:\-]{0,120}[:-]\s*\w+\s+\w+", words))


def _moved(case: Case, number: int) -> bool:
    note = case.note
    if number >= len(note.sentences) or note.sentences[number].section in note.plans or note.left_open(number):
        return False
    if note.in_sentence("progress", number):
        return True
    words = note.words(note.sentences[number])
    return bool(_COUNTS.search(words)) and not TARGET.search(words)


TARGET = re.compile(r"\b(?:client|patient|pt|ct|he|she|they) will\b")  # how a goal is worded, not how it goes
