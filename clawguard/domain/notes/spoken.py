"""Clock times that were dictated in words: "ten oh one am" becomes "10:01 am", in as many characters."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_VALUES = {word: number for number, word in enumerate((*_ONES, *_TEENS), start=1)} | _TENS
_ONE = "|".join(_ONES)
_SPOKEN = re.compile(
    rf"\b(?P<hour>{_ONE}|ten|eleven|twelve)"
    rf"(?: (?:(?:oh|o) (?P<few>{_ONE})|(?P<teens>{'|'.join(_TEENS)})"
    rf"|(?P<tens>{'|'.join(_TENS)})(?:[ -](?P<ones>{_ONE}))?))?"
    r" ?(?P<half>[ap])(?:m\b|\.m\b\.?)"
)


_HOUR = rf"(?P<hour>{_ONE}|ten|eleven|twelve)"
_COUNT = (
    rf"(?P<count>\d{{1,2}}|{_ONE}|{'|'.join(_TEENS)}|(?:twenty|thirty|forty|fifty)(?:[ -](?:{_ONE}))?"
    r"|a quarter|quarter|half)"
)
_BY_THE_HOUR = re.compile(
    rf"\b{_COUNT}(?: minutes?)? (?P<side>past|after|to|before|til|till) {_HOUR}\b"
    r"(?! (?:times|of|or|weeks?|days?|nights?|sessions?|visits?|months?|years?|hours?|min\w*|people|members|clients)\b)"
)
_MINUTES = re.compile(rf"\b((?:twenty|thirty|forty|fifty)(?:[ -](?:{_ONE}))?)( minutes?\b)")
_O_CLOCK = re.compile(rf"\b{_HOUR} o'clock\b")
_WHOLE_HOUR = re.compile(rf"(?<=\bfrom ){_HOUR}(?= (?:until|till|to) \d{{1,2}}:\d\d)")


# "5:00 to five forty-five": behind a time an hour with its minutes is one, too.
_SAID_MINUTES = (
    rf"(?:(?:oh|o) (?P<few>{_ONE})|(?P<teens>{'|'.join(_TEENS)})"
    rf"|(?P<tens>{'|'.join(_TENS)})(?:[ -](?P<ones>{_ONE}))?)"
)
_UNTIL = re.compile(
    rf"(?P<lead>\b\d{{1,2}}:\d\d\s{{1,12}}(?:to|until|till|through) )(?P<time>{_HOUR} {_SAID_MINUTES})\b"
)


_FROM_HOUR = re.compile(
    rf"\b(?P<first>{_ONE}|ten|eleven|twelve)(?P<to> (?:to|until|till) )(?P<time>{_HOUR} {_SAID_MINUTES})\b"
)
# "F thirty three point one": a diagnosis as it is read out.
_SAID_DIGIT = rf"(?:zero|oh|o|{_ONE})"
_CODE_TENS = _TENS | {"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SAID_CODE = re.compile(
    rf"\b(?P<letter>[fz]) (?P<tens>{'|'.join(_CODE_TENS)}|zero|oh|o)(?:[ -](?P<ones>{_ONE}))? (?:point|dot)"
    rf"(?P<rest>(?: (?:{'|'.join((*_TEENS, *_TENS))}|{_SAID_DIGIT})\b){{1,3}})"
)


def codes_as_digits(low: str) -> str:
    """A folded text with dictated diagnosis codes as they are written, filled up with blanks."""
    return _SAID_CODE.sub(lambda found: _code(found).ljust(len(found.group())), low)


def _code(found: re.Match[str]) -> str:
    category = _number(found.group("tens", "ones"))
    behind: list[list[str]] = []
    for word in found["rest"].split():
        if behind and behind[-1][-1] in _CODE_TENS and word in _ONES:
            behind[-1].append(word)  # "twenty three" is one number
        else:
            behind.append([word])
    return f"{found['letter']}{category:02}." + "".join(str(_number(words)) for words in behind)


def _number(words: Iterable[str | None]) -> int:
    return sum(_CODE_TENS.get(word) or _VALUES.get(word, 0) for word in words if word)


def _from_an_hour(found: re.Match[str]) -> str:
    minutes = sum(_VALUES[word] for word in found.group("few", "teens", "tens", "ones") if word)
    until = f"{_VALUES[found['hour']]}:{minutes:02}".ljust(len(found["time"]))
    return str(_VALUES[found["first"]]).ljust(len(found["first"])) + found["to"] + until


def _behind_another(found: re.Match[str]) -> str:
    minutes = sum(_VALUES[word] for word in found.group("few", "teens", "tens", "ones") if word)
    return found["lead"] + f"{_VALUES[found['hour']]}:{minutes:02}".ljust(len(found["time"]))


def as_digits(low: str) -> str:
    """A folded text with such times in digits, filled up with blanks. Only with am or pm, or told by the hour as in
    "ten past two": else it may be a number."""
    low = _SPOKEN.sub(lambda found: _digits(found).ljust(len(found.group())), low)
    low = _MINUTES.sub(lambda found: str(_counted(found[1])).ljust(len(found[1])) + found[2], low)
    low = _FROM_HOUR.sub(_from_an_hour, low)  # before "eleven to eleven" is taken for 10:49
    low = _BY_THE_HOUR.sub(_by_the_hour, low)
    low = _O_CLOCK.sub(lambda found: f"{_VALUES[found['hour']]}:00".ljust(len(found.group())), low)
    low = _UNTIL.sub(_behind_another, low)
    return _WHOLE_HOUR.sub(lambda found: str(_VALUES[found["hour"]]).ljust(len(found.group())), low)


def _by_the_hour(found: re.Match[str]) -> str:
    minutes, hour = _counted(found["count"]), _VALUES[found["hour"]]
    if not 0 < minutes < 60:
        return found.group()
    if found["side"] not in ("past", "after"):
        minutes, hour = 60 - minutes, hour - 1 or 12
    return f"{hour}:{minutes:02}".ljust(len(found.group()))


def _counted(text: str) -> int:
    if text.isdigit():
        return int(text)
    if text == "half":
        return 30
    if text.endswith("quarter"):
        return 15
    return sum(_VALUES[word] for word in re.split("[ -]", text))


def _digits(found: re.Match[str]) -> str:
    minutes = sum(_VALUES[word] for word in found.group("few", "teens", "tens", "ones") if word)
    return f"{_VALUES[found['hour']]}:{minutes:02}{found['half']}m"
