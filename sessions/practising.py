"""In which state a provider practises, as it is stated; which calendar their clocks count by hangs on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from uuid import UUID
from zoneinfo import ZoneInfo

from clawguard.accounts.models import Provider
from sessions.models import StatedFact

PRACTICE = "practice"


def states_of(providers: Collection[Provider], at: dt.datetime) -> dict[UUID, str]:
    """The state (two letters) of each provider ``at`` that moment, on the day it is where they practise.

    The latest standing statement whose days include that day counts. Who is stated nowhere is left out. One statement.
    """
    known = {provider.pk: provider for provider in providers}
    rows = StatedFact.objects.filter(provider__in=known, kind=PRACTICE, withdrawal__isnull=True)
    found: dict[UUID, str] = {}
    for row in rows.order_by("stated_at", "pk"):
        if row.provider_id is not None and row.holds_on(_day(known[row.provider_id], at)):
            found[row.provider_id] = row.values["state"]
    return found


def _day(provider: Provider, at: dt.datetime) -> dt.date:
    try:
        return at.astimezone(ZoneInfo(provider.time_zone)).date()
    except (ValueError, OSError, LookupError):  # a zone nobody knows: that is told where the clock is counted
        return at.date()
