"""What the accounting system did with a proposed adjustment. It is recorded; nothing here moves money."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from clawguard.accounts.actors import Actor, within_reach
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import publish
from disputes import policies
from disputes.models import AdjustmentConfirmation, ProposedAdjustment

# An accounting system counts days in a zone of its own. They begin first at UTC+14 and last at UTC-12.
FIRST, LAST = dt.timedelta(hours=14), dt.timedelta(hours=12)
LONGEST = {"reference": 80, "reason": 300}  # characters


@dataclass(frozen=True, slots=True)
class Confirmation:
    """``done``: ``posted`` with its reference, or ``declined`` with a reason. Without ``amount`` all was posted."""

    done: str
    on: dt.date | None = None
    amount: Decimal | None = None
    reference: str = ""
    reason: str = ""


@transaction.atomic
def confirm_adjustment(
    actor: Actor, adjustment_id: UUID, told: Confirmation, now: dt.datetime
) -> AdjustmentConfirmation:
    """Record it. The same words again return the first record. Raises Refused naming the field at fault."""
    policies.require_worker(actor, policies.WRITE)
    rows = ProposedAdjustment.objects.select_for_update(of=("self",)).select_related("case")
    adjustment = rows.filter(within_reach(actor, scope=policies.WRITE), pk=adjustment_id).first()
    if adjustment is None:
        raise NotFound
    said = _readable(told, adjustment, now)
    last = adjustment.confirmations.order_by("-at", "-pk").first()
    if last is not None and all(getattr(last, name) == value for name, value in said.items()):
        return last
    row = AdjustmentConfirmation.objects.create(
        adjustment=adjustment, at=now, by_kind=actor.kind, by_id=actor.id, by_name=actor.name, **said
    )
    facts = {"adjustment": str(adjustment.pk), "done": row.done, "on": row.on.isoformat()}
    publish("case.adjustment_confirmed", adjustment.case, actor, now, facts)
    return row


def _readable(told: Confirmation, adjustment: ProposedAdjustment, now: dt.datetime) -> dict[str, object]:
    if told.done not in dict(AdjustmentConfirmation.DONE):
        raise Refused("not_a_choice", "Say whether it was posted or not.", "/done")
    posted = told.done == "posted"
    said = {name: getattr(told, name).strip() for name in LONGEST}
    needed = "reference" if posted else "reason"
    if not said[needed]:
        words = {"reference": "Give the accounting system's own number.", "reason": "Say why it was not posted."}
        raise Refused("missing", words[needed], f"/{needed}")
    for name, most in LONGEST.items():
        if len(said[name]) > most or "\0" in said[name]:
            raise Refused("too_long", f"This has at most {most} characters.", f"/{name}")
    on = told.on or now.astimezone(ZoneInfo(settings.STAFF_TIME_ZONE)).date()
    if not (adjustment.created_at - LAST).date() <= on <= (now + FIRST).date():
        raise Refused("date", "Give the day it was done: not before it was proposed, not in the future.", "/on")
    amount = (adjustment.amount if told.amount is None else told.amount) if posted else None
    return {"done": told.done, "on": on, "amount": amount, **said}
