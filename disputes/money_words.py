"""The ledger of a session as pages and the API show it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse

from clawguard.domain.remit_codes import REMIT_CODES, CodeSet
from clawguard.domain.takebacks import Step, step_of_claim, step_of_plb
from clawguard.ui import words
from disputes.ledger import Ledger, Row, ledgers
from disputes.remittance_words import STEPS


def of_session(session_id: UUID, known: Mapping[UUID, Ledger] | None = None) -> dict[str, Any] | None:
    """Sums and rows, each row with its payment; None where no remittance speaks of the session. ``known``: its ledger
    by its id, where it was read already."""
    ledger = (ledgers([session_id]) if known is None else known).get(session_id)
    if ledger is None:
        return None
    steps = dict(zip(map(id, ledger.counted), ledger.money.steps, strict=True))
    return {"sums": ledger.money, "rows": [_row(row, steps.get(id(row))) for row in ledger.rows]}


def rate_on_appeal(before: Decimal | None, now: Decimal | None) -> str:
    """What the provider is told when a decision is appealed and the facts have another contracted rate by now."""
    was = f"Before, it was {words.money(before)}." if before is not None else "Before, it was not known."
    if now is None:
        return (
            f"By what is on record now, the contracted rate of this session is not known. {was} Where it is to be "
            "paid, your appeal waits for it. Nothing is paid or taken because of this message."
        )
    return (
        f"By what is on record now, the contracted rate of this session is {words.money(now)}. {was} Your appeal is "
        f"looked at by the rate of {words.money(now)}. Nothing is paid or taken because of this message; if it is not "
        "your rate, tell us here."
    )


def taking(session_id: UUID) -> str:
    """``The payer took $112.00 back on Sat 21 Nov 2026, giving the reason 29: …``; empty where it took nothing."""
    ledger = ledgers([session_id]).get(session_id)
    row = ledger.last_taking if ledger else None
    if ledger is None or row is None:
        return ""
    codes = [f"{code}: {REMIT_CODES.read(CodeSet.CARC, code).label}" for code in ledger.why.carc]
    codes += [f"{code}: {REMIT_CODES.read(CodeSet.PLB, code).label}" for code in ledger.why.plb]
    day = row.payment.paid_on or row.payment.created_at.date()
    given = f", giving the reason {'; '.join(codes)}" if codes else " and gave no reason"
    return f"The payer took {words.money(abs(row.entry.amount))} back on {words.day(day, year=True)}{given}"


def _row(row: Row, step: Step | None) -> dict[str, Any]:
    entry, payment = row.entry, row.payment
    counted = step is not None
    if step is None:
        step = step_of_claim(entry, False) if entry.is_claim else step_of_plb(entry.plb, entry.amount)
    codes = [entry.plb] if entry.plb else [f"{reason.group}-{reason.carc}" for reason in entry.reasons]
    return {
        "on": payment.paid_on,
        "at": payment.created_at,
        "amount": entry.amount,
        "did": STEPS[step],
        "codes": ", ".join([*dict.fromkeys(codes), *dict.fromkeys(entry.remarks)]),
        "trace": payment.trace,
        "url": reverse("remittance", args=[payment.pk]),
        "counted": counted,
    }
