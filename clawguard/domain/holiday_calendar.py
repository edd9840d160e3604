"""Which days are business days: a dated table of days off, as a value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from clawguard.domain.clock_problems import DeadlineError, Problem

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class DayKind(StrEnum):
    DELIVERED = "delivered"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    PAUSED = "paused"
    COUNTED = "counted"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class ClockRules:
    """How the count begins where the policy is silent; the defaults are those of docs/policy/clock.md."""

    delivery_day_counts: bool = False
    off_day_delivery_moves_to_next_business_day: bool = False


@dataclass(frozen=True, slots=True)
class HolidayCalendar:
    """A dated table of days off. It answers only for the years it was made for: a gap is an error, not a workday."""

    name: str
    version: str
    holidays: Mapping[dt.date, str]
    first_year: int
    last_year: int
    weekend: frozenset[int] = frozenset({5, 6})  # date.weekday(): Saturday and Sunday
    rules: ClockRules = ClockRules()

    def covers(self, day: dt.date) -> bool:
        return self.first_year <= day.year <= self.last_year

    def day_off(self, day: dt.date) -> tuple[DayKind, str] | None:
        """Why ``day`` is no business day, or None when it is one. A holiday is named even when it is a weekend day."""
        self.require(day)
        if day in self.holidays:
            return DayKind.HOLIDAY, self.holidays[day]
        if day.weekday() in self.weekend:
            return DayKind.WEEKEND, WEEKDAYS[day.weekday()]
        return None

    def is_business_day(self, day: dt.date) -> bool:
        return self.day_off(day) is None

    def require(self, day: dt.date) -> None:
        if not self.covers(day):
            years = f"{self.first_year} to {self.last_year}"
            message = f"The calendar “{self.name}” ({self.version}) knows the years {years}; {day} is outside them."
            raise DeadlineError([Problem("delivered_at", "year_not_covered", message)])
