"""Whether harm to oneself or others was asked about, and what was planned where it was there: N20 and N21."""

from __future__ import annotations

import re

from clawguard.domain.notes import standing
from clawguard.domain.notes.case import Case
from clawguard.domain.notes.elements.registry import (
    ANY_CRISIS,
    VISITS,
    Found,
    always,
    element,
    met,
    missing,
    not_here,
    unsure,
)
from clawguard.domain.notes.note import Hit

_NOT_ASKED = re.compile(
    r"\b(?:not (?:answered|assessed|asked|completed|discussed|addressed|evaluated|done|filled)|"
    r"did(?: not|n't) (?:ask|assess)|deferred|"
    r"unable to assess|ran out of (?:clock|time)|(?:will|to) (?:discuss|ask|assess|address|"
    r"revisit|review|check)\b"
    r"[^.;\n]{0,25}\bnext)\b"
)
_RELATION = (
    r"(?:son|daughter|mother|mom|father|dad|sister|brother|cousin|friend|husband|wife|partner|roommate|uncle|aunt|"
    r"grandmother|grandfather|boyfriend|girlfriend|ex|neighbor|coworker|classmate)"
)
_ANOTHER = re.compile(
    rf"\b{_RELATION}\b(?:'s)?[^.;]{{0,20}}\b(?:said|says|who|was|is|has|had|tried|attempted|died|used|made|took|"
    rf"shot|hung|hanged|jumped|overdosed|texted|threat\w*|suicide)\b"
)
_PAST = re.compile(r"\b(?:past|history|last (?:in|year|month)|previous|prior|years? ago|no longer|attempts?)\b")
_AFFIRMED = re.compile(
    r"\b(?:endors\w*|reports?|reported|reporting|admit\w*|acknowledg\w*|disclos\w*|states?|stated|says?|passive|"
    r"active|acute|"
    r"positive|thoughts?|urges?|wish\w*|wants?|plan|with)\b"
)


@element("N20", "risk asked about", always)
def risk(case: Case) -> Found:
    note = case.note
    hits = [hit for hit in _all(case) if not _another(case, hit)]
    answered = [hit for hit in hits if not _not_asked(case, hit)]
    asked = [hit for hit in answered if not _of_another_day(case, hit)]
    if asked:
        return met(note.spans([hit.sentence for hit in asked]), sure=True)
    if answered:
        return missing("another_day", note.spans([hit.sentence for hit in answered]), sure=True)
    if hits:
        return missing("not_assessed", note.spans([hit.sentence for hit in hits]), sure=True)
    told = note.content("risk")
    inside = [where for where in told if not _NOT_ASKED.search(note.low[slice(*where)])]
    if told and not inside:
        return missing("not_assessed", note.spans([note.number_at(told[0][0])]), sure=True)
    level = note.hits.get("risk_level", ())
    if inside and not any(_OF_HARM.search(note.low, *where) or _shortly(note.low[slice(*where)]) for where in inside):
        return unsure("perhaps", note.spans([note.number_at(inside[0][0])]))  # of losing a flat or a job, perhaps
    if level and not inside and case.billed(VISITS):
        return unsure("perhaps", note.spans([hit.sentence for hit in level]))  # the risk of the drugs, by its words
    if inside or level:
        return met(note.spans([note.number_at(inside[0][0])] if inside else [hit.sentence for hit in level]))
    denied = [note.number_at(found.start()) for found in note.search(_NO_TALK_OF_IT)]
    if denied:
        return met(note.spans(denied))
    perhaps = [
        number
        for number, each in enumerate(note.sentences)
        if _OF_DEATH.search(note.words(each)) and not _ANOTHER.search(note.words(each))
    ]
    return unsure("perhaps", note.spans(perhaps)) if perhaps else missing()


