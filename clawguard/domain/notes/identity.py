"""Names and dates in a note, told apart by what stands before them: birth dates, dates of service, other dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from clawguard.domain.notes.calendar_days import Day
from clawguard.domain.notes.folding import folded

if TYPE_CHECKING:
    from clawguard.domain.notes.case import Case

_BIRTH = re.compile(r"(?:\bdob\b|\bd\.o\.b\.?|\bd0b\b|\bbirth ?date\b|\bdate of birth\b|\bborn\b(?: on)?)[\s:.()-]*$")
_SERVICE = re.compile(
    r"(?:\bdos\b|\bdate of (?:service|session|visit)\b|\b(?:service|session|visit) date\b|"
    r"(?<!last )(?<!first )\bseen(?: on)?\b(?: \w+day,?)?|\bsession (?:of|on)\b|(?:^|\n|   |\t)\s*date)[\s:.]*$"
)
_OTHER_LABEL = re.compile(r"\b(?:client|patient)(?: name)?\s*:\s*(?P<name>[A-Z][\w'-]+(?:[ ]+[A-Z][\w'.-]+){1,3})")
_RELATIVE = re.compile(
    r"\b(?:mother|father|parent|guardian|spouse|husband|wife|partner|son|daughter|child|sibling|brother|sister|subscriber|"
    r"insured|policy ?holder|responsible party)\b[^\n]*$"
)
_REACH = 30
ALIKE = str.maketrans("01|5", "olls")  # characters that text recognition mixes up; compared as one


def birth_days(case: Case) -> list[Day]:
    """Dates that are labelled as a date of birth, apart from those of relatives."""
    low = case.note.low
    return [day for day in _labelled(case, _BIRTH) if not _RELATIVE.search(low[max(0, day.start - 60) : day.start])]


def service_days(case: Case) -> list[Day]:
    """Dates that are labelled as the date of service; signature lines hold none."""
    days = _labelled(case, _SERVICE)
    return [day for day in days if not any(each.start <= day.start < each.end for each in case.signatures)]


def _labelled(case: Case, label: re.Pattern[str]) -> list[Day]:
    low = case.note.low
    return [day for day in case.days if label.search(low[max(0, day.start - _REACH) : day.start])]


def names_on(page: str, names: Iterable[str]) -> bool:
    """Whether one of the client's names stands on a page, by all its words, or initials as written."""
    low = folded(page).translate(ALIKE)
    return any(_named(low, page, name) for name in names if name.strip())


def _named(low: str, page: str, name: str) -> bool:
    words = re.findall(r"[^\W\d_]+", name.lower().translate(ALIKE))
    if len("".join(words)) <= 3:
        return bool(re.search(rf"\b{re.escape(name.strip())}(?!\w)", page))
    return all(re.search(rf"\b{re.escape(word)}\b", low) for word in words if len(word) > 1)


def same_person(name: str, ours: Iterable[str]) -> bool:
    """A first or last name in common is no other client: marriage and nicknames change the rest."""
    words = _long_words(name)
    return any(words & _long_words(own) for own in ours)


def _long_words(name: str) -> set[str]:
    return {word.lower() for word in name.split() if len(word) > 2}


def as_one_client(names: Sequence[str]) -> tuple[str, ...]:
    """The ways to name a client who is called so: the names and their initials; nothing where they are of several."""
    if not all(same_person(name, names[:1]) for name in names):
        return ()
    letters = [[word[0] for word in name.split()] for name in names]
    initials = [way for each in letters for way in ("".join(each), ".".join(each) + ".", ". ".join(each) + ".")]
    return tuple(dict.fromkeys([*names, *initials]))


def labelled_names(text: str) -> list[tuple[str, int, int]]:
    """Full names behind a label "Client:" or "Patient:", with their positions."""
    found = re.compile(_OTHER_LABEL.pattern, re.IGNORECASE)
    names = []
    for match in found.finditer(text):
        name = re.split(r"\s{2,}", match["name"])[0]
        if all(part[:1].isupper() for part in name.split()) and len(name.split()) > 1:
            names.append((name, match.start("name"), match.start("name") + len(name)))
    return names
