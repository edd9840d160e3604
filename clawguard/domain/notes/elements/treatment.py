"""What was done, how the client answered, where it leads, and why it is needed: N22 to N26."""

from __future__ import annotations

import re

from clawguard.domain.notes.case import Case
from clawguard.domain.notes.elements.clinical import GOAL, SENTENCE
from clawguard.domain.notes.elements.registry import (
    ANY_CRISIS,
    THERAPIES,
    Found,
    always,
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


@element("N22", "intervention named", bills(THERAPIES | ANY_CRISIS))
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
    r"coached|walked|invited|helped)\b"
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


@element("N23", "client's response", bills(THERAPIES))
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


@element("N24", "progress to a named goal", bills(THERAPIES))
def progress(case: Case) -> Found:
    note = case.note
    named = [number for number, sentence in enumerate(note.sentences) if GOAL.search(note.words(sentence)) or (
        sentence.section == "goal" and says_something(note.low[sentence.start : sentence.end])
    )]  # fmt: skip
    found = [number for number in named for near in (number, number + 1) if _moved(case, near)]
    if named and not found and note.content("progress"):
        found = named
    if found:
        return met(note.spans(found), sure=True)
    perhaps = [number for number in named if _goes_on(note.words(note.sentences[number]))]
    if perhaps:
        return unsure("perhaps", note.spans(perhaps))
    if named:
        return missing("no_progress_told", note.spans(named))
    general = note.hits.get("progress", ())
    words = [hit.sentence for hit in general if note.body[hit.start : hit.end].startswith("progress")]
    return missing("no_goal" if words else "", note.spans(words))


def _goes_on(words: str) -> bool:
    """Whether something is told behind the goal's name."""
    return bool(re.search(r"\bgoal\b[^:\-,]{0,60}[:,-]\s*\S+\s+\S+[^:\-]{0,120}[:-]\s*\w+\s+\w+", words))


def _moved(case: Case, number: int) -> bool:
    note = case.note
    if number >= len(note.sentences) or note.sentences[number].section in note.plans:
        return False
    if note.in_sentence("progress", number):
        return True
    return bool(_COUNTS.search(note.words(note.sentences[number])))


_NEXT_DATE = re.compile(
    r"\b(?:next|return|again|session|appointment|visit|back|meet\w*|sees?|until)\b[^.;\n]{0,25}"
    r"(?:\d{1,2}/\d{1,2}|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|\btomorrow)"
    r"|\b\d+\s*(?:wks?|weeks?|days|months?)\b\s*\.?$"
    r"|(?:^|[;,] )(?:return|back|recheck|see)\b[^.;\n]{0,12}\b\d+\s*(?:wks?|weeks?|months?)\b"
)


@element("N25", "plan and next steps", always)
def plan(case: Case) -> Found:
    note = case.note
    inside = [where for where in note.content("plan", "disposition") if _says_what_is_next(note.low[slice(*where)])]
    if inside:
        return met(note.spans([note.number_at(start) for start, _ in inside]), sure=True)
    found = [hit.sentence for hit in note.hits.get("next", ()) if not note.in_sentence("old_homework", hit.sentence)]
    found += [hit.sentence for hit in note.hits.get("homework", ()) if not _old_homework(case, hit.sentence)]
    found += [number for number, each in enumerate(note.sentences) if _NEXT_DATE.search(note.words(each))]
    found = [number for number in found if not _EARLIER_PLAN.search(note.words(note.sentences[number]))]
    return met(note.spans(found)) if found else missing()


_EARLIER_PLAN = re.compile(
    r"[\[(]?\b(?:(?:plan|copied|carried (?:forward|over)|pasted) (?:from|of) (?:\d|last|previous|prior)"
    r"|(?:last|previous|prior|old|earlier) (?:\w+ )?plan"
    r"(?: (?:from|of|dated|on) [\d/. -]+| for reference| \([^)\n]*\))*\s*:)[^\n]*"
)


def _says_what_is_next(content: str) -> bool:
    """A plan that is quoted from an earlier visit is none of this one."""
    return says_something(_EARLIER_PLAN.sub(" ", content))


def _old_homework(case: Case, number: int) -> bool:
    words = case.note.words(case.note.sentences[number])
    return bool(case.note.in_sentence("old_homework", number)) or bool(
        re.search(r"\b(?:did|last|completed|reviewed|previous|forgot)\b", words)
    )


@element("N26", "medical necessity", always)
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
    r"(?:^|\n|[.;] )[ \t*•-]{0,4}why (?:now|this|weekly|continued|longer|an?|the|so|\d+)[^:?\n]{0,30}:\s*\w+ \w+"
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
    r"\bwithout (?:\w+ ){0,3}(?:sessions?|treatment|therapy|psychotherapy|care|help|support|counsell?ing)\b|"
    r"\bif (?:treatment|therapy|care|sessions?) (?:is|are|were) (?:stopped|ended|interrupted|reduced)"
)


def _care_is_needed(case: Case, number: int) -> bool:
    note = case.note
    if note.sentences[number].section in ("subjective", "logistics", "objective") or not note.in_sentence(
        "care", number
    ):
        return False
    return any(note.standing(hit) == "said" for hit in note.in_sentence("need", number))
