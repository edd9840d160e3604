"""What fault runs have in common: rows that come due, clients, and the processes around them."""

from __future__ import annotations

import contextlib
import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from clawguard.bench import rows
from clawguard.bench.stage import Stage, until
from clawguard.runner import plan
from clawguard.runner.options import PROJECT
from clawguard.runner.process import Child, Program
from tests.faults import ledger

STILL_OPEN = "SELECT count(*) FROM notes_notesrequest WHERE status = 'open'"


def sweeper(number: int, every: float) -> Program:
    command = plan.manage("sweep", "--every", str(every))
    return Program(f"sweeper-{number}", command, {"CLAWGUARD_ROLE": "sweeper"}, folder=PROJECT)


def all_processes(stage: Stage, sweepers: int, every: float = 1.0) -> tuple[list[Child], list[Child]]:
    """Everything that runs in the background, with further sweepers; and among them the workers."""
    named = stage.background()
    loops = [stage.start(sweeper(number, every)) for number in range(1, sweepers)]
    workers = [named["worker"], named["worker-deadlines"]]
    return [*named.values(), *loops], workers


def awake(stage: Stage, *names: str) -> None:
    """Wait for a sign of life of each kind of process: starting them takes a while on a busy machine."""
    for name in names:
        statement = "SELECT count(*) FROM events_heartbeat WHERE name = %s"
        until(lambda name=name, statement=statement: stage.value(statement, name), 120, f"a heartbeat of the {name}")


def come_due(stage: Stage, count: int, *, ahead: float, seconds: float) -> None:
    """Open requests whose due moments begin ``ahead`` seconds from now and spread over ``seconds``."""
    with stage.connect() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        first = cursor.fetchone()[0] + dt.timedelta(seconds=ahead)
        rows.open_requests(cursor, count, first, dt.timedelta(seconds=seconds))


@contextlib.contextmanager
def client(stage: Stage, what: str, told: Path, **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A client process that writes to the ledger ``told``; ended, if it still runs, when the block ends."""
    words = [str(word) for name, value in options.items() for word in (f"--{name}", *_words(value))]
    command = [sys.executable, "-m", "tests.faults.client", what, str(told), *words]
    process = subprocess.Popen(command, env=stage.environment, cwd=PROJECT)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _words(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


def judged(stage: Stage, told: Path) -> ledger.Verdict:
    return ledger.read(stage.rows, ledger.read_told(told))
