"""The due day of a request as a file for the reader's own calendar (RFC 5545). It names a day and a page only.

The day is an all-day entry: an answer time ends with the provider's day. A request keeps its UID, so that a later file
(more time, or no longer needed) moves or removes the entry instead of adding one.
"""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Alarm, Calendar
from icalendar import Event as Entry

from clawguard.events.mailing import MailFile
from clawguard.ui import words
from notes.models import NotesRequest

MORNING = dt.timedelta(hours=8)  # of the due day, in the time of the device that shows it


def due_file(request: NotesRequest, due_date: dt.date, page: str, now: dt.datetime) -> MailFile:
    """The entry of a request that is due on ``due_date``, a day in its provider's own time zone."""
    event = _event(request, due_date, now)
    event.add("summary", f"Due today: a document for {settings.NETWORK_NAME}")
    event.add("description", f"One session needs a document by the end of this day. Sign in to answer: {page}")
    event.add("url", page)
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # it does not make the day busy
    reminder = Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("trigger", MORNING)
    reminder.add("description", f"A document for {settings.NETWORK_NAME} is due today")
    event.add_component(reminder)
    return _file(event, "PUBLISH")


def withdrawn_file(request: NotesRequest, now: dt.datetime) -> MailFile | None:
    """What takes the entry out again; None for a request that never had a due day."""
    if request.due_at is None:
        return None
    event = _event(request, words.due_day(request.due_at, request.time_zone), now, further=1)
    event.add("summary", f"No longer needed: a document for {settings.NETWORK_NAME}")
    event.add("status", "CANCELLED")
    return _file(event, "CANCEL")


def _event(request: NotesRequest, day: dt.date, now: dt.datetime, further: int = 0) -> Entry:
    event = Entry()
    event.add("uid", f"{request.pk}@{urlsplit(settings.PUBLIC_URL).hostname}")
    event.add("sequence", request.due_changes.count() + further)
    event.add("dtstamp", now)
    event.add("dtstart", day)
    event.add("dtend", day + dt.timedelta(days=1))
    return event


def _file(event: Entry, method: str) -> MailFile:
    calendar = Calendar()
    calendar.add("prodid", "-//Clawguard//notes requests//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return MailFile("due.ics", "calendar", calendar.to_ical().decode(), {"method": method})
