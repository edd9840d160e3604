"""The single money event: a proposed adjustment, written by a final decision and never changed afterwards."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from clawguard.accounts.actors import SYSTEM
from clawguard.domain.promises import MONEY, Outcome
from clawguard.events.services import publish
from disputes.models import Case, Decision, ProposedAdjustment

TAKE_BACK = "take_back"


def propose_adjustment(case: Case, decision: Decision, now: dt.datetime) -> ProposedAdjustment | None:
    """Propose what the final decision means in money, or nothing where it means none.

    A decision on appeal that means no money takes back what the earlier one proposed; one that does replaces it.
    """
    earlier, proposes = _standing(case), Outcome(decision.outcome) in MONEY
    if not proposes and not takes_back(case, decision):
        return None
    amount = earlier.amount if earlier is not None and not proposes else decision.amount or Decimal(0)
    adjustment = ProposedAdjustment.objects.create(
        case=case,
        decision=decision,
        provider=case.provider,
        kind=decision.outcome if proposes else TAKE_BACK,
        amount=amount,
        replaces=earlier,
        names=_names(decision),
        created_at=now,
    )
    publish("case.adjustment_proposed", case, SYSTEM, now, _facts(adjustment))
    return adjustment


def takes_back(case: Case, decision: Decision) -> bool:
    """Whether the decision, once final, takes an earlier proposed adjustment back and proposes none itself."""
    earlier = _standing(case)
    return Outcome(decision.outcome) not in MONEY and earlier is not None and earlier.kind != TAKE_BACK


def _standing(case: Case) -> ProposedAdjustment | None:
    return ProposedAdjustment.objects.filter(case=case, replaced_by__isnull=True).order_by("-created_at").first()


def _names(decision: Decision) -> list[dict[str, str]]:
    people = [(decision.proposed_by, "decided" if decision.second_by is None else "proposed")]
    if decision.second_by is not None:
        people.append((decision.second_by, "approved"))
    return [{"id": str(user.pk), "name": user.name, "role": user.role, "part": part} for user, part in people]


def _facts(adjustment: ProposedAdjustment) -> dict[str, str]:
    said = {"adjustment": str(adjustment.pk), "kind": adjustment.kind, "amount": str(adjustment.amount)}
    return said | ({"replaces": str(adjustment.replaces_id)} if adjustment.replaces_id else {})
