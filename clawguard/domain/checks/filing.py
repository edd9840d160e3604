"""The payer's time to file a claim.

Source for Medicare: 42 CFR 424.44: one calendar year after the date of service, for services since 2010, and for one of
29 February until the 28th; CMS Claims Processing Manual, chapter 1, section 70: a last day that is no federal workday
gives way to the next.
"""

from __future__ import annotations

import datetime as dt

from clawguard.domain.codesets import CodeTables, Policy
from clawguard.domain.facts import SessionFacts
from clawguard.domain.federal_workdays import federal_workday_from
from clawguard.domain.months import months_later

MEDICARE_FEWEST, MEDICARE_MOST = 365, 369  # days that its year may come to: a leap day, or days off at its end
MEDICARE = "medicare"  # the kind of payer
_YEAR = 12  # months


def filing_days(policy: Policy, session: SessionFacts) -> int | None:
    """Calendar days after the date of service within which this payer takes the claim: of the client's state, else of
    the payer, else Medicare's year; None while nobody stated any."""
    by_state = dict(policy.filing_days_in_states).get(session.client_state or "")
    if by_state is not None:
        return by_state
    return _medicare_days(policy, session) if policy.filing_days is None else policy.filing_days


def last_day_to_file(policy: Policy, session: SessionFacts) -> dt.date | None:
    days = filing_days(policy, session)
    return None if days is None else session.date_of_service + dt.timedelta(days=days)


def filing_limits(tables: CodeTables) -> set[int]:
    """Every limit that any policy states, now or at another time; Medicare's year is not among them."""
    found: set[int] = set()
    for changes in [period.changes for period in tables.policies.periods]:
        found.update(days for _, days in changes.get("filing_days_in_states", ()))
        found.update([changes["filing_days"]] if changes.get("filing_days") is not None else [])
    return found


def _medicare_days(policy: Policy, session: SessionFacts) -> int | None:
    served, since = session.date_of_service, policy.medicare_filing_year_from
    if session.payer_kind != MEDICARE or since is None or served < since:
        return None
    return (federal_workday_from(months_later(served, _YEAR)) - served).days
