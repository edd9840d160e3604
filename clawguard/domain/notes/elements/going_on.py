"""Where it leads and why it is needed: N25 and N26."""

from __future__ import annotations

import re

from clawguard.domain.notes import persons, standing
from clawguard.domain.notes.case import Case
from clawguard.domain.notes.elements.progress import TARGET
from clawguard.domain.notes.elements.registry import Found, always, element, met, missing, unsure
from clawguard.domain.notes.note import Hit
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
    if found:
        return met(note.spans(found))
    ahead = [number for number in range(len(note.sentences)) if _a_day_ahead(case, number)]
    return unsure("perhaps", note.spans(ahead)) if ahead else missing()


_DAY = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])")


def _a_day_ahead(case: Case, number: int) -> bool:
    """A day without a year within the three months behind the session, whatever is said of it."""
    note = case.note
    session = case.session.date_of_service.month * 31 + case.session.date_of_service.day
    signed = any(each.start <= note.sentences[number].start < each.end for each in case.signatures)
    days = [int(found[1]) * 31 + int(found[2]) for found in _DAY.finditer(note.words(note.sentences[number]))]
    return not signed and any(0 < (day - session) % (12 * 31) < 3 * 31 for day in days)


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
    perhaps = [
        number
        for number in sorted(note.numbers_of("need"))
        if _something_is_needed(case, number) or _is_needed(case, number)
    ]
    goes_on = {number for number, each in enumerate(note.sentences) if _GOES_ON.search(note.words(each))}
    perhaps += [number for number in sorted(note.numbers_of("care") | goes_on) if _goes_on_for_a_reason(case, number)]
    return unsure("perhaps", note.spans(perhaps)) if perhaps else missing()


_WHY = re.compile(
    r"(?:^|\n|[.;] )[ \t*•-]{0,4}why (?:now|still|care|continue|this|weekly|continued|longer|an?|the|so|"
    r"\d+)[^:?\n]{0,30}:\s*\w+ \w+"
    r"|\b(?:tx|treatment|therapy|care|[\w-]{2,8}) nec(?:essity)?:\s*\w+ \w+"
)
_REASON = re.compile(r"\b(?:because|since|due to|as)\b|: ")


def _something_is_needed(case: Case, number: int) -> bool:
    """ "Needed monthly: two admissions last year": of what, the sentence leaves to the reader."""
    note = case.note
    sentence = note.sentences[number]
    if note.under(number, "subjective", "logistics", "objective", "goal", *note.plans):
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
    if note.under(number, "subjective", "logistics", "objective") or not note.in_sentence("care", number):
        return False
    return any(_is_said(case, hit) for hit in note.in_sentence("need", number))


def _is_said(case: Case, hit: Hit) -> bool:
    """ "Not manageable alone, therapy warranted": a denial before a comma is none of what stands behind it."""
    note = case.note
    sentence = note.sentences[hit.sentence]
    clause = note.low[sentence.start : hit.start].rsplit(",", 1)[-1]
    words = clause + note.low[hit.start : sentence.end]
    return note.standing(hit) == "said" or standing.of(words, len(clause), len(clause) + hit.end - hit.start) == "said"


_GOING_ON = re.compile(
    r"\b(?:weekly|biweekly|every (?:other )?week|continu\w*|ongoing|sessions?|seen|visits?|(?:1|2|once|twice)(?:x|"
    r" times)? ?(?:/|per|a) ?w(?:k|eek))\b"
)
_GOES_ON = re.compile(r"\bcontinu\w+|\bongoing\b|\bstill\b|\bstopping\b")
_WOULD_WORSEN = re.compile(r"\bat risk\b|\bworsen\w*|\brelaps\w+|\bregress\w*|\bdecompensat\w+|\b(?:re-?)?hosp\w*")
_FOR_A_REASON = re.compile(
    r"\b(?:because|since|due to|given|as (?:she|he|they|symptoms|sx)|so (?:that|she|he|they)|still (?:mild|moderate|"
    r"severe|symptomatic)|"
    r"persist\w*|at risk|otherwise|until|or (?:she|he|they) (?:will|would))\b"
)


def _goes_on_for_a_reason(case: Case, number: int) -> bool:
    """Care that goes on and a reason beside it: "seen weekly because crying spells pull her out of class"."""
    note = case.note
    sentence = note.sentences[number]
    apart = ("subjective", "logistics", "objective", "goal", "risk")
    if sentence.section in apart and number not in note.astray:
        return False
    words = note.words(sentence)
    if sentence.section == "plan" and number not in note.astray:
        return bool(_GOES_ON.search(words)) and _at_stake(case, number)
    why = note.in_sentence("care", number) and _FOR_A_REASON.search(words)
    return bool(_GOING_ON.search(words)) and bool(why or _at_stake(case, number))


def _at_stake(case: Case, number: int) -> bool:
    """ "Continue weekly, anxiety is harming her ties": what is wrong beside the care, without a word of reason."""
    words = case.note.words(case.note.sentences[number])
    ill = any(case.note.in_sentence(name, number) for name in ("symptom", "impair")) or _WOULD_WORSEN.search(words)
    return bool(ill) and bool(re.search(r"[,;:(-]", words))


_SOMEBODY_NEEDS = re.compile(
    rf"\b(?:{persons.CLIENT}|{persons.OTHERS}|i|we|who|that|not|no)\.? (?:\w+ly |also |still )?$"
)
_LEAST = 5  # words of a sentence in which something is needed for a reason that we do not know


def _is_needed(case: Case, number: int) -> bool:
    """Something is said to be needed, by nobody in particular, in a sentence about nothing else."""
    note = case.note
    sentence = note.sentences[number]
    apart = sentence.section in ("subjective", "logistics", "objective", "goal", "plan", "risk", "mental_status")
    if (apart and number not in note.astray) or len(note.words(sentence).split()) < _LEAST:
        return False
    others = ("mse", "mse_strong", "risk_self", "old_homework")
    if any(note.in_sentence(name, number) for name in others):
        return False
    return any(
        not _SOMEBODY_NEEDS.search(note.low[sentence.start : hit.start]) and note.standing(hit) == "said"
        for hit in note.in_sentence("need", number)
    )
