"""Takebacks of a payment's account (PLB) whose reference tells no one session wait for people.

Such a one may name a claim of several days, claims of several sessions, a claim nobody found, or nothing of ours.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from clawguard.domain.takebacks import WITHHELD
from disputes.models import AccountAdjustment, AccountMatch, Remittance, RemittanceClaim
from disputes.naming import named_by


def sort_out(payment: Remittance, claims: Iterable[RemittanceClaim], now: dt.datetime) -> set[UUID]:
    """Put the payment's takebacks, and others that name one of its ``claims``, on the work list or take them off, as
    their references tell by now. Returns the sessions that one of these counts for since, or no longer does."""
    rows = _takebacks(payment, claims)
    listed = AccountMatch.objects.filter(adjustment__in=rows).select_for_update().order_by("id")
    match_of = {match.adjustment_id: match for match in listed}
    new, turned, sessions = [], [], set[UUID]()
    for key, named in named_by(rows).items():
        match, tells = match_of.get(key), named.session is not None
        if match is None and not tells:
            provider = next(iter(named.providers)) if len(named.providers) == 1 else None
            new.append(AccountMatch(adjustment_id=key, provider_id=provider))
        elif match is not None and match.how not in AccountMatch.TOLD and match.waits is tells:
            match.how, match.at = ("name", now) if tells else ("", None)
            turned.append(match)
        else:
            continue
        sessions |= named.sessions
    AccountMatch.objects.bulk_create(
        new, ignore_conflicts=True
    )  # another payment may bring the same one at this moment
    AccountMatch.objects.bulk_update(turned, ["how", "at"])
    return sessions


def _takebacks(payment: Remittance, claims: Iterable[RemittanceClaim]) -> list[AccountAdjustment]:
    """Those of the payment itself, and those of this payer that name one of these claims."""
    found = AccountAdjustment.objects.filter(reason__in=WITHHELD, remittance__payer_code=payment.payer_code)
    found = found.exclude(amount=0).select_related("remittance")
    names = {name for claim in claims for name in (claim.claim_id, claim.payer_claim_id)} - {""}
    naming = found.filter(names__overlap=list(names)) if names else ()
    return list({row.pk: row for row in (*found.filter(remittance=payment), *naming)}.values())
