"""The conversation of a case, opened for who may read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from clawguard.accounts.actors import Actor
from disputes import policies
from disputes.models import Case, Message
from disputes.sealed import open_words
from disputes.selectors.files import attachments_of, with_states
from disputes.selectors.letters import LETTERS
from disputes.selectors.templates import in_words

Called = Mapping[tuple[str, str], str]  # names and versions of wordings, in words


def thread(actor: Actor, case: Case) -> list[dict[str, Any]]:
    """Messages oldest first. Internal notes are for staff and auditors; programs and providers never get them. A notice
    that came back was never a provider's: they are sent another."""
    rows = Message.objects.filter(case=case).order_by("at", "pk")
    if not policies.sees_internal(actor):
        rows = rows.filter(internal=False)
    if actor.is_provider:
        rows = rows.filter(came_back_at=None)
    groups = attachments_of(actor, case)
    listed = with_states(groups.values())
    called = {} if actor.is_provider else in_words({(row.template, row.template_version) for row in rows})
    return [_entry(actor, row, [listed[file.pk] for file in groups.get(row.pk, ())], called) for row in rows]


def _entry(actor: Actor, row: Message, files: list[dict[str, Any]], called: Called) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "internal": row.internal,
        "from_provider": row.from_provider,
        "author": row.author_name,
        "role": "provider" if row.from_provider else "",
        "mine": row.from_provider == actor.is_provider and row.author_kind != "system",
        "text": open_words("case message", row.pk, row.body),
        "at": row.at,
        "pdf": reverse("letter-pdf", args=[row.pk]) if row.kind in LETTERS else "",
        "files": files,
        "late": row.late,
        "delivered_at": row.delivered_at,
        "seen_at": row.read_at,
        **({} if actor.is_provider else _begun(row, called)),
        "came_back_at": row.came_back_at,
    }


def _begun(row: Message, called: Called) -> dict[str, Any]:
    """The wording it began with, for those who write with them: as programs call it, and in words."""
    version = row.template_version
    wording = called[row.template, version] if row.template else ""
    return {"template": row.template, "template_version": version, "wording": wording, "reworded": row.reworded}
