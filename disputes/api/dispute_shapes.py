"""What disputes and their evidence look like in the API. Fields are listed one by one, for each kind of reader."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clawguard.accounts.actors import Actor
from clawguard.domain.disputes import Completeness, Notice
from clawguard.ui.words import STATE_WORDS
from disputes import policies, wording
from disputes.api.shapes import CURRENCY, OF_FILE, money
from disputes.models import Dispute
from disputes.selectors.disputes import draft_of, words_of
from disputes.selectors.evidence import Piece, completeness_of, notice_of, pieces_of


def dispute_row(actor: Actor, row: Dispute, now: dt.datetime) -> dict[str, Any]:
    """One dispute in a list, without the words of client and provider."""
    return {
        "id": row.pk,
        "external_id": row.external_id or None,
        "kind": row.kind,
        "reason": row.reason or None,
        "status": row.status,
        "state_label": STATE_WORDS[wording.dispute_state(row, now, provider=actor.answers)].word,
        "provider": {"npi": row.provider.npi, "name": row.provider.name},
        "session": row.session_id,
        "service_date": row.service_date,
        "amount": money(row.amount),
        "currency": CURRENCY,
        "opened_at": row.opened_at,
        "delivered_at": row.delivered_at,
        "due_at": row.due_at,
        "answer": row.answer or None,
        "answered_at": row.answered_at,
        "answered_late": row.answered_late,
        "lapsed_at": row.lapsed_at,
        "outcome": row.outcome or None,
        "outcome_amount": money(row.outcome_amount),
        "decided_at": row.decided_at,
        "updated_at": row.updated_at,
    }


def dispute_detail(actor: Actor, row: Dispute, now: dt.datetime) -> dict[str, Any]:
    """A dispute with both sides' words, for who may know of it."""
    words, pieces = words_of(row), pieces_of(row)
    return dispute_row(actor, row, now) | {
        **{name: spoken or None for name, spoken in words.items()},
        **(_draft(row) if actor.answers else {}),
        "starts_at": row.starts_at,
        "client_time_zone": row.client_time_zone or None,
        "evidence": [evidence_dict(piece) for piece in pieces],
        "completeness": _completeness(completeness_of(row, pieces)),
        "notice": _notice(notice_of(row, pieces)),
        "cancelled_at": row.cancelled_at,
        "notice_hours": row.notice_hours,
        "deadline": row.deadline,
        "outcome_reason": row.outcome_reason or None,
        "allowed_actions": policies.dispute_actions(actor, row),
    }


def _draft(row: Dispute) -> dict[str, Any]:
    """What the provider has put down and not sent; to nobody else."""
    kept = draft_of(row)
    return {
        "draft": kept["text"] or None,
        "draft_answer": kept["answer"] or None,
        "draft_evidence": kept["evidence"],
    }


def evidence_dict(piece: Piece) -> dict[str, Any]:
    """One piece of evidence, for who may know of its dispute."""
    row = piece.row
    return {
        "id": row.pk,
        "kind": row.kind,
        "side": row.side,
        "value": piece.value,
        "source": row.source,
        "file": None if piece.file is None else {name: piece.file[name] for name in OF_FILE},
        "late": row.late,
        "added_at": row.added_at,
        "added_by": row.added_by_name,
    }


def _completeness(found: Completeness | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "there": list(found.there),
        "needed": list(found.missing),
        "would_help": list(found.would_help),
        "documents": {"there": list(found.documents), "would_help": list(found.documents_open)},
        "enough": found.enough,
        "words": found.words,
    }


def _notice(found: Notice | None) -> dict[str, Any] | None:
    """Hours are numbers with two decimals; moments are on the client's clock."""
    if found is None:
        return None
    return {
        "hours": round(found.given.total_seconds() / 3600, 2),
        "window_hours": round(found.window.total_seconds() / 3600),
        "in_time": found.in_time,
        "cancelled_at": found.cancelled_at.isoformat(),
        "cancel_by": found.cancel_by.isoformat(),
        "starts_at": found.starts_at.isoformat(),
        "clocks_changed": found.clocks_changed,
        "readings_differ": found.readings_differ,
    }
