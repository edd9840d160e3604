"""From a file to stored findings, by the real import and real workers, beside the bare COPY of the same rows."""

from __future__ import annotations

import datetime as dt
import statistics
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection

from clawguard.accounts.actors import SYSTEM
from clawguard.bench.checks import SEED
from clawguard.bench.figures import Figure, timed
from clawguard.bench.stage import until
from clawguard.clock import now as read_clock
from clawguard.demo.sessions import invent
from clawguard.domain.lifecycles import ImportState
from sessions.intake.writers import write_csv
from sessions.models import Finding, HistoryMark, ImportBatch, IntakeChunk, TherapySession
from sessions.services import imports

PATIENCE = 3600  # seconds
BLOCK = 64 * 1024  # bytes handed on at once, as an upload would
GOAL = "≥ 4,000"
OFTEN = 100_000  # sessions up to which the bare COPY is measured more than once
COHORT = 25_000  # sessions invented at once; a larger file is made of several groups of practices one after the other


def measure(size: int) -> list[Figure]:
    """One import of ``size`` sessions; the workers are running already."""
    with tempfile.TemporaryFile() as file:
        written = sum(file.write(block) for block in content(size, read_clock().date()))
        file.seek(0)
        seconds, batch = timed(lambda: run(iter(lambda: file.read(BLOCK), b"")))
    stored = TherapySession.objects.filter(chunk__batch=batch).count()
    if batch.status != ImportState.DONE or stored != batch.rows_good or stored < size * 0.99:
        raise RuntimeError(f"the import ended as {batch.status} with {stored:,} of {size:,} sessions: {batch.summary}")
    findings = Finding.objects.count()
    copying = [_copy(TherapySession) + _copy(Finding) for _ in range(3 if size <= OFTEN else 1)]
    copied = statistics.median(copying)
    name, note = f"import {size:,} sessions to stored findings", f"{findings:,} findings, {written / 1e6:.1f} MB CSV"
    return [
        Figure(name, "sessions/s", (stored / seconds,), GOAL, note),
        Figure("  time of a session", "µs", (seconds / stored * 1e6,)),
        Figure("  seconds in all", "s", (seconds,)),
        Figure(
            "  bare COPY of the same rows",
            "s",
            tuple(copying),
            note=f"import takes {seconds / copied:.1f} times as long",
        ),
    ]


def content(size: int, anchor: dt.date) -> Iterator[bytes]:
    """A CSV of ``size`` invented sessions, made piece by piece: a million would not fit into memory at once."""
    yield "".join(islice(write_csv([]), 1)).encode()
    for before in range(0, size, COHORT):
        some = invent(SEED + before, min(COHORT, size - before), anchor, before=before)
        rows = islice(write_csv(some.sessions), 1, None)
        yield "".join(rows).encode()


def run(blocks: Iterable[bytes]) -> ImportBatch:
    """Import a CSV to its last finding, those of later sessions that rest on it included."""
    batch = imports.receive(SYSTEM, "bench.csv", iter(blocks), imports.Wishes(kind="sessions_csv"), read_clock())
    assert isinstance(batch, ImportBatch)  # noqa: S101 - for the type checker; its kind was named
    until(lambda: _over(batch), PATIENCE, "the end of the import")
    waiting, marked = IntakeChunk.objects.filter(screened_at=None), HistoryMark.objects.all()
    until(lambda: not marked.exists() and not waiting.exists(), PATIENCE, "the screening of every chunk")
    return batch


def _over(batch: ImportBatch) -> bool:
    batch.refresh_from_db()
    return batch.status not in (ImportState.RECEIVED, ImportState.RUNNING)


def _copy(model: Any) -> float:
    """Seconds to COPY all rows of ``model`` into an empty table with the same columns and indexes."""
    table = model._meta.db_table
    with connection.cursor() as cursor, tempfile.TemporaryFile("w+") as rows:
        cursor.copy_expert(f'COPY "{table}" TO STDOUT', rows)
        cursor.execute(f'CREATE TABLE bench_copy (LIKE "{table}" INCLUDING ALL)')
        rows.seek(0)
        seconds, _ = timed(lambda: cursor.copy_expert("COPY bench_copy FROM STDIN", rows))
        cursor.execute("DROP TABLE bench_copy")
    return seconds
