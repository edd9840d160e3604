"""Start, stop, minutes and the calendar: N06 to N09.

Sources: Headway on progress notes, OAC 317:30-5-248, Novitas on times. Whether a total is enough is the payer's choice.
"""

from __future__ import annotations

import re

from clawguard.domain.codesets.groups import THERAPY_ADD_ON, TIERS
from clawguard.domain.notes.case import Case
from clawguard.domain.notes.clock import Clock, bare, between
from clawguard.domain.notes.elements.registry import (
    Found,
    always,
    contradicted,
    element,
    met,
    missing,
    not_here,
    timed,
    unsure,
)
from clawguard.domain.notes.note import Sentence
from clawguard.domain.notes.values import Span

_LONGEST = 12 * 60


def _span(case: Case, *clocks: Clock) -> tuple[Span, ...]:
    return tuple(case.note.span(each.start, _whole_word(case.note.low, each.end)) for each in clocks)


def _whole_word(low: str, end: int) -> int:
    """A dictated time is shorter in digits than in words: the evidence goes on to the end of its word."""
    rest = _REST_OF_WORD.match(low, end) if end and low[end - 1].isalpha() else None
    return rest.end() if rest else end


_REST_OF_WORD = re.compile(r"[a-z-]{1,12}")


def starts(case: Case) -> list[Clock]:
    """Times the note gives as the beginning; else a time on its own at which the calendar has the session begin."""
    told = [*(pair[0] for pair in case.times.ranges), *case.times.starts]
    return told or _at(case, case.start)


def stops(case: Case) -> list[Clock]:
    told = [*(pair[1] for pair in case.times.ranges), *case.times.stops]
    return told or _at(case, case.stop)


def _at(case: Case, wanted: int | None) -> list[Clock]:
    if wanted is None:
        return []
    signed = [(each.start, each.end) for each in case.signatures]
    return [
        each
        for each in bare(case.note.low, wanted)
        if _apart(each.minutes, wanted) <= case.ask.policy.calendar_tolerance_minutes
        and not any(start <= each.start < end for start, end in signed)
    ]


def therapy_minutes(case: Case) -> tuple[int, tuple[Span, ...]] | None:
    """Minutes of the service: for an add-on those of the therapy by itself, else by the clock, else as stated."""
    if case.billed(THERAPY_ADD_ON):
        return _add_on_minutes(case)
    ranges = [pair for pair in case.times.ranges if between(pair[0].minutes, pair[1].minutes) <= _LONGEST]
    if ranges:
        one, other = ranges[0]
        return between(one.minutes, other.minutes), _span(case, one, other)
    if starts(case) and stops(case):
        one, other = starts(case)[0], stops(case)[0]
        return between(one.minutes, other.minutes), _span(case, one, other)
    if case.times.lengths:
        minutes, start, end = case.times.lengths[0]
        return minutes, (case.note.span(start, end),)
    return None


def _add_on_minutes(case: Case) -> tuple[int, tuple[Span, ...]] | None:
    """Minutes that stand in a sentence or section about the psychotherapy."""
    parts = [(section.head, section.end) for section in case.note.sections if section.name == "psychotherapy"]
    for start, end in parts:
        for one, other in case.times.ranges:
            if start <= one.start < end:
                return between(one.minutes, other.minutes), _span(case, one, other)
        for minutes, begin, stop in case.times.lengths:
            if start <= begin < end:
                return minutes, (case.note.span(begin, stop),)
    for minutes, begin, stop in case.times.lengths:
        sentence = case.note.sentences[case.note.number_at(begin)]
        if "therap" in case.note.low[sentence.start : sentence.end] and not _of_the_whole(case, sentence, begin):
            return minutes, (case.note.span(begin, stop),)
    for one, other in case.times.ranges:
        sentence = case.note.sentences[case.note.number_at(one.start)]
        if "psychotherapy" in case.note.low[sentence.start : sentence.end]:
            return between(one.minutes, other.minutes), _span(case, one, other)
    return None


_WHOLE = re.compile(r"\b(?:total|overall|altogether|combined|includ\w+|encounter)\b")
_OF_THERAPY = re.compile(r"(?:(?!includ)[^.;,]){0,25}\b(?:psycho)?therapy\b")  # "45 minutes of psychotherapy"
_THERAPY_BEFORE = re.compile(r"(?<!and )(?<!, )\b(?:psycho)?therapy(?: time| minutes)?\W*$")


def _of_the_whole(case: Case, sentence: Sentence, at: int) -> bool:
    """ "Total time 50 min including medication and therapy" tells no minutes of the therapy."""
    low = case.note.low
    own = _OF_THERAPY.match(low, at, sentence.end) or _THERAPY_BEFORE.search(low[sentence.start : at])
    return not own and bool(_WHOLE.search(low, sentence.start, sentence.end))


def _total_is_enough(case: Case) -> bool:
    return not case.ask.policy.clock_times_needed and bool(case.times.lengths)


@element("N06", "start time", timed)
def start_time(case: Case) -> Found:
    found = starts(case)
    if found:
        return met(_span(case, found[0]), sure=True)
    return (
        met(reason="total_is_enough")
        if _total_is_enough(case)
        else missing("total_only" if case.times.lengths else "", sure=True)
    )


@element("N07", "stop time", timed)
def stop_time(case: Case) -> Found:
    found = stops(case)
    if found:
        return met(_span(case, found[0]), sure=True)
    if _total_is_enough(case):
        return met(reason="total_is_enough")
    return missing("total_only" if case.times.lengths else "", sure=True)


@element("N08", "minutes support the code", timed)
def duration(case: Case) -> Found:
    found = therapy_minutes(case)
    if found is None:
        return missing("no_minutes")
    minutes, spans = found
    if minutes > _LONGEST or minutes == 0:
        return unsure("odd_times", spans, minutes=minutes)
    least, most = _bounds(case)
    if least is not None and minutes < least:
        return contradicted("too_short", spans, minutes=minutes, least=least)
    if most is not None and minutes > most:
        return contradicted("too_long", spans, minutes=minutes, most=most)
    return met(spans, sure=True, minutes=minutes)


def _bounds(case: Case) -> tuple[int | None, int | None]:
    """The range of the billed time code. Units of testing and further crisis blocks are summed elsewhere."""
    timed_work = [procedure for procedure in case.procedures if procedure.time_documented]
    tiers = case.billed(TIERS)
    main = [each for each in timed_work if each.code in tiers] or [each for each in timed_work if not each.add_on]
    if not main:
        return None, None
    procedure = main[0]
    further = case.codes & {"90840", "G0018"}
    return (_FURTHER_CRISIS, None) if further else (procedure.least, procedure.most)


_FURTHER_CRISIS = 75  # minutes from which a further block of a crisis may be billed (CPT, 90840)


@element("N09", "times match the calendar", always)
def calendar(case: Case) -> Found:
    first, last = starts(case), stops(case)
    if case.start is None or case.stop is None or not first or not last:
        return not_here()
    early = min(_apart(each.minutes, case.start) for each in first)
    late = min(_apart(each.minutes, case.stop) for each in last)
    spans = _span(case, first[0], last[0])
    if max(early, late) <= case.ask.policy.calendar_tolerance_minutes:
        return met(spans, sure=True)
    if not (first[0].sure and last[0].sure):
        return unsure("half_of_day", spans, minutes=max(early, late))
    return contradicted("calendar", spans, minutes=max(early, late))


def _apart(one: int, other: int) -> int:
    return min(between(one, other), between(other, one))
