"""What was asked and said about a request, opened for those who may read it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from clawguard import sealing
from clawguard.accounts.actors import Actor
from notes import policies
from notes.models import NotesRequest, RequestMessage


@dataclass(frozen=True, slots=True)
class Message:
    """One line of the talk about a request, in the shape the thread component shows."""

    at: dt.datetime
    author: str
    role: str
    text: str
    mine: bool


def messages_of(actor: Actor, request: NotesRequest) -> list[Message]:
    """The talk about a request the actor can see. Auditors and programs see that there is one, not what it says."""
    if not (actor.is_staff or actor.answers):
        return []
    return [_message(actor, row) for row in request.messages.all()]


def _message(actor: Actor, row: RequestMessage) -> Message:
    text = sealing.unseal(bytes(row.sealed), sealing.binding("request_message", row.pk)).decode()
    role = "" if row.by_role in policies.ANSWERING_ROLES else "Billing"
    return Message(row.at, row.by_name, role, text, row.by_id == actor.id)
