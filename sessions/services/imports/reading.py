"""Reading a file through before anything of it is stored: cut into slices, which as many workers read as are free.

One worker after the other runs ahead over the rows and says where the next slices begin; each slice is a task of its
own and becomes one piece. Whoever reads the last one compares the ids of all: a slice with rows that repeat what an
earlier one said is read again, with that in mind, and the pieces are put in order (see ``ordering``), so that a file
comes to the same however it was cut. Of a file that can only be read from its beginning (claims, UTF-16) the worker
that cuts reads the slices, too.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.db.models import F

from clawguard.accounts.actors import Actor, NotAllowed
from clawguard.domain.lifecycles import ImportState
from clawguard.events.services import publish, publish_many
from sessions.intake import vault
from sessions.intake.readers import Place, Row, can_be_cut, read_rows
from sessions.intake.seen import repeated
from sessions.models import ImportBatch, ImportSlice
from sessions.services.imports import ordering
from sessions.services.imports.receiving import author
from sessions.services.imports.running import end, start_running
from sessions.services.imports.slices import Reading

PIECE_ROWS = 2_500  # read, and later stored and screened, in one transaction each: some tenths of a second
CUT_PIECES = 20  # of one go: a killed worker repeats no more than this


@transaction.atomic
def cut(batch_id: UUID, now: dt.datetime) -> None:
    """Go on over the rows from where the last cut ended, and hand on the slices that begin there."""
    batch = ImportBatch.objects.get(pk=batch_id)
    if batch.status == ImportState.RECEIVED and not batch.cut:
        _while_possible(batch, now, lambda actor: _cut(batch, actor, now))


@transaction.atomic
def read_slice(batch_id: UUID, number: int, now: dt.datetime) -> None:
    """Read slice ``number`` unless it was read; the last one decides what happens next."""
    part = ImportSlice.objects.select_for_update().get(batch_id=batch_id, number=number)
    batch = ImportBatch.objects.get(pk=batch_id)
    if batch.status == ImportState.RECEIVED and part.read_at is None:
        _while_possible(batch, now, lambda actor: _read(batch, part, actor, now))


def read_on(batch_id: UUID, now: dt.datetime) -> bool:
    """The next step of reading, for a process that takes them all one after the other; True while there are more."""
    reading = ImportBatch.objects.filter(pk=batch_id, status=ImportState.RECEIVED)
    waiting = ImportSlice.objects.filter(batch__in=reading, read_at=None).order_by("number").first()
    if waiting is not None:
        read_slice(batch_id, waiting.number, now)
    elif reading.exists():
        cut(batch_id, now)
    return reading.exists()


def _while_possible(batch: ImportBatch, now: dt.datetime, work: Callable[[Actor], None]) -> None:
    """Do it in the name of the sender; without one, or without the file, the import ends."""
    reason = ""
    try:
        with transaction.atomic():
            work(author(batch))
    except NotAllowed:
        reason = "sender_not_allowed"
    except vault.Gone:
        reason = "file_gone"
    if reason and _locked(batch).status == ImportState.RECEIVED:
        end(batch, ImportState.REFUSED, now, reason=reason)


def _locked(batch: ImportBatch) -> ImportBatch:
    """The batch as it is now, for nobody else to change before the transaction ends."""
    batch.refresh_from_db(from_queryset=ImportBatch.objects.select_for_update())
    return batch


def _rows(batch: ImportBatch, place: Place, *, bare: bool = False) -> Iterator[Row]:
    source = vault.read(batch.id, place.offset if place.direct else 0)
    return read_rows(batch.kind, source, batch.mapping or None, place, bare=bare)


def _cut(batch: ImportBatch, actor: Actor, now: dt.datetime) -> None:
    before, place = batch.place, Place(**batch.place)
    apart = can_be_cut(batch.kind, next(vault.read(batch.id), b""))
    rows, whole, done = _rows(batch, place, bare=apart), False, []
    first = batch.pieces + 1
    for number in range(first, first + CUT_PIECES):
        part = ImportSlice(batch=batch, number=number, place=asdict(place))
        some = list(islice(rows, PIECE_ROWS))
        if some:
            reading = Reading(batch, part, actor, now)
            if not apart:
                reading.read(iter(some))
            done.append(reading)
        whole = len(some) < PIECE_ROWS
        if whole:
            break
    if _locked(batch).status != ImportState.RECEIVED or batch.place != before:
        return  # somebody else was quicker
    batch.place, batch.cut, batch.pieces = asdict(place), whole, batch.pieces + len(done)
    batch.save(update_fields=["place", "cut", "pieces", "updated_at"])
    if not whole:
        publish("import.reading", batch, actor, now, {"pieces": batch.pieces})
    if apart:
        _hand_on(batch, ImportSlice.objects.bulk_create([reading.part for reading in done]), actor, now)
    else:
        _keep(batch, done)
    _settle(batch, actor, now)


def _hand_on(batch: ImportBatch, parts: list[ImportSlice], actor: Actor, now: dt.datetime) -> None:
    publish_many("import.cut", [(batch, {"slice": part.number}) for part in parts], actor, now)


def _read(batch: ImportBatch, part: ImportSlice, actor: Actor, now: dt.datetime) -> None:
    reading = Reading(batch, part, actor, now)
    reading.read(islice(_rows(batch, Place(**part.place)), PIECE_ROWS))
    if _locked(batch).status == ImportState.RECEIVED:
        _keep(batch, [reading])
        _settle(batch, actor, now)


def _keep(batch: ImportBatch, done: list[Reading]) -> None:
    for reading in done:
        reading.keep()
    new = [reading.part for reading in done if not reading.part.again]
    rows, refused = sum(part.rows for part in new), sum(part.refused for part in new)
    ImportBatch.objects.filter(pk=batch.pk).update(
        rows_read=F("rows_read") + rows, rows_refused=F("rows_refused") + refused
    )


def _settle(batch: ImportBatch, actor: Actor, now: dt.datetime) -> None:
    """When every slice was read: have those read again that repeat rows of earlier ones, or decide."""
    parts = ImportSlice.objects.filter(batch=batch)
    if not batch.cut or parts.filter(read_at=None).exists():
        return
    if not parts.filter(again=True).exists():
        known = repeated(vault.read_ids(batch.id, number) for number in range(1, batch.pieces + 1))
        if known:
            for number, earlier in known.items():
                vault.keep_known(batch.id, number, earlier)
            parts.filter(number__in=known).update(read_at=None, again=True)
            _hand_on(batch, list(parts.filter(number__in=known).order_by("number")), actor, now)
            return
    if not batch.dry_run:
        ordering.put_in_order(batch.pk, batch.pieces)
    _add_up(batch, list(parts))
    _decide(batch, actor, now)


def _add_up(batch: ImportBatch, parts: list[ImportSlice]) -> None:
    """What its slices say of the whole file."""
    counts, found = Counter[str](), Counter[str]()
    for part in parts:
        counts.update(part.counts)
        found.update(part.findings)
    batch.rows_total = batch.rows_read = sum(part.rows for part in parts)
    batch.rows_good, batch.rows_refused = sum(part.good for part in parts), sum(part.refused for part in parts)
    batch.rows_unchanged = sum(part.unchanged for part in parts)
    batch.summary = {**batch.summary, "counts": dict(counts), "findings": dict(sorted(found.items()))}
    rows = ("rows_total", "rows_read", "rows_good", "rows_refused", "rows_unchanged")
    batch.save(update_fields=[*rows, "summary", "updated_at"])


def _decide(batch: ImportBatch, actor: Actor, now: dt.datetime) -> None:
    """What a file that was read through comes to."""
    if not batch.rows_total:
        end(batch, ImportState.REFUSED, now, reason="no_rows")
    elif batch.dry_run:
        end(batch, ImportState.DONE, now)
    elif batch.hold:
        end(batch, ImportState.PREVIEWED, now)
    elif batch.rows_refused and not batch.only_good_rows:
        end(batch, ImportState.REFUSED, now, reason="bad_rows")
    elif not batch.rows_good:
        end(batch, ImportState.REFUSED, now, reason="no_good_rows")
    else:
        start_running(batch, actor, now)
