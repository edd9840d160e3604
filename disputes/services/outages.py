"""What an outage of our own pages gives back to the answer times of cases and disputes, and to the time to appeal; see
docs/policy/clock.md.

The network's own time to decide is not given back: the outage was ours.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from clawguard.accounts.actors import SYSTEM
from clawguard.domain.calendar import Deadline, deadline
from clawguard.domain.lifecycles import CaseState, DisputeState
from clawguard.events.models import Event
from clawguard.events.services import publish
from disputes.models import Case, Dispute
from disputes.services import clocks
from disputes.services.mail import mail_provider
from notes import calendars
from notes.models import CalendarVersion, Outage
from notes.selectors_clock import outages_since

UNDECIDED = frozenset({CaseState.IN_CONVERSATION, CaseState.ANSWER_LAPSED, CaseState.SECOND_LOOK})
UNANSWERED = frozenset({DisputeState.OPEN, DisputeState.LAPSED})


@transaction.atomic
def count_outage(outage_id: UUID, now: dt.datetime) -> None:
    """Recount the answer times that ran in the outage. Running them twice moves nothing further."""
    outage = Outage.objects.get(pk=outage_id)
    until = Coalesce("answer_excused_until", "answer_due_at")
    ran = Q(notice_delivered_at__lt=outage.ended_at, until__gt=outage.started_at)
    unheard = Case.objects.alias(until=until).filter(ran, status__in=UNDECIDED, answered_at=None)
    for case in unheard.select_for_update(of=("self",)).order_by("pk"):
        _count_case(case, outage, now)
    ran = Q(appeal_deadline__isnull=False, appeal_until__gt=outage.started_at)
    decided = Case.objects.filter(ran, status=CaseState.DECIDED)
    for waiting in decided.select_for_update(of=("self",)).order_by("pk"):
        _count_appeal(waiting, outage, now)
    ran = Q(delivered_at__lt=outage.ended_at, until__gt=outage.started_at)
    asked = Dispute.objects.alias(until=Coalesce("excused_until", "due_at")).filter(ran, status__in=UNANSWERED)
    for row in asked.select_for_update(of=("self",)).order_by("pk"):
        _count_dispute(row, outage, now)


def _recounted(started_at: dt.datetime, stored: Any, version: CalendarVersion | None) -> Deadline:
    """By the zone, the days and the calendar that were fixed when the clock started."""
    zone, days = stored["time_zone"], stored["business_days"]
    return deadline(started_at, zone, days, calendars.started_with(version), pauses=outages_since([started_at]))


def _count_case(case: Case, outage: Outage, now: dt.datetime) -> None:
    if case.notice_delivered_at is None or case.answer_due_at is None:
        return
    found = _recounted(case.notice_delivered_at, case.deadline, case.calendar)
    before = case.answer_excused_until or case.answer_due_at
    if found.lapses_at <= before:
        return
    fields: dict[str, Any] = {"deadline": found.as_dict(), "updated_at": now}
    if case.status == CaseState.IN_CONVERSATION:
        decide_by = clocks.decide_by(case.provider, found.lapses_at)
        fields |= {"answer_due_at": found.lapses_at, "breach_at": found.lapses_at, "decide_by": decide_by}
    else:
        fields |= {"answer_excused_until": found.lapses_at}
    Case.objects.filter(pk=case.pk).update(**fields)
    publish("case.outage_counted", case, SYSTEM, now, _told(before, found, outage))


def _count_appeal(case: Case, outage: Outage, now: dt.datetime) -> None:
    """The time to appeal moves later while its case is decided and not closed; one that was over runs again."""
    if case.appeal_until is None or case.appeal_deadline is None:
        return
    began = dt.datetime.fromisoformat(case.appeal_deadline["delivered_at"])
    if began >= outage.ended_at:
        return
    found = _recounted(began, case.appeal_deadline, case.appeal_calendar)
    if found.lapses_at <= case.appeal_until:
        return
    marks = {"appeal_until": found.lapses_at, "breach_at": found.lapses_at, "appeal_deadline": found.as_dict()}
    Case.objects.filter(pk=case.pk).update(updated_at=now, **marks)
    publish("case.appeal_outage_counted", case, SYSTEM, now, _told(case.appeal_until, found, outage))


def _count_dispute(row: Dispute, outage: Outage, now: dt.datetime) -> None:
    if row.delivered_at is None or row.due_at is None:
        return
    found = _recounted(row.delivered_at, row.deadline, row.calendar)
    before = row.excused_until or row.due_at
    if found.lapses_at <= before:
        return
    field = "due_at" if row.status == DisputeState.OPEN else "excused_until"
    fields = {field: found.lapses_at, "deadline": found.as_dict(), "updated_at": now}
    Dispute.objects.filter(pk=row.pk).update(**fields)
    publish("dispute.outage_counted", row, SYSTEM, now, _told(before, found, outage))


def _told(before: dt.datetime, found: Deadline, outage: Outage) -> dict[str, Any]:
    moments = {"due_before": before.isoformat(), "due_after": found.lapses_at.isoformat()}
    return {**moments, "outage": str(outage.pk)}


def tell_outage(event: Event, now: dt.datetime) -> None:
    """One mail about one answer time, or time to appeal, that an outage moved; none once it is answered or appealed."""
    due = dt.datetime.fromisoformat(event.payload["due_after"])
    if event.name == "case.appeal_outage_counted":
        case = Case.objects.select_related("provider").get(pk=event.subject_id)
        if case.status == CaseState.DECIDED:
            mail_provider("appeal_outage", case.provider, case, f"/my/cases/{case.pk}", event.pk, now, due)
        return
    if event.name == "case.outage_counted":
        case = Case.objects.select_related("provider").get(pk=event.subject_id)
        if case.status in UNDECIDED:
            mail_provider("answer_outage", case.provider, case, f"/my/cases/{case.pk}", event.pk, now, due)
        return
    row = Dispute.objects.select_related("provider").get(pk=event.subject_id)
    if row.status in UNANSWERED:
        mail_provider("answer_outage", row.provider, row, f"/my/disputes/{row.pk}", event.pk, now, due)
