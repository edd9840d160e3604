"""A deadline as plain text, for terminals and plain-text mail."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from clawguard.domain.calendar import Deadline, Pause


def as_text(value: Deadline) -> str:
    """The due moment and the count behind it, one line per day, all dates local to the provider."""
    zone = ZoneInfo(value.time_zone)
    delivered = value.delivered_at.astimezone(zone)
    head = [
        f"Delivered  {delivered:%a %Y-%m-%d %H:%M} ({value.time_zone})",
        f"Due        by the end of {value.due_date:%a %Y-%m-%d}",
        f"Lapses at  {value.lapses_at_local.isoformat()} ({value.lapses_at:%Y-%m-%dT%H:%M:%SZ})",
        f"Calendar   {value.calendar_name}, {value.calendar_version}",
        *(_paused(pause, zone) for pause in value.pauses),
        "",
    ]
    days = [f"  {day.date:%a %Y-%m-%d}  {day.number or '-':>2}  {day.reason}" for day in value.days]
    return "\n".join(head + days)


def _paused(pause: Pause, zone: ZoneInfo) -> str:
    until = f"{pause.ended_at.astimezone(zone):%a %Y-%m-%d %H:%M}" if pause.ended_at else "now"
    return f"Paused     {pause.started_at.astimezone(zone):%a %Y-%m-%d %H:%M} to {until}: {pause.reason}"
