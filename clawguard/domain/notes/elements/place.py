"""Where it took place, and what telehealth asks for: N10 to N14."""

from __future__ import annotations

import re

from clawguard.domain.notes._table_states import STATES
from clawguard.domain.notes.case import Case
from clawguard.domain.notes.elements.registry import (
    Found,
    always,
    contradicted,
    element,
    met,
    missing,
    remote,
    unsure,
)
from clawguard.domain.notes.note import Hit
from clawguard.domain.notes.sections import says_something

_CITY_STATE = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)?,\s*([A-Z]{2})\b")
_CITY_STATE_BARE = re.compile(r"(?:\b(?:home|at|in|from|lives|located)\b|@)[^.;\n]{0,20}\b[A-Z][a-z]+ ([A-Z]{2})\b")
# "Ct location: home, Scranton PA", "State: NY": where nothing but a state can stand.
_AT_HOME = re.compile(
    r"\b(?:(?:[Hh]ome|house|apartment|bedroom|dorm|car|work|workplace|school|[Ll]ocated|[Jj]oined from)\b|"
    r"[Ll]ocation\b:?)[^.;:\n]{0,12}[, ] ?[A-Z][a-z]+(?:[- ][A-Z][a-z]+)? ([A-Z]{2})(?=[.,;)\n]|\s*$)"
    r"|\b[Ss]tate:[ \t]{0,3}([A-Z]{2})\b"
)
_OTHER_MEANINGS = frozenset({"HI", "OK", "IN", "OR", "ME", "ID", "MD", "PA", "MA", "MS", "LA", "CT", "DE", "CO", "AL"})
_STATE_NAME = re.compile(r"\b(" + "|".join(sorted(STATES.values(), key=len, reverse=True)) + r")\b")
_AUDIO = re.compile(r"\b(?:phone|telephone|audio)\b")


def _places(case: Case) -> tuple[list[Hit], list[Hit]]:
    note = case.note

    def told(name: str) -> list[Hit]:
        """In a plan it is of the next session, unless the line is one of its own below the plan's."""
        hits = note.said(name)
        return [hit for hit in hits if note.sentences[hit.sentence].section != "plan" or hit.sentence in note.astray]

    return told("tele"), told("office")


@element("N10", "place of the session", always)
def place(case: Case) -> Found:
    tele, office = _places(case)
    spans = case.note.spans([hit.sentence for hit in [*tele, *office]][:2])
    if case.remote and office and not tele:
        return contradicted("office_billed_remote", spans, sure=False)
    if case.session.telehealth == "none" and tele and not office:
        return contradicted("remote_billed_office", spans)
    if tele or office:
        return met(spans, sure=True)
    told = _addresses(case)
    if told and not case.remote:
        return met(tuple(case.note.span(*where) for where in told[:2]))
    perhaps = told or _behind_the_time(case) or [found.span() for found in _PLACE_WORDS.finditer(case.note.text)][:1]
    return unsure("perhaps", tuple(case.note.span(*where) for where in perhaps[:2])) if perhaps else missing()


_PLACE_WORDS = re.compile(
    r"\b(?:[Oo]fc|[Oo]ff\.|[Ss]uite|[Bb]ldg|[Aa]nnex|(?:\d(?:st|nd|rd|th)|ground) floor|[Ww]alk-in)\b"
)
_LABEL = re.compile(r"\b(?:location|place)\b")
_ADDRESS = re.compile(
    r"\b\d{1,5}[A-Za-z]? (?:[A-Z][\w'-]+ ){1,3}(?:St|Street|Ave|Avenue|Rd|Road|Ln|Lane|Row|Ct|Court|Dr|Drive|Blvd|"
    r"Boulevard|Way|Walk|Terrace|Pl|Place|Sq|Square|Mews|Close)\b"
    r"|\b(?:[Ss]uite|[Ss]te\.?|[Rr]oom|[Rr]m\.?) #?[A-Z]?\d+\b"
    r"|\b(?:[Gg]roup|[Tt]herapy|[Cc]onsulting|[Tt]reatment|[Pp]lay|[Cc]onference|[Ff]amily) ?room\b|"
    r"\bmy (?:office|room)\b"
)
_NAMED_PLACE = re.compile(r"[^.\n]{0,12}?(?:[,;|@-]|\bat\b|\bin\b| )\s*(?:the )?[A-Z][a-z]+ [A-Z][a-z]+")


