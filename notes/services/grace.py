"""A file that was on its way when the answer time ended: begun before, whole within a quarter of an hour, in time.

The source of the rule is docs/policy/notes-requests.md ("What answers"). A slow line is not a late answer.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import secrets
from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from clawguard.accounts.actors import Actor
from clawguard.domain.lifecycles import RequestState
from clawguard.middleware import LONGEST_ARRIVAL
from notes import selectors
from notes.models import NotesRequest, StoredFile, Upload

GRACE = LONGEST_ARRIVAL


def received_at(request: NotesRequest, attached: Sequence[StoredFile], now: dt.datetime) -> dt.datetime:
    """When an answer that reaches the door at ``now`` counts as received.

    With files that all began to arrive before the due moment, one of them still on its way then, and an answer within
    ``GRACE`` of it, that is when the last of them began; else it is ``now``.
    """
    due = request.due_at
    if due is None or now < due or now >= due + GRACE or request.status != RequestState.OPEN:
        return now
    begun = [file.begun_at or file.uploaded_at for file in attached]
    in_flight = any(file.begun_at and file.begun_at < due <= file.uploaded_at for file in attached)
    return max(begun) if in_flight and max(begun) < due else now


@contextlib.contextmanager
def expecting(actor: Actor, request_id: UUID, begun_at: dt.datetime) -> Iterator[None]:
    """While it lasts, an answer or a whole file for the request is on its way since ``begun_at``.

    Marked only shortly before the due moment. The mark is an upload of no size; one that a killed process leaves
    behind holds nothing up beyond ``GRACE``.
    """
    soon = {"status": RequestState.OPEN, "due_at__gt": begun_at, "due_at__lte": begun_at + GRACE}
    mark = None
    if actor.answers and selectors.visible_requests(actor).filter(pk=request_id, **soon).exists():
        mark = Upload.objects.create(
            request_id=request_id, size=0, digest=secrets.token_hex(32), begun_at=begun_at, touched_at=begun_at
        )
    try:
        yield
    finally:
        if mark is not None:
            Upload.objects.filter(pk=mark.pk).delete()


def may_still_come(now: dt.datetime) -> Q:
    """Requests whose answer time is over by less than ``GRACE`` and of which a file was on its way at its end."""
    own = {"request": OuterRef("pk"), "begun_at__lt": OuterRef("due_at")}
    coming = Exists(Upload.objects.filter(**own))
    just_came = Exists(
        StoredFile.objects.filter(**own, uploaded_at__gte=OuterRef("due_at"), removed_at=None, note_file=None)
    )
    return Q(due_at__gt=now - GRACE) & (Q(coming) | Q(just_came))
