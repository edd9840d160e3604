"""What was done and how the client answered: N22 and N23."""

from __future__ import annotations

import re

from clawguard.domain.notes import persons
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
    words = _QUOTATION.sub("", case.note.words(sentence)).strip()
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


_QUOTATION = re.compile(r'"[^"\n]{0,300}"')
_THE_CLIENT = re.compile(rf"\b{persons.CLIENT}(?!\w)")
_REACTING = re.compile(
    rf"\b(?:{persons.CLIENT}|{persons.OTHERS})(?!\w)"
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
    told = note.content("response")
    inside = [where for where in told if not _only_ahead(note.low[slice(*where)])]
    if inside:
        return met(note.spans([note.number_at(start) for start, _ in inside]), sure=True)
    done = set(interventions(case))
    near = {number + offset for number in done for offset in (0, 1, 2)}
    found = [hit.sentence for hit in note.hits.get("response", ()) if _reaction(case, hit.sentence, hit.start, near)]
    if found and told:
        return unsure("perhaps", note.spans(found))  # in its own field stands something else
    if found:
        return met(note.spans(found), sure=bool(set(found) & near))
    done |= {number for number in range(len(note.sentences)) if _something_done(case, number)}
    near = {number + offset for number in done for offset in (0, 1, 2)}
    answers = {hit.sentence for hit in note.hits.get("response", ()) if _of_somebody(case, hit.sentence, hit.start)}
    perhaps = sorted(number for number in near if _might_answer(case, number, done, number in answers & near))
    if perhaps:
        return unsure("perhaps", note.spans(perhaps))
    ahead = note.spans([note.number_at(start) for start, _ in told])
    return missing("only_ahead" if told else "", ahead)


_AHEAD = re.compile(
    rf"\W*(?:(?:{persons.CLIENT}|{persons.OTHERS}) )?"
    r"(?:will|is going to|are going to|plans? to|to) (?!be |not )\w+"
)


def _only_ahead(content: str) -> bool:
    """Under the response, up to a goal, nothing but what the client will do next: a plan, and no reaction."""
    named = GOAL.search(content)
    own = content[: named.start()] if named else content
    sentences = [each for each in re.split(r"[.;\n]", own) if re.search(r"[a-z]{2}", each)]
    return bool(sentences) and all(_AHEAD.match(each) for each in sentences)


_ANSWERING = re.compile(
    rf"(?:and |then |by \w+[\w ]{{0,20}} )?(?:{persons.CLIENT}(?!\w)|(?:her|his|their) "
    r"(?:voice|jaw|shoulders|breath\w*|hands|face|body|tears|distress|anxiety|tension|mood)\b)"
)


def _might_answer(case: Case, number: int, done: set[int], told: bool) -> bool:
    """Behind an intervention the client is the subject of words that we do not know, or a word of answering
    (``told``) stands without anybody. An assessment or a report that names the intervention may hold the answer."""
    note = case.note
    if number >= len(note.sentences):
        return False
    section = note.sentences[number].section
    apart = section == "plan" or section in ("assessment", "subjective", "mental_status", "goal", "necessity")
    beside = section != "plan" and any(note.sentences[each].section == section for each in done if each <= number)
    words = note.words(note.sentences[number]).strip()
    if _AHEAD.match(words):
        return False
    opens = _opens_the_assessment(case, number) and (told or bool(_DID.match(words)))
    if (apart and not beside and not opens) or _of_something_else(case, number):
        return False
    if number in done and not (opens and told):
        return any(_ANSWERING.match(each) and not _only_reported(each) for each in re.split(r"[;,] ", words)[1:])
    told = told and not ("90853" in case.codes and _THE_OTHERS.match(words))
    answering = told or _ANSWERING.match(words) or _LEFT_OUT.match(words)
    return bool(answering) and not _only_reported(words)


_DID = re.compile(
    rf"{persons.CLIENT} (?:\w+ly |also |first |then )?(?!continued|reported|remained|presented|denied|endorsed|"
    r"described|stated|demonstrated|displayed|showed|progressed|improved|struggled|experienced|appeared|identified)"
    r"(?:\w{3,}ed|became|began|came|chose|cried|did|drew|felt|found|gave|got|held|kept|laughed|left|read|said|sat|saw|"
    r"shook|spoke|stood|thought|told|took|understood|was (?:able|\w+ed)|went|wept|wrote)\b"
)


def _opens_the_assessment(case: Case, number: int) -> bool:
    """Its first two sentences: where an objective ends with what was done, the assessment may begin with the answer."""
    note = case.note
    before = [
        each
        for each in range(max(0, number - 3), number)
        if note.sentences[each].section == "assessment" and note.words(note.sentences[each]).strip()
    ]
    return note.sentences[number].section == "assessment" and len(before) < 2


# "Groaned, then agreed to try it": the client did, whom hurried writers leave out, or the writer; a person reads it.
_LEFT_OUT = re.compile(
    r"(?:[-*•]\s*)?(?:initially |at first |then |first )?(?:\w{3,}ed|became|brought|came|chose|did|drew|"
    r"felt|found|gave|got|held|kept|left|made|put|said|sat|saw|shook|spoke|stood|thought|told|took|"
    r"understood|went|wept|wrote)\b \S+ \S+"
)
_THE_OTHERS = re.compile(r"(?:the |all |other )*(?:members|group|participants|everyone|peers)\b")


def _of_somebody(case: Case, number: int, at: int) -> bool:
    """The client stands in the sentence, or nobody before the word of answering."""
    sentence = case.note.sentences[number]
    words = case.note.low[sentence.start : sentence.end]
    return bool(_subject(case).search(words) or _SUBJECT_LEFT_OUT.fullmatch(case.note.low[sentence.start : at]))


def _of_something_else(case: Case, number: int) -> bool:
    """Mental status, risk, a goal, necessity or the next date have words of answering in them, too."""
    note = case.note
    others = ("mse_strong", "risk_self", "risk_other", "necessity", "need", "next", "homework")
    return any(note.in_sentence(name, number) for name in others) or bool(
        GOAL.search(note.words(note.sentences[number]))
    )


def _reaction(case: Case, number: int, at: int, near: set[int]) -> bool:
    note = case.note
    sentence = note.sentences[number]
    others = ("plan", "subjective", "assessment", "goal", "progress", "necessity", "function", "risk")
    if sentence.section in others and not (number in note.astray and sentence.section != "plan"):
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
