"""Taking an 835 in: sealed on disk and recorded as any import, before anything of it is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from clawguard.accounts.actors import Actor
from clawguard.events.services import publish
from disputes import policies
from sessions.models import ImportBatch
from sessions.services import imports

KIND = "x12_835"


def take(actor: Actor, file_name: str, chunks: Iterable[bytes], dry_run: bool, now: dt.datetime) -> ImportBatch:
    """Take a file in and have it read as soon as a worker is free; what the imports page and API do with an 835."""
    return receive(actor, file_name, chunks, now, dry_run=dry_run)


@transaction.atomic
def receive(
    actor: Actor,
    file_name: str,
    chunks: Iterable[bytes],
    now: dt.datetime,
    *,
    dry_run: bool = False,
    read: bool = True,
) -> ImportBatch:
    """Seal and record a file; without ``read`` whoever called reads it (``read_on``).

    Raises NotAllowed; Problem 400 for an empty file, 413 for one too large.
    """
    policies.require_remittance_sender(actor)
    batch = imports.seal(actor, KIND, file_name, chunks, imports.Wishes(kind=KIND, dry_run=dry_run), now)
    if read:
        publish("remittance.received", batch, actor, now, {"bytes": batch.file_size})
    return batch
