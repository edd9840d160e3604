"""A payment as the rows of its tables, and what tells it from every other: identity and digest.

Rows are written by the thousand, so they are plain values and no objects; ``said`` is what the file says, and what the
digest is made of. The order of its columns must stay: payments that are stored are known again by it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from clawguard.domain.x12.remittance import ZERO, Adjustment, RemitClaim, RemitLine, RemitParty
from clawguard.domain.x12.remittance import Remittance as Read
from clawguard.ids import new_id_text
from disputes.models import AccountAdjustment, ClaimAdjustment, Remittance, RemittanceClaim, RemittanceLine
from disputes.services.remittances.seeking import Line, Sought, seek
from sessions.intake.copying import copy_rows, text_array

_BETWEEN = re.compile(r"[\s,;/|]+")
CLAIMS = (
    "id", "remittance_id", "number", "position", "claim_id", "claim_status", "charge", "paid",
    "patient_responsibility", "filing", "payer_claim_id", "frequency", "client_ref", "rendering_npi", "first_day",
    "last_day", "received_on", "remarks",
)  # fmt: skip
LINES = (
    "claim_id", "number", "position", "allowed", "code", "billed_code", "modifiers", "charge", "paid", "units",
    "first_day", "last_day", "line_ref", "remarks",
)  # fmt: skip
ADJUSTMENTS = ("claim_id", "number", "line", "group", "carc", "amount", "quantity")
ACCOUNT = (
    "remittance_id", "number", "position", "provider_code", "reason", "amount", "reference", "names", "period_end",
)  # fmt: skip


class Row(NamedTuple):
    """``head``: keys, places and what is not part of the digest; ``said``: everything else. In the order of the columns
    above. An allowed amount is none of it: payments were kept before it was read, and must be known again."""

    head: tuple[Any, ...]
    said: tuple[Any, ...]


@dataclass(slots=True)
class Rows:
    """Everything of one payment, and its claims as matching looks for them."""

    payment: Remittance
    claims: list[Row] = field(default_factory=list)
    lines: list[Row] = field(default_factory=list)
    adjustments: list[Row] = field(default_factory=list)
    account: list[Row] = field(default_factory=list)
    sought: list[Sought] = field(default_factory=list)


def rows_of(read: Read) -> Rows:
    """All rows of a payment, unsaved, with its identity and digest."""
    rows = Rows(_payment(read))
    key = str(rows.payment.pk)
    for number, claim in enumerate(read.claims, 1):
        _add_claim(rows, key, number, claim)
    for number, entry in enumerate(read.provider_adjustments, 1):
        reference = (entry.reference or "")[:80]
        said = (
            entry.provider_id[:80], entry.reason[:4], entry.amount, reference, names_of(reference),
            entry.fiscal_period_end,
        )  # fmt: skip
        rows.account.append(Row((key, number, entry.position), said))
    rows.payment.digest = _digest(rows)
    return rows


def names_of(reference: str) -> list[str]:
    """What a PLB reference may name: itself and its parts, for payers write claim number, account and date in one."""
    parts = [part for part in _BETWEEN.split(reference) if len(part) > 2]
    return list(dict.fromkeys([reference, *parts])) if reference else []


def copy(payments: Sequence[Rows]) -> None:
    """Append what stands below these payments to its tables; the payments themselves are there already."""
    parts = (
        (RemittanceClaim, CLAIMS, [row for rows in payments for row in rows.claims]),
        (RemittanceLine, LINES, [row for rows in payments for row in rows.lines]),
        (ClaimAdjustment, ADJUSTMENTS, [row for rows in payments for row in rows.adjustments]),
        (AccountAdjustment, ACCOUNT, [row for rows in payments for row in rows.account]),
    )
    for model, columns, found in parts:
        if found:
            copy_rows(model._meta.db_table, columns, [texts((*row.head, *row.said)) for row in found])


def texts(values: Iterable[Any]) -> list[str | None]:
    """As COPY reads them: lists are arrays of texts."""
    return [
        value if value is None or isinstance(value, str)
        else text_array(value) if isinstance(value, list)
        else str(value)
        for value in values
    ]  # fmt: skip


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


def _add_claim(rows: Rows, payment: str, number: int, claim: RemitClaim) -> None:
    days = [day for line in claim.lines for day in (line.date, line.date_to) if day is not None]
    first, last = claim.date or min(days, default=None), claim.date_to or max(days, default=None)
    key, charge = new_id_text(), _stated(claim.charge)
    payer_number, client, npi = claim.payer_claim_id or "", claim.member_id or "", (claim.rendering_npi or "")[:10]
    said = (
        claim.claim_id, claim.status[:2], charge, _stated(claim.paid), claim.patient_responsibility, claim.filing[:2],
        payer_number, (claim.frequency or "")[:1], client, npi, first, last, claim.received,
        [code[:10] for code in claim.remarks],
    )  # fmt: skip
    rows.claims.append(Row((key, payment, number, claim.position), said))
    found: list[tuple[int | None, Adjustment]] = [(None, adjustment) for adjustment in claim.adjustments]
    for place, line in enumerate(claim.lines, 1):
        rows.lines.append(_line(key, place, line))
        found += [(place, adjustment) for adjustment in line.adjustments]
    rows.adjustments += [_adjustment(key, at, place, given) for at, (place, given) in enumerate(found, 1)]
    compared = [_compared(place, line) for place, line in enumerate(claim.lines, 1)]
    amounts = charge, _stated(claim.paid)
    rows.sought.append(seek(key, claim.claim_id, payer_number, (client, npi), (first, last), amounts, compared))


def _compared(number: int, line: RemitLine) -> Line:
    ref, code = (line.control_number or "")[:50], (line.billed_code or line.code)[:48]
    return Line(number, ref, code, line.date, line.date_to, _stated(line.charge), _stated(line.paid))


def _line(claim: str, number: int, line: RemitLine) -> Row:
    said = (
        line.code[:48], (line.billed_code or "")[:48], [code[:10] for code in line.modifiers], _stated(line.charge),
        _stated(line.paid), line.units, line.date, line.date_to, (line.control_number or "")[:50],
        [code[:10] for code in line.remarks],
    )  # fmt: skip
    return Row((claim, number, line.position, line.allowed), said)


def _adjustment(claim: str, number: int, line: int | None, given: Adjustment) -> Row:
    return Row((claim, number), (line, given.group[:2], given.reason[:5], given.amount, given.quantity))


def _digest(rows: Rows) -> str:
    """Of everything the payment says, without the envelopes, places and remarks of the file it came in."""
    row = rows.payment
    said: list[Any] = [row.identity, row.produced_on, row.method, row.amount]
    for name, part in (
        ("RemittanceClaim", rows.claims),
        ("RemittanceLine", rows.lines),
        ("ClaimAdjustment", rows.adjustments),
        ("AccountAdjustment", rows.account),
    ):
        for each in part:
            said.append(name)
            said += each.said
    return _hash(said)


def _hash(said: list[Any]) -> str:
    text = "\x1f".join([f"{value.normalize():f}" if isinstance(value, Decimal) else str(value) for value in said])
    return hashlib.sha256(text.encode()).hexdigest()
