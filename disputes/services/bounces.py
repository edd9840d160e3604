"""Mail about cases and disputes that came back. What started an answer time starts none, unless it was seen meanwhile.

A notice or dispute that was mailed to several people is undelivered once none of its mails stands. The clock is taken
back also where its time was over already: nobody was late for what never reached them. The log keeps what was.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import models, transaction

from clawguard.accounts.actors import SYSTEM, Actor
from clawguard.domain.lifecycles import CaseState, DisputeState
from clawguard.events import mailing
from clawguard.events.errors import Refused
from clawguard.events.mail_reports import MAIL_SERVICE
from clawguard.events.models import Event, SentMail
from clawguard.events.services import WrongState, move, publish
from disputes import appeal_time, policies
from disputes.doubting import NOTICE
from disputes.facts import gather
from disputes.models import Case, Decision, Dispute, Message
from disputes.selectors.cases import latest_proposal
from disputes.services import appeal_times, clocks
from disputes.services.doubting import look_again
from disputes.services.locking import locked_case, locked_dispute, waiting_decision
from disputes.services.mail import mail_provider
from notes.clock import AcceptedAt, delivered_at

DECISION, ASKED = "case_decision", "dispute_asked"
SAID = "The mail with the notice came back: the provider was not heard."
COUNT = ("deadline", "calendar")
CASE_CLOCK = ("notice_delivered_at", "answer_due_at", "answer_lapsed_at", "answer_excused_until", *COUNT)
DISPUTE_CLOCK = ("delivered_at", "due_at", "lapsed_at", "excused_until", *COUNT)


@transaction.atomic
def mail_came_back(event: Event, now: dt.datetime) -> None:
    """The mail service reported it. Safe to run again."""
    mail = SentMail.objects.get(pk=event.subject_id)
    if mail.about == Case._meta.label_lower:
        _about_case(locked_case(SYSTEM, UUID(mail.about_id)), mail, now)
    elif mail.about == Dispute._meta.label_lower:
        _about_dispute(locked_dispute(SYSTEM, UUID(mail.about_id)), mail, now)


@transaction.atomic
def report_notice_bounce(actor: Actor, case_id: UUID, now: dt.datetime) -> Case:
    """Staff say that the mail with the notice came back. Raises NotAllowed, NotFound, WrongState."""
    policies.require_worker(actor)
    case = locked_case(actor, case_id)
    if case.status not in policies.ANSWERABLE:
        raise WrongState(case, CaseState.OPEN)
    if _record_all(NOTICE, case, now) or not _was_seen(case):
        _notice_came_back(case, actor, now, {})
    return case


@transaction.atomic
def report_dispute_bounce(actor: Actor, dispute_id: UUID, now: dt.datetime) -> Dispute:
    """Staff say that the mail about the dispute came back. Raises NotAllowed, NotFound, WrongState."""
    policies.require_worker(actor)
    dispute = locked_dispute(actor, dispute_id)
    if dispute.status not in policies.TO_ANSWER or dispute.seen_at is not None:
        raise WrongState(dispute, DisputeState.UNDELIVERABLE)
    _record_all(ASKED, dispute, now)
    _asking_came_back(dispute, actor, now, {})
    return dispute


@transaction.atomic
def tell_decision_again(actor: Actor, case_id: UUID, now: dt.datetime, accepted_at: AcceptedAt | None = None) -> Case:
    """Mail the decision letter once more after the address was put right; the time to appeal begins anew when the mail
    was accepted, which ``accepted_at`` tells afterwards; without it, at ``now``.

    Raises NotAllowed, NotFound, Refused.
    """
    policies.require_worker(actor)
    case = locked_case(actor, case_id)
    if case.status != CaseState.DECIDED or case.letter_came_back_at is None:
        raise Refused("not_came_back", "The letter of this decision has not come back.")
    until = appeal_time.later_marks(case, now).get("appeal_until", case.appeal_until)
    told = mail_provider(DECISION, case.provider, case, f"/my/cases/{case.pk}", f"again-{now.isoformat()}", now, until)
    if not told:
        raise Refused("still_undeliverable", "It still cannot be delivered. Check the provider's e-mail address.")
    taken = delivered_at(now, accepted_at)
    Message.objects.filter(decision=_in_force(case), delivered_at=None).update(delivered_at=taken)
    marks = appeal_time.later_marks(case, taken)
    until = marks.get("appeal_until", case.appeal_until)
    Case.objects.filter(pk=case.pk).update(letter_came_back_at=None, updated_at=now, **marks)
    publish("case.decision_told_again", case, actor, now, {"appeal_until": until.isoformat() if until else ""})
    case.refresh_from_db()
    return case


def _record_all(template: str, about: models.Model, now: dt.datetime) -> bool:
    """Whether one of its mails was not known to have come back."""
    rows = SentMail.objects.filter(template=template, about_id=str(about.pk), bounced_at=None)
    ids = list(rows.values_list("message_id", flat=True))
    news = [mailing.record_bounce(message_id, now) for message_id in ids]
    return any(news)


def _stands(template: str, about: models.Model) -> bool:
    """Whether a mail of this kind about it has not come back. Only the first round is ever more than those that did."""
    return SentMail.objects.filter(template=template, about_id=str(about.pk), bounced_at=None).exists()


def _about_case(case: Case, mail: SentMail, now: dt.datetime) -> None:
    if mail.template == NOTICE and case.notice_delivered_at is not None and not _stands(NOTICE, case):
        _notice_came_back(case, MAIL_SERVICE, now, _named(mail))
        _doubt_what_was_decided(case, now)
        return
    if mail.template == DECISION:
        _letter_came_back(case, now)
    _note("case.bounced", case, MAIL_SERVICE, now, _named(mail))


def _about_dispute(dispute: Dispute, mail: SentMail, now: dt.datetime) -> None:
    if mail.template == ASKED and dispute.status in policies.TO_ANSWER and not _stands(ASKED, dispute):
        _asking_came_back(dispute, MAIL_SERVICE, now, _named(mail))
    else:
        _note("dispute.bounced", dispute, MAIL_SERVICE, now, _named(mail))


def _named(mail: SentMail) -> dict[str, Any]:
    return {"mail": mail.pk, "template": mail.template}


def _note(name: str, about: models.Model, actor: Actor, now: dt.datetime, told: dict[str, Any]) -> None:
    """Write it into the log; of one mail once."""
    known = Event.objects.filter(name=name, subject_id=str(about.pk), payload__mail=told.get("mail"))
    if "mail" not in told or not known.exists():
        publish(name, about, actor, now, told)


def _in_force(case: Case) -> Decision | None:
    return Decision.objects.filter(case=case, final_at__isnull=False).order_by("-number").first()


def _letter_came_back(case: Case, now: dt.datetime) -> None:
    """Once no mail of the decision in force stands: unread, it reached nobody; read, it reached them only then, and the
    time to appeal counts from the reading."""
    decision = _in_force(case)
    if decision is None or case.status != CaseState.DECIDED or case.letter_came_back_at is not None:
        return
    sent = SentMail.objects.filter(template=DECISION, about_id=str(case.pk), sent_at__gte=decision.final_at)
    if sent.filter(bounced_at=None).exists():
        return
    letter = Message.objects.filter(decision=decision).first()
    if letter is not None and letter.read_at is not None:
        appeal_times.begin_anew(case, letter.read_at, MAIL_SERVICE, now)
    else:
        Case.objects.filter(pk=case.pk).update(letter_came_back_at=now, updated_at=now)


def _notice_came_back(case: Case, actor: Actor, now: dt.datetime, mail: dict[str, Any]) -> None:
    if _was_seen(case):
        _note("case.bounced", case, actor, now, {**mail, "seen_in_portal": True})
        return
    if case.status == CaseState.SECOND_LOOK:
        _take_proposal_back(case, actor, now)
    if case.status not in policies.ANSWERABLE:
        _note("case.bounced", case, actor, now, {**mail, "after": str(case.status)})
        return
    Message.objects.filter(case=case, kind="notice", came_back_at=None).update(came_back_at=now)
    decide_by = clocks.decide_by(case.provider, now)
    marks: dict[str, Any] = {"notice_undeliverable_at": now, "decide_by": decide_by, "breach_at": decide_by}
    move(case, CaseState.OPEN, actor, now, updated_at=now, **marks | dict.fromkeys(CASE_CLOCK))


def _doubt_what_was_decided(case: Case, now: dt.datetime) -> None:
    """A decision that was final by then is not undone; that it rests on a notice nobody got is pointed out."""
    proposal = latest_proposal(case)
    if case.status == CaseState.DECIDED and proposal is not None:
        look_again(case, proposal, gather(case).contracted_rate, now)


def _was_seen(case: Case) -> bool:
    """The provider opened the notice, or wrote something after it."""
    rows = Message.objects.filter(case=case, came_back_at=None)
    seen = models.Q(kind="notice", read_at__isnull=False) | models.Q(from_provider=True)
    return rows.filter(seen).exists()


def _take_proposal_back(case: Case, actor: Actor, now: dt.datetime) -> None:
    """What was proposed on silence rests on nothing now."""
    waiting = waiting_decision(case)
    if waiting is not None and case.answered_at is None and case.answer_lapsed_at is not None:
        waiting.returned_at, waiting.returned_reason = now, SAID
        waiting.save(update_fields=["returned_at", "returned_reason"])
        move(case, CaseState.ANSWER_LAPSED, actor, now, updated_at=now)


def _asking_came_back(dispute: Dispute, actor: Actor, now: dt.datetime, mail: dict[str, Any]) -> None:
    if dispute.seen_at is not None:
        _note("dispute.bounced", dispute, actor, now, {**mail, "seen_in_portal": True})
        return
    marks: dict[str, Any] = {"updated_at": now, **dict.fromkeys(DISPUTE_CLOCK)}
    move(dispute, DisputeState.UNDELIVERABLE, actor, now, "mail_bounced", **marks)
