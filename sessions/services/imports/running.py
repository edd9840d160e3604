"""Storing a file that was read through: piece after piece, each with its mark of progress."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import SYSTEM, Actor, NotAllowed
from clawguard.domain.lifecycles import ImportState, TableState
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import WrongState, move, publish
from sessions import policies, selectors
from sessions.intake import vault
from sessions.intake.record import unpack
from sessions.models import CodeTableFile, ImportBatch
from sessions.services import intake
from sessions.services.imports.receiving import author

ABANDONED = dt.timedelta(days=7)  # a file that nobody confirmed is not kept longer than this
OVER = (ImportState.DONE, ImportState.REFUSED, ImportState.CANCELLED)


def end(batch: ImportBatch, to: ImportState, now: dt.datetime, actor: Actor = SYSTEM, *, reason: str = "") -> None:
    """Move a batch on; when that ends it, note why and remove its file."""
    over = to in OVER
    if over and reason and to != ImportState.DONE:
        batch.summary = {**batch.summary, "reason": reason}
    fields = {"ended_at": now, "stored_as": "", "summary": batch.summary} if over else {}
    counts = {"rows": batch.rows_read, "refused": batch.rows_refused}
    move(batch, to, actor, now, payload=counts, updated_at=now, **fields)
    if over:
        transaction.on_commit(lambda: vault.remove(batch.pk), robust=True)


def start_running(batch: ImportBatch, actor: Actor, now: dt.datetime) -> None:
    """The first piece waits to be stored from here on."""
    move(batch, ImportState.RUNNING, actor, now, payload={"piece": 1}, started_at=now, updated_at=now)


@transaction.atomic
def start(actor: Actor, batch_id: UUID, now: dt.datetime, *, only_good_rows: bool = False) -> ImportBatch:
    """Import what was looked at. With bad rows in the file, ``only_good_rows`` has to be said."""
    batch = _waiting(actor, batch_id)
    if not batch.rows_good:
        raise Refused("no_good_rows", "No row of this file can be imported.")
    if batch.rows_refused and not only_good_rows:
        count = batch.rows_refused
        raise Refused("bad_rows", f"{count} rows cannot be read. Import the good rows only, or correct the file.")
    batch.only_good_rows = only_good_rows
    batch.save(update_fields=["only_good_rows", "updated_at"])
    if batch.pieces:
        start_running(batch, actor, now)
    else:
        end(batch, ImportState.DONE, now, actor)
    return batch


@transaction.atomic
def cancel(actor: Actor, batch_id: UUID, now: dt.datetime) -> ImportBatch:
    """Leave a file that waits for confirmation; nothing of it was stored."""
    batch = _waiting(actor, batch_id)
    end(batch, ImportState.CANCELLED, now, actor)
    return batch


def _waiting(actor: Actor, batch_id: UUID) -> ImportBatch:
    policies.require_intake(actor)
    selectors.get_import(actor, batch_id)
    batch = ImportBatch.objects.select_for_update().filter(pk=batch_id).first()
    if batch is None:
        raise NotFound
    if batch.status != ImportState.PREVIEWED:
        raise WrongState(batch, "started or left")
    return batch


@transaction.atomic
def store_piece(batch_id: UUID, number: int, now: dt.datetime) -> bool:
    """Store piece ``number`` if it is the next one; True while there are more. Run twice, it stores once."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    if batch.status != ImportState.RUNNING or number != batch.pieces_stored + 1:
        return False
    try:
        actor = author(batch)
        records = unpack(vault.read_ordered(batch.pk, number))
    except NotAllowed:
        end(batch, ImportState.REFUSED, now, reason="sender_not_allowed")
        return False
    except vault.Gone:
        end(batch, ImportState.REFUSED, now, reason="file_gone")
        return False
    stored = intake.store_chunk(records, actor, now, batch=batch, number=number)
    batch.pieces_stored = number
    batch.rows_created += len(stored.created)
    batch.rows_corrected += len(stored.corrected)
    batch.rows_unchanged += stored.unchanged
    batch.save(update_fields=["pieces_stored", "rows_created", "rows_corrected", "rows_unchanged", "updated_at"])
    if number < batch.pieces:
        publish("import.continued", batch, actor, now, {"piece": number + 1})
        return True
    end(batch, ImportState.DONE, now, actor)
    return False


def clear_abandoned(now: dt.datetime) -> int:
    """End imports nobody confirmed, and remove files whose batch has ended."""
    old = ImportBatch.objects.filter(updated_at__lt=now - ABANDONED)
    waiting = old.filter(status__in=[ImportState.PREVIEWED, ImportState.RECEIVED])
    for batch in waiting.order_by("created_at")[:100]:
        with transaction.atomic():
            previewed = batch.status == ImportState.PREVIEWED
            end(batch, ImportState.CANCELLED if previewed else ImportState.REFUSED, now, reason="not_confirmed")
    return vault.remove_all_but(_living())


def _living() -> set[str]:
    rows = ImportBatch.objects.exclude(status__in=OVER).values_list("pk", flat=True)
    parts = CodeTableFile.objects.filter(table__status__in=(TableState.READING, TableState.INCOMPLETE))
    return {str(key) for keys in (rows, parts.values_list("pk", flat=True)) for key in keys}
