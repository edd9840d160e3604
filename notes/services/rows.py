"""Rows under lock, as far as the actor may know of them. The first step of every service."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from clawguard import sealing
from clawguard.accounts.actors import Actor
from clawguard.events.errors import NotFound
from clawguard.ids import new_id
from notes import policies, selectors
from notes.models import NotesRequest, RequestMessage
from sessions.models import TherapySession


def locked(actor: Actor, request_id: UUID) -> NotesRequest:
    """The request with its provider, locked until the transaction ends. Raises NotFound."""
    rows = selectors.visible_requests(actor).select_related("provider", "session")
    row = rows.select_for_update(of=("self",)).filter(pk=request_id).first()
    if row is None:
        raise NotFound
    return row


def locked_to_work(actor: Actor, request_id: UUID) -> NotesRequest:
    """``locked`` for those who work requests. Raises NotAllowed for a role that never may, NotFound out of reach."""
    policies.require_work(actor)
    rows = NotesRequest.objects.filter(policies.workable(actor)).select_related("provider", "session")
    row = rows.select_for_update(of=("self",)).filter(pk=request_id).first()
    if row is None:
        raise NotFound
    return row


def session_to_ask_about(actor: Actor, session_id: UUID) -> TherapySession:
    policies.require_work(actor)
    found = TherapySession.objects.filter(policies.workable(actor)).select_related("provider").filter(pk=session_id)
    row = found.first()
    if row is None:
        raise NotFound
    return row


def lock_session(session_id: UUID) -> TherapySession:
    """Serialises note versions and new requests of one session. Raises NotFound. What points to the session, such as a
    screening that is stored, needs no turn."""
    row = TherapySession.objects.select_for_update(of=("self",), no_key=True).filter(pk=session_id).first()
    if row is None:
        raise NotFound
    return row


def keep_message(actor: Actor, request: NotesRequest, text: str, now: dt.datetime) -> None:
    """Seal what somebody said about a request, in their own words, and keep it with the request."""
    message_id = new_id()
    sealed = sealing.seal(text.encode(), sealing.binding("request_message", message_id))
    RequestMessage.objects.create(
        id=message_id, request=request, at=now, by_role=actor.role, sealed=sealed, **by(actor, "by")
    )
    NotesRequest.objects.filter(pk=request.pk).update(updated_at=now)


def by(actor: Actor, prefix: str) -> dict[str, Any]:
    """The actor as the columns ``<prefix>_kind``, ``_id`` and ``_name``."""
    return {f"{prefix}_kind": actor.kind, f"{prefix}_id": actor.id, f"{prefix}_name": actor.name}
