"""The session was confirmed later than the network's agreement allows.

Source: Headway provider agreement updates: sessions are confirmed within 30 days of the date of service, a value of the
policy. The days are counted by the calendar where the provider practises.
"""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from zoneinfo import ZoneInfo

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import NETWORK_CONFIRMING
from clawguard.domain.checks.timing import as_evidence
from clawguard.domain.facts import SessionFacts


@check(
    id="CG502",
    version=1,
    title="Confirmed late",
    category="who may bill",
    severity=Severity.ERROR,
    source=NETWORK_CONFIRMING,
    suggested_step="Ask what delayed the confirmation, and check the payer's filing limit.",
    provider_message=(
        "This session was confirmed later than the agreement allows. Please tell us what delayed it; a problem on our "
        "side counts."
    ),
    request_items=("explanation",),
)
def late_confirmation(session: SessionFacts, context: Context) -> Iterator[Finding]:
    confirmed = session.confirmed_at
    if confirmed is None:
        return
    allowed = context.policy(session).confirm_within_days
    if (confirmed.date() - session.date_of_service).days < allowed:
        return  # no time zone moves a date by more than one day
    days = (confirmed.astimezone(_zone(session.provider_time_zone)).date() - session.date_of_service).days
    if days > allowed:
        yield late_confirmation.finding(
            session,
            f"Confirmed {days} days after the session; the network allows {allowed}.",
            evidence={"confirmed_at": as_evidence(confirmed), "days": days, "allowed_days": allowed},
        )


@lru_cache(maxsize=512)
def _zone(name: str) -> dt.tzinfo:
    return ZoneInfo(name)
