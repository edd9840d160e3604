"""What happened about a case, in order: its own events and those of its session, requests, findings and dispute."""

from __future__ import annotations

from typing import Any

from clawguard.accounts.actors import Actor
from clawguard.events.models import Event
from disputes import event_words
from disputes.models import Case, Dispute
from notes.models import NotesRequest
from notes.selectors_story import entry
from sessions.models import Finding

MOST = 300  # entries; a case with more shows the newest


def timeline(actor: Actor, case: Case, most: int | None = MOST) -> list[dict[str, Any]]:
    """Entries for the timeline part, oldest first: actor, verb, at, detail, tone, system, name.

    A provider reads what concerns them; who was assigned and what staff proposed among themselves is not shown.
    """
    rows = Event.objects.filter(subject_id__in=subjects_of(case)).order_by("-id")[:most]
    entries = [_entry(event) for event in sorted(rows, key=lambda event: (event.at, event.pk))]
    if actor.is_provider:
        entries = [entry for entry in entries if entry["for_provider"]]
    return entries


def subjects_of(case: Case) -> list[str]:
    """Ids of whatever an event about the case can be about: itself, its dispute, its session and what hangs on it."""
    ids = [case.pk, case.dispute_id, case.session_id]
    if case.session_id is not None:
        requests, findings, disputes = (
            model._default_manager.filter(session_id=case.session_id).order_by().values_list("pk", flat=True)
            for model in (NotesRequest, Finding, Dispute)
        )
        ids += requests.union(findings, disputes, all=True)
    return list({str(row_id) for row_id in ids if row_id is not None})


def _entry(event: Event) -> dict[str, Any]:
    words = event_words.WORDS.get(event.name, event_words.UNKNOWN)
    return entry(event, words, event_words.detail(event.name, event.payload))
