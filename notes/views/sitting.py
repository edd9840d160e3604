"""Answering several requests one after another: how many were answered in this sitting, and which one comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from notes import selectors
from notes.models import NotesRequest
from notes.policies import ANSWERABLE

ANSWERED_HERE = "answered_here"  # in the session: ids, the oldest first
MOST = 100


@dataclass(frozen=True, slots=True)
class Place:
    """``number`` of ``total`` in this sitting; ``row`` is the request it leads to."""

    number: int
    total: int
    row: NotesRequest

    @property
    def url(self) -> str:
        return reverse("my-request", args=[self.row.pk])


def answered(request: Any, request_id: UUID) -> None:
    done = [one for one in request.session.get(ANSWERED_HERE, []) if one != str(request_id)]
    request.session[ANSWERED_HERE] = [*done, str(request_id)][-MOST:]


def place_of(request: Any, row: NotesRequest) -> Place | None:
    """Where the request stands among those of this sitting; None when it is the only one or waits no more."""
    waiting, done = _waiting(request), _done(request)
    ids = [other.pk for other in waiting]
    if row.pk not in ids or len(waiting) + done < 2:
        return None
    return Place(done + ids.index(row.pk) + 1, done + len(waiting), row)


def next_after(request: Any, row: NotesRequest) -> Place | None:
    """The nearest other request that still waits for an answer."""
    waiting, done = _waiting(request), _done(request)
    others = [other for other in waiting if other.pk != row.pk]
    if not others:
        return None
    return Place(done + waiting.index(others[0]) + 1, done + len(waiting), others[0])


def _waiting(request: Any) -> list[NotesRequest]:
    return [row for row in selectors.waiting_for(request.actor) if row.status in ANSWERABLE]


def _done(request: Any) -> int:
    return len(request.session.get(ANSWERED_HERE, []))
