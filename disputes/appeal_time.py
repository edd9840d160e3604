"""The provider's time to appeal: ten business days (a setting) from when they could first know of the decision.

That is when its letter was mailed, or, where no mail reached them, when they opened it. Where it begins anew, it never
ends sooner than it did before.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings

from clawguard.accounts.models import Provider
from clawguard.domain.calendar import Deadline, deadline
from clawguard.domain.lifecycles import CaseState
from disputes.models import Case
from notes import calendars
from notes.selectors_clock import outages_since


def counted(provider: Provider, since: dt.datetime) -> Deadline:
    """The count from ``since``, by the calendar in force where they practise, less the outages of our pages since."""
    days, pauses = settings.BUSINESS_DAYS_TO_APPEAL, outages_since([since])
    return deadline(since, provider.time_zone, days, calendars.of_provider(provider, since), pauses=pauses)


def marks(provider: Provider, since: dt.datetime) -> dict[str, Any]:
    """The columns of a case whose time to appeal begins: until when, and by which count and calendar."""
    found = counted(provider, since)
    return {
        "appeal_until": found.lapses_at,
        "breach_at": found.lapses_at,
        "appeal_deadline": found.as_dict(),
        "appeal_calendar": calendars.version_for(provider, since),
    }


def later_marks(case: Case, since: dt.datetime) -> dict[str, Any]:
    """The same, where the time that begins at ``since`` ends later than the one that stands; else nothing."""
    if case.appeal_until is not None and counted(case.provider, since).lapses_at <= case.appeal_until:
        return {}
    return marks(case.provider, since)


def waits_for_reading(case: Case) -> bool:
    """Whether the decision in force reached nobody yet, so that its time to appeal has not begun."""
    return case.status == CaseState.DECIDED and case.letter_came_back_at is not None


def until(case: Case, now: dt.datetime) -> dt.datetime | None:
    """What a provider who opens the decision now is told; None where no time to appeal was fixed."""
    if case.appeal_until is None or not waits_for_reading(case):
        return case.appeal_until
    return max(case.appeal_until, counted(case.provider, now).lapses_at)
