"""What serves again: policy texts and consents, of the whole network or of one provider."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import Actor
from clawguard.accounts.models import Provider
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import publish
from disputes import policies
from disputes.models import LibraryItem
from disputes.sealed import LIBRARY_ITEM, seal_value
from disputes.services.evidence import Upload, keep_document, look_at_document, read_or_refuse

LONGEST_TITLE = 120
KINDS_KEPT = ("policy", "policy_acceptance", "estimate")  # what stays the same from one dispute to the next


@dataclass(frozen=True, slots=True)
class NewItem:
    """``provider``: an NPI, empty for the whole network; a provider keeps only their own."""

    kind: str
    title: str
    value: Mapping[str, Any]
    effective_from: dt.date
    effective_to: dt.date | None = None
    provider: str = ""


def keep_item(actor: Actor, new: NewItem, now: dt.datetime, upload: Upload | None = None) -> LibraryItem:
    """Add to the library, with its document where one comes with it. Raises Refused naming the field at fault."""
    provider = _provider(actor, new)
    title = " ".join(new.title.split())
    if not title or len(title) > LONGEST_TITLE or not title.isprintable():
        raise Refused("missing", f"Give it a name of at most {LONGEST_TITLE} characters.", "/title")
    if new.kind not in KINDS_KEPT:
        raise Refused("not_a_choice", f"Kept for again are: {', '.join(KINDS_KEPT)}.", "/kind")
    if new.effective_to is not None and new.effective_to < new.effective_from:
        raise Refused("dates", "It cannot end before it begins.", "/effective_to")
    value = read_or_refuse(new.kind, new.value)
    looked = look_at_document(upload) if upload is not None else None  # takes seconds: before the transaction
    row = LibraryItem(
        provider=provider,
        kind=new.kind,
        title=title,
        effective_from=new.effective_from,
        effective_to=new.effective_to,
        added_at=now,
        added_by_id=actor.id,
        added_by_name=actor.name,
    )
    row.value = seal_value(LIBRARY_ITEM, row.pk, value)
    with transaction.atomic():
        row.file = keep_document(actor, looked, now) if looked is not None else None
        row.save(force_insert=True)
        publish("library.kept", row, actor, now, _facts(row))
    return row


@transaction.atomic
def retire_item(actor: Actor, item_id: UUID, now: dt.datetime) -> LibraryItem:
    """No longer offered; disputes it was used in keep it. Raises NotFound for what is not the actor's to retire."""
    policies.require_library_keeper(actor)
    row = LibraryItem.objects.select_for_update(of=("self",)).filter(policies.retirable(actor), pk=item_id).first()
    if row is None:
        raise NotFound
    if row.retired_at is None:
        row.retired_at = now
        row.save(update_fields=["retired_at"])
        publish("library.retired", row, actor, now, _facts(row))
    return row


def _facts(row: LibraryItem) -> dict[str, Any]:
    """For the audit log: whose it is and what kind of thing, not its words."""
    return {"kind": row.kind, "provider": str(row.provider_id) if row.provider_id else None}


def _provider(actor: Actor, new: NewItem) -> Provider | None:
    policies.require_library_keeper(actor)
    if actor.provider_id is not None:
        return Provider.objects.get(pk=actor.provider_id)
    if not new.provider:
        return None
    found = Provider.objects.filter(policies.provider_reach(actor, policies.WRITE), npi=new.provider).first()
    if found is None:
        raise Refused("unknown_provider", "No provider of that NPI is within your reach.", "/provider")
    return found
