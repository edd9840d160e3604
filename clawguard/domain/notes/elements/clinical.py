"""What was wrong and how it showed: N16 to N19."""

from __future__ import annotations

import re

from clawguard.domain.notes import persons, spoken
from clawguard.domain.notes.case import Case
from clawguard.domain.notes.elements.registry import (
    Found,
    always,
    contradicted,
    element,
    met,
    missing,
    not_here,
    unsure,
)

_ICD = re.compile(r"\b(?:[fz]\d[0-9a-z](?:\.[0-9a-z]{1,4}|[0-9]{1,3})?|[a-tv-y]\d[0-9a-z]\.[0-9a-z]{1,4})\b")
_DIAGNOSIS_WORDS = re.compile(r"\b(?:disorder|depression|mdd|gad|ptsd|adhd|bipolar|dysthymia|schizophrenia|anorexia)\b")
GOAL = re.compile(
    r"\b(?:goals?|objectives?)\b(?:\s*+(?:#|no\.?|number)?\s*+:?\s*+(?:\d|(?:one|two|three|four|five)\b|"
    r"[a-d]\b(?=\s*[:\"(-]))|\s*+[\"(:,-]\s*+[\"(]?\s*+\w+\s+\w+|"
    r"\s+(?:of|to|is)\s+\w+|\s+(?:from|in|on|of) (?:the|his|her|their|\w+'s) (?:\w+ )?plan\b|\s+\"|,? \")|"
    r"\b(?:first|second|third|fourth) (?:goal|aim)\b"
    r"|(?:^|[-*•]\s*)(?:g|obj\.?|aim)\s?(?:\d|[a-d])\b|\baims?\b[ ]*(?::|\w? of the plan)"
    r"|\bobjs?\.?\s*+#?\s*+\d|\b(?:tpg|tg|ltg|stg|tpo|sto|lto)s?\s?#?\d"
)
_LEAST_WORDS = 8  # of a client's report without a symptom we know (ours)
_FIRST_PERSON = re.compile(r"\"[^\"\n]{0,80}\b(?:i|i'm|i've|my|me)\b[^\"\n]{0,80}\"")
_CLIENT_IS_SUBJECT = re.compile(rf"(?:^|[,;] |\band ){persons.CLIENT}(?!\w)")
SENTENCE = 4  # words from which a sentence may hold a thought that we do not know
_NOT_REPORTED = frozenset({"plan", "assessment", "intervention", "goal", "progress", "necessity", "function"})


@element("N16", "diagnosis as billed", always)
def diagnosis(case: Case) -> Found:
    billed = [code.lower() for code in case.session.diagnoses]
    found = [
        (match.group().replace(".", ""), match.span()) for match in _ICD.finditer(spoken.codes_as_digits(case.note.low))
    ]
    spans = tuple(case.note.span(*where) for _, where in found[:3])
    if not billed:
        return not_here("no_facts")
    if any(code == billed[0] for code, _ in found):
        return met(tuple(case.note.span(*where) for code, where in found if code == billed[0])[:1], sure=True)
    if found:
        return contradicted("not_first" if any(code in billed for code, _ in found) else "other_code", spans)
    words = _DIAGNOSIS_WORDS.search(case.note.low)
    return missing("words_only", (case.note.span(*words.span()),)) if words else missing()


