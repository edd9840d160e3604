"""Takebacks: a payer reached for money it had paid. They open a case or join the one that stands; nothing is posted.

A case is opened where money is still gone after every correction and restoring payment known by then, and only once per
takeback: collecting a debt that was recorded before is no new one. A decided case is told, never reopened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q

from clawguard.accounts.actors import SYSTEM
from clawguard.domain.lifecycles import CaseState
from clawguard.domain.takebacks import WITHHELD
from clawguard.domain.x12.remittance import REVERSAL
from clawguard.events.services import publish_many
from disputes.ledger import Ledger, ledgers
from disputes.models import AccountAdjustment, AccountMatch, AccountShare, Case, ClaimMatch, LineMatch, Remittance
from disputes.services.attributing import attribute, attribute_of_sessions
from disputes.services.opening import open_for_sessions
from disputes.services.remittances.unclaimed import sort_out

TURNED = Q(claim__claim_status=REVERSAL) | Q(claim__paid__lt=0)
OVER = (CaseState.DECIDED, CaseState.CLOSED)


@transaction.atomic
def open_for_takebacks(remittance_id: UUID, now: dt.datetime) -> None:
    """Weigh every session that a payment takes from, or gives back to. Waits for a person where sums disagree."""
    payment = Remittance.objects.get(pk=remittance_id)
    named = sort_out(payment, payment.claims.only("claim_id", "payer_claim_id"), now)
    _weigh(named | (_touched(payment) if payment.usable else set()), str(payment.pk), now)
    attribute_of_sessions(list(named), now)


@transaction.atomic
def open_for_claim(claim_id: UUID, before: Sequence[UUID], now: dt.datetime) -> None:
    """A claim found its session, or another one than ``before``: all are weighed."""
    match = ClaimMatch.objects.select_related("claim__remittance").get(pk=claim_id)
    named = sort_out(match.claim.remittance, [match.claim], now)
    _weigh(named | sessions_of_claim(match), str(match.claim.remittance_id), now)
    attribute_of_sessions([*before, *named], now)


@transaction.atomic
def open_for_division(match_id: UUID, before: Sequence[UUID], now: dt.datetime) -> None:
    """Somebody said whose money a takeback took, and no longer ``before``'s: all are weighed. So are the sessions that
    its names alone meant until then."""
    match = AccountMatch.objects.select_related("adjustment__remittance").get(pk=match_id)
    payment = match.adjustment.remittance
    _weigh(match.shares.values_list("session_id", flat=True), str(payment.pk), now)
    gone = {*before, *_named(payment, set(match.adjustment.names))}
    if gone:
        attribute_of_sessions(list(gone), now)


def sessions_of_claim(match: ClaimMatch) -> set[UUID]:
    """The session a claim is about; several where its lines are about several."""
    if match.session_id is not None:
        return {match.session_id}
    lines = LineMatch.objects.filter(claim=match.claim_id, session__isnull=False)
    return set(lines.values_list("session_id", flat=True))


def _touched(payment: Remittance) -> set[UUID]:
    """Sessions of this payment that were ever reversed, and those its account names. Those of single lines are few, and
    all weighed."""
    own = ClaimMatch.objects.filter(claim__remittance=payment, session__isnull=False)
    lines = LineMatch.objects.filter(claim__remittance=payment, session__isnull=False)
    sessions = Q(session__in=own.values("session"))
    turned = {
        *ClaimMatch.objects.filter(sessions, TURNED).values_list("session", flat=True),
        *LineMatch.objects.filter(sessions, TURNED).values_list("session", flat=True),
        *lines.values_list("session", flat=True),
    }
    account = AccountAdjustment.objects.filter(remittance=payment, reason__in=WITHHELD)
    shared = AccountShare.objects.filter(match__adjustment__remittance=payment).values_list("session", flat=True)
    return {*turned, *shared, *_named(payment, {name for row in account for name in row.names})}


def _named(payment: Remittance, names: set[str]) -> set[UUID]:
    """The sessions of this payer's claims that carry one of these names."""
    if not names:
        return set()
    named = ClaimMatch.objects.filter(
        Q(claim__claim_id__in=names) | Q(claim__payer_claim_id__in=names),
        claim__remittance__payer_code=payment.payer_code,
        session__isnull=False,
    )
    return {key for key in named.values_list("session_id", flat=True) if key is not None}


def _weigh(session_ids: Iterable[UUID], payment: str, now: dt.datetime) -> None:
    found = {key: ledger for key, ledger in ledgers(list(session_ids)).items() if ledger.money.touched}
    if not found:
        return
    standing = {case.session_id: case for case in _standing(found)}
    last = dict(
        Case.objects.filter(session__in=found).values_list("session").annotate(last=Max("opened_at")).order_by()
    )
    new = {
        key: ledger.money.open
        for key, ledger in found.items()
        if key not in standing and ledger.money.open > 0 and not _covered(ledger, last.get(key))
    }
    open_for_sessions(list(new), "takeback", SYSTEM, now, amounts=new)
    joined = [
        (case, _told(found[key], payment)) for key, case in standing.items() if key and found[key].moved_by(payment)
    ]
    publish_many("case.takeback_told", joined, SYSTEM, now)
    for key, case in standing.items():
        if key is not None:
            _keep_amount(case, found[key].money.open)
            attribute(case.pk, now)


def _standing(found: Iterable[UUID]) -> list[Case]:
    rows = Case.objects.filter(session__in=list(found)).exclude(status=CaseState.CLOSED)
    return list(rows.order_by("pk").select_for_update(of=("self",)))


def _covered(ledger: Ledger, last_opened: dt.datetime | None) -> bool:
    """Whether an earlier case, closed since, was opened after this takeback was known."""
    taking = ledger.last_taking
    return last_opened is not None and taking is not None and taking.known_at <= last_opened


def _told(ledger: Ledger, payment: str) -> dict[str, str]:
    money = ledger.money
    amounts = {"taken": money.taken, "restored": money.restored, "open": money.open}
    return {"remittance": payment, **{name: f"{amount:.2f}" for name, amount in amounts.items()}}


def _keep_amount(case: Case, still_open: Decimal) -> None:
    """What was an estimate is known now; a decided case keeps what it was decided about."""
    if still_open > 0 and case.status not in OVER:
        Case.objects.filter(pk=case.pk).update(amount_at_risk=still_open)
