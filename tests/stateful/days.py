"""Promise 5 counted a second time, by hand: from the rows that say what happened, with nothing of the product's count.

Three business days after the day of delivery, and one for each that was granted. A day counts when it is Monday to
Friday, is no holiday, and neither a pause of this request nor an outage of our pages touched it. What answers may take
ends with the last of them, at midnight where the provider works.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, Sum

from notes.models import ClockPause, NotesRequest, Outage

HOLIDAYS = {2026: ("11-26", "12-25"), 2027: ("01-01", "01-18", "02-15", "05-31", "06-18", "07-05", "09-06", "10-11")}
DAYS_OFF = frozenset(dt.date.fromisoformat(f"{year}-{day}") for year, days in HOLIDAYS.items() for day in days)
THREE, A_DAY = 3, dt.timedelta(days=1)
Span = tuple[dt.datetime, dt.datetime]


def over(delivered_at: dt.datetime, zone: ZoneInfo, days: int, stood_still: Iterable[Span]) -> dt.datetime:
    """When the answer time is over."""
    still = [(since.astimezone(zone), until.astimezone(zone)) for since, until in stood_still]
    day = delivered_at.astimezone(zone).date()
    while days:
        day += A_DAY
        begins, ends = (dt.datetime.combine(each, dt.time(), zone) for each in (day, day + A_DAY))
        touched = any(since < ends and (begins < until or begins <= since) for since, until in still)
        days -= day.weekday() < 5 and day not in DAYS_OFF and not touched
    return dt.datetime.combine(day + A_DAY, dt.time(), zone)


def miscounted() -> list[str]:
    """Requests whose stored due moment, or whose lapse, is not what comes out here."""
    wrong = []
    outages = list(Outage.objects.values_list("started_at", "ended_at", "recorded_at"))
    ran = NotesRequest.objects.filter(Q(status="open", paused_at=None) | Q(lapsed_at__isnull=False))
    for row in ran.annotate(granted=Sum("due_changes__business_days_added", default=0)):
        known = [(since, until) for since, until, told in outages if row.lapsed_at is None or told <= row.lapsed_at]
        then, today = _by_hand(row, known), _by_hand(row, [(since, until) for since, until, _told in outages])
        if row.due_at != then or (row.excused_until or row.due_at) != today:
            wrong.append(f"{row.pk}: due {row.due_at}, excused until {row.excused_until}, by hand {then} and {today}")
        if row.lapsed_at not in (None, row.due_at):
            wrong.append(f"{row.pk}: due {row.due_at}, lapsed {row.lapsed_at}")
    return wrong


def _by_hand(row: Any, outages: list[Span]) -> dt.datetime:
    own = ClockPause.objects.filter(request=row).values_list("started_at", "ended_at")
    pauses = [(since, until) for since, until in own if until > row.delivered_at]
    return over(row.delivered_at, ZoneInfo(row.time_zone), THREE + row.granted, [*pauses, *outages])
