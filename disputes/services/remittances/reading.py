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
from clawguard.domain.x12.remit835 import read_remittances
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
    done = batch.place.get("items", 0)
    whole = go.through(islice(read_remittances(vault.read(batch.pk)), done, None))
    go.keep(done)
    if whole:
        _end(batch, now)
    else:
        publish("remittance.reading", batch, actor, now, {"payments": batch.rows_read})
    return not whole


class _Go:
    """One go through the file: what it stored, and what it learnt of the rest."""

    def __init__(self, batch: ImportBatch, actor: Actor, now: dt.datetime) -> None:
        self.batch, self.actor, self.now = batch, actor, now
        self.items = 0
        self.counts: Counter[str] = Counter()
        self.problems: list[SegmentProblem] = []

    def through(self, items: Iterator[Item]) -> bool:
        """Take items until it is enough; True where the file ended."""
        end, claims = monotonic() + ENOUGH_SECONDS, 0
        for item in items:
            self.items += 1
            if isinstance(item, SegmentProblem):
                self.problems.append(item)
                continue
            claims += len(item.claims)
            self._payment(item)
            if claims >= MOST_CLAIMS or monotonic() > end:
                return False
        return True

    def _payment(self, item: Read) -> None:
        self.batch.rows_read += 1
        wrong = refusals(item)
        if wrong:
            self.problems += [*item.problems, *(problem for problem in wrong if problem not in item.problems)]
            self.batch.rows_refused += 1
            return
        self.problems += [replace(problem, severity="warning") for problem in item.problems]
        if self.batch.dry_run:
            stored = storing.foresee(item)
        else:
            stored = storing.store(self.batch, self.batch.rows_read, item, self.actor, self.now)
        if stored.refused is not None:
            self.problems.append(stored.refused)
            self.batch.rows_refused += 1
            return
        self.batch.rows_good += 1
        self.batch.rows_unchanged += not stored.new
        self.batch.rows_created += stored.new and not self.batch.dry_run
        self.counts["created"] += stored.new
        self.counts["claims"] += len(item.claims) if stored.new else 0
        self.counts["takebacks"] += len(item.reversals) if stored.new else 0
        self.counts["off_balance"] += bool(stored.new and item.imbalances)
        self.counts["unmatched"] += stored.unmatched

    def keep(self, done: int) -> None:
        """Write the mark of progress, and what cannot be read so far."""
        batch = self.batch
        batch.place = {"items": done + self.items}
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