@element(
    "N17",
    "symptoms or presenting problem",
    always,
    never_in="plan intervention response risk mental_status goal progress",
)
def symptoms(case: Case) -> Found:
    note = case.note
    reported = note.numbers_of("report")
    told = [hit for hit in note.said("symptom") if _may_report(case, hit.sentence)]
    quoted = [hit for hit in note.hits.get("symptom", ()) if note.standing(hit) == "quoted"]
    strong = [hit for hit in [*told, *quoted] if _of_client(case, hit.sentence, reported)]
    if strong:
        return met(note.spans([hit.sentence for hit in strong]), sure=len(strong) > 1)
    quotations = [note.number_at(hit.start()) for hit in note.search(_FIRST_PERSON)]
    if any(note.sentences[number].section != "plan" for number in quotations):
        return met(note.spans(quotations))
    told_at_length = [
        start for start, end in note.content("subjective") if _own_words(note.low[start:end]) >= _LEAST_WORDS
    ]
    if told_at_length:
        return met(note.spans([note.number_at(start) for start in told_at_length]))
    perhaps = [
        hit.sentence for hit in told if note.sentences[hit.sentence].section == "header" or hit.sentence in note.astray
    ]
    alone = [number for number in perhaps if not note.in_sentence("mse", number)]
    alone = [number for number in alone if not note.in_sentence("intervention", number)]
    if alone or len(perhaps) > 1:
        return unsure("perhaps", note.spans(perhaps))
    misplaced = [number for number in reported if note.sentences[number].section == "plan"]
    misplaced = [number for number in misplaced if note.in_sentence("symptom", number)]
    if misplaced:
        return unsure("perhaps", note.spans(misplaced))
    shortly = [
        start for start, end in note.content("subjective", "behavior") if _own_words(note.low[start:end]) >= SENTENCE
    ]
    return unsure("perhaps", note.spans([note.number_at(start) for start in shortly])) if shortly else missing()


def _may_report(case: Case, number: int) -> bool:
    return case.note.sentences[number].section not in _NOT_REPORTED or number in case.note.astray


def _own_words(content: str) -> int:
    """Words of a report apart from what it denies."""
    clauses = re.split(r"[.;]", content)
    return sum(
        len(clause.split()) for clause in clauses if not re.search(r"\bden(?:ies|ied|y)\b|\bno (?:si|hi)\b", clause)
    )


def _of_client(case: Case, number: int, reported: set[int]) -> bool:
    sentence = case.note.sentences[number]
    free = sentence.section == "header" or number in case.note.astray
    if free and _CLIENT_IS_SUBJECT.search(case.note.words(sentence)):
        return True
    return sentence.section in ("subjective", "data", "behavior", "em") or number in reported


@element("N18", "mental status", always)
def mental_status(case: Case) -> Found:
    note = case.note
    content = note.content("mental_status")
    strong = [hit for hit in note.hits.get("mse_strong", ()) if note.sentences[hit.sentence].section != "plan"]
    weak = {note.body[hit.start : hit.end] for hit in note.hits.get("mse", ()) if _observed(case, hit.sentence)}
    if content or strong:
        places = [hit.sentence for hit in strong] or [note.number_at(content[0][0])]
        return met(note.spans(places), sure=len(weak) > 1)
    if len(weak) >= 2:
        return met(note.spans([hit.sentence for hit in note.hits["mse"] if _observed(case, hit.sentence)]))
    perhaps = [number for number, each in enumerate(note.sentences) if _SEEN.search(note.words(each))]
    perhaps = perhaps or [hit.sentence for hit in note.hits.get("mse_strong", ())]  # in the plan, out of its place
    if not any(section.name == "mental_status" for section in note.sections):  # else its own field was left empty
        beside = [hit.sentence for hit in note.hits.get("mse", ()) if _in_its_place(case, hit.sentence)]
        perhaps = perhaps or (beside if len(beside) > 1 else [])
    return unsure("perhaps", note.spans(perhaps)) if perhaps else missing()


# Observed without a word of the lists: what the client looked like, and whether time and place were known.
_SEEN = re.compile(
    r"\b(?:knows?|knew|aware of|sure of|certain of|in no doubt about) (?:the |what |which |his |her |it's )?(?:day|"
    r"date|time|place|where|year)\b"
    rf"|\b{persons.CLIENT} (?:looked|seemed|appeared|came across|presented(?: as)?) (?!at\b|for\b|to\b|with\b|"
    rf"into\b|up\b|after\b)\w+"
    r"|\bclear in (?:his|her|their) mind\b"
)


def _observed(case: Case, number: int) -> bool:
    """One word in what is reported or done is none that the clinician saw: "reports: sad", "CBT, mood ladder"."""
    note = case.note
    told = note.in_sentence("report", number) or note.in_sentence("intervention", number)
    alone = bool(told) and len(note.in_sentence("mse", number)) == 1
    return _in_its_place(case, number) and not alone