_OF_HARM = re.compile(
    r"suicid|homicid|\bharm|\bsafe|danger|\bself\b|\bkill|\bdie\b|\bdead\b|\bdying\b|\bhurt|violen|\bsi\b|\bhi\b|"
    r"\bdeni|\bsib\b|\bnssi\b|protective|c-?ssrs|ideation|weapon|\bgun|firearm|\bno (?:concerns|change|acute)"
)
_OF_DEATH = re.compile(
    r"\b(?:(?:of|about) (?:dying|death)|(?:to|want(?:s|ed|ing)? to|wish(?:es|ed)? to) die|be dead|"
    r"better off (?:dead|without|if)|ending (?:it|his|her|their|my)\b|"
    r"end (?:it all|(?:his|her|their|my) life)|(?:not|n't|never) (?:wake|waking) up|"
    r"do(?:ing)? away with (?:him|her|your|my|them)sel|"
    r"tak(?:e|ing) (?:his|her|their|my) (?:own )?life|not (?:to )?be here|danger (?:from|to)|unsafe|feels? safe|"
    r"keep(?:s|ing)? safe)\b"
    r"|\bharm(?:ing)?: |\b(?:harm|hurt)(?:ing|s)?\b[^.;\n]{0,20}\b(?:to |him|her|them)?sel(?:f|ves)\b"
)
# "No talk of hurting self or others", "nothing about wanting to die": asked or looked for, and answered.
_NO_TALK_OF_IT = re.compile(
    r"\b(?:no|not|never|nothing|none|denie[sd]|deny|denying|without|negative for)\b(?: (?!but\b)[\w',/\"-]+){0,6}? "
    r"(?:(?:hurting|harming|killing|injuring) (?:self|others?|him|her|them|my|any|some|people|the )\w*"
    r"|(?:wanting|wishing) (?:to die|to be dead|not to)|dying by suicide|areas of risk)"
)
_FEW_WORDS = 8  # "Low, no change" is an answer; a story under the heading need not be about harm


def _shortly(content: str) -> bool:
    return len(content.split()) <= _FEW_WORDS


def _all(case: Case) -> list[Hit]:
    note = case.note
    found = [*note.hits.get("risk_self", ()), *note.hits.get("risk_other", ())]
    return sorted((hit for hit in found if _meant(case, hit)), key=lambda hit: hit.start)


def _meant(case: Case, hit: Hit) -> bool:
    """SI and HI only in capitals, or side by side, or denied: "hi" is a greeting, "si" a word of Spanish. Threats only
    where they are denied or under risk: parents make some, too."""
    word = case.note.text[hit.start : hit.end]
    if word.lower() == "threats":
        return case.note.sentences[hit.sentence].section == "risk" or case.note.standing(hit) == standing.DENIED
    if word.lower() not in ("si", "hi", "dto", "dts"):
        return True
    around = case.note.low[max(0, hit.start - 12) : hit.end + 12]
    return word.isupper() or bool(_ABOUT_HARM.search(around))


_ABOUT_HARM = re.compile(r"si\s*/\s*hi|denie[sd]|den1es|\bno si\b|\bsi,? (?:or |no )?hi\b")


def _another(case: Case, hit: Hit) -> bool:
    """Said of a relative, or a quotation in which the client tells of somebody else."""
    note = case.note
    sentence = note.sentences[hit.sentence]
    before = note.low[sentence.start : hit.start]
    if note.standing(hit) == standing.DENIED:
        return False
    if note.standing(hit) in (standing.QUOTED, standing.ELSEWHERE) and re.search(
        rf"\b(?:{_RELATION}|used to|she says)\b", before
    ):
        return True
    found = list(_ANOTHER.finditer(before))
    return bool(found) and not re.search(r"\bclient (?:denie|report|endors|state)", before[found[-1].end() :])


def _not_asked(case: Case, hit: Hit) -> bool:
    sentence = case.note.sentences[hit.sentence]
    if case.note.left_open(hit.sentence):
        return True
    return bool(_NOT_ASKED.search(case.note.low[hit.end : min(sentence.end, hit.end + 60)])) or bool(
        re.search(r"\bdid(?: not|n't) (?:ask|assess)[^.;]*$", case.note.low[sentence.start : hit.start])
    )


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_A_DAY = (
    r"(?:(?P<m>\d{1,2})[/-](?P<d>\d{1,2})(?![\d%])|(?P<name>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|ust|ember|ober)?\.? (?P<nd>\d{1,2})\b|(?P<last>(?:last|previous|prior|intake) (?:session|"
    r"visit|time|appointment|meeting|review|evaluation|assessment|note)))"
)
_SAID_OF = (
    r"\b(?:as of|on|of|from|dated|noted|seen|session|visit|note|review|asked|assessed|screened|per|at|during) \(?"
)
# "As noted on February 11 he denied …", "At last visit denied …", "SI denied on 2/18".
_EARLIER_BEFORE = re.compile(
    r"\W*(?:risk[^:\n]{0,20}: ?)?(?:per|as|at|on|in|from|during|when|copied|carried|reviewed|last)\b"
    rf"(?:[^.;\n]{{0,40}}?{_SAID_OF}|(?<=\bat)\s|(?<=\bon)\s|(?<=\bper)\s|(?<=from)\s)"
    rf"(?:the |his |her |their |our )?{_A_DAY}"
)
_EARLIER_BEHIND = re.compile(rf"[^.,;\n]{{0,40}}?(?:\(|{_SAID_OF})(?:the |his |her |their |our )?{_A_DAY}")
_RECENTLY = 5 * 31  # days without a year that are of before the session (ours)
_NOW_AS_WELL = re.compile(
    r"\b(?:today|now|again|still|current(?:ly)?|at present|this (?:session|visit|time)|remains?|unchanged)\b"
)


