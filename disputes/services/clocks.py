"""The clocks of a case: the provider's time to answer, and the network's own time to decide."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from clawguard.accounts.models import Provider
from clawguard.domain.calendar import Deadline, HolidayCalendar, deadline
from clawguard.domain.lifecycles import CaseState
from disputes.models import Case
from notes import calendars

ENDED = frozenset({CaseState.DECIDED, CaseState.CLOSED})


def answer_time(provider: Provider, delivered_at: dt.datetime) -> Deadline:
    """Three business days (a setting) in the provider's zone: the clock of notes requests, disputes and notices."""
    days_off = calendars.of_provider(provider, delivered_at)
    return _business_days(provider, delivered_at, settings.BUSINESS_DAYS_TO_ANSWER, days_off)


def decide_by(provider: Provider, turn_at: dt.datetime, calendar: HolidayCalendar | None = None) -> dt.datetime:
    """By when the network should act once it is its turn. It misses nothing but its own promise when this passes.

    Whoever asks for many has the ``calendar`` in force at hand; else it is looked up.
    """
    return _business_days(provider, turn_at, settings.BUSINESS_DAYS_TO_DECIDE, calendar).lapses_at


def _business_days(
    provider: Provider, since: dt.datetime, days: int, calendar: HolidayCalendar | None = None
) -> Deadline:
    return deadline(since, provider.time_zone, days, calendar or calendars.in_force())


def nearest(case: Case) -> dt.datetime:
    """Whose clock runs out first on this case; of an ended one, what was due last, so that lists stay ordered."""
    if case.status == CaseState.IN_CONVERSATION and case.answer_due_at is not None:
        return case.answer_due_at
    return case.decide_by