def _in_its_place(case: Case, number: int) -> bool:
    return case.note.sentences[number].section not in ("plan", "subjective", "necessity", "goal")


@element(
    "N19",
    "effect on functioning",
    always,
    never_in="plan objective intervention response risk mental_status goal",
)
def functioning(case: Case) -> Found:
    note = case.note
    stated = note.said("function_stated")
    if stated:
        return met(note.spans([hit.sentence for hit in stated]), sure=True)
    found = [number for number in sorted(note.numbers_of("domain")) if _impaired(case, number)]
    inside = note.content("function")
    if found or inside:
        return met(note.spans(found or [note.number_at(inside[0][0])]), sure=_assessed(case, found))
    perhaps = [
        number
        for number in range(len(note.sentences))
        if _weighed(case, number) or _strays(case, number) or _at_the_place(case, number)
    ]
    perhaps = perhaps or [number for number in range(len(note.sentences)) if _given_up(case, number)]
    return unsure("perhaps", note.spans(perhaps)) if perhaps else missing()


_GIVEN_UP = re.compile(
    r"(?:^|[,;:|.] |\b(?:and|has|had|he|she|they|client|pt|ct) )(?:also )?(?:quit|dropped out|gave up|given up|missed|"
    r"skipped|behind (?:on|with|in)|late (?:to|for|on|with)|lost (?:his|her|their|a|two|three)|turned down|cancel\w+|"
    r"called (?:out|in sick)|(?:two|three|four|\d+) (?:absences|tardies|unexcused|write-ups)|"
    r"let(?:s|ting)? (?:\w+ ){1,3}(?:spoil|slide|go))\b"
)


def _given_up(case: Case, number: int) -> bool:
    """Something was given up, missed or left undone, in an area of life that we do not know."""
    told = case.note.sentences[number].section in ("header", "subjective", "data", "behavior") or (
        number in case.note.astray
    )
    return told and bool(_GIVEN_UP.search(case.note.words(case.note.sentences[number])))


def _weighed(case: Case, number: int) -> bool:
    """A sentence of the assessment that is not about goals, progress, diagnosis, risk or what is needed."""
    note = case.note
    sentence = note.sentences[number]
    words = note.words(sentence)
    about = ("need", "necessity", "risk_self", "risk_other", "risk_level")
    apart = not any(note.in_sentence(name, number) for name in about) and not GOAL.search(words)
    apart = apart and not re.search(r"\bgoals?\b|progress|\bdisorder\b", words)
    return sentence.section == "assessment" and apart and len(words.split()) >= SENTENCE


def _at_the_place(case: Case, number: int) -> bool:
    """A symptom and an area of life in one sentence of the client's account: "a panic attack at work, went home"."""
    note = case.note
    told = note.sentences[number].section in ("header", "subjective", "data", "behavior") or number in note.astray
    there = _PLACE.search(note.words(note.sentences[number]))
    return bool(told and there) and any(note.standing(hit) == "said" for hit in note.in_sentence("symptom", number))


_PLACE = re.compile(
    r"\b(?:at|from|in|to|into|off|before|during) (?:her |his |their |the |a )?"
    r"(?:work|job|school|class|college|home|church|stores?|mall|office|meetings?|daycare|lectures?|shop|shift)\b"
)


def _strays(case: Case, number: int) -> bool:
    """Area and loss under a heading of something else: a section runs on where no further heading ends it."""
    note = case.note
    return (
        note.sentences[number].section in ("intervention", "response", "logistics")
        and bool(note.in_sentence("domain", number))
        and any(note.standing(hit) == "said" for hit in note.in_sentence("impair", number))
    )


def _assessed(case: Case, numbers: list[int]) -> bool:
    return any(case.note.sentences[number].section in ("assessment", "function") for number in numbers)


def _impaired(case: Case, number: int) -> bool:
    """An area of life and a loss in it within one sentence; the two may not be one word."""
    note = case.note
    if note.under(number, "intervention", "response", "logistics", *note.plans):
        return False
    losses = [hit for hit in note.in_sentence("impair", number) if note.standing(hit) in ("said", "denied")]
    areas = note.in_sentence("domain", number)
    return any(loss.start != area.start for loss in losses for area in areas)
