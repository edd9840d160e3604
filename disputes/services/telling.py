"""Telling people by mail that something waits for them; what it is they read after signing in."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import SYSTEM
from clawguard.domain.lifecycles import CaseState
from clawguard.events.models import Event
from clawguard.events.services import publish
from disputes import letters, policies
from disputes.models import Case, Decision, Message
from disputes.services import appeal_times
from disputes.services.conversation import send_letter
from disputes.services.locking import locked_case, locked_dispute
from disputes.services.mail import mail_provider, mail_staff
from notes.clock import AcceptedAt, delivered_at

WITHDRAWAL_TOLD = "dispute.withdrawal_told"


@transaction.atomic
def notify(event: Event, now: dt.datetime) -> None:
    """A message was posted: tell the other side. Internal notes are told to nobody."""
    case = locked_case(SYSTEM, UUID(event.subject_id))
    message = Message.objects.get(pk=event.payload["message"])
    if message.internal:
        return
    if message.from_provider:
        _to_staff(case, "case_reply", event, now)
    elif _to_provider(case, "case_message", event, now) and message.delivered_at is None:
        Message.objects.filter(pk=message.pk).update(delivered_at=now)


@transaction.atomic
def tell_decision(event: Event, now: dt.datetime, accepted_at: AcceptedAt | None = None) -> None:
    """Post the decision letter in the thread and tell the provider of it; their time to appeal begins when the mail was
    accepted, which ``accepted_at`` tells afterwards; without it, at ``now``.

    Staff who propose nothing are not mailed.
    """
    case = locked_case(SYSTEM, UUID(event.subject_id))
    decision = Decision.objects.get(pk=event.payload["decision"])
    if not policies.known_to_provider(case):  # they never heard of the case: there is nothing to conclude with them
        return
    if Message.objects.filter(decision=decision).exists():
        return
    standing = _in_force(case) == decision
    if standing:  # its mail may have waited for the mail server
        appeal_times.begin_anew(case, now, SYSTEM, now)
    told = _to_provider(case, "case_decision", event, now)
    delivered = delivered_at(now, accepted_at) if told else now
    if standing and told:  # the server may have taken its time
        appeal_times.begin_anew(case, delivered, SYSTEM, delivered)
    elif standing:  # nobody there, or every address refused: as if the mail had come back at once
        Case.objects.filter(pk=case.pk).update(letter_came_back_at=now, updated_at=now)
    letter = letters.decision(case, decision)
    send_letter(case, "decision", letter, delivered, decision=decision, delivered_at=delivered if told else None)


def _in_force(case: Case) -> Decision | None:
    """The decision that ended the case; none while it is appealed or decided anew."""
    if case.status != CaseState.DECIDED:
        return None
    return Decision.objects.filter(case=case, final_at__isnull=False).order_by("-number").first()


@transaction.atomic
def tell_appeal(event: Event, now: dt.datetime) -> None:
    """An appeal came in: tell whoever looks after the case."""
    _to_staff(locked_case(SYSTEM, UUID(event.subject_id)), "case_appeal", event, now)


@transaction.atomic
def tell_closed(event: Event, now: dt.datetime) -> None:
    """The case is closed: tell the provider, where they knew of it."""
    case = locked_case(SYSTEM, UUID(event.subject_id))
    if policies.known_to_provider(case):
        _to_provider(case, "case_closed", event, now)


@transaction.atomic
def tell_dispute(event: Event, now: dt.datetime) -> None:
    """A dispute was decided: tell the provider, where they knew of it."""
    dispute = locked_dispute(SYSTEM, UUID(event.subject_id))
    if dispute.delivered_at is not None:
        path = f"/my/disputes/{dispute.pk}"
        mail_provider("dispute_decided", dispute.provider, dispute, path, event.pk, now)


@transaction.atomic
def tell_dispute_withdrawn(event: Event, now: dt.datetime) -> None:
    """The client took the dispute back: whoever was asked about it owes nothing any more. Nobody else is told.

    Once an address accepted the mail, the timeline says so.
    """
    dispute = locked_dispute(SYSTEM, UUID(event.subject_id))
    if dispute.delivered_at is None:
        return
    told = mail_provider("dispute_withdrawn", dispute.provider, dispute, f"/my/disputes/{dispute.pk}", event.pk, now)
    if told and not Event.objects.filter(name=WITHDRAWAL_TOLD, subject_id=event.subject_id).exists():
        publish(WITHDRAWAL_TOLD, dispute, SYSTEM, now)


def _to_provider(case: Case, template: str, event: Event, now: dt.datetime) -> bool:
    due = case.appeal_until if template == "case_decision" else None
    return mail_provider(template, case.provider, case, f"/my/cases/{case.pk}", event.pk, now, due)


def _to_staff(case: Case, template: str, event: Event, now: dt.datetime) -> bool:
    return mail_staff(template, case.assignee, case, f"/cases/{case.pk}", event.pk, now)
