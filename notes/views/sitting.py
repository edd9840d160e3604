"""Answering several requests one after another: how many were answered in this sitting, and which one comes next."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from clawguard.access.pages import PageRequest
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


def answered(request: PageRequest, request_id: UUID) -> None:
    done = [one for one in request.session.get(ANSWERED_HERE, []) if one != str(request_id)]
    request.session[ANSWERED_HERE] = [*done, str(request_id)][-MOST:]


def around(request: PageRequest, row: NotesRequest) -> dict[str, Place | None]:
    """``place``: where the request stands among those of this sitting, None when it is the only one or waits no more;
    ``next``: the nearest other request that still waits for an answer."""
    waiting = [other for other in selectors.waiting_for(request.actor) if other.status in ANSWERABLE]
    done = len(request.session.get(ANSWERED_HERE, []))
    ids, total = [other.pk for other in waiting], done + len(waiting)
    here = Place(done + ids.index(row.pk) + 1, total, row) if row.pk in ids and total > 1 else None
    others = [other for other in waiting if other.pk != row.pk]
    following = Place(done + waiting.index(others[0]) + 1, total, others[0]) if others else None
    return {"place": here, "next": following}
