"""Who took part, and what family and group work owe to the one client: N15 and N43 to N45."""

from __future__ import annotations

import re

from clawguard.domain.codesets.groups import FAMILY, GROUP
from clawguard.domain.notes.case import Case
from clawguard.domain.notes.elements.registry import (
    ANY_CRISIS,
    FAMILIES,
    Found,
    bills,
    contradicted,
    element,
    met,
    missing,
    unsure,
)
from clawguard.domain.notes.note import Hit
from clawguard.domain.notes.values import Span

_SIZE = re.compile(
    r"\b(?P<a>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?:group )?"
    r"(?:members|clients|participants|patients|people|attendees|adults|teens|persons|individuals)\b"
    r"|\b(?:number attending|attendance|members (?:present|attending)|participants|group size|census|"
    r"number (?:of (?:members|participants|clients)|in (?:the )?group)|n)\s*[:=]\s*(?P<b>\d{1,2})\b"
    r"|\battended by (?P<c>\d{1,2})\b"
    r"|\b(?P<d>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) "
    r"(?:tonight|today|attended|present|came|in (?:attendance|the room)|members)\b"
)
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WORDS = {word: number for number, word in enumerate(_NUMBERS, start=2)}
_LEAST = 2
RELATIVE = (
    r"(?:mother|mom|mum|father|dad|stepfather|stepmother|parents|husband|wife|partner|spouse|grandma|grandmother|"
    r"grandfather|roommate|friend|neighbor|sister|brother|son|daughter|aunt|uncle|couple|family|they both|both)"
)


def group_sizes(case: Case) -> list[tuple[int, Span]]:
    """Numbers of members the note states."""
    found = []
    for match in _SIZE.finditer(case.note.low):
        text = match["a"] or match["b"] or match["c"] or match["d"]
        found.append((_WORDS.get(text) or int(text), case.note.span(*match.span())))
    return found


@element("N15", "who took part", bills(FAMILY | GROUP | ANY_CRISIS))
def participants(case: Case) -> Found:
    note = case.note
    if "90853" in case.codes or "90849" in case.codes:
        sizes = group_sizes(case)
        listed = note.content("participants")
        return (
            met(tuple(span for _, span in sizes[:2]) or note.spans([note.number_at(listed[0][0])]))
            if sizes or listed
            else missing()
        )
    absent, there = without_the_client(case), [*note.hits.get("client_there", []), *_client_came(case)]
    alone = note.said("individual")
    spans = note.spans([hit.sentence for hit in [*absent, *there, *alone][:3]])
    if "90846" in case.codes and there and not absent:
        return contradicted("client_there", spans, sure=False)
    if "90847" in case.codes and absent:
        return contradicted("client_absent", spans, sure=False)
    if case.billed(FAMILY) and alone and not _named(case):
        return contradicted("alone", spans, sure=False)
    named = _named(case)
    if named:
        return met(note.spans(named), sure=True)
    by_label = [note.number_at(found.start()) for found in note.search(_INDIVIDUAL)]
    if (alone or by_label) and case.billed(ANY_CRISIS):
        return met(note.spans([hit.sentence for hit in alone] or by_label))
    acting = [note.number_at(found.start()) for found in note.search(_ACTING)]
    return unsure("perhaps", note.spans(acting)) if acting else missing()


# Somebody of the family says or does something in the note: who was there can be gathered, by a person.
_ACTING = re.compile(
    rf"(?:^|[.;,\n] ?)(?:client's |the |pt's )?{RELATIVE}(?: and {RELATIVE})? (?:here|there|in (?:room|session)|"
    rf"on (?:screen|video|camera)|"
    r"says?|said|sat|joined|agreed|asked|describe[sd]|reports?|states?|felt|took|tried|was able|looked|cried|"
    r"listened|brought|stayed|drove|came|waited|accompanied|helped|called)\b"
)


_INDIVIDUAL = re.compile(r"(?:^|[|/,.;\n] ?)individual(?= ?(?:[|/,.;\n]|session|visit|$))|\bseen alone\b")


