"""Clock times and lengths as notes state them: "2:00-2:53 pm", "14:00 to 14:53", "start 2p end 2:53p", "53 min".

A time without am or pm is read by the calendar's side of noon where one is known. Nothing is guessed: what can be read
in two ways is told as unsure by whoever asks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DAY = 24 * 60
_BEFORE = 160  # characters before a time that may say what it belongs to
_HALF = r"(?:\s*(?P<{0}>a\.?m\b\.?|p\.?m\b\.?|a\b|p\b))?"
_CLOCK = r"(?P<{0}h>\d{{1,2}})(?:[:.](?P<{0}m>\d{{2}}))?" + _HALF.format("{0}x")
_RANGE = re.compile(
    r"(?<![\d/.:#$-])" + _CLOCK.format("a") + r"\s*(?:-|to|until|till|through)\s*(?:about\s*)?" + _CLOCK.format("b")
    + r"(?![\d/%:]|\s*(?:days?|times?|mg|of|x|/|weeks?|hours?|sessions|years?|yrs?|minutes?\s+each)\b)"
)  # fmt: skip
_MILITARY = re.compile(
    r"(?<![\d/.:-])(?P<a>[01]\d[0-5]\d|2[0-3][0-5]\d)\s*(?:-|to)\s*(?P<b>[01]\d[0-5]\d|2[0-3][0-5]\d)(?:(?P<x>a|p)m?)?(?![\d/-])"
)
_LABELLED_MILITARY = re.compile(
    r"\b(?:start|time in)(?: time)?\s{0,3}:?\s{0,3}(?P<a>[01]\d[0-5]\d|2[0-3][0-5]\d)(?:h(?:rs)?)?[\s,;|/-]{1,6}"
    r"(?:end|stop|time out)(?: time)?\s{0,3}:?\s{0,3}(?P<b>[01]\d[0-5]\d|2[0-3][0-5]\d)(?![\d/-])"
)
_SHORT_MILITARY = re.compile(r"(?<![\d/.:-])(?P<a>\d{1,2})-(?P<b>1?\d[0-5]\d)(?P<x>a|p)m?\b")
_MILITARY_WAYS = (_MILITARY, _LABELLED_MILITARY, _SHORT_MILITARY)
_START = re.compile(
    r"\b(?:start(?:ed|s)?|began|begin|time in|in|from|started at|began at)\b(?: time)?(?: at)?\s*+:?\s*+"
    + _CLOCK.format("a")
    + r"(?![\d/%])"
)
_STOP = re.compile(
    r"\b(?:end(?:ed|s)?|stop(?:ped|s)?|time out|out|finish(?:ed)?|until|concluded)\b(?: time)?(?: at)?\s*+:?\s*+"
    + _CLOCK.format("a")
    + r"(?![\d/%])"
)
_LENGTH = re.compile(
    r"(?<![\d.:/-])(?P<n>\d{1,3})[\s-]*(?:min(?:ute)?s?\b\.?)"
    r"(?!\s*(?:late|early|of (?:exercise|walk)|a day|daily|each|per day|until|after))"
)
_NOT_SESSION = re.compile(
    r"\b(?:called|phoned|front desk|intake call|voicemail|awake|asleep|woke|wakes|waking|bed|bedtime|sleep window|"
    r"tomorrow|tonight|next|rtc|return(?:s|ing)?(?! to)|checked|on monday|on tuesday|news|dispute|"
    r"signed|electronically|e-signed|esigned)\b"
)
# Of another occasion, too, unless the session is spoken of behind it or the calendar has it begin then.
_ANOTHER_OCCASION = re.compile(
    r"\b(?:yesterday|last (?:night|week)|the day before|the other day|attacks?|episodes?|blackouts?|shifts?)\b"
    r"(?!.*\b(?:session|seen|visit|start time|time in)\b)"
)
_ANOTHER_SESSION = re.compile(
    r"\b(?:(?:last|previous|prior) (?:session|visit|appointment|hour|time)|school meeting|meeting with the "
    r"(?:school|teacher))"
    r"(?! (?:note|plan))\b(?!.*\btoday)"
)
_CLOSE = 5  # minutes
_AS_LONG = 3 * 60  # minutes that a session may well last
_SCHEDULED = re.compile(r"\b(?:scheduled|booked|planned|reserved)(?: (?:for|at|from|time|start|end|slot))*\s*+:?\s*+$")


@dataclass(frozen=True, slots=True)
class Clock:
    """Minutes since midnight, and where it stands. ``half``: whether am, pm or a 24-hour time settles it."""

    minutes: int
    start: int
    end: int
    sure: bool = True


_BARE = re.compile(r"(?<![\d/.:$-])" + _CLOCK.format("a") + r"(?![\d/%:])")


def bare(low: str, near: int | None) -> list[Clock]:
    """Every clock time with minutes or a half of the day, whatever stands around it but words of another occasion."""
    found = []
    for match in _BARE.finditer(low):
        value, half = _value(match, "a"), _half(match["ax"])
        if value is None or (match["am"] is None and half is None) or _elsewhere(low, match.start()):
            continue
        minutes = _on(value, half)
        sure = half is not None or value >= 13 * 60
        if not sure and near is not None:
            minutes, _ = _by_calendar(minutes, minutes, near)
        found.append(Clock(minutes, match.start(), match.end(), sure))
    return found


@dataclass(frozen=True, slots=True)
class Times:
    """What a text states of when something took place."""

    ranges: tuple[tuple[Clock, Clock], ...] = ()
    starts: tuple[Clock, ...] = ()
    stops: tuple[Clock, ...] = ()
    lengths: tuple[tuple[int, int, int], ...] = ()  # minutes, start, end

    @property
    def anything(self) -> bool:
        return bool(self.ranges or self.starts or self.stops)


def find(low: str, near: int | None = None) -> Times:
    """All times of a folded text. ``near``: minutes since midnight at which the calendar has the session."""
    ranges: list[tuple[Clock, Clock]] = []
    for found in _RANGE.finditer(low):
        pair = _pair(found, near)
        if pair and not _elsewhere(low, found.start()):
            as_long = between(pair[0].minutes, pair[1].minutes) <= _AS_LONG
            if not _another(low, pair[0], near if as_long else None):
                ranges.append(pair)
    for found in [found for way in _MILITARY_WAYS for found in way.finditer(low)]:
        pair = _military(found)
        if pair and not _elsewhere(low, found.start()):
            ranges.append(pair)
    taken = [(one.start, other.end) for one, other in ranges]
    starts = _alone(_START, low, near, taken)
    stops = _alone(_STOP, low, near, taken)
    kept = [pair for pair in ranges if not _SCHEDULED.search(low, max(0, pair[0].start - _BEFORE), pair[0].start)]
    if kept or (starts and stops):  # what was scheduled counts only where nothing says what took place
        ranges = kept
    lengths = tuple((int(found["n"]), found.start(), found.end()) for found in _LENGTH.finditer(low))
    return Times(tuple(sorted(ranges, key=lambda pair: pair[0].start)), starts, stops, lengths)


def between(start: int, stop: int) -> int:
    """Minutes from ``start`` to ``stop``; over midnight where ``stop`` is the earlier."""
    return (stop - start) % DAY


def _elsewhere(low: str, at: int) -> bool:
    """Whether the words just before say that it is not the session's time."""
    before = _line_before(low, at)
    return bool(_NOT_SESSION.search(before) or _ANOTHER_SESSION.search(before))


