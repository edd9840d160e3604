"""The audit chain: each event's digest covers the event and the digest before it, so that no past can be rewritten
without every later digest giving it away."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from clawguard.events.models import Event, EventSeal, PendingSeal

GENESIS = hashlib.sha256(b"clawguard").hexdigest()
CHAIN_LOCK = 0x434C4157  # any fixed number: one sealer at a time, whoever runs
BATCH = 1000


def digest(previous: str, event: Event) -> str:
    """SHA-256 over the previous digest and the event's own facts in one canonical form."""
    return link_digest(previous, sealed_facts(event))


def sealed_facts(event: Event) -> list[Any]:
    """What a link seals of its event, in the order in which it is written down."""
    return [
        event.pk,
        event.name,
        event.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        event.actor_kind,
        event.actor_role,
        str(event.actor_id or ""),
        event.actor_name,
        event.subject_type,
        event.subject_id,
        event.payload,
    ]


def link_digest(previous: str, facts: list[Any]) -> str:
    """The digest of the link that follows ``previous`` and seals ``facts``."""
    facts = [previous, *facts]
    return hashlib.sha256(json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def seal() -> int:
    """Link every committed event that is not in the chain yet. Returns how many were linked."""
    sealed = 0
    while linked := _seal_batch():
        sealed += linked
    return sealed


@transaction.atomic
def _seal_batch() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [CHAIN_LOCK])
        if not cursor.fetchone()[0]:
            return 0
    last = EventSeal.objects.order_by("-position").first()
    position, previous = (last.position, last.digest) if last else (0, GENESIS)
    events = list(
        Event.objects.filter(pk__in=PendingSeal.objects.order_by("event_id").values("event_id")[:BATCH]).order_by("pk")
    )
    seals = []
    for event in events:
        position, previous = position + 1, digest(previous, event)
        seals.append(EventSeal(position=position, event=event, digest=previous))
    EventSeal.objects.bulk_create(seals)
    PendingSeal.objects.filter(event_id__in=[event.pk for event in events]).delete()
    return len(events)


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the chain does not hold."""

    position: int
    why: str


def verify() -> tuple[int, Break | None]:
    """Walk the whole chain. Returns how many links hold and the first break, if any."""
    previous, expected = GENESIS, 1
    for seal_ in _links():
        if seal_.position != expected:
            return expected - 1, Break(expected, f"link {expected} is missing")
        if digest(previous, seal_.event) != seal_.digest:
            return expected - 1, Break(expected, f"event {seal_.event_id} is not what was sealed")
        previous, expected = seal_.digest, expected + 1
    unsealed = Event.objects.filter(seal__isnull=True).exclude(pk__in=PendingSeal.objects.values("event_id")).first()
    if unsealed is not None:
        return expected - 1, Break(expected, f"event {unsealed.pk} was never sealed and is not waiting to be")
    return expected - 1, None


def _links() -> Iterator[EventSeal]:
    return EventSeal.objects.order_by("position").select_related("event").iterator(chunk_size=BATCH)
