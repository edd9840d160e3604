"""What led to a request, and what happened about it since, in order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from clawguard.accounts.actors import Actor
from clawguard.events.models import Event
from notes import event_words
from notes.models import NotesRequest, RequestItem, StoredFile
from sessions.models import Finding

MOST = 100  # entries; a request with more shows the newest


def rules_behind(request: NotesRequest) -> list[dict[str, str]]:
    """The checks whose findings made somebody ask, each once, in their order: ``check_id`` and ``title``."""
    if not request.finding_ids:
        return []
    rows = Finding.objects.filter(pk__in=request.finding_ids).order_by("number", "pk").values_list("check_id", "title")
    return [{"check_id": check_id, "title": title} for check_id, title in dict(rows).items()]


def timeline(actor: Actor, request: NotesRequest, items: Iterable[RequestItem]) -> list[dict[str, Any]]:
    """Entries for the timeline part, oldest first, of a request that ``actor`` may see, and of its items: deliveries,
    bounces, openings, reminders, answers. The provider's side reads what concerns it."""
    rows = Event.objects.filter(_about(request, [str(item.pk) for item in items])).order_by("-id")[:MOST]
    entries = [_entry(event) for event in sorted(rows, key=lambda event: (event.at, event.pk))]
    return [each for each in entries if each["for_provider"]] if actor.answers else entries


def _about(request: NotesRequest, items: list[str]) -> Q:
    own = Q(subject_type=NotesRequest._meta.label_lower, subject_id=str(request.pk))
    asked = Q(subject_type=RequestItem._meta.label_lower, subject_id__in=items)
    reminded = Q(name="notes.reminder_due", subject_id=str(request.provider_id))
    files = StoredFile.objects.filter(request=request, quarantined_at__isnull=False).values_list("pk", flat=True)
    locked = Q(name="notes.file_quarantined", subject_id__in=[str(pk) for pk in files])
    return own | asked | locked | (reminded & Q(payload__requests__contains=[str(request.pk)]))


def _entry(event: Event) -> dict[str, Any]:
    words = event_words.WORDS.get(event.name, event_words.UNKNOWN)
    return entry(event, words, event_words.detail(event.name, event.payload))


def entry(event: Event, words: event_words.Words, detail: str) -> dict[str, Any]:
    """As the timeline part shows it; ``for_provider``: whether a provider may read it."""
    return {
        "name": event.name,
        "actor": "" if event.actor_kind == "system" or words.verb[0].isupper() else event.actor_name,
        "verb": words.verb,
        "at": event.at,
        "detail": detail,
        "tone": words.tone,
        "system": words.folded,
        "for_provider": words.provider and not event.payload.get("internal"),
    }
