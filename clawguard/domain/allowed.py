"""What a payer allows for a service: its payment and the client's share together, before anything else is taken off."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from clawguard.domain.takebacks import ORDINARY, Reason
from clawguard.domain.x12.remittance import ZERO

CONTRACT = "45"  # CARC: the charge is above what the payer allows
FIRST_PAYER = frozenset({"1", "19"})  # CLP02: paid as the first payer, and sent on to another


def allowed_of_line(charge: Decimal, stated: Decimal | None, reasons: Iterable[Reason]) -> Decimal | None:
    """US dollars, of a line that the first payer paid; None where they cannot be known.

    ``stated`` is AMT*B6 of the 835 guide (005010X221A1). Without it the allowed amount is the charge less CARC 45, as
    long as nothing but the client's share and sequestration was taken off beside it. Nothing allowed is a denial, whose
    reasons tell of it: it is no rate.
    """
    given = list(reasons)
    if stated is None and any(each.carc not in ORDINARY for each in given):
        return None
    found = charge - sum((each.amount for each in given if each.carc == CONTRACT), ZERO) if stated is None else stated
    return found if found > 0 and charge > 0 else None
