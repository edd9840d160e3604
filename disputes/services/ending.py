"""After the decision: the provider's appeal, closing with a checklist; and who looks after a case."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.db import transaction

from clawguard.accounts.actors import Actor, NotAllowed
from clawguard.accounts.models import User
from clawguard.domain.lifecycles import CaseState
from clawguard.events.errors import Refused
from clawguard.events.services import move, publish
from disputes import appeal_time, policies
from disputes.models import Appeal, Case, Decision
from disputes.sealed import seal_words
from disputes.selectors.closing import closing_checklist
from disputes.selectors.triage import colleagues
from disputes.services import appeal_times, clocks
from disputes.services.attributing import attribute
from disputes.services.conversation import readable, store_message
from disputes.services.locking import locked_case


@transaction.atomic
def appeal(actor: Actor, case_id: UUID, reason: str, now: dt.datetime) -> Appeal:
    """The provider asks for another look, within the appeal time. Somebody who did not decide looks at it, by the facts
    that hold now."""
    if not actor.is_provider:
        locked_case(actor, case_id, policies.READ)
        raise NotAllowed
    case = locked_case(actor, case_id)
    decision = Decision.objects.filter(case=case, final_at__isnull=False).order_by("-number").first()
    if case.status != CaseState.DECIDED or decision is None:
        raise Refused("nothing_to_appeal", "There is no decision to appeal.")
    until = appeal_time.until(case, now)
    if until is None or now >= until:
        raise Refused(
            "appeal_time_over", f"A decision can be appealed for {settings.BUSINESS_DAYS_TO_APPEAL} business days."
        )
    words = readable(reason, "/reason")
    appeal_times.letter_was_opened(case, actor, now)
    row = Appeal(case=case, decision=decision, at=now, by_id=actor.person())
    row.reason = seal_words("appeal reason", row.pk, words)
    row.save(force_insert=True)
    store_message(case, actor, "appeal", words, now, from_provider=True)
    decide_by = clocks.decide_by(case.provider, now)
    facts = {"appeal": str(row.pk), "decision": str(decision.pk)}
    move(case, CaseState.APPEALED, actor, now, payload=facts, decide_by=decide_by, breach_at=decide_by, updated_at=now)
    attribute(case.pk, now)
    return row


@transaction.atomic
def close(actor: Actor, case_id: UUID, now: dt.datetime) -> Case:
    """Close a decided case. Raises Refused with the first line of the checklist that is not true yet."""
    case = locked_case(actor, case_id, policies.READ)
    if actor.kind != "user" or not actor.is_staff:
        raise NotAllowed
    if case.status != CaseState.DECIDED:
        raise Refused("not_decided", "Only a decided case can be closed.")
    for check in closing_checklist(case, now):
        if not check.done:
            raise Refused("checklist", f"It cannot be closed yet. This is not so: “{check.words}”.")
    move(case, CaseState.CLOSED, actor, now, updated_at=now, weigh_again_at=None)
    return case


@transaction.atomic
def assign(actor: Actor, case_id: UUID, user_id: UUID | None, now: dt.datetime) -> Case:
    """Give the case to a colleague within reach, or to nobody."""
    policies.require_worker(actor)
    case = locked_case(actor, case_id)
    if case.status == CaseState.CLOSED:
        raise Refused("closed", "A closed case needs nobody to look after it.")
    known: dict[UUID, User] = {user.pk: user for user in colleagues(actor)}
    if user_id is not None and user_id not in known:
        raise Refused("unknown_person", "Choose one of the people who work these cases.", "/assignee")
    if case.assignee_id != user_id:
        case.assignee_id, case.updated_at = user_id, now
        case.save(update_fields=["assignee", "updated_at"])
        publish("case.assigned", case, actor, now, {"to": str(user_id or "")})
    return case
