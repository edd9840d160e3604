"""Whether providers can reach our pages: what the watch saw last, for those who must not act while they are away."""

from __future__ import annotations

import datetime as dt

from notes.models import PageWatch

PAGES = "pages"
OUTAGE_FROM = dt.timedelta(minutes=15)  # shorter, and it was a restart
STALE = dt.timedelta(minutes=10)  # a watch that itself fell silent keeps nothing from lapsing


def away_since(now: dt.datetime) -> dt.datetime | None:
    """Since when the pages have been away, once that is an outage; None while they answer or nobody looks."""
    seen = PageWatch.objects.filter(name=PAGES, checked_at__gte=now - STALE, down_since__lte=now - OUTAGE_FROM)
    return seen.values_list("down_since", flat=True).first()


def warning(now: dt.datetime) -> str:
    since = away_since(now)
    return (
        f"The answer pages have not answered since {since:%Y-%m-%d %H:%M} UTC; nothing lapses meanwhile."
        if since
        else ""
    )
