"""From a file to stored findings, by the real import and real workers, beside the bare COPY of the same rows."""

from __future__ import annotations

import io
from collections.abc import Iterator
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
from sessions.models import Finding, ImportBatch, IntakeChunk, TherapySession
from sessions.services import imports

PATIENCE = 900  # seconds
BLOCK = 64 * 1024  # bytes handed on at once, as an upload would
GOAL = "≥ 2,000"


def measure(size: int) -> list[Figure]:
    """One import of ``size`` sessions; the workers are running already."""
    content = "".join(write_csv(invent(SEED, size, read_clock().date()).sessions)).encode()
    seconds, batch = timed(lambda: _import(content))
    stored = TherapySession.objects.filter(chunk__batch=batch).count()
    if batch.status != ImportState.DONE or stored != batch.rows_good or stored < size * 0.99:
        raise RuntimeError(f"the import ended as {batch.status} with {stored:,} of {size:,} sessions: {batch.summary}")
    findings = Finding.objects.count()
    copying = [_copy(TherapySession) + _copy(Finding) for _ in range(3)]
    name = f"import {size:,} sessions to stored findings"
    copied = sorted(copying)[1]
    return [
        Figure(
            name, "sessions/s", (stored / seconds,), GOAL, f"{findings:,} findings, {len(content) / 1e6:.1f} MB CSV"
        ),
        Figure("  seconds in all", "s", (seconds,)),
        Figure(
            "  bare COPY of the same rows",
            "s",
            tuple(copying),
            note=f"import takes {seconds / copied:.1f} times as long",
        ),
    ]


def _import(content: bytes) -> ImportBatch:
    batch = imports.receive(SYSTEM, "bench.csv", _blocks(content), imports.Wishes(kind="sessions_csv"), read_clock())
    assert isinstance(batch, ImportBatch)  # noqa: S101 - for the type checker; its kind was named
    until(lambda: _over(batch), PATIENCE, "the end of the import")
    waiting = IntakeChunk.objects.filter(batch=batch, screened_at=None)
    until(lambda: not waiting.exists(), PATIENCE, "the screening of every chunk")
    return batch


def _blocks(content: bytes) -> Iterator[bytes]:
    yield from (content[first : first + BLOCK] for first in range(0, len(content), BLOCK))


def _over(batch: ImportBatch) -> bool:
    batch.refresh_from_db()
    return batch.status not in (ImportState.RECEIVED, ImportState.RUNNING)


def _copy(model: Any) -> float:
    """Seconds to COPY all rows of ``model`` into an empty table with the same columns and indexes."""
    table, rows = model._meta.db_table, io.StringIO()
    with connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{table}" TO STDOUT', rows)
        cursor.execute(f'CREATE TABLE bench_copy (LIKE "{table}" INCLUDING ALL)')
        rows.seek(0)
        seconds, _ = timed(lambda: cursor.copy_expert("COPY bench_copy FROM STDIN", rows))
        cursor.execute("DROP TABLE bench_copy")
    return seconds
