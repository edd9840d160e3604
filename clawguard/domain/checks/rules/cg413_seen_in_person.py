"""Telehealth at home goes on without a session in person, where one is needed.

Source: CMS on mental telehealth at home, as AAFP tells it: a session in person before the first and then regularly. The
date from which it counts is contradictory in public sources, so it is off until a policy says how many days may pass.
Only sessions that are known can be read: where they do not reach back that far, nothing is said.
"""

import datetime as dt
from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import TELEHEALTH
from clawguard.domain.checks.telehealth import REMOTE
from clawguard.domain.codesets import Policy
from clawguard.domain.facts import SessionFacts

_HOME = "10"
_BEYOND = 183


def _back(policy: Policy) -> int:
    """Half a year beyond the days that count: a session there shows that the sessions on record reach back that far."""
    return 0 if policy.in_person_within_days is None else policy.in_person_within_days + _BEYOND


@check(
    id="CG413",
    version=1,
    title="No session in person for long",
    category="telehealth",
    scope="history",
    severity=Severity.WARNING,
    source=TELEHEALTH,
    party=Party.OPEN,
    needs=Needs.HISTORY,
    back=_back,
    when=lambda session, _policy: session.telehealth in REMOTE and session.place_of_service == _HOME,
    suggested_step="Ask for the last session in person, which may have been with a colleague.",
    provider_message="This payer asks for a session in person from time to time. Please tell us when the last one was.",
    request_items=("explanation",),
)
def seen_in_person(session: SessionFacts, context: Context) -> Iterator[Finding]:
    policy = context.policy(session)
    days = policy.in_person_within_days
    if days is None or session.telehealth not in REMOTE or session.place_of_service != _HOME:
        return
    since = session.date_of_service - dt.timedelta(days=days)
    begin = session.date_of_service - dt.timedelta(days=_back(policy))
    known = [
        earlier
        for earlier in context.history
        if earlier.provider_npi == session.provider_npi and earlier.date_of_service >= begin
    ]
    if not any(earlier.date_of_service <= since for earlier in known):
        return
    recent = [earlier for earlier in known if earlier.date_of_service >= since]
    if all(earlier.telehealth in REMOTE for earlier in recent):
        yield seen_in_person.finding(
            session,
            f"The sessions known of the last {days} days were all remote; this payer asks for one in person.",
            evidence={"days": days, "sessions": len(recent)},
        )