def _another(low: str, clock: Clock, near: int | None) -> bool:
    if near is not None and _apart(clock.minutes, near) <= _CLOSE:
        return False
    return bool(_ANOTHER_OCCASION.search(_line_before(low, clock.start)))


def _line_before(low: str, at: int) -> str:
    from_here = max(0, at - _BEFORE)
    line = max(from_here - 1, *(low.rfind(stop, from_here, at) for stop in ("\n", ". ", "; ")))
    return low[line + 1 : at]


def _pair(found: re.Match[str], near: int | None) -> tuple[Clock, Clock] | None:
    first, second = _value(found, "a"), _value(found, "b")
    if first is None or second is None or not _is_time(found):
        return None
    ax, bx = _half(found["ax"]), _half(found["bx"])
    if ax is None and bx is not None:
        ax = _fitting_half(first, second, bx)
    if bx is None and ax is not None:
        bx = ax if _on(second, ax) > _on(first, ax) else ("p" if ax == "a" else "a")
    sure = ax is not None or max(first, second) >= 13 * 60 or (len(found["ah"]) == 2 and found["ah"].startswith("0"))
    one, other = _on(first, ax), _on(second, bx)
    if ax is None and near is not None and not sure:
        one, other = _by_calendar(one, other, near)
    return Clock(one, found.start(), found.end(), sure), Clock(other, found.start("bh"), found.end(), sure)


