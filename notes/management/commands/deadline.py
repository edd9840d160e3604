"""``manage.py deadline``: when an answer would be due, with the count day by day.

Counts with the calendar in force; with the one that is shipped where the database does not answer, or when asked to.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from clawguard.domain.calendar import DEFAULT_BUSINESS_DAYS, DeadlineError, HolidayCalendar, Pause, deadline
from clawguard.domain.deadline_text import as_text
from clawguard.domain.regions import REGIONS
from clawguard.holidays_us import network_calendar
from notes import calendars

FORMATS = ("text", "json")
CALENDARS = ("in-force", "shipped")
BAD_INPUT = 2  # exit code


class Command(BaseCommand):
    help = "Explain a due date day by day: manage.py deadline 2026-11-24T13:00-05:00 --time-zone America/New_York"
    requires_system_checks: list[str] = []  # it must work before anything is set up

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "delivered_at", help="moment of delivery with its UTC offset, such as 2026-11-24T13:00-05:00"
        )
        parser.add_argument("--time-zone", required=True, help="IANA name of the provider's practice time zone")
        parser.add_argument("--business-days", default=str(DEFAULT_BUSINESS_DAYS), help="1 to 60; default 3")
        parser.add_argument(
            "--pause",
            action="append",
            default=[],
            help="a stretch that does not count, as 2026-11-25T09:00-05:00/2026-11-25T12:00-05:00; may be repeated",
        )
        parser.add_argument("--calendar", default="in-force", help="in-force or shipped")
        parser.add_argument("--region", default="", help="US state whose calendar counts, where one is in force; CA")
        parser.add_argument("--format", default="text", help="text or json")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["format"] not in FORMATS:
            raise CommandError(f"--format must be text or json, not {options['format']!r}.", returncode=BAD_INPUT)
        delivered = _moment(options["delivered_at"])
        days = _whole_number(options["business_days"])
        pauses = [_pause(text) for text in options["pause"]]
        try:
            found = deadline(
                delivered,
                options["time_zone"],
                days,
                self._calendar(options["calendar"], options["region"]),
                pauses=pauses,
            )
        except DeadlineError as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        self.stdout.write(json.dumps(found.as_dict(), indent=2) if options["format"] == "json" else as_text(found))

    def _calendar(self, asked: str, region: str) -> HolidayCalendar:
        if asked not in CALENDARS:
            raise CommandError(f"--calendar must be in-force or shipped, not {asked!r}.", returncode=BAD_INPUT)
        if region and region not in REGIONS:
            raise CommandError(f"--region must be a US state such as CA, not {region!r}.", returncode=BAD_INPUT)
        if asked == "in-force":
            try:
                return calendars.in_force(region)
            except DatabaseError:
                self.stderr.write("The database does not answer: counted with the calendar as shipped.")
        return network_calendar()


def _moment(text: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError as error:
        message = f"{text!r} is not a moment; write it as 2026-11-24T13:00-05:00."
        raise CommandError(message, returncode=BAD_INPUT) from error


def _pause(text: str) -> Pause:
    """An interval as ISO 8601 writes it: two moments with a slash between them."""
    started, slash, ended = text.partition("/")
    if not slash:
        raise CommandError(f"{text!r} is not a pause; write it as START/END.", returncode=BAD_INPUT)
    return Pause(_moment(started), _moment(ended), "as given")


def _whole_number(text: str | int) -> int:
    try:
        return int(text)
    except ValueError as error:
        message = f"--business-days must be a whole number from 1 to 60, not {text!r}."
        raise CommandError(message, returncode=BAD_INPUT) from error
