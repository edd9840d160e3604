"""Takebacks of a payment's account (PLB) that name no claim of one session wait for people.

Such a one may name a claim of several days, a claim nobody found, or nothing of ours.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from clawguard.domain.takebacks import WITHHELD
from disputes.models import AccountAdjustment, AccountMatch, ClaimMatch, Remittance


def let_wait(payment: Remittance) -> None:
    """Put the payment's takebacks that name no claim of one session on the work list, each once."""
    withheld = AccountAdjustment.objects.filter(remittance=payment, reason__in=WITHHELD, match__isnull=True)
    rows = list(withheld.exclude(amount=0))
    claims = _claims(payment.payer_code, {name for row in rows for name in row.names})
    for row in rows:
        named = [claim for name in row.names for claim in claims[name]]
        if not any(claim.session_id for claim in named):
            providers = {claim.provider_id for claim in named}
            AccountMatch.objects.create(adjustment=row, provider_id=providers.pop() if len(providers) == 1 else None)


def take_off(payer_code: str, now: dt.datetime) -> set[UUID]:
    """Take off the work list what names a claim that has its session by now. Returns those sessions: the money counts
    there since, though neither payment may speak of both."""
    waiting = AccountMatch.objects.filter(how="", adjustment__remittance__payer_code=payer_code).order_by("id")
    rows = list(waiting.select_for_update(of=("self",), skip_locked=True).select_related("adjustment"))
    claims = _claims(payer_code, {name for row in rows for name in row.adjustment.names})
    found: dict[AccountMatch, set[UUID]] = {}
    for row in rows:
        named = [claim.session_id for name in row.adjustment.names for claim in claims[name]]
        if sessions := {session for session in named if session is not None}:
            row.how, row.at = "name", now
            found[row] = sessions
    AccountMatch.objects.bulk_update(found, ["how", "at"])
    return set().union(*found.values())


def _claims(payer: str, names: Iterable[str]) -> dict[str, list[ClaimMatch]]:
    """What the claims of a payer that carry one of these names are about."""
    wanted = list(names)
    found: dict[str, list[ClaimMatch]] = defaultdict(list)
    if wanted:
        named = Q(claim__claim_id__in=wanted) | Q(claim__payer_claim_id__in=wanted)
        for match in ClaimMatch.objects.filter(named, claim__remittance__payer_code=payer).select_related("claim"):
            for name in {match.claim.claim_id, match.claim.payer_claim_id}:
                found[name].append(match)
    return found
