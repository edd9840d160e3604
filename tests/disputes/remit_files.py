"""Small 835 files for tests: payments built from claims, every sum right unless a test says otherwise. All invented."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from clawguard.accounts.actors import SYSTEM, Actor
from clawguard.domain.x12.remittance import (
    Adjustment,
    Payment,
    ProviderAdjustment,
    RemitClaim,
    RemitLine,
    RemitParty,
    Remittance,
)
from clawguard.domain.x12.writers import write_835
from disputes.models import AccountMatch
from disputes.models import Remittance as Stored
from disputes.services import remittances
from sessions.models import ImportBatch, TherapySession
from tests.builders import NOW, npi

PAYER = RemitParty("EXAMPLE HEALTH", "XV", "60054")
PAYEE = RemitParty("EXAMPLE NETWORK", "XX", "1999999984")
DAY = dt.date(2026, 9, 16)
CHARGE = Decimal("180.00")


def claim(claim_id: str, paid: str = "142.50", status: str = "1", *reasons: str, **changes: Any) -> RemitClaim:
    """90837 of 180.00; what was not paid is CO-45 unless ``reasons`` (``CO:97:180.00``) say why."""
    amount = Decimal(paid)
    charge = -CHARGE if status == "22" else CHARGE
    found = [reason.split(":") for reason in reasons] or [["CO", "45", str(charge - amount)]]
    adjustments = tuple(Adjustment(group, carc, Decimal(said)) for group, carc, said in found)
    day = changes.get("date", DAY)
    line = RemitLine("90837", ("95",), "HC", charge, amount, Decimal(1), date=day, adjustments=adjustments)
    given = {
        "claim_id": claim_id,
        "status": status,
        "charge": charge,
        "paid": amount,
        "filing": "12",
        "payer_claim_id": f"P-{claim_id}",
        "member_id": "C-1",
        "rendering_npi": npi(1),
        "date": day,
        "lines": (line,),
    }
    return RemitClaim(**{**given, **changes})


def plb(reason: str, amount: str, reference: str = "") -> ProviderAdjustment:
    return ProviderAdjustment(PAYEE.id, reason, Decimal(amount), reference or None, dt.date(2026, 12, 31))


def payment(trace: str, *parts: RemitClaim | ProviderAdjustment, **changes: Any) -> Remittance:
    """A payment of these claims and account adjustments; ``amount`` other than theirs makes it wrong."""
    claims = tuple(part for part in parts if isinstance(part, RemitClaim))
    account = tuple(part for part in parts if isinstance(part, ProviderAdjustment))
    total = sum((each.paid or Decimal(0) for each in claims), Decimal(0)) - sum(
        (each.amount for each in account), Decimal(0)
    )
    amount = Decimal(changes.pop("amount", total))
    on = changes.pop("on", dt.date(2026, 10, 1))
    paid = Payment(abs(amount), "ACH", amount >= 0, on, trace, "1999999999")
    given = {"payer": PAYER, "payee": PAYEE, "claims": claims, "provider_adjustments": account, "production_date": on}
    return Remittance("000000001", trace[-4:], paid, **{**given, **changes})


def written(*payments: Remittance) -> bytes:
    return "".join(write_835(payments, created=NOW)).encode()


def imported(
    *payments: Remittance, content: bytes = b"", now: dt.datetime = NOW, actor: Actor = SYSTEM, **wishes: Any
) -> ImportBatch:
    """A file taken in and read to its end, as a worker would."""
    batch = remittances.receive(actor, "payments.835", [content or written(*payments)], now, read=False, **wishes)
    while remittances.read_piece(batch.pk, now):
        continue
    batch.refresh_from_db()
    return batch


def of_the_world(about: TherapySession) -> dict[str, Any]:
    """A payment about Priya's session, and one whose sums disagree with a claim of hers on a day she had none. The
    first takes back what that claim was paid."""
    paid = claim(about.external_id, date=about.date_of_service)
    odd = claim("odd-1", member_id="C-nobody", date=dt.date(2025, 1, 6))
    takeback = plb("WO", "42.00", "odd-1")
    imported(payment("T-world-1", paid, takeback), payment("T-world-2", odd, amount="10.00"))
    first, second = Stored.objects.order_by("number")
    remittances.open_for_takebacks(first.pk, NOW)
    return {
        "takeback": AccountMatch.objects.get(),
        "remittance": first,
        "unbalanced remittance": second,
        "matched claim": first.claims.get(),
        "unmatched claim": second.claims.get(),
    }
