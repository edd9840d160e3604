"""The invented network as the files a real one would send: CSV, NDJSON, 837P, and the 835s that answer it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from clawguard.demo.people import PAYERS
from clawguard.demo.sessions import Body, Network, submitted_at
from clawguard.domain.x12.remittance import (
    REVERSAL,
    Adjustment,
    Payment,
    ProviderAdjustment,
    RemitClaim,
    RemitLine,
    RemitParty,
    Remittance,
)
from clawguard.domain.x12.writers import write_835, write_837p
from sessions.intake.writers import write_csv, write_ndjson

PAID_AFTER = dt.timedelta(days=14)
TAKEN_BACK_SHARE = 0.03
TAKEBACK_REASONS = ("16", "97", "29", "197", "27")  # CARC
PAYEE = RemitParty("INVENTED NETWORK", "XX", "1999999984")


def write(network: Network, folder: Path) -> Iterator[Path]:
    """Write every file into ``folder`` (made if absent). Yields each path once it is complete."""
    folder.mkdir(parents=True, exist_ok=True)
    created = submitted_at(network.sessions[-1])
    yield _put(folder / "sessions.csv", write_csv(network.sessions))
    yield _put(folder / "sessions.ndjson", write_ndjson(network.sessions))
    yield _put(folder / "sessions.837", write_837p(network.sessions, created=created))
    yield _put(folder / "remittances.835", write_835(remittances(network), created=created))


def _put(path: Path, texts: Iterable[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(texts)
    return path


def remittances(network: Network) -> list[Remittance]:
    """One payment per payer and week, two weeks after the sessions; some pay back what was paid before, with a reason.

    Every sum agrees: claims less provider-level adjustments is the payment.
    """
    rng = random.Random(len(network.sessions))
    found = []
    for payer in PAYERS:
        own = [body for body in network.sessions if body["payer"]["id"] == payer.id]
        party = RemitParty(payer.name.upper(), "XV", payer.id)
        taken: list[Body] = []
        for number, (week, bodies) in enumerate(groupby(own, _week), 1):
            batch = list(bodies)
            claims = [*(_reversal(body, rng) for body in taken), *(_paid(body) for body in batch)]
            found.append(_remittance(party, f"{payer.id}-{week}-{number:03d}", claims, batch))
            taken = [body for body in batch if rng.random() < TAKEN_BACK_SHARE]
    return found


def _week(body: Body) -> str:
    year, week, _ = (submitted_at(body) + PAID_AFTER).isocalendar()
    return f"{year}{week:02d}"


def _remittance(payer: RemitParty, trace: str, claims: list[RemitClaim], batch: list[Body]) -> Remittance:
    """Where reversals take more than is paid, the rest is carried forward (PLB FB, negative) and nothing is paid."""
    total = sum((claim.paid or Decimal(0) for claim in claims), Decimal(0))
    on = (submitted_at(batch[-1]) + PAID_AFTER).date()
    carried: tuple[ProviderAdjustment, ...] = ()
    if total < 0:
        carried = (ProviderAdjustment(PAYEE.id, "FB", total, trace, dt.date(on.year, 12, 31)),)
    amount = max(total, Decimal(0))
    payment = Payment(amount, "ACH" if amount else "NON", True, on, trace, "1999999999")
    return Remittance("000000001", trace[-4:], payment, payer, PAYEE, tuple(claims), carried, on)


def _claim(body: Body, status: str, sign: int, line_adjustments: list[list[Adjustment]]) -> RemitClaim:
    on = dt.date.fromisoformat(body["date_of_service"])
    lines = []
    for line, adjustments in zip(body["service_lines"], line_adjustments, strict=True):
        charge = sign * Decimal(line["charge"])
        paid = charge - sum((entry.amount for entry in adjustments), Decimal(0))
        units = Decimal(line["units"])
        modifiers = tuple(line["modifiers"])
        lines.append(
            RemitLine(line["code"], modifiers, "HC", charge, paid, units, date=on, adjustments=tuple(adjustments))
        )
    return RemitClaim(
        claim_id=body["external_id"],
        status=status,
        charge=sum((line.charge or Decimal(0) for line in lines), Decimal(0)),
        paid=sum((line.paid or Decimal(0) for line in lines), Decimal(0)),
        patient_responsibility=Decimal(0),
        filing="12",
        payer_claim_id=f"P{body['external_id'].replace('-', '')}",
        member_id=body["client"]["external_id"],
        rendering_npi=body["provider"]["npi"],
        date=on,
        lines=tuple(lines),
    )


def _contracted(line: dict[str, Any], sign: int) -> list[Adjustment]:
    """The contract's difference between charge and rate (CARC 45): a fifth of the charge."""
    return [Adjustment("CO", "45", sign * (Decimal(line["charge"]) / 5).quantize(Decimal("0.01")))]


def _paid(body: Body) -> RemitClaim:
    return _claim(body, "1", 1, [_contracted(line, 1) for line in body["service_lines"]])


def _reversal(body: Body, rng: random.Random) -> RemitClaim:
    """The earlier claim turned round; why it is taken back stands on its first line."""
    reason = rng.choice(TAKEBACK_REASONS)
    adjustments = [_contracted(line, -1) for line in body["service_lines"]]
    adjustments[0] = [Adjustment("CO", reason, entry.amount) for entry in adjustments[0]]
    return _claim(body, REVERSAL, -1, adjustments)
