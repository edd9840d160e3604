"""Taking lists out of the system: within the reader's reach and limit, and on record."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clawguard.accounts.actors import Actor
from clawguard.accounts.models import Role, User
from clawguard.events.services import publish
from disputes.models import ProposedAdjustment
from disputes.selectors.adjustments import get_adjustments

MOST_FOR_BILLING = 5_000
MOST = 100_000


@transaction.atomic
def export_adjustments(actor: Actor, now: dt.datetime) -> list[ProposedAdjustment]:
    """The newest proposed adjustments for a file. Who took how many is written to the log."""
    most = MOST_FOR_BILLING if actor.role == Role.BILLING else MOST
    rows = list(get_adjustments(actor).order_by("-pk")[:most])
    subject = User.objects.get(pk=actor.person())
    publish("adjustments.exported", subject, actor, now, {"rows": len(rows)})
    return rows
