"""What the payer's contract and terms say of one session: until when it is filed, and what it is worth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from clawguard.domain.checks.stated import holds, of_payer
from clawguard.domain.codesets import Policy
from clawguard.domain.facts import ServiceLineFacts, SessionFacts


def filing_days(policy: Policy, session: SessionFacts) -> int | None:
    """Calendar days after the date of service, by the policy: that of the client's state before its general one."""
    by_state = dict(policy.filing_days_in_states).get(session.client_state or "")
    return policy.filing_days if by_state is None else by_state


def last_day_to_file(policy: Policy, session: SessionFacts) -> dt.date | None:
    days = filing_days(policy, session)
    return None if days is None else session.date_of_service + dt.timedelta(days=days)


def agreed_rate(session: SessionFacts, rates: Iterable[Mapping[str, Any]]) -> Decimal | None:
    """US dollars of all lines by the stated ``rates``; None unless every line has exactly one."""
    on = session.date_of_service
    about = [each for each in rates if holds(each, on) and of_payer(each, session.payer_id)]
    total = Decimal(0)
    for line in session.service_lines:
        found = {amount for each in about if (amount := _amount(each, line)) is not None}
        if len(found) != 1:
            return None
        total += found.pop() * line.units
    return total


def _amount(rate: Mapping[str, Any], line: ServiceLineFacts) -> Decimal | None:
    if rate.get("code") != line.code:
        return None
    try:
        return Decimal(str(rate.get("amount"))).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None
