"""Words for moments, money and states: the same in pages, mails and receipts.

Every function takes aware datetimes and, where a wall clock matters, the zone to read it in. None of them asks for the
time.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

CURRENCY_SIGNS = {"USD": "$"}
END_OF_DAY = "end of day"


@dataclass(frozen=True, slots=True)
class StateWord:
    """One of the words a reader learns once: always shown with its icon and its colour."""

    word: str
    icon: str
    tone: str


STATE_WORDS = {
    "waiting_on_you": StateWord("waiting on you", "reply", "you"),
    "waiting_on_us": StateWord("waiting on us", "hourglass", "us"),
    # The same state seen from the other side of the table: staff read whose turn it is.
    "waiting_on_provider": StateWord("waiting on provider", "hourglass", "us"),
    "late": StateWord("late", "alarm", "late"),
    "decided": StateWord("decided", "check-circle", "settled"),
    "appeal_open": StateWord("appeal open", "scale", "appeal"),
}


def money(amount: Decimal | str | int | None, currency: str = "USD") -> str:
    """``142.5`` → ``$142.50``; a true minus sign before the currency; nothing known → an em dash."""
    if amount is None or amount == "":
        return "—"
    value = Decimal(amount)
    sign = CURRENCY_SIGNS.get(currency, f"{currency} ")
    return f"{'−' if value < 0 else ''}{sign}{abs(value):,.2f}"


def day(value: dt.date, *, year: bool = False) -> str:
    """``Thu 3 Dec``, with the year where a list spans more than one."""
    return f"{value:%a} {value.day} {value:%b}" + (f" {value.year}" if year else "")


def local(value: dt.datetime, zone: dt.tzinfo | str) -> dt.datetime:
    return value.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)


def moment(value: dt.datetime, zone: dt.tzinfo | str) -> str:
    """``18 Mar 2026, 17:40`` on the wall clock of ``zone``."""
    there = local(value, zone)
    return f"{there.day} {there:%b %Y}, {there:%H:%M}"


def moment_there(value: dt.datetime, zone: dt.tzinfo | str, reader: dt.tzinfo | str | None = None) -> str:
    """A moment on a clock that may not be the reader's. Its name follows, ``18 Mar 2026, 17:40 PDT``, unless the
    clock of ``reader`` shows the same: one moment has one form for one reader."""
    there = local(value, zone)
    same = reader is not None and there.utcoffset() == local(value, reader).utcoffset()
    return moment(value, zone) + ("" if same else f" {there:%Z}")


def times(start: dt.datetime, end: dt.datetime, zone: dt.tzinfo | str) -> str:
    """``10:02–10:49 EDT``: when a session was, on the clock of the place where it was."""
    there = local(start, zone)
    return f"{there:%H:%M}–{local(end, zone):%H:%M} {there:%Z}"


def due_day(due_at: dt.datetime, zone: dt.tzinfo | str) -> dt.date:
    """The last calendar day on which an answer is in time. A due moment at midnight ends the day before it."""
    return (local(due_at, zone) - dt.timedelta(microseconds=1)).date()


def due(due_at: dt.datetime, zone: dt.tzinfo | str, *, whose: str = "your time") -> str:
    """``Thu 3 Dec, end of day (your time)``; a due moment within a day names its time; no ``whose``, no bracket."""
    there = local(due_at, zone)
    ends_day = (there.hour, there.minute) in {(0, 0), (23, 59)}
    when = END_OF_DAY if ends_day else f"{there:%H:%M}"
    return f"{day(due_day(due_at, zone))}, {when}" + (f" ({whose})" if whose else "")


def due_short(due_at: dt.datetime, zone: dt.tzinfo | str) -> str:
    """``Thu 3 Dec`` where there is room for nothing else; a due moment within a day keeps its time."""
    return due(due_at, zone, whose="").removesuffix(f", {END_OF_DAY}")


def plural(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def span(length: dt.timedelta) -> str:
    """A length of time in its largest unit: ``3 days``, ``5 h``, ``25 min``."""
    minutes = int(length.total_seconds() // 60)
    if minutes >= 24 * 60:
        return plural(minutes // (24 * 60), "day")
    if minutes >= 60:
        return f"{minutes // 60} h"
    return f"{max(minutes, 1)} min"


def seconds(length: float) -> str:
    """Measured seconds: ``3.4 s``, and from two minutes on as ``span`` says it."""
    return f"{length:.1f} s" if length < 120 else span(dt.timedelta(seconds=length))


def time_left(due_at: dt.datetime, now: dt.datetime, business_days: int | None = None) -> str:
    """``2 business days left``, ``3 h left`` on the last stretch, ``late by 2 h`` after it."""
    if now >= due_at:
        return f"late by {span(now - due_at)}"
    if due_at - now < dt.timedelta(hours=24) or business_days is None:
        return f"{span(due_at - now)} left"
    if business_days == 0:
        return "last day"
    return f"{plural(business_days, 'business day')} left"


def file_size(count: int) -> str:
    """Bytes as people read them: ``840 bytes``, ``12 KB``, ``3.4 MB``."""
    if count < 1000:
        return f"{count} bytes"
    if count < 1_000_000:
        return f"{count / 1000:.0f} KB"
    return f"{count / 1_000_000:.1f} MB"