def _addresses(case: Case) -> list[tuple[int, int]]:
    """What stands behind a label of the place, and street addresses and rooms."""
    note = case.note
    labelled = [
        (section.head, section.end)
        for section in note.sections
        if section.name == "logistics"
        and _LABEL.search(note.low[section.head : section.start])
        and says_something(note.low[section.start : section.end])
    ]
    return labelled or [
        found.span() for found in _ADDRESS.finditer(note.text) if _of_the_session(case, note.number_at(found.start()))
    ]


_MET_THERE = re.compile(r"\b(?:seen|session|psychotherapy|met|held|office|arrived|finished|came to)\b")


def _of_the_session(case: Case, number: int) -> bool:
    """An address counts beside the times or a word of meeting; elsewhere it may be where somebody lives."""
    sentence = case.note.sentences[number]
    clocks = [*(pair[0] for pair in case.times.ranges), *case.times.starts]
    beside = any(sentence.start <= each.start < sentence.end for each in clocks)
    return beside or bool(_MET_THERE.search(case.note.low, sentence.start, sentence.end))


def _behind_the_time(case: Case) -> list[tuple[int, int]]:
    """ "6:00-7:15 PM, Example House": a name behind the times may well be the place."""
    found = [_NAMED_PLACE.match(case.note.text, pair[1].end) for pair in case.times.ranges]
    return [match.span() for match in found if match]


@element("N11", "method and secure platform", remote)
def platform(case: Case) -> Found:
    found = case.note.said("platform")
    return met(case.note.spans([hit.sentence for hit in found]), sure=True) if found else missing()


@element("N12", "consent to telehealth", remote)
def consent(case: Case) -> Found:
    if case.ask.telehealth_consent and not case.note.hits.get("consent"):
        return met(reason="on_file")
    remote_words = re.compile(r"tele|video|phone|virtual|remote|audio|services reviewed")
    for hit in case.note.said("consent"):
        sentence = case.note.sentences[hit.sentence]
        words = case.note.low[sentence.start : sentence.end]
        after = words[hit.start - sentence.start : hit.start - sentence.start + 60]
        elsewhere = re.match(r"\w+ to (?:my|our|the|a|her|his|their|me)\b(?! (?:use of )?(?:tele|video|phone))", after)
        if remote_words.search(words) and not elsewhere:
            return met(case.note.spans([hit.sentence]), sure=True)
    beside = [hit.sentence for hit in case.note.said("consent") if _shortly_beside(case, hit)]
    if beside:
        return met(case.note.spans(beside))
    perhaps = [case.note.number_at(found.start()) for found in case.note.search(_CONTENT_WITH_IT)]
    return unsure("perhaps", case.note.spans(perhaps)) if perhaps else missing()


_CONSENT_ALONE = re.compile(
    r"\W*(?:(?:verbal|written|informed|client|her|his|their|pt) )*consent (?:was )?(?:obtained|given|on file)\W*"
)


def _shortly_beside(case: Case, hit: Hit) -> bool:
    """ "Verbal consent obtained." and no more, right behind what is said of video or phone."""
    note = case.note
    if not _CONSENT_ALONE.fullmatch(note.words(note.sentences[hit.sentence]).strip()):
        return False
    return bool(note.in_sentence("tele", hit.sentence - 1) or note.in_sentence("platform", hit.sentence - 1))


