"""What comes due by itself: answers of cases and of disputes, which lapse once, dated when they truly did; and cases
whose facts make out something else once a date has passed, which are weighed again once."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import DatabaseError, models, transaction
from django.db.models import F, Q, QuerySet

from clawguard.accounts.actors import SYSTEM
from clawguard.domain.lifecycles import CaseState, DisputeState
from clawguard.events.models import Delivery
from clawguard.events.services import move_many, publish_many
from disputes.models import Case, Dispute
from notes import clock_guard, page_watch

log = logging.getLogger(__name__)

BATCH = 500
SET_ASIDE = dt.timedelta(minutes=10)
Lapse = Callable[[list[Any]], int]


# An answer that reached the door just before the due moment may still be on its way to the row; the sweep lets it pass.
IN_FLIGHT = dt.timedelta(seconds=3)


def sweep(now: dt.datetime) -> int:
    """What beat and the plain loop call: see to what came due ``IN_FLIGHT`` ago or earlier. Returns how much it was."""
    until = now - IN_FLIGHT
    return lapse_answers(until, now) + lapse_disputes(until, now) + weigh_when_passed(until, now)


def lapse_answers(now: dt.datetime, noticed_at: dt.datetime | None = None) -> int:
    """Cases whose provider did not answer in time. Returns how many lapsed; nothing lapses before its due moment.

    ``noticed_at`` is told with each lapse, for the figures on how promptly they are noticed; ``now`` unless given.
    """
    due = Case.objects.filter(status=CaseState.IN_CONVERSATION, answer_due_at__lte=now).order_by("answer_due_at")
    due = due.filter(_heard("answer_due_at", noticed_at or now))
    return _sweep(due, partial(_lapse_cases, now, noticed_at or now), now)


def lapse_disputes(now: dt.datetime, noticed_at: dt.datetime | None = None) -> int:
    """Disputes that the provider did not answer in time; as ``lapse_answers``."""
    due = Dispute.objects.filter(status=DisputeState.OPEN, due_at__lte=now).order_by("due_at")
    due = due.filter(_heard("due_at", noticed_at or now))
    return _sweep(due, partial(_lapse_disputes, now, noticed_at or now), now)


def weigh_when_passed(until: dt.datetime, now: dt.datetime) -> int:
    """Hand cases to be weighed again whose next moment has passed ``until``. Returns how many; each once per moment."""
    due = Case.objects.filter(weigh_again_at__lte=until).order_by("weigh_again_at")
    return _sweep(due, partial(_hand_to_weighing, now), now)


def _hand_to_weighing(now: dt.datetime, rows: list[Case]) -> int:
    """The mark goes with the event that has the case weighed; weighing it sets the next one."""
    Case.objects.filter(pk__in=[case.pk for case in rows]).update(weigh_again_at=None)
    publish_many("case.date_passed", [(case, {}) for case in rows], SYSTEM, now)
    return len(rows)


def _heard(field: str, now: dt.datetime) -> Q:
    """Whose due moment no outage of our pages may yet move: neither one that lasts, nor one that is still to be counted
    here, which a task does."""
    waiting = Delivery.objects.filter(task="disputes.tasks.count_outage", done_at=None, parked_at=None)
    began = [dt.datetime.fromisoformat(start) for start in waiting.values_list("event__payload__from", flat=True)]
    uncounted = Q(**{f"{field}__lte": min(began)}) if began else Q()
    return page_watch.may_lapse(now, field) & uncounted


def lapse_before_answer(row: Case | Dispute, now: dt.datetime) -> None:
    """An answer comes late and no sweep has come by yet: the lapse happened all the same, at the due moment, and stays
    in the history. The row is locked by the caller; one that does not wait for its answer is left as it is."""
    if clock_guard.paused_since() is not None:
        return
    if isinstance(row, Case) and row.status == CaseState.IN_CONVERSATION:
        _lapse_cases(now, now, [row])
    elif isinstance(row, Dispute) and row.status == DisputeState.OPEN:
        _lapse_disputes(now, now, [row])
    else:
        return
    row.refresh_from_db()  # what the database computed


def _lapse_cases(now: dt.datetime, noticed_at: dt.datetime, rows: list[Case]) -> int:
    moments = {case.pk: case.answer_due_at for case in rows if case.answer_due_at}
    changes: dict[str, Any] = {
        "answer_lapsed_at": F("answer_due_at"),
        "breach_at": F("decide_by"),
        "updated_at": now,
    }
    told = {"noticed_at": noticed_at.isoformat()}
    return len(move_many(rows, CaseState.ANSWER_LAPSED, SYSTEM, moments, payload=told, **changes))


def _lapse_disputes(now: dt.datetime, noticed_at: dt.datetime, rows: list[Dispute]) -> int:
    moments = {dispute.pk: dispute.due_at for dispute in rows if dispute.due_at}
    changes: dict[str, Any] = {"lapsed_at": F("due_at"), "updated_at": now}
    told = {"noticed_at": noticed_at.isoformat()}
    return len(move_many(rows, DisputeState.LAPSED, SYSTEM, moments, payload=told, **changes))


def _sweep(due: QuerySet[Any], lapse: Lapse, now: dt.datetime) -> int:
    """Batch by batch until nothing is due. Rows that another sweeper or an answer holds are skipped, not waited for.

    While the clock is in doubt (it jumped) nothing lapses.
    """
    if not clock_guard.may_lapse():
        return 0
    due = due.filter(Q(sweep_after__isnull=True) | Q(sweep_after__lte=now))
    moved = 0
    while True:
        with transaction.atomic():
            rows = list(due.select_for_update(skip_locked=True, of=("self",))[:BATCH])
            if not rows:
                return moved
            moved += _all_or_each(rows, lapse, now)


def _all_or_each(rows: list[Any], lapse: Lapse, now: dt.datetime) -> int:
    """All at once; if one row spoils it, one by one, and the row at fault waits so that it cannot stop the others."""
    try:
        with transaction.atomic():
            return lapse(rows)
    except DatabaseError:
        return sum(_one(row, lapse, now) for row in rows)


def _one(row: models.Model, lapse: Lapse, now: dt.datetime) -> int:
    try:
        with transaction.atomic():
            return lapse([row])
    except DatabaseError as error:
        type(row)._default_manager.filter(pk=row.pk).update(sweep_after=now + SET_ASIDE)
        log.error("sweep.row_set_aside", extra={"row": str(row.pk), "error": type(error).__name__})
        return 0
