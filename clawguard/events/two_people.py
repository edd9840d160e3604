"""What becomes of documents: drafted, proposed, published or sent back, left. Nobody agrees to their own.

What a document says, who may write one at all and what its publication does belong to its app. Its app holds the row.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from clawguard.accounts.actors import Actor, NotAllowed
from clawguard.domain.lifecycles import DocumentState
from clawguard.events.documents import LONGEST_REASON, Document
from clawguard.events.errors import Refused
from clawguard.events.services import WrongState, move
from clawguard.events.words import stated


def require_own_draft(document: Document, actor: Actor) -> None:
    """Only its author writes a draft: a second person who had written a part would not be one."""
    _require_author(document, actor)
    if document.status != DocumentState.DRAFT:
        raise WrongState(document, DocumentState.DRAFT)


def require_second_person(document: Document, actor: Actor) -> None:
    """Raises Refused to its author, WrongState where nothing is proposed."""
    _require_other(document, actor)
    if document.status != DocumentState.PROPOSED:
        raise WrongState(document, DocumentState.PUBLISHED)


def lay_before_another(document: Document, actor: Actor, now: dt.datetime) -> None:
    """Propose a draft, or a version that takes another back. It says why."""
    if not document.reason:
        raise Refused("reason_required", "Say why; whoever agrees reads it, and so does the history.", "/reason")
    move(document, DocumentState.PROPOSED, actor, now, proposed_at=now, updated_at=now)


def put_in_force(document: Document, actor: Actor, now: dt.datetime) -> None:
    """After ``require_second_person``, once all that makes room for it has moved."""
    move(document, DocumentState.PUBLISHED, actor, now, approved_by_id=actor.id, approved_at=now, updated_at=now)


def ask_for_a_change(document: Document, actor: Actor, reason: str, now: dt.datetime) -> None:
    """The second person's no: a draft is its author's again, a version that takes another back is left."""
    _require_other(document, actor)
    said = stated(reason, "/reason", LONGEST_REASON, "Say what should be changed.")
    fields: dict[str, Any] = {"returned_by_id": actor.id, "returned_reason": said, "updated_at": now}
    if document.reverts is not None:
        move(document, DocumentState.DISCARDED, actor, now, **fields)
    else:
        move(document, DocumentState.DRAFT, actor, now, proposed_at=None, **fields)


def leave(document: Document, actor: Actor, now: dt.datetime) -> None:
    """Discard a draft or a proposal of one's own; it stays in the history."""
    _require_author(document, actor)
    move(document, DocumentState.DISCARDED, actor, now, updated_at=now)


def _require_author(document: Document, actor: Actor) -> None:
    if document.author_id != actor.id:
        raise NotAllowed


def _require_other(document: Document, actor: Actor) -> None:
    if document.author_id == actor.id:
        raise Refused("own_proposal", "You wrote this yourself. A second lead has to look at it.")
