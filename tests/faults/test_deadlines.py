"""Promises 5, 6 and 7 while processes die and Redis is emptied: every request ends once, in time and never early."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from clawguard.bench.stage import Stage, until
from tests.faults import acts
from tests.faults.chaos import Chaos

LATEST = 60.0  # seconds after due; the contract's bound while one trigger is up


@dataclass(frozen=True)
class Size:
    requests: int
    seconds: float  # over which they come due
    pause: float  # seconds between two faults
    kills: int  # at least
    seed: int = 1


SMALL = Size(requests=4_000, seconds=20, pause=1.0, kills=6)
NIGHTLY = [Size(requests=10_000, seconds=60, pause=0.6, kills=50, seed=seed) for seed in range(11, 31)]


@pytest.mark.parametrize("size", [SMALL, *[pytest.param(size, marks=pytest.mark.soak) for size in NIGHTLY]])
def test_promise_5_every_request_ends_once_whatever_dies(
    stage: Stage, tmp_path: Path, figure: Callable[[str], None], size: Size
) -> None:
    told, rng = tmp_path / "told", random.Random(size.seed)
    victims, workers = acts.all_processes(stage, sweepers=3)
    acts.awake(stage, "sweeper")
    chaos = Chaos(stage, rng, victims, workers)
    acts.come_due(stage, size.requests, ahead=15, seconds=size.seconds)
    answering = {"share": 0.2, "around": (-12, 3), "seed": size.seed}
    with acts.client(stage, "answer", told, **answering) as client:
        faults = ["group", "helper", "helper", "flush"]
        chaos.rage(size.seconds + 10, size.pause, faults=faults, kills=size.kills)
        chaos.revive()
        until(lambda: client.poll() is not None, 120, "the end of the clients' answers")
        until(lambda: stage.value(acts.STILL_OPEN) == 0, LATEST, "an end of every request")
    assert client.returncode == 0

    verdict = acts.judged(stage, told)
    figure(f"{verdict}; faults done {dict(chaos.done)}")
    assert not verdict.faults, verdict
    assert verdict.statuses["lapsed"] > 0
    assert verdict.statuses["answered"] > 0
    assert max(verdict.lateness) <= LATEST
    assert chaos.kills >= size.kills