_ANSWERED = re.compile(r"\b(?:denie[sd]|deny|denying|no|none|nothing|neither|neg(?:ative)?|same|both|unchanged)\b")


def _of_another_day(case: Case, hit: Hit) -> bool:
    """Told of an earlier day, and nothing of this one: what was asked then was not asked now."""
    sentence = case.note.sentences[hit.sentence]
    words = case.note.low[sentence.start : sentence.end]
    behind = (
        case.note.words(case.note.sentences[hit.sentence + 1]) if hit.sentence + 1 < len(case.note.sentences) else ""
    )
    if _NOW_AS_WELL.search(words) or (_NOW_AS_WELL.search(behind) and _ANSWERED.search(behind)):
        return False
    found = _EARLIER_BEFORE.match(words[: hit.start - sentence.start])
    if found is None and case.note.standing(hit) == standing.DENIED:
        found = _EARLIER_BEHIND.match(words[hit.end - sentence.start :])
    if found is None or found["last"]:
        return found is not None
    day = case.session.date_of_service
    month = int(found["m"]) if found["m"] else _MONTHS.index(found["name"][:3]) + 1
    ago = day.month * 31 + day.day - month * 31 - int(found["d"] or found["nd"])
    return 1 <= month <= 12 and 0 < ago % (12 * 31) <= _RECENTLY


# What is asked about or asked with, such as an instrument: by its name alone nobody has such thoughts.
_ASKED_WITH = frozenset(
    {"reasons to live", "overdose", "columbia suicide", "c ssrs", "cssrs", "goodbye", "safety concerns"}
)


def positive(case: Case) -> list[Hit]:
    """Thoughts or urges of self-harm that the client has now."""
    hits = case.note.hits.get("risk_self", ())
    asked = [hit for hit in hits if " ".join(re.findall(r"\w+", case.note.body[hit.start : hit.end])) in _ASKED_WITH]
    named = {at for hit in asked for at in range(hit.start, hit.end)}
    own = [hit for hit in hits if hit.start not in named or hit.end - 1 not in named]
    return [hit for hit in own if _meant(case, hit) and not _another(case, hit) and _now(case, hit)]


def _now(case: Case, hit: Hit) -> bool:
    note = case.note
    sentence = note.sentences[hit.sentence]
    if sentence.section in ("plan", "necessity", "goal", "topic") or note.standing(hit) in (
        standing.DENIED,
        standing.ELSEWHERE,
    ):
        return False
    words = note.low[sentence.start : sentence.end]
    clause = (
        re.split(r"[;,]", words[: hit.end - sentence.start])[-1]
        + re.split(r"[;.]", words[hit.end - sentence.start :])[0]
    )
    strong = re.match(r"want|wish|kill|hurt|harm|better|urge|would|jump", note.body[hit.start : hit.end])
    return not _PAST.search(clause) and bool(strong or _AFFIRMED.search(clause))


def _applies(case: Case) -> bool:
    return True


@element("N21", "safety plan", _applies)
def safety_plan(case: Case) -> Found:
    there = positive(case)
    if not there and not case.billed(ANY_CRISIS):
        return not_here()
    named = [
        hit
        for hit in case.note.hits.get("safety_plan", ())
        if case.note.standing(hit) in (standing.SAID, standing.PLANNED)
    ]
    plan = [hit for hit in named if not _refused(case, hit)]
    if plan:
        return met(case.note.spans([hit.sentence for hit in plan]), sure=True)
    if named:
        return missing("plan_declined", case.note.spans([hit.sentence for hit in named]), sure=True)
    return missing("risk_told" if there else "", case.note.spans([hit.sentence for hit in there]))


_NO_TO_IT = r"(?:declin\w*|refus\w*|would not|wouldn't|unwilling|did(?: not|n't) want)"
_REFUSED_BEFORE = re.compile(_NO_TO_IT + r"(?: (?!admission|hospital|inpatient|higher|but\b|and\b)[\w-]+){0,5} $")
_REFUSED_AFTER = re.compile(
    r"[^.;]{0,30}?\b" + _NO_TO_IT + r"\b(?! (?:an? |the )?(?:copy|admission|hospital\w*|inpatient|higher|medication))"
)


def _refused(case: Case, hit: Hit) -> bool:
    """A plan that was offered and declined is none. A copy of it, or the hospital, may be declined beside a plan."""
    sentence = case.note.sentences[hit.sentence]
    before, after = case.note.low[sentence.start : hit.start], case.note.low[hit.end : sentence.end]
    return bool(_REFUSED_BEFORE.search(before) or _REFUSED_AFTER.match(after))