_CONTENT_WITH_IT = re.compile(
    r"\b(?:agree[sd]?|ok(?:ay)?(?:ed|s|'d)?|happy|fine with|comfortable|content|willing|accept(?:s|ed)|"
    r"wishes|wants?|chose)\b"
    r"[^.;\n]{0,40}\b(?:this way|online|(?:by|on|over|via) (?:the )?(?:phone|video|screen)|remote\w*|"
    r"virtual\w*|tele\w+)"
)


@element("N13", "where the client was", remote)
def client_state(case: Case) -> Found:
    found = _states(case)
    if not found:
        return missing()
    spans = tuple(case.note.span(start, end) for _, start, end in found[:2])
    allowed = case.ask.license_states or ({case.session.client_state} if case.session.client_state else frozenset())
    if not allowed or any(state in allowed for state, _, _ in found):
        return met(spans, sure=True)
    return contradicted("other_state", spans, sure=False)


def _states(case: Case) -> list[tuple[str, int, int]]:
    """States named in the note, outside the signature lines."""
    found = [
        (match[1], match.start(), match.end()) for match in _CITY_STATE.finditer(case.note.text) if match[1] in STATES
    ]
    found += [
        (match[1], match.start(1), match.end(1))
        for match in _CITY_STATE_BARE.finditer(case.note.text)
        if match[1] in STATES and match[1] not in _OTHER_MEANINGS
    ]
    found += [
        (state, match.end() - 2, match.end())
        for match in _AT_HOME.finditer(case.note.text)
        if (state := match[1] or match[2]) in STATES
    ]
    codes = {name: code for code, name in STATES.items()}
    found += [(codes[match[1]], match.start(), match.end()) for match in _STATE_NAME.finditer(case.note.low)]
    provider = (case.ask.provider_name or "").lower()
    others = [each for each in found if _of_a_signature(case, each[1]) or _of_provider(case, each, provider)]
    others += [each for each in found if _of_the_clinician(case, each[1])]
    return sorted((each for each in found if each not in others), key=lambda each: each[1])


def _of_the_clinician(case: Case, at: int) -> bool:
    """ "I was in my office in Maplewood NJ" tells where the client was of nobody."""
    sentence = case.note.sentences[case.note.number_at(at)]
    return bool(_CLINICIAN_IN.search(case.note.low[sentence.start : at]))


_CLINICIAN_IN = re.compile(
    r"\b(?:i was|i am|i'm|me in|my office|(?:therapist|clinician|provider|writer) (?:was |is )?(?:in|at))\b[^.;]*$"
)


def _of_a_signature(case: Case, at: int) -> bool:
    return any(each.start <= at < each.end for each in case.signatures)


def _of_provider(case: Case, found: tuple[str, int, int], provider: str) -> bool:
    return bool(provider) and case.note.low[found[1] : found[2]].split(",")[0].strip() in provider


@element("N14", "why no video", lambda case: case.session.telehealth == "audio")
def audio_reason(case: Case) -> Found:
    """A reason counts as it stands: "no video" is one, not a denial of one."""
    found = [hit.sentence for hit in case.note.hits.get("audio_reason", ())]
    found += [case.note.number_at(match.start()) for match in case.note.search(_NO_VIDEO)]
    return met(case.note.spans(found), sure=True) if found else missing()


_NO_VIDEO = re.compile(
    r"\bprefer(?:s|red|ring|ence)?\b[^.;\n]{0,20}\b(?:phone|telephone|audio)\b"
    r"|\bno (?:\w+ )?(?:broadband|wi-?fi|webcam|smart ?phone|computer|signal)\b"
    r"|\b(?:camera|webcam|video|screen) (?:\w+ )?(?:is |was )?(?:broken|broke|dead|out|not working|doesn't work|"
    r"stolen)\b"
    r"|\bask(?:s|ed) (?:to|for|if)\b[^.;\n]{0,30}\b(?:by|over|via|on the) (?:phone|telephone)\b"
    r"|\bvideo (?:was |is )?(?:not (?:possible|working|an option)|refused|frozen|froze|failing|down)\b"
)
