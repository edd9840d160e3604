"""Questions about a request, and what is said to them. Sealed, because people name clients in questions."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import Actor, speaking_for
from clawguard.domain.lifecycles import RequestState
from clawguard.events.services import WrongState, publish
from clawguard.events.words import stated
from notes import hooks, policies
from notes.models.request import ENDED
from notes.services.drafting import clean_text
from notes.services.rows import keep_message, locked

LONGEST = 4000


@transaction.atomic
def ask_question(actor: Actor, request_id: UUID, text: str, now: dt.datetime) -> None:
    """The provider asks. A case's conversation takes it where there is one; else it stays with the request.

    A question is not an answer: the clock runs on, and the page says so. Raises NotAllowed, NotFound, Refused.
    """
    policies.require_answering(actor)
    request = locked(actor, request_id)
    actor = speaking_for(actor, request.provider)
    if request.status in ENDED:
        raise WrongState(request, RequestState.OPEN)
    said = _said(text)
    if any(take(actor, request.session_id, said, now) for take in hooks.QUESTION_TAKERS):
        return
    keep_message(actor, request, said, now)
    publish("notes.question_asked", request, actor, now)


@transaction.atomic
def reply(actor: Actor, request_id: UUID, text: str, now: dt.datetime) -> None:
    """Staff answer a question. Raises NotAllowed, NotFound, Refused."""
    policies.require_review(actor)
    request = locked(actor, request_id)
    keep_message(actor, request, _said(text), now)
    publish("notes.replied", request, actor, now)


def _said(text: str) -> str:
    stated(text, "/text", LONGEST)
    return clean_text(text, "/text")
