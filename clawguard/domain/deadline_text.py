"""A deadline as plain text, for terminals and plain-text mail."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from clawguard.domain.calendar import Deadline


def as_text(value: Deadline) -> str:
    """The due moment and the count behind it, one line per day, all dates local to the provider."""
    delivered = value.delivered_at.astimezone(ZoneInfo(value.time_zone))
    head = [
        f"Delivered  {delivered:%a %Y-%m-%d %H:%M} ({value.time_zone})",
        f"Due        by the end of {value.due_date:%a %Y-%m-%d}",
        f"Lapses at  {value.lapses_at_local.isoformat()} ({value.lapses_at:%Y-%m-%dT%H:%M:%SZ})",
        f"Calendar   {value.calendar_name}, {value.calendar_version}",
        "",
    ]
    days = [f"  {day.date:%a %Y-%m-%d}  {day.number or '-':>2}  {day.reason}" for day in value.days]
    return "\n".join(head + days)
