"""The week of a session: what the client's plan states for it, and what was billed; counted as CG627 counts."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from clawguard.domain.patterns.days import INDIVIDUAL
from sessions.models import TherapySession
from sessions.services import tables
from sessions.services.patterns import plans_of


class Week(NamedTuple):
    planned: int
    billed: int


def week_of(session: TherapySession) -> Week | None:
    """None for a service that plans do not count, and where no plan per week is stated for that week."""
    counted = tables.current().codes(INDIVIDUAL)
    if counted.isdisjoint(session.codes):
        return None
    monday = session.date_of_service - dt.timedelta(days=session.date_of_service.weekday())
    stated = plans_of({str(session.client_id)}).get(str(session.client_id), ())
    plan = next((plan for plan in reversed(stated) if plan.per == "week" and plan.holds(monday)), None)
    if plan is None:
        return None
    own = TherapySession.objects.filter(provider=session.provider_id, client=session.client_id)
    days = (monday, monday + dt.timedelta(days=6))
    billed = own.filter(date_of_service__range=days, codes__overlap=sorted(counted)).count()
    return Week(plan.sessions, billed)
