"""What the first request for more time gets at once, by the policy in force on the day on which it is made."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from notes.models import NotesRequest
from sessions.codesets.policy_periods import current_policies


def day_of(request: NotesRequest, now: dt.datetime) -> dt.date:
    """The day on which ``now`` falls where the provider practises, as in everything that this clock counts."""
    return now.astimezone(ZoneInfo(request.time_zone)).date()


def at_once(request: NotesRequest, now: dt.datetime) -> int:
    """Business days, for the payer and plan of the request's session; 0: a lead decides."""
    session, policies = request.session, current_policies()
    if not policies.periods:
        return policies.on("", "", "", dt.date.min).first_more_time_days  # the default, without asking who pays
    of_payer = policies.on(session.payer_kind, session.payer.payer_id, session.payer_plan, day_of(request, now))
    return of_payer.first_more_time_days
