"""The payer's time to file a claim."""

from __future__ import annotations

import datetime as dt

from clawguard.domain.codesets import CodeTables, Policy
from clawguard.domain.facts import SessionFacts


def filing_days(policy: Policy, session: SessionFacts) -> int | None:
    """Calendar days after the date of service within which this payer takes the claim: of the client's state, else of
    the payer; None while nobody stated any."""
    by_state = dict(policy.filing_days_in_states).get(session.client_state or "")
    return policy.filing_days if by_state is None else by_state


def last_day_to_file(policy: Policy, session: SessionFacts) -> dt.date | None:
    days = filing_days(policy, session)
    return None if days is None else session.date_of_service + dt.timedelta(days=days)


def filing_limits(tables: CodeTables) -> set[int]:
    """Every limit that any policy states, now or at another time."""
    found: set[int] = set()
    for changes in [period.changes for period in tables.policies.periods]:
        found.update(days for _, days in changes.get("filing_days_in_states", ()))
        found.update([changes["filing_days"]] if changes.get("filing_days") is not None else [])
    return found
