"""The due day of a request as a file for the reader's own calendar (RFC 5545). It names a day and a page only.

The day is an all-day entry: an answer time ends with the provider's day. A request keeps its UID, so that a later file
(more time, or no longer needed) moves or removes the entry instead of adding one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count

from clawguard.events.mailing import MailFile
from clawguard.ui import words
from notes.models import DueChange, NotesRequest

if TYPE_CHECKING:  # where an entry is made it is imported: every process that starts would pay for it
    from icalendar import Event as Entry

MORNING = dt.timedelta(hours=8)  # of the due day, in the time of the device that shows it


class DueDay(NamedTuple):
    """A request, the day on which it is due in its provider's own time zone, and the address where it is answered."""

    request: NotesRequest
    day: dt.date
    page: str


def due_file(due: Sequence[DueDay], now: dt.datetime) -> MailFile:
    """An entry for each request, so that each can be moved and removed later; one reminder for each day."""
    moved = DueChange.objects.filter(request__in=[each.request for each in due])
    changes = dict(moved.order_by().values_list("request").annotate(Count("pk")))
    entries, reminded = [], set()
    for number, (request, day, page) in enumerate(due, start=1):
        place = f" ({number} of {len(due)})" if len(due) > 1 else ""
        entry = _entry(f"{request.pk}", day, now, changes.get(request.pk, 0))
        _add_words(entry, f"Due today: a document for {settings.NETWORK_NAME}{place}", page)
        if day not in reminded:
            _add_reminder(entry)
        reminded.add(day)
        entries.append(entry)
    return _file(entries, "PUBLISH")


def withdrawn_file(request: NotesRequest, now: dt.datetime) -> MailFile | None:
    """What takes the entry out again; None for a request that never had a due day."""
    if request.due_at is None:
        return None
    day = words.due_day(request.due_at, request.time_zone)
    entry = _entry(f"{request.pk}", day, now, request.due_changes.count() + 1)
    entry.add("summary", f"No longer needed: a document for {settings.NETWORK_NAME}")
    entry.add("status", "CANCELLED")
    return _file([entry], "CANCEL")


def _entry(name: str, day: dt.date, now: dt.datetime, sequence: int) -> Entry:
    from icalendar import Event as Entry

    entry = Entry()
    entry.add("uid", f"{name}@{urlsplit(settings.PUBLIC_URL).hostname}")
    entry.add("sequence", sequence)
    entry.add("dtstamp", now)
    entry.add("dtstart", day)
    entry.add("dtend", day + dt.timedelta(days=1))
    return entry


def _add_words(entry: Entry, summary: str, page: str) -> None:
    entry.add("summary", summary)
    entry.add("description", f"Due by the end of this day. Sign in to answer: {page}")
    entry.add("url", page)
    entry.add("status", "CONFIRMED")
    entry.add("transp", "TRANSPARENT")  # it does not make the day busy


def _add_reminder(entry: Entry) -> None:
    from icalendar import Alarm

    reminder = Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("trigger", MORNING)
    reminder.add("description", entry["summary"])
    entry.add_component(reminder)


def _file(entries: Iterable[Entry], method: str) -> MailFile:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Clawguard//notes requests//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for entry in entries:
        calendar.add_component(entry)
    return MailFile("due.ics", "calendar", calendar.to_ical().decode(), {"method": method})
