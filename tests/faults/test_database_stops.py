"""PostgreSQL stopped the hard way again and again while providers answer: nothing that was acknowledged is lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clawguard.bench.stage import Stage, until
from tests.faults import acts
from tests.faults.own_postgres import OwnPostgres, own_postgres

STOPS, PAUSE = 4, 5.0  # seconds between two stops
ONE_ANSWER = "SELECT count(*) FROM notes_note"


@pytest.fixture
def postgres() -> Iterator[OwnPostgres]:
    with own_postgres() as own:
        yield own


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
