"""Asking about several sessions at once: a preview that changes nothing, what became of each, and time to undo.

Each session is asked about as it would be alone, for what its standing findings need. Nothing is mailed before the time
to undo is over; then everything that waits for a provider goes out in one mail.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import Actor, NotAllowed
from clawguard.accounts.models import Provider, User
from clawguard.domain.calendar import Deadline, DeadlineError, HolidayCalendar
from clawguard.domain.lifecycles import RequestState
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import WrongState, move
from notes import calendars, clock, policies
from notes.models import NotesRequest, Origin, RequestBatch
from notes.selectors_asking import WORTH_ASKING
from notes.services.opening import QUIET, Asked, asked_before, items_of, new_request, store
from sessions.models import Finding, TherapySession

MOST = 200
TIME_TO_UNDO = dt.timedelta(seconds=30)
ASKED, TAKEN_BACK = "asked", "taken back"
STANDS, NOTHING, BEFORE = "a request stands already", "no finding needs a document", "it was asked for before"
MEANWHILE = "somebody else asked at the same moment"
NO_PERSON, NO_ZONE = "nobody signs in for this provider", "the provider's time zone is not known"


class Row(NamedTuple):
    """One session, what it would be asked for and by when; ``obstacle`` says why it would be left out."""

    session: TherapySession
    items: list[Asked]
    finding_ids: list[UUID]
    deadline: Deadline | None
    obstacle: str


def preview_many(actor: Actor, session_ids: Sequence[UUID], now: dt.datetime) -> list[Row]:
    """What asking would do, changing nothing. Raises NotAllowed, NotFound, Refused (none, too many)."""
    policies.require_work(actor)
    if not session_ids:
        raise Refused("required", "Tick at least one session.", "/session_ids")
    if len(session_ids) > MOST:
        raise Refused("too_many", f"Ask about at most {MOST} sessions at once.", "/session_ids")
    chosen = list(dict.fromkeys(session_ids))
    within = TherapySession.objects.filter(policies.workable(actor), pk__in=chosen).select_related("provider", "payer")
    found = {row.pk: row for row in within}
    if len(found) != len(chosen):
        raise NotFound
    return _rows([found[key] for key in chosen], now)


def _rows(sessions: Sequence[TherapySession], now: dt.datetime) -> list[Row]:
    keys = [row.pk for row in sessions]
    findings = _needing(keys)
    quiet = set(NotesRequest.objects.filter(session__in=keys, status__in=QUIET).values_list("session_id", flat=True))
    before = asked_before(keys)
    times = _times((row.provider for row in sessions), now)
    rows = []
    for row in sessions:
        found, (deadline, unreachable) = findings.get(row.pk, []), times[row.provider_id]
        items = items_of(found, before[row.pk])
        obstacle = STANDS if row.pk in quiet else NOTHING if not found else BEFORE if not items else unreachable
        rows.append(Row(row, items, [each.pk for each in found], deadline, obstacle))
    return rows


def _needing(session_ids: Iterable[UUID]) -> dict[UUID, list[Finding]]:
    rows = Finding.objects.filter(
        session__in=list(session_ids), status__in=WORTH_ASKING, request_items__len__gt=0
    ).order_by("session_id", "number")
    found: dict[UUID, list[Finding]] = defaultdict(list)
    for row in rows:
        found[row.session_id].append(row)
    return found


def _times(providers: Iterable[Provider], now: dt.datetime) -> dict[UUID, tuple[Deadline | None, str]]:
    """Each provider's answer time if they were told when the time to undo is over, or why they cannot be told."""
    known = {provider.pk: provider for provider in providers}
    people = User.objects.filter(provider__in=known, is_active=True).exclude(email="")
    reachable = set(people.values_list("provider_id", flat=True))
    days_off = calendars.of_providers(known.values(), now + TIME_TO_UNDO)
    return {
        key: _time(row, now, days_off[key]) if key in reachable else (None, NO_PERSON) for key, row in known.items()
    }


def _time(provider: Provider, now: dt.datetime, days_off: HolidayCalendar) -> tuple[Deadline | None, str]:
    try:
        return clock.deadline_for(provider, now + TIME_TO_UNDO, days_off=days_off), ""
    except DeadlineError:
        return None, NO_ZONE


@transaction.atomic
def ask_about_many(actor: Actor, session_ids: Sequence[UUID], now: dt.datetime) -> RequestBatch:
    """Ask about every session that nothing stands in the way of. Raises as ``preview_many`` does.

    What a person asks can be taken back for half a minute; a program's requests go out at once.
    """
    rows = preview_many(actor, session_ids, now)
    if actor.id is None:  # the system asks by its policy, one screening at a time
        raise NotAllowed
    batch = RequestBatch.objects.create(by_id=actor.id, at=now, rows=[])
    origin, hold = (Origin.API, None) if actor.kind == "api" else (Origin.STAFF, now + TIME_TO_UNDO)
    new = {}
    for row in rows:
        if not row.obstacle:
            why = "\n".join(item.why for item in row.items)
            request = new_request(row.session, origin, why, row.finding_ids, actor, now)
            request.batch, request.not_before = batch, hold
            new[row.session.pk] = (request, row.items)
    stored = store(list(new.values()), actor, now)
    asked = {session: str(request.pk) for session, (request, _) in new.items() if request.pk in stored}
    batch.rows = [_became(row, asked.get(row.session.pk, "")) for row in rows]
    batch.save(update_fields=["rows"])
    return batch


def _became(row: Row, request: str) -> dict[str, str]:
    result = ASKED if request else row.obstacle or MEANWHILE
    return {"session": str(row.session.pk), "request": request, "result": result}


def get_batch(actor: Actor, batch_id: UUID) -> RequestBatch:
    """For whoever made it, and nobody else. Raises NotAllowed, NotFound."""
    policies.require_work(actor)
    row = RequestBatch.objects.filter(pk=batch_id).first()
    if row is None or row.by_id != actor.id:
        raise NotFound
    return row


@transaction.atomic
def undo_batch(actor: Actor, batch_id: UUID, now: dt.datetime) -> RequestBatch:
    """Take everything back that was asked, before any of it was mailed. Raises NotAllowed, NotFound, Refused."""
    get_batch(actor, batch_id)
    batch = RequestBatch.objects.select_for_update().get(pk=batch_id)
    if batch.undone_at is not None:
        raise Refused("undone", "This was taken back already.")
    if now > batch.at + TIME_TO_UNDO:
        raise Refused("too_late", "The half minute is over. Each request can be withdrawn on its own page.")
    waiting = NotesRequest.objects.filter(batch=batch, status=RequestState.REQUESTED).order_by("pk")
    taken = {str(row.pk) for row in waiting.select_for_update(of=("self",)) if _take_back(row, actor, now)}
    for row in batch.rows:
        row["result"] = TAKEN_BACK if row["request"] in taken else row["result"]
    batch.undone_at = now
    batch.save(update_fields=["undone_at", "rows"])
    return batch


def _take_back(request: NotesRequest, actor: Actor, now: dt.datetime) -> bool:
    try:
        move(request, RequestState.WITHDRAWN, actor, now, payload={"was_delivered": False}, updated_at=now)
    except WrongState:
        return False
    return True