def _is_time(found: re.Match[str]) -> bool:
    """Two plain numbers are no times: at least minutes or a half of the day must be stated."""
    return bool(found["am"] or found["bm"] or found["ax"] or found["bx"]) and not (
        found["am"] is None and found["ax"] is None and found["bm"] is None and found["bx"] is None
    )


def _value(found: re.Match[str], side: str) -> int | None:
    hours, minutes = int(found[f"{side}h"]), int(found[f"{side}m"] or 0)
    return hours * 60 + minutes if hours < 25 and minutes < 60 else None


def _half(text: str | None) -> str | None:
    return text[0] if text else None


def _on(minutes: int, half: str | None) -> int:
    if half is None or minutes >= 13 * 60:
        return minutes % DAY
    return minutes % (12 * 60) + (12 * 60 if half == "p" else 0)


def _fitting_half(first: int, second: int, half: str) -> str:
    """ "11:30-12:15 pm" began in the morning; "2:00-2:53 pm" did not."""
    if between(_on(first, half), _on(second, half)) <= 5 * 60:
        return half
    return "a" if half == "p" else "p"


def _by_calendar(one: int, other: int, near: int) -> tuple[int, int]:
    later = (one + 12 * 60) % DAY
    if _apart(later, near) < _apart(one, near):
        return later, (other + 12 * 60) % DAY
    return one, other


def _apart(one: int, other: int) -> int:
    return min(between(one, other), between(other, one))


def _military(found: re.Match[str]) -> tuple[Clock, Clock] | None:
    first, second = found["a"], found["b"]
    values = []
    for text in (first, second):
        number = int(text) * 100 if len(text) < 3 else int(text)
        hours, minutes = divmod(number, 100)
        if hours > 23 or minutes > 59:
            return None
        values.append(hours * 60 + minutes)
    if not 10 <= between(*values) <= 6 * 60:
        return None
    return Clock(values[0], found.start(), found.end()), Clock(values[1], found.start("b"), found.end())


def _alone(pattern: re.Pattern[str], low: str, near: int | None, taken: list[tuple[int, int]]) -> tuple[Clock, ...]:
    clocks = []
    for found in pattern.finditer(low):
        value, half = _value(found, "a"), _half(found["ax"])
        inside = any(start <= found.start("ah") < end for start, end in taken)
        if value is None or inside or (found["am"] is None and half is None) or _elsewhere(low, found.start()):
            continue
        minutes = _on(value, half)
        sure = half is not None or value >= 13 * 60
        if not sure and near is not None:
            minutes, _ = _by_calendar(minutes, minutes, near)
        told = Clock(minutes, found.start("ah"), found.end(), sure)
        if not _another(low, told, near if pattern is _START else None):
            clocks.append(told)
    return tuple(clocks)
