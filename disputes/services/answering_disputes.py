"""The provider's side of a dispute: a draft until it is sent, then final. Conceding and waiving are answers, too."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import Actor, NotAllowed, speaking_for
from clawguard.domain.disputes import Answer, answers_for
from clawguard.domain.lifecycles import DisputeState
from clawguard.events.errors import Refused
from clawguard.events.services import move
from disputes import policies
from disputes.models import Attachment, Dispute
from disputes.sealed import seal_words
from disputes.selectors.dispute_pages import asked_for
from disputes.selectors.files import chosen_in_dispute
from disputes.services.attaching import mark_sent
from disputes.services.conversation import LONGEST, readable
from disputes.services.evidence import read_or_refuse, store_evidence
from disputes.services.locking import locked_dispute
from disputes.services.sweeping import lapse_before_answer

LARGEST_DRAFT = 60_000  # characters of JSON


@dataclass(frozen=True, slots=True)
class Said:
    """What the provider answers. ``evidence``: per kind, its fields as the interface has them; empty ones may stand."""

    answer: str = Answer.CONTEST.value
    text: str = ""
    evidence: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@transaction.atomic
def save_draft(actor: Actor, dispute_id: UUID, said: Said, now: dt.datetime) -> Dispute:
    """Keep what the provider has put down so far, also what cannot be read yet; nothing is answered by it."""
    dispute = _to_answer(actor, dispute_id)
    draft = {"answer": said.answer, "text": said.text, "evidence": {name: dict(v) for name, v in said.evidence.items()}}
    words = json.dumps(draft)
    if len(words) > LARGEST_DRAFT or len(said.text) > LONGEST or "\0" in said.text:
        raise Refused("too_long", f"This has at most {LONGEST:,} characters.", "/text")
    dispute.draft = seal_words("dispute draft", dispute.pk, words)
    dispute.updated_at = now
    dispute.save(update_fields=["draft", "updated_at"])
    return dispute


def check_answer(actor: Actor, dispute: Dispute, said: Said) -> dict[str, dict[str, Any]]:
    """Everything an answer must hold, before it is sent: the evidence as it would be stored. What a document is chosen
    for has to be filled in as well. Raises Refused."""
    if _chosen(dispute, said) is Answer.CONTEST or said.text.strip():
        readable(said.text, "/text")
    documents = documents_of(actor, dispute, said)
    given = {kind: said.evidence.get(kind, {}) for kind in {*said.evidence, *documents}}
    return {kind: read_or_refuse(kind, value) for kind, value in given.items() if _filled(value) or kind in documents}


def documents_of(actor: Actor, dispute: Dispute, said: Said) -> dict[str, Attachment]:
    """Chosen documents by kind. One that was chosen for a kind that is not asked for any more stays behind."""
    kinds = {*asked_for(dispute), *said.evidence}
    return {row.kind: row for row in chosen_in_dispute(actor, dispute) if row.kind in kinds}


@transaction.atomic
def answer(actor: Actor, dispute_id: UUID, said: Said, now: dt.datetime) -> Dispute:
    """Final. After the answer time it is kept and marked late; the lapse stays in the history.

    Raises Refused naming the field at fault; then nothing of the answer is stored.
    """
    dispute = _to_answer(actor, dispute_id)
    chosen, values = _chosen(dispute, said), check_answer(actor, dispute, said)
    documents = documents_of(actor, dispute, said)
    if chosen is not Answer.CONTEST and not actor.is_provider:
        raise NotAllowed  # it gives up money, so it is for the provider in person
    actor = speaking_for(actor, dispute.provider)
    due = dispute.excused_until or dispute.due_at
    late = due is not None and now >= due
    if late:
        lapse_before_answer(dispute, now)
    marks: dict[str, Any] = {
        "answer": chosen.value,
        "draft": None,
        "answered_at": now,
        "answered_late": late,
        "answered_by_name": actor.name,
        "updated_at": now,
    }
    if said.text.strip():
        marks["response"] = seal_words("dispute response", dispute.pk, readable(said.text, "/text"))
    for kind, value in values.items():
        document, said_by = documents.get(kind), f"Stated by {actor.name}"
        kept = document.file if document is not None else None
        store_evidence(actor, dispute, kind, value, "provider", said_by, now, late=late, file=kept)
        if document is not None:
            mark_sent(actor, document, now)
    move(
        dispute,
        _state_after(dispute, chosen, late=late),
        actor,
        now,
        payload={"late": late, "how": chosen.value},
        **marks,
    )
    return dispute


def concede(actor: Actor, dispute_id: UUID, now: dt.datetime) -> Dispute:
    """The provider agrees with the client. That is an answer; what follows is decided by people as ever.

    It gives up money, so it is for the provider in person.
    """
    if not actor.is_provider:
        raise NotAllowed
    return answer(actor, dispute_id, Said(Answer.CONCEDE.value), now)


def _chosen(dispute: Dispute, said: Said) -> Answer:
    offered = {choice.answer.value: choice.answer for choice in answers_for(dispute.kind)}
    if said.answer not in offered:
        raise Refused("not_a_choice", "Choose how you answer.", "/answer")
    return offered[said.answer]


def _state_after(dispute: Dispute, chosen: Answer, *, late: bool) -> DisputeState:
    if dispute.status != DisputeState.OPEN:
        return DisputeState.ANSWERED_LATE if late else DisputeState.ANSWERED
    return DisputeState.ANSWERED if chosen is Answer.CONTEST else DisputeState.CONCEDED


def _filled(given: Mapping[str, Any]) -> bool:
    return any(value not in (None, "") for value in given.values())


def _to_answer(actor: Actor, dispute_id: UUID) -> Dispute:
    if not actor.answers:
        raise NotAllowed
    dispute = locked_dispute(actor, dispute_id)
    if dispute.status not in policies.TO_ANSWER:
        raise Refused("not_waiting", "This dispute no longer waits for an answer.")
    return dispute
