"""What people and programs said that a payer's claim is about holds for the claim when it comes again.

It comes again under a number that was judged, about the same days or the day of the session that was named. Some use
numbers again: one for all claims of a patient's account, or "0" for every claim. So a claim id (CLP01) tells nothing of
a claim without days, nor of another client's; the payer's own number (CLP07) stands for one claim.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from disputes.models import RememberedMatch, RemittanceClaim
from disputes.services.remittances.seeking import Found, Sought
from sessions.models import TherapySession


def remember(
    claim: RemittanceClaim, session: TherapySession | None, by_name: str, now: dt.datetime
) -> list[RememberedMatch]:
    """Keep what the numbers of a claim mean. Returns what is remembered of it."""
    said = {"claim": claim, "session": session, "by_name": by_name, "at": now}
    payer, numbers = claim.remittance.payer_code, {"claim_id": claim.claim_id, "payer_claim_id": claim.payer_claim_id}
    return [
        RememberedMatch.objects.update_or_create(payer_code=payer, kind=kind, value=value, defaults=said)[0]
        for kind, value in numbers.items()
        if value
    ]


def follow(sought: Iterable[Sought], payer: str, now: dt.datetime) -> None:
    """Settle the claims of a payer that were judged before."""
    meant = Q(kind="claim_id", value__in={each.claim_id for each in sought})
    meant |= Q(kind="payer_claim_id", value__in={each.payer_number for each in sought} - {""})
    rows = RememberedMatch.objects.filter(meant, payer_code=payer, claim__isnull=False)
    said = {(row.kind, row.value): row for row in rows.select_related("session", "claim")}
    for each in sought if said else ():
        told = (said.get(("payer_claim_id", each.payer_number)), said.get(("claim_id", each.claim_id)))
        days = each.paid.first_day, each.paid.last_day
        row = next((row for row in told if row is not None and holds(row, each.paid.client or "", *days)), None)
        if row is not None and row.session is not None:
            found = Found(row.session.pk, row.session.provider_id, row.session.date_of_service)
            each.settle(found, "remembered", 100, now, row.by_name)
        elif row is not None:
            each.how, each.at, each.by_name = "set_aside", now, row.by_name


def holds(said: RememberedMatch, client: str, first: dt.date | None, last: dt.date | None) -> bool:
    """Whether what was said of a number holds for a claim that carries it."""
    days, judged = (first, last or first), said.claim
    if judged is None:
        return False
    same = days == (judged.first_day, judged.last_day or judged.first_day)
    if said.session is not None:
        same = same or days == (said.session.date_of_service, said.session.date_of_service)
    return same and (said.kind == "payer_claim_id" or (first is not None and client == judged.client_ref))
