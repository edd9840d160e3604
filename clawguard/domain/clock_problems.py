"""What can be wrong with the arguments of a deadline, each fault with a field, a code and a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MAX_BUSINESS_DAYS = 60
_MEANS_THIS_MACHINE = frozenset({"localtime", "posixrules"})  # files, not places: they differ by computer


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why a deadline cannot be computed; ``field`` is the name of the argument at fault."""

    field: str
    code: str
    message: str


class DeadlineError(ValueError):
    """The deadline cannot be computed; ``problems`` names every argument at fault."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = tuple(problems)


def is_aware(moment: dt.datetime) -> bool:
    return moment.tzinfo is not None and moment.utcoffset() is not None


def require_aware(moment: dt.datetime, field: str) -> dt.datetime:
    problem = naive_problem(moment, field)
    if problem:
        raise DeadlineError([problem])
    return moment


def naive_problem(moment: dt.datetime, field: str) -> Problem | None:
    if is_aware(moment):
        return None
    return Problem(field, "naive_datetime", f"{field} needs a UTC offset, such as 2026-11-24T13:00-05:00.")


def require_zone(name: str) -> ZoneInfo:
    problem = zone_problem(name)
    if problem:
        raise DeadlineError([problem])
    return ZoneInfo(name)


def zone_problem(name: str) -> Problem | None:
    """ZoneInfo looks names up as files, so a folder or an odd path raises more than its own error."""
    try:
        known = ZoneInfo(name).key not in _MEANS_THIS_MACHINE
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        known = False
    if known:
        return None
    message = f"{name!r} is not a known time zone; use an IANA name such as America/New_York."
    return Problem("time_zone", "unknown_time_zone", message)


def count_problem(business_days: int, field: str = "business_days") -> Problem | None:
    whole = isinstance(business_days, int) and not isinstance(business_days, bool)
    if whole and 1 <= business_days <= MAX_BUSINESS_DAYS:
        return None
    return Problem(field, "business_days_range", f"{field} must be a whole number from 1 to {MAX_BUSINESS_DAYS}.")
