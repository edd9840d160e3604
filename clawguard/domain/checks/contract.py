"""What a session is worth by the payer's contract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from clawguard.domain.checks.stated import holds, of_payer
from clawguard.domain.facts import ServiceLineFacts, SessionFacts


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
