"""PostgreSQL stopped the hard way again and again while providers answer: nothing that was acknowledged is lost."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clawguard import embedded
from clawguard.bench.stage import Stage, until
from clawguard.runner import plan, readiness
from clawguard.runner.process import Child
from tests.faults import acts

STOPS, PAUSE = 4, 5.0  # seconds between two stops
ONE_ANSWER = "SELECT count(*) FROM notes_note"


class OwnPostgres:
    """A durable server of this test's own, in a folder that the server's account can reach."""

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


@pytest.fixture
def postgres() -> Iterator[OwnPostgres]:
    with tempfile.TemporaryDirectory(prefix="clawguard-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)
        own = OwnPostgres(folder)
        own.start()
        yield own
        own.child.kill()
        embedded.forget(folder)


@pytest.mark.soak
def test_what_was_acknowledged_survives_a_database_that_stops(
    postgres: OwnPostgres, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    told = tmp_path / "told"
    with Stage.open(postgres.server.url) as stage:
        acts.all_processes(stage, sweepers=2)
        acts.awake(stage, "sweeper")
        acts.come_due(stage, 2_000, ahead=15, seconds=30)
        with acts.client(stage, "answer", told, share=0.5, around=(-10, 5), patience=60) as client:
            until(lambda: told.exists() and told.stat().st_size, 90, "the first answer")
            for _ in range(STOPS):
                postgres.stop_hard()
                postgres.start()
                time.sleep(PAUSE)  # the pace of the faults
            until(lambda: client.poll() is not None, 240, "the end of the clients' answers")
            until(lambda: stage.value(acts.STILL_OPEN) == 0, 90, "an end of every request")
        assert client.returncode == 0
        verdict = acts.judged(stage, told)
        figure(f"{verdict}; {STOPS} hard stops, {stage.value(ONE_ANSWER)} answers stored")
        assert not verdict.faults, verdict
        assert verdict.statuses["answered"] + verdict.statuses["answered_late"] > 0