def without_the_client(case: Case) -> list[Hit]:
    """Where the note says that the client was not there, in a phrase of the lists or another."""
    note = case.note
    found = [Hit(each.start(), each.end(), note.number_at(each.start())) for each in note.search(_ABSENT)]
    return [
        *note.hits.get("client_absent", []),
        *(hit for hit in found if not _ANOTHER_TIME.search(note.words(note.sentences[hit.sentence]))),
    ]


_THE = r"(?:the )?(?:client|ct|clt|pt|patient|identified patient|child)"
_ABSENT = re.compile(
    rf"\b{_THE} (?:was |is )?absent\b(?! from)"
    rf"|\b{_THE} (?:did(?: not|n't)|refused to|would(?: not|n't)|chose not to|was unable to|could(?: not|n't)) "
    r"(?:come|attend|join|take part|participate|be (?:here|there|present))\b(?! (?:to|out|up|down|back|home|with|"
    r"school|class|in \w+ (?:game|class)))"
    rf"|\bw/(?:o|out) {_THE}\b|\bwithout {_THE} (?:present|there|in)\b|\b{_THE} (?:stayed|remained) (?:at )?home\b"
    rf"|\b{_THE} no-?show(?:ed)?\b"
    r"|\b(?:husband|wife|partner|spouse|mother|mom|father|dad|parents?) (?:came|attended|was seen|seen|"
    r"here) (?:alone\b|by (?:him|her)self\b|without\b)"
)


_CAME = re.compile(
    r"\b(?:client|patient|pt|ct)\b (?:also |then |later |herself |himself |\w+ly )?(?:(?:joined|attended|took part|"
    r"participated|sat in|came in)"
    r"(?: (?:in|on|for|by|with|the|this|her|his|their|both|us|today's|family|entire|whole))* ?"
    r"(?:parents?|mother|father|session|meeting|visit|first|last|part|half|\d+|throughout|today|via|video|[.;,]|$)"
    r"|was (?:also )?(?:in attendance|in the room|brought in|included)\b)"
    r"|\bpresent\b[^.\n]{0,80}\((?:the )?(?:client|patient|pt|ct)\)"
)


def _client_came(case: Case) -> list[Hit]:
    note = case.note
    hits = [Hit(found.start(), found.end(), note.number_at(found.start())) for found in note.search(_CAME)]
    return [hit for hit in hits if not _ANOTHER_TIME.search(note.words(note.sentences[hit.sentence]))]


_ANOTHER_TIME = re.compile(r"\b(?:last|next|previous|prior) (?:week|month|time|visit|session|meeting)\b")


def _named(case: Case) -> list[int]:
    """Sentences that say who was there: a word of attendance with a person, or a list behind a label."""
    note = case.note
    labelled = [note.number_at(start) for start, _ in note.content("participants")]
    labelled += [note.number_at(found.start()) for found in note.search(_LISTED)]
    people = note.numbers_of("relative")
    clients = {
        n for n, each in enumerate(note.sentences) if re.search(r"\b(?:client|patient|alone)\b", note.words(each))
    }
    attended = [
        number
        for number in sorted(note.numbers_of("attended"))
        if number in people or (number in clients and case.billed(ANY_CRISIS))
    ]
    return [*labelled, *attended]


_LISTED = re.compile(  # "On screen: client, mom, dad", "Mom and dad here": a list of people, whatever its label says
    rf"(?:^|\n|\. )(?:[a-z][a-z ]{{1,20}}: ?)(?:client|ct|pt|patient|{RELATIVE})(?: \([^)\n]{{1,20}}\))?(?:,| and|"
    rf" &|\+)[^.\n]{{0,20}}\b{RELATIVE}\b"
    rf"|(?:^|\n|\. ){RELATIVE}(?: and|,| &) {RELATIVE} (?:here|there|in (?:the )?(?:room|session)|present|came)\b"
)


