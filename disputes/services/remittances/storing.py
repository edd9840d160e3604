"""One payment into rows: stored once, whatever file it comes in; matched; and told of in the same transaction."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from clawguard.accounts.actors import Actor
from clawguard.domain.x12.remittance import ZERO, Adjustment, RemitClaim, RemitLine, RemitParty
from clawguard.domain.x12.remittance import Remittance as Read
from clawguard.domain.x12.segments import SegmentProblem
from clawguard.events.services import publish
from disputes.models import AccountAdjustment, ClaimAdjustment, Remittance, RemittanceClaim, RemittanceLine
from disputes.services.remittances import matching
from sessions.models import ImportBatch

BATCH = 2_000  # rows of one statement
_BETWEEN = re.compile(r"[\s,;/|]+")


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a payment: ``new``, known already, or refused because of ``refused``."""

    new: bool = False
    refused: SegmentProblem | None = None
    unmatched: int = 0


@dataclass(slots=True)
class Rows:
    payment: Remittance
    claims: list[RemittanceClaim] = field(default_factory=list)
    lines: list[RemittanceLine] = field(default_factory=list)
    adjustments: list[ClaimAdjustment] = field(default_factory=list)
    account: list[AccountAdjustment] = field(default_factory=list)


def foresee(read: Read) -> Stored:
    """What ``store`` would do now; nothing is written."""
    return _known(rows_of(read).payment) or Stored(new=True)


def store(batch: ImportBatch, number: int, read: Read, actor: Actor, now: dt.datetime) -> Stored:
    """Write a payment and everything in it, or find that it is here already. In the caller's transaction."""
    rows = rows_of(read)
    row = rows.payment
    row.batch, row.number, row.created_at = batch, number, now
    Remittance.objects.bulk_create([row], ignore_conflicts=True)
    if not Remittance.objects.filter(pk=row.pk).exists():
        return _known(row) or Stored()
    RemittanceClaim.objects.bulk_create(rows.claims, batch_size=BATCH)
    RemittanceLine.objects.bulk_create(rows.lines, batch_size=BATCH)
    ClaimAdjustment.objects.bulk_create(rows.adjustments, batch_size=BATCH)
    AccountAdjustment.objects.bulk_create(rows.account, batch_size=BATCH)
    unmatched = matching.match_new(row, rows.claims, rows.lines, now)
    told = {"claims": len(rows.claims), "reversals": len(read.reversals), "balances": row.balances}
    publish("remittance.imported", row, actor, now, told)
    return Stored(new=True, unmatched=unmatched)


def _known(row: Remittance) -> Stored | None:
    known = Remittance.objects.filter(identity=row.identity).values_list("digest", flat=True).first()
    if known is None:
        return None
    if known == row.digest:
        return Stored()
    message = "A payment with this payer, trace number and date is here and says something else; ask the payer."
    problem = SegmentProblem(row.interchange, row.transaction, row.position, "ST", "payment_differs", message)
    return Stored(refused=problem)


def rows_of(read: Read) -> Rows:
    """All rows of a payment, unsaved, with its identity and digest."""
    rows = Rows(_payment(read))
    for number, claim in enumerate(read.claims, 1):
        _add_claim(rows, number, claim)
    for number, entry in enumerate(read.provider_adjustments, 1):
        reference = (entry.reference or "")[:80]
        row = AccountAdjustment(
            remittance=rows.payment, number=number, position=entry.position, provider_code=entry.provider_id[:80],
            reason=entry.reason[:4], amount=entry.amount, reference=reference, names=names_of(reference),
            period_end=entry.fiscal_period_end,
        )  # fmt: skip
        rows.account.append(row)
    rows.payment.digest = _digest(rows)
    return rows


def names_of(reference: str) -> list[str]:
    """What a PLB reference may name: itself and its parts, for payers write claim number, account and date in one."""
    parts = [part for part in _BETWEEN.split(reference) if len(part) > 2]
    return list(dict.fromkeys([reference, *parts])) if reference else []


