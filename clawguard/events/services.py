"""publish() and move(): the only writers of events and of statuses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import models, transaction

from clawguard.accounts.actors import Actor
from clawguard.domain.lifecycles import LIFECYCLES
from clawguard.events.flow import FLOW
from clawguard.events.models import Delivery, Event
from clawguard.events.nudge import nudge

Payload = Mapping[str, Any]
# Apps between this one and those that publish may hear of events in the transaction that writes them: the name, the
# subjects, the events in the same order.
Listener = Callable[[str, Sequence[models.Model], Sequence[Event]], None]
LISTENERS: list[Listener] = []


class WrongState(Exception):
    """The move is not allowed from where the row stands now, or somebody else moved it first."""

    def __init__(self, row: models.Model, to: str, found: str | None = None) -> None:
        self.row, self.to = row, to
        self.found: str = found if found is not None else row.status  # type: ignore[attr-defined]
        super().__init__(f"{row._meta.label_lower} is {self.found}; it cannot become {to}")


def publish(
    name: str,
    subject: models.Model,
    actor: Actor,
    at: dt.datetime,
    payload: Payload | None = None,
) -> Event:
    """Record that ``name`` happened to ``subject`` at ``at`` and hand it to its tasks after commit.

    Must run inside the transaction of the change itself. ``payload`` carries identifiers, codes, dates and counts only.
    """
    return publish_many(name, [(subject, payload or {})], actor, at)[0]


def publish_many(
    name: str,
    subjects: Sequence[tuple[models.Model, Payload]],
    actor: Actor,
    at: dt.datetime | Sequence[dt.datetime],
) -> list[Event]:
    """``publish`` for many subjects of one event name in a fixed number of statements."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is written in the transaction of the change it tells of")
    moments = [at] * len(subjects) if isinstance(at, dt.datetime) else list(at)
    events = Event.objects.bulk_create(
        _event(name, subject, actor, moment, payload)
        for (subject, payload), moment in zip(subjects, moments, strict=True)
    )
    _hand_over(name, events)
    for listener in LISTENERS:
        listener(name, [subject for subject, _payload in subjects], events)
    return events


def _event(name: str, subject: models.Model, actor: Actor, at: dt.datetime, payload: Payload) -> Event:
    return Event(
        name=name,
        at=at,
        actor_kind=actor.kind,
        actor_role=actor.role,
        actor_id=actor.id,
        actor_name=actor.name,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        payload=dict(payload),
    )


def _hand_over(name: str, events: Iterable[Event]) -> None:
    hops = FLOW.get(name, ())
    deliveries = Delivery.objects.bulk_create(
        Delivery(event=event, task=hop.task, queue=hop.queue, run_after=event.at) for event in events for hop in hops
    )
    if deliveries:
        # robust: the rows are committed by then, so a broker that is down must not fail the caller.
        transaction.on_commit(lambda: nudge(deliveries), robust=True)


def move(
    row: models.Model,
    to: str,
    actor: Actor,
    at: dt.datetime,
    reason: str = "",
    *,
    payload: Payload | None = None,
    **fields: Any,
) -> Event:
    """Move ``row`` to status ``to``, set ``fields`` with it, publish the move's event; all or nothing.

    Raises WrongState when the lifecycle has no such move or the row no longer has the status it was read with.
    ``at`` is when the change truly happened, not when it was noticed.
    """
    moved = move_many([row], to, actor, at, reason, payload=payload, **fields)
    if not moved:
        found = type(row)._default_manager.filter(pk=row.pk).values_list("status", flat=True).first()
        raise WrongState(row, to, found)
    return moved[0]


def move_many(
    rows: Sequence[models.Model],
    to: str,
    actor: Actor,
    at: dt.datetime | Mapping[Any, dt.datetime],
    reason: str = "",
    *,
    payload: Payload | None = None,
    **fields: Any,
) -> list[Event]:
    """Move rows of one model and one status in a fixed number of statements. Rows that others moved first are left out.

    ``at`` may map primary keys to moments. Each moved row's ``status`` and ``fields`` are updated in memory.
    """
    if not rows:
        return []
    model, old = type(rows[0]), rows[0].status  # type: ignore[attr-defined]
    name = LIFECYCLES[model._meta.label_lower].get((old, to))
    if name is None or any(type(row) is not model or row.status != old for row in rows):  # type: ignore[attr-defined]
        raise WrongState(rows[0], to)
    with transaction.atomic():
        standing = model._default_manager.filter(pk__in=[row.pk for row in rows], status=old)
        # in one order everywhere, so that two who move the same rows wait for each other instead of locking up
        won = set(standing.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
        model._default_manager.filter(pk__in=won, status=old).update(status=to, **fields)
        moved = [row for row in rows if row.pk in won]
        for row in moved:
            for field, value in {"status": to, **fields}.items():
                setattr(row, field, value)
        facts = {
            "from": str(old),
            "to": str(to),
            **({"reason": reason} if reason else {}),
            **(payload or {}),
        }
        moments = at if isinstance(at, dt.datetime) else [at[row.pk] for row in moved]
        return publish_many(name, [(row, facts) for row in moved], actor, moments) if moved else []
