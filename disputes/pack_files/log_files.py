"""What the log says of a case: its timeline, its links of the audit chain, and who read its notes and files."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from clawguard.accounts.actors import Actor
from clawguard.events import chain
from clawguard.events.models import AccessLog, Event, EventSeal
from disputes import event_words
from disputes.models import Case
from disputes.selectors.timeline import subjects_of
from disputes.selectors.timeline import timeline as shown

IN_TIMELINE = ("name", "actor", "verb", "at", "detail")
OF_ACCESS = (
    "at", "actor_kind", "actor_role", "actor_id", "actor_name", "note_id", "file_id", "about", "about_id", "session_id",
    "door", "reason",
)  # fmt: skip


def timeline(actor: Actor, case: Case) -> list[dict[str, Any]]:
    """Every entry that ``actor`` sees, oldest first."""
    return [{name: entry[name] for name in IN_TIMELINE} for entry in shown(actor, case, most=None)]


def accesses(case: Case) -> list[dict[str, Any]]:
    """Each reading of a note of the case's session, of a file of its conversation, and of a document behind evidence of
    its disputes, oldest first."""
    read = Q(about_id__in=subjects_of(case))
    if case.session_id is not None:
        read |= Q(session_id=case.session_id, note_id__isnull=False)
    return list(AccessLog.objects.filter(read).order_by("at", "pk").values(*OF_ACCESS))


def links(case: Case, whole: bool) -> dict[str, Any]:
    """The links that seal events of the case, each with the digest before it, so that each can be computed again.

    Not ``whole``: those of events that the provider may see. Events of the last moment may still wait for their link.
    """
    events = Event.objects.filter(subject_id__in=subjects_of(case)).order_by("pk")
    ids = [event.pk for event in events if whole or event_words.for_provider(event.name, event.payload)]
    seals = list(EventSeal.objects.filter(event__in=ids).select_related("event").order_by("position"))
    before = dict(
        EventSeal.objects.filter(position__in=[seal.position - 1 for seal in seals]).values_list("position", "digest")
    )
    linked = {seal.event_id for seal in seals}
    return {
        "links": [_link(seal, before.get(seal.position - 1, chain.GENESIS)) for seal in seals],
        "waiting": [pk for pk in ids if pk not in linked],
    }


def _link(seal: EventSeal, previous: str) -> dict[str, Any]:
    return {
        "position": seal.position,
        "previous": previous,
        "digest": seal.digest,
        "sealed": chain.sealed_facts(seal.event),
    }
