"""A PostgreSQL of a test's own, durable, that may be stopped the hard way."""

from __future__ import annotations

import contextlib
import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

from clawguard import embedded
from clawguard.bench.stage import until
from clawguard.runner import plan, readiness
from clawguard.runner.process import Child


class OwnPostgres:
    """In a folder that the server's account can reach."""

    def __init__(self, folder: Path) -> None:
        self.server = embedded.postgres(folder)
        self.child = Child(plan.of_server(self.server), folder, dict(os.environ))

    def start(self) -> None:
        self.child.start()
        until(lambda: readiness.postgres_ready(self.server), 60, "an answer from PostgreSQL")

    def stop_hard(self) -> None:
        """ "Immediate" in PostgreSQL's words: no checkpoint, no goodbye; the next start replays the log."""
        os.kill(self.child.pid, signal.SIGQUIT)
        until(lambda: not self.child.running, 30, "the end of PostgreSQL")


@contextlib.contextmanager
def own_postgres() -> Iterator[OwnPostgres]:
    with tempfile.TemporaryDirectory(prefix="clawguard-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)
        own = OwnPostgres(folder)
        own.start()
        yield own
        own.child.kill()
        embedded.forget(folder)
