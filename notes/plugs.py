"""What notes and notes requests show on the page and in the API of a session, which knows nothing of them."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.urls import reverse

from clawguard.accounts.actors import Actor
from clawguard.domain.lifecycles import RequestState
from notes import clock, policies, selectors, wording
from notes import hooks as notes_hooks
from notes.models import NotesRequest
from notes.models.request import STANDING
from sessions import hooks
from sessions.models import TherapySession

Row = dict[str, Any]


def register() -> None:
    """Called once, when the apps are ready."""
    hooks.register_clocks("notes", clocks)
    hooks.register_actions("notes", actions)
    notes_hooks.waiting_rows(waiting_rows)
    hooks.register_section("notes", hooks.Section(20, "notes/session_section.html", section))


def waiting_rows(provider_id: UUID) -> list[NotesRequest]:
    """What was delivered to a provider and still takes an answer."""
    rows = NotesRequest.objects.filter(provider=provider_id, status__in=policies.ANSWERABLE)
    return list(rows.order_by("due_at", "pk"))


def clocks(actor: Actor, session: TherapySession, now: dt.datetime) -> list[Row]:
    """The running clock of a request, in the API's shape."""
    running = selectors.requests_about(actor, session.pk).filter(status=RequestState.OPEN)
    return [_clock(actor, row, now) for row in running if row.due_at is not None]


def _clock(actor: Actor, row: NotesRequest, now: dt.datetime) -> Row:
    due = row.due_at.isoformat() if row.due_at and row.paused_at is None else None
    state = wording.state(actor, row, now)
    return {"what": "notes_request", "due_at": due, "owed_by": "provider", "state": state, "url": page_of(actor, row)}


def page_of(actor: Actor, row: NotesRequest) -> str:
    return reverse("my-request" if actor.answers else "request-page", args=[row.pk])


def actions(actor: Actor, session: TherapySession) -> list[str]:
    """Staff and programs may ask while no request about the session stands."""
    if not (actor.is_staff or actor.has_scope(policies.WRITE)):
        return []
    standing = NotesRequest.objects.filter(session=session, status__in=STANDING).exists()
    return [] if standing else ["request_notes"]


def section(actor: Actor, session: TherapySession, now: dt.datetime) -> Row | None:
    """Requests about the session and notes on file; left out when there is nothing to show or to do."""
    rows = selectors.requests_about(actor, session.pk).order_by("-opened_at", "-pk")
    shown = [_shown(actor, row, now) for row in rows]
    notes = list(selectors.visible_notes(actor).filter(session=session).order_by("version"))
    may_ask = actor.is_staff and bool(actions(actor, session))
    if not (shown or notes or may_ask):
        return None
    return {"requests": shown, "notes": notes, "ask_url": reverse("request-new", args=[session.pk]) if may_ask else ""}


def _shown(actor: Actor, row: NotesRequest, now: dt.datetime) -> Row:
    running = row.status == RequestState.OPEN and row.due_at is not None and row.paused_at is None
    return {
        "row": row,
        "url": page_of(actor, row),
        "state": wording.state(actor, row, now),
        "words": wording.STATUS_WORDS[RequestState(row.status)],
        "running": running,
        "now": now,
        "left": clock.days_left(row, now) if running else None,
    }