@element("N43", "size of the group", bills(GROUP))
def group_size(case: Case) -> Found:
    sizes = group_sizes(case)
    if not sizes:
        return missing()
    size, span = sizes[0]
    most = case.ask.policy.largest_group
    if not _LEAST <= size <= most:
        return contradicted("size_outside", (span,), size=size, most=most)
    billed = case.session.group_size
    if billed is not None and billed != size:
        return contradicted("size_differs", (span,), sure=False, size=size, billed=billed)
    return met((span,), sure=True, size=size)


@element(
    "N44", "topic and this client's part", bills(GROUP), never_in="plan subjective assessment risk mental_status goal"
)
def group_part(case: Case) -> Found:
    note = case.note
    topic = note.hits.get("topic", [])
    topic = topic or [Hit(found.start(), found.end(), note.number_at(found.start())) for found in note.search(_TAUGHT)]
    part = [hit.sentence for hit in note.said("client_part")]
    part = part or [note.number_at(found.start()) for found in note.search(_PART)]
    if (topic or note.content("topic")) and part:
        return met(note.spans([*(hit.sentence for hit in topic), *part]), sure=True)
    told = topic or note.content("topic")
    perhaps = [number for number in range(len(note.sentences)) if told and _of_this_client(case, number)]
    if perhaps:
        return unsure("perhaps", note.spans(perhaps))
    return missing("no_part" if told else "no_topic", note.spans([hit.sentence for hit in topic]))


_PART = re.compile(r"(?:^|\n)[-*• ]{0,3}(?:\w+'s )?(?:part in (?:the )?group|participation)\b[^:\n]{0,20}: ?\w+,? \w+")
_TAUGHT = re.compile(
    r"(?:^|\n|\. )(?:skills?|lesson|module|session|content|focus|material|today)(?: \w+){0,2}: ?\w+ \w+"
)
_ACTED = re.compile(
    r"(?:^|[.;,:] |\bthis )(?:client|ct|pt|patient|he|she|they)\b(?: also| then)? (?!report|complain|den|look)\w+ed\b"
)


def _of_this_client(case: Case, number: int) -> bool:
    """The client did something there, in words we do not know."""
    sentence = case.note.sentences[number]
    apart = sentence.section in ("plan", "subjective", "assessment")
    return not apart and bool(_ACTED.search(case.note.words(sentence)))


_BENEFIT = re.compile(
    r"\b(?:family|couple|parent|spouse|conjoint|marital)[\w\s]{0,20}\b(?:work|sessions?|therapy|"
    r"treatment)\b[^.]{0,40}\b(?:helps?|treats?|"
    r"supports?|needed so|eases?|reduces?|because)\b|\bso that (?:the )?client\b|"
    r"\b(?:is|as) (?:a )?direct treatment of\b|\b(?:client|he|she|they) (?:will|should) benefit\b"
)


@element("N45", "how it treats the client", bills(FAMILIES), never_in="plan subjective risk mental_status")
def benefit(case: Case) -> Found:
    note = case.note
    found = [hit.sentence for hit in note.said("benefit", but=frozenset({"plan", "subjective"}))]
    for match in note.search(_BENEFIT):
        found.append(note.number_at(match.start()))
    if found:
        return met(note.spans(found))
    perhaps = [number for number, each in enumerate(note.sentences) if _FOR_THE_CLIENT.search(note.words(each))]
    return unsure("perhaps", note.spans(perhaps)) if perhaps else missing()


_FOR_THE_CLIENT = re.compile(
    r"\b(?:lower|reduc|eas|treat|help|feed|keep|deepen|worsen|teach)\w*\b[^.;\n]{0,60}\b(?:her|his|their|client's|pt's|"
    r"child's) (?:treatment|anxiety|depression|outbursts|symptoms|fears?|mood|low mood|condition)\b"
    r"|\bhow (?:her|his|their|client's|pt's) \w+ (?:is|are) treated\b|"
    r"\b(?:family|couples?|parents?|spouse|conjoint|marital)(?:'s)?\b[\w ]{0,20}\b(?:work|sessions?|therapy|treatment|"
    r"part|involvement)\b.*\b(?:client|patient|child|him|her)\b.*\b(?:as|since|because|so|by|which|whenever|when)\b"
)
