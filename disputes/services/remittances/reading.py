"""Reading an 835 through: payment after payment, in goes of some seconds, each with its mark of progress."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from time import monotonic
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import Actor, NotAllowed
from clawguard.domain.lifecycles import ImportState
from clawguard.domain.x12.envelope import Mark
from clawguard.domain.x12.remit835 import RemittanceReader
from clawguard.domain.x12.remittance import Remittance as Read
from clawguard.domain.x12.segments import SegmentProblem
from clawguard.events.services import publish
from disputes.services.remittances import storing
from disputes.services.remittances.refusing import refusals
from sessions.intake import vault
from sessions.intake.readers.x12_837p import row_problem
from sessions.models import ImportBatch, ImportProblem
from sessions.services import imports

ENOUGH_SECONDS = 5.0  # of one go, by this process's own clock: it decides nothing but where to leave off
MOST_CLAIMS = 10_000  # of one go
TOGETHER = 1_000  # claims that are stored by the same statements
MOST_PROBLEMS = 5_000  # kept per file; all are counted
Item = Read | SegmentProblem


@transaction.atomic
def read_piece(batch_id: UUID, now: dt.datetime) -> bool:
    """Go on from where the last go ended; True while there is more. Run twice, or beside another, it stores once."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    if batch.status != ImportState.RECEIVED:
        return False
    reason = ""
    try:
        with transaction.atomic():
            return _read(batch, imports.author(batch), now)
    except NotAllowed:
        reason = "sender_not_allowed"
    except vault.Gone:
        reason = "file_gone"
    batch.refresh_from_db()
    imports.end(batch, ImportState.REFUSED, now, reason=reason)
    return False


def _read(batch: ImportBatch, actor: Actor, now: dt.datetime) -> bool:
    go = _Go(batch, actor, now)
    mark, done = batch.place.get("mark"), batch.place.get("items", 0)
    begun = Mark.of_text(mark) if mark else None
    reader = RemittanceReader(vault.read(batch.pk, begun.opener.offset if begun else 0), mark=begun)
    whole = go.through(islice(reader, done, None))
    go.keep(reader)
    if whole:
        _end(batch, now)
    else:
        publish("remittance.reading", batch, actor, now, {"payments": batch.rows_read})
    return not whole


class _Go:
    """One go through the file: what it stored, and what it learnt of the rest."""

    def __init__(self, batch: ImportBatch, actor: Actor, now: dt.datetime) -> None:
        self.batch, self.actor, self.now = batch, actor, now
        self.counts: Counter[str] = Counter()
        self.problems: list[SegmentProblem] = []
        self.waiting: list[tuple[int, Read]] = []  # fit to be stored, with their numbers in the file
        self.claims = 0  # of those

    def through(self, items: Iterator[Item]) -> bool:
        """Take items until it is enough; True where the file ended."""
        end, claims, whole = monotonic() + ENOUGH_SECONDS, 0, False
        while not whole and claims < MOST_CLAIMS and monotonic() <= end:
            item = next(items, None)
            if isinstance(item, Read):
                claims += len(item.claims)
                self._payment(item)
            elif item is not None:
                self.problems.append(item)
            whole = item is None
        self._store()
        return whole

    def _payment(self, item: Read) -> None:
        self.batch.rows_read += 1
        wrong = refusals(item)
        if wrong:
            self.problems += [*item.problems, *(problem for problem in wrong if problem not in item.problems)]
            self.batch.rows_refused += 1
            return
        self.problems += [replace(problem, severity="warning") for problem in item.problems]
        self.waiting.append((self.batch.rows_read, item))
        self.claims += len(item.claims)
        if self.claims >= TOGETHER:
            self._store()

    def _store(self) -> None:
        waiting, self.waiting, self.claims = self.waiting, [], 0
        if self.batch.dry_run:
            stored = storing.foresee([item for _, item in waiting])
        else:
            stored = storing.store(self.batch, waiting, self.actor, self.now)
        for each in stored:
            self._count(each)

    def _count(self, stored: storing.Stored) -> None:
        if stored.refused is not None:
            self.problems.append(stored.refused)
            self.batch.rows_refused += 1
            return
        self.batch.rows_good += 1
        self.batch.rows_unchanged += not stored.new
        if not stored.new:
            return
        self.batch.rows_created += not self.batch.dry_run
        read = stored.read
        self.counts["created"] += 1
        self.counts["claims"] += len(read.claims)
        self.counts["takebacks"] += len(read.reversals)
        self.counts["off_balance"] += bool(read.imbalances)
        self.counts["unmatched"] += stored.unmatched

    def keep(self, reader: RemittanceReader) -> None:
        """Write the mark of progress, and what cannot be read so far."""
        batch = self.batch
        batch.place = {"items": reader.since, "mark": reader.mark.as_text() if reader.mark else None}
        self.counts["problems"] += len(self.problems)
        batch.summary = {**batch.summary, "counts": dict(Counter(batch.summary.get("counts", {})) + self.counts)}
        batch.save()
        room = max(0, MOST_PROBLEMS - ImportProblem.objects.filter(batch=batch).count())
        told = [_row(batch, problem) for problem in self.problems[:room]]
        ImportProblem.objects.bulk_create(told, batch_size=1000)


def _row(batch: ImportBatch, problem: SegmentProblem) -> ImportProblem:
    told = row_problem(problem)
    return ImportProblem(
        batch=batch, row=problem.position, severity=told.severity, code=told.code, message=told.message[:400]
    )


def _end(batch: ImportBatch, now: dt.datetime) -> None:
    batch.rows_total = batch.rows_read
    batch.save(update_fields=["rows_total", "updated_at"])
    if batch.rows_good:
        imports.end(batch, ImportState.DONE, now)
    else:
        imports.end(batch, ImportState.REFUSED, now, reason="no_good_payments" if batch.rows_read else "no_payments")
