"""Pointing out that a decision no longer fits the facts. It changes nothing: people decided, and people look again."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from clawguard.accounts.actors import SYSTEM
from clawguard.events.services import publish
from disputes.doubting import doubt_of
from disputes.models import Case, Decision, Proposal


def look_again(case: Case, proposal: Proposal, rate: Decimal | None, now: dt.datetime) -> None:
    """Mark the case when its decision no longer fits ``proposal`` or the contracted ``rate``, and take the mark away
    when it fits again."""
    decision = Decision.objects.filter(case=case, final_at__isnull=False).order_by("-number").first()
    found = None if decision is None else doubt_of(decision, proposal, rate)
    if (found is not None) is (case.decision_doubted_at is not None):
        return
    case.decision_doubted_at = None if found is None else now
    case.save(update_fields=["decision_doubted_at"])
    if found is not None and decision is not None:
        publish("case.decision_doubted", case, SYSTEM, now, {"decision": str(decision.pk), "why": found.value})
