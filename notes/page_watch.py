"""Whether providers can reach our pages: what the watch saw last, and what therefore does not lapse yet.

While the pages are away, whatever came due since the first look that missed them waits. If they answer again within a
quarter of an hour it lapses then, dated when it was due; if they stay away for longer, that is an outage, and recording
it gives the day back before anything can lapse. Why: docs/decisions/0016-what-comes-due-while-our-pages-are-away.md
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from notes.models import Missed, PageWatch

PAGES = "pages"
OUTAGE_FROM = dt.timedelta(minutes=15)  # shorter, and it was a restart
STALE = dt.timedelta(minutes=10)  # a watch that itself fell silent keeps nothing from lapsing
HOLDS_AT_MOST = dt.timedelta(days=1)  # an address that is wrong, or closed to the watch alone, stops lapses no longer


def away_since(now: dt.datetime) -> dt.datetime | None:
    """The first look that missed the pages; None while they answer, where nobody has looked for ``STALE``, or where the
    watch looks at an address that never was theirs."""
    seen = _missed(now)
    return None if seen is None or seen.missed == Missed.UNSEEN else seen.down_since


def _missed(now: dt.datetime) -> PageWatch | None:
    return PageWatch.objects.filter(name=PAGES, checked_at__gte=now - STALE, down_since__isnull=False).first()


def may_lapse(now: dt.datetime, due: str = "due_at") -> Q:
    """Rows whose due moment (the field ``due``, exclusive) was over before the pages went away; all, while they answer.

    The wait ends with the first look that finds the pages, with the record of an outage, or ``STALE`` after the last
    look. So at most a quarter of an hour for what is no outage. ``HOLDS_AT_MOST`` after the first look that missed them
    it ends in any case: what then lapses is excused if an outage is recorded.
    """
    since = away_since(now)
    return Q() if since is None or now - since >= HOLDS_AT_MOST else Q(**{f"{due}__lte": since})


def warning(now: dt.datetime) -> str:
    """What a person should look at; empty while the pages answer, or were missed for less than an outage."""
    seen = _missed(now)
    since = seen.down_since if seen is not None else None
    if seen is None or since is None or now - since < OUTAGE_FROM:
        return ""
    if seen.missed == Missed.UNSEEN:
        return (
            f"The watch cannot look: since {since:%Y-%m-%d %H:%M} UTC WATCH_URL is an address at which these pages "
            "have never answered. Nothing waits for it, and it is recorded as no outage. Correct WATCH_URL."
        )
    missed = f"The answer pages have not answered the watch since {since:%Y-%m-%d %H:%M} UTC"
    if now - since < HOLDS_AT_MOST:
        return f"{missed}; what came due since then waits, for {_hours(HOLDS_AT_MOST)} at most."
    return (
        f"{missed}. After {_hours(HOLDS_AT_MOST)} nothing waits for it any more: answer times lapse. If providers "
        "reach the pages, WATCH_URL is wrong or closed to the watch; if they do not, what lapsed is excused once the "
        "outage is recorded."
    )


def _hours(length: dt.timedelta) -> str:
    return f"{length // dt.timedelta(hours=1)} hours"
