"""The letters of a case: its notice and its decisions, in the words that were sent."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from clawguard.accounts.actors import Actor
from clawguard.events.errors import NotFound
from disputes import policies
from disputes.models import Case, Message
from disputes.sealed import open_words

LETTERS = ("notice", "decision")


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter, opened. ``row`` knows its case, the case's provider and, of a decision, what was decided."""

    row: Message
    words: str


def digest_of(words: str) -> str:
    """SHA-256 of the letter's words as UTF-8, in hex."""
    return hashlib.sha256(words.encode()).hexdigest()


def get_letter(actor: Actor, letter_id: UUID) -> Letter:
    """Raises NotFound for a letter of a case out of reach, NotAllowed for a key without the scope."""
    if actor.kind == "api":
        policies.require_reader(actor)
    rows = _rows().filter(came_back_at=None) if actor.is_provider else _rows()
    row = rows.filter(pk=letter_id, case__in=Case.objects.filter(policies.reach(actor))).first()
    if row is None:
        raise NotFound
    return _opened(row)


def letters_of(case: Case) -> list[Letter]:
    """Every letter of the case, oldest first; who may read the case was asked before."""
    return [_opened(row) for row in _rows().filter(case=case).order_by("at", "pk")]


def _rows() -> QuerySet[Message]:
    known = Message.objects.filter(kind__in=LETTERS)
    return known.select_related("case__provider", "decision__answers_appeal")


def _opened(row: Message) -> Letter:
    return Letter(row, open_words("case message", row.pk, row.body))
