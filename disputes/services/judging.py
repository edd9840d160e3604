"""Judging a finding from its case: the finding's own service, and the facts weighed anew at once."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import Actor
from clawguard.domain.checks.dismissals import OTHER
from clawguard.events.errors import NotFound
from disputes import policies
from disputes.services.attributing import attribute
from disputes.services.locking import locked_case
from sessions import services as session_services
from sessions.models import Finding


@transaction.atomic
def judge_finding(
    actor: Actor,
    case_id: UUID,
    finding_id: UUID,
    *,
    confirm: bool,
    reason: str,
    now: dt.datetime,
    code: str = OTHER,
    until: dt.date | None = None,
) -> Finding:
    """Confirm or dismiss a finding about the case's session. Raises NotFound for a finding of another session.

    ``code`` and ``until`` belong to a dismissal: its reason of the list, and its last day.
    """
    policies.require_worker(actor)
    case = locked_case(actor, case_id)
    if not Finding.objects.filter(pk=finding_id, session=case.session_id).exists():
        raise NotFound
    if confirm:
        finding = session_services.confirm_finding(actor, finding_id, reason, now)
    else:
        finding = session_services.dismiss_finding(actor, finding_id, reason, now, code=code, until=until)
    attribute(case.pk, now)
    return finding