def _payment(read: Read) -> Remittance:
    paid = read.payment
    amount = paid.amount if paid.amount is not None else ZERO
    claims_paid = sum((claim.paid for claim in read.claims if claim.paid is not None), ZERO)
    adjusted = sum((entry.amount for entry in read.provider_adjustments), ZERO)
    signed = amount if paid.credit else -amount
    row = Remittance(
        position=read.position, interchange=read.interchange[:20], transaction=read.transaction[:20],
        payer_code=_code(read.payer, paid.originator), payer_name=read.payer.name[:120],
        payee_code=_code(read.payee, ""), originator=paid.originator[:50], trace=paid.trace, paid_on=paid.date,
        produced_on=read.production_date, method=paid.method[:3], amount=signed, claims_count=len(read.claims),
        reversals_count=len(read.reversals), claims_paid=claims_paid, adjusted=adjusted,
        difference=signed - (claims_paid - adjusted),
    )  # fmt: skip
    row.identity = _hash([row.payer_code, row.payer_name, row.payee_code, row.originator, row.trace, row.paid_on])
    row.imbalances = [
        {"scope": w.scope, "segment": w.position, "expected": str(w.expected), "stated": str(w.stated)}
        for w in read.imbalances
    ]
    row.remarks = [{"segment": p.position, "code": p.code, "message": p.message} for p in read.problems]
    return row


def _stated(amount: Decimal | None) -> Decimal:
    """Raises ValueError for what a refused payment would hold: an amount that is not there is never zero."""
    if amount is None:
        raise ValueError("an amount is missing")
    return amount


def _code(party: RemitParty, otherwise: str) -> str:
    """The payer's id where the file names one (N104, else REF*2U), else who sent the money."""
    named = party.id or next((value for kind, value in party.references if kind == "2U"), "")
    return (named or otherwise)[:80]


def _add_claim(rows: Rows, number: int, claim: RemitClaim) -> None:
    days = [day for line in claim.lines for day in (line.date, line.date_to) if day is not None]
    row = RemittanceClaim(
        remittance=rows.payment, number=number, position=claim.position, claim_id=claim.claim_id,
        claim_status=claim.status[:2], charge=_stated(claim.charge), paid=_stated(claim.paid),
        patient_responsibility=claim.patient_responsibility, filing=claim.filing[:2],
        payer_claim_id=claim.payer_claim_id or "", frequency=(claim.frequency or "")[:1],
        client_ref=claim.member_id or "", rendering_npi=(claim.rendering_npi or "")[:10],
        first_day=claim.date or min(days, default=None), last_day=claim.date_to or max(days, default=None),
        received_on=claim.received, remarks=[code[:10] for code in claim.remarks],
    )  # fmt: skip
    rows.claims.append(row)
    found: list[tuple[int | None, Adjustment]] = [(None, adjustment) for adjustment in claim.adjustments]
    for place, line in enumerate(claim.lines, 1):
        rows.lines.append(_line(row, place, line))
        found += [(place, adjustment) for adjustment in line.adjustments]
    rows.adjustments += [_adjustment(row, at, place, given) for at, (place, given) in enumerate(found, 1)]


def _line(claim: RemittanceClaim, number: int, line: RemitLine) -> RemittanceLine:
    return RemittanceLine(
        claim=claim, number=number, position=line.position, code=line.code[:48],
        billed_code=(line.billed_code or "")[:48], modifiers=[code[:10] for code in line.modifiers],
        charge=_stated(line.charge), paid=_stated(line.paid), units=line.units, first_day=line.date,
        last_day=line.date_to, line_ref=(line.control_number or "")[:50], remarks=[code[:10] for code in line.remarks],
    )  # fmt: skip


def _adjustment(claim: RemittanceClaim, number: int, line: int | None, given: Adjustment) -> ClaimAdjustment:
    return ClaimAdjustment(
        claim=claim, number=number, line=line, group=given.group[:2], carc=given.reason[:5], amount=given.amount,
        quantity=given.quantity,
    )  # fmt: skip


_APART = {
    "id",
    "batch",
    "remittance",
    "claim",
    "number",
    "position",
    "interchange",
    "transaction",
    "identity",
    "digest",
}
_SAID: dict[type[Any], list[str]] = {
    model: [f.attname for f in model._meta.concrete_fields if f.name not in _APART]
    for model in (RemittanceClaim, RemittanceLine, ClaimAdjustment, AccountAdjustment)
}


def _digest(rows: Rows) -> str:
    """Of everything the payment says, without the envelopes, places and remarks of the file it came in."""
    row = rows.payment
    said: list[Any] = [row.identity, row.produced_on, row.method, row.amount]
    for each in (*rows.claims, *rows.lines, *rows.adjustments, *rows.account):
        said.append(type(each).__name__)
        said += [getattr(each, name) for name in _SAID[type(each)]]
    return _hash(said)


def _hash(said: list[Any]) -> str:
    text = "\x1f".join(f"{value.normalize():f}" if isinstance(value, Decimal) else str(value) for value in said)
    return hashlib.sha256(text.encode()).hexdigest()
