"""How much notice a cancellation gave, against the window of the policy, on the client's own clock.

The window is read as people read it: "24 hours before 10:00 on Sunday" is 10:00 on Saturday, also when the clocks
change in between. Hours that passed are counted apart from that. Where the two readings say different things, that is
said, and the one that is kinder to the client counts.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from clawguard.domain.clock_problems import require_aware


@dataclass(frozen=True, slots=True)
class Notice:
    """Moments are aware, in the client's zone. ``cancel_by`` is inclusive: cancelling just then is in time."""

    starts_at: dt.datetime
    cancelled_at: dt.datetime
    given: dt.timedelta  # that truly passed; negative when the session had begun
    window: dt.timedelta
    cancel_by: dt.datetime
    clocks_changed: bool  # between the end of the window and the session
    readings_differ: bool  # one reading is in time, the other is not

    @property
    def in_time(self) -> bool:
        return _utc(self.cancelled_at) <= _utc(self.cancel_by)

    @property
    def short_by(self) -> dt.timedelta:
        """How much too late; nothing when in time."""
        return max(_utc(self.cancelled_at) - _utc(self.cancel_by), dt.timedelta(0))


def notice_given(starts_at: dt.datetime, cancelled_at: dt.datetime, window_hours: int, zone: str) -> Notice:
    """Weigh one cancellation. Raises DeadlineError for a naive moment, ZoneInfoNotFoundError for an unknown zone."""
    require_aware(starts_at, "starts_at")
    require_aware(cancelled_at, "cancelled_at")
    place, window = ZoneInfo(zone), dt.timedelta(hours=window_hours)
    begins, cancelled = starts_at.astimezone(place), cancelled_at.astimezone(place)
    by_wall = _as_it_was((begins.replace(tzinfo=None) - window).replace(tzinfo=place))
    by_hours = (_utc(begins) - window).astimezone(place)
    return Notice(
        starts_at=begins,
        cancelled_at=cancelled,
        given=_utc(begins) - _utc(cancelled),
        window=window,
        cancel_by=_later(by_wall, by_hours),
        clocks_changed=_utc(by_wall) != _utc(by_hours),
        readings_differ=(cancelled_at <= _utc(by_wall)) is not (cancelled_at <= _utc(by_hours)),
    )


def _as_it_was(moment: dt.datetime) -> dt.datetime:
    """A wall time that the clocks skipped is moved to the moment they showed instead; any other stays."""
    return moment.astimezone(dt.UTC).astimezone(moment.tzinfo)


def _later(one: dt.datetime, other: dt.datetime) -> dt.datetime:
    return max(one, other, key=_utc)


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC)
