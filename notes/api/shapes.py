"""Requests and notes as the API shows them. Note text is not among it; that is ``/notes/{id}/content``."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clawguard.accounts.actors import Actor
from notes import policies, wording
from notes.models import Note, NotesRequest, RequestItem, StoredFile

REQUEST = {"type": "object", "description": "A notes request: items, state, deadline with its day-by-day explanation."}
NOTE = {"type": "object", "description": "What is known of a note without its text."}


def moment(value: dt.datetime | None) -> str | None:
    return value.astimezone(dt.UTC).isoformat() if value else None


def request_dict(row: NotesRequest, actor: Actor, now: dt.datetime) -> dict[str, Any]:
    items = list(row.items.all())
    reviewed = any(item.status in ("accepted", "returned") for item in items)
    return {
        "id": str(row.pk),
        "session_id": str(row.session_id),
        "provider": {"npi": row.provider.npi, "name": row.provider.name},
        "status": row.status,
        "state": wording.state(actor, row, now),
        "state_label": wording.state_label(actor, row, now),
        "origin": row.origin,
        "why": row.why,
        "findings": [str(pk) for pk in row.finding_ids],
        "items": [item_dict(item) for item in items],
        "opened_at": moment(row.opened_at),
        "delivered_at": moment(row.delivered_at),
        "due_at": moment(None if row.paused_at else row.due_at),
        "paused_at": moment(row.paused_at),
        "excused_until": moment(row.excused_until),
        "deadline": row.deadline,
        "due_changes": [_due_change(change) for change in row.due_changes.all()],
        "undeliverable_reason": row.undeliverable_reason,
        "viewed_at": moment(row.viewed_at),
        "responded_at": moment(row.answered_at),
        "notes_received_at": moment(row.notes_received_at),
        "lapsed_at": moment(row.lapsed_at),
        "extension_asked_at": moment(row.extension_asked_at),
        "extension_declined_at": moment(row.extension_declined_at),
        "follows": str(row.follows_id) if row.follows_id else None,
        "updated_at": moment(row.updated_at),
        "allowed_actions": policies.allowed_actions(actor, row, now, reviewed),
    }


def item_dict(item: RequestItem) -> dict[str, Any]:
    names = ("number", "kind", "label", "why", "enough", "status", "reason")
    return {name: getattr(item, name) for name in names}


def _due_change(change: Any) -> dict[str, Any]:
    return {
        "at": moment(change.at),
        "from": moment(change.due_before),
        "to": moment(change.due_after),
        "kind": change.kind,
        "business_days_added": change.business_days_added,
        "reason": change.reason,
        "by": change.by_name,
    }


def note_dict(note: Note) -> dict[str, Any]:
    return {
        "id": str(note.pk),
        "session_id": str(note.session_id),
        "request_id": str(note.request_id) if note.request_id else None,
        "version": note.version,
        "kind": note.kind,
        "beside": str(note.beside_id) if note.beside_id else None,
        "received_at": moment(note.received_at),
        "late": note.late,
        "sha256": note.digest,
        "characters": note.characters,
        "attested_by": note.attested_by_name,
        "files": [file_dict(linked.file) for linked in note.note_files.all()],
    }


def file_dict(row: StoredFile) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "name": row.display_name,
        "type": row.content_type,
        "size": row.size,
        "sha256": row.sha256,
        "uploaded_at": moment(row.uploaded_at),
    }
