"""A clock that jumps by an hour stops lapsing until a person vouches for it; answers are accepted all the while."""

from __future__ import annotations

import datetime as dt
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from clawguard.bench.stage import Stage, until
from tests.faults import acts
from tests.faults.chaos import Chaos

# The host's clock cannot be set from here. What was trusted last is moved instead: to the guard it is the same, a wall
# clock that is an hour away from where the steady one says that it must be.
JUMP = "UPDATE notes_clockwitness SET wall = wall - %s"
PAUSED = "SELECT count(*) FROM notes_clockwitness WHERE paused_at IS NOT NULL"
LAPSED = "SELECT count(*) FROM notes_notesrequest WHERE lapsed_at IS NOT NULL"
ANSWERED = "SELECT count(*) FROM notes_note"
ANSWERED_OPEN = "SELECT id::text FROM notes_notesrequest WHERE status = 'answered' AND lapsed_at IS NULL"
ALL_DUE = "SELECT clock_timestamp() > max(due_at) + interval '4 seconds' FROM notes_notesrequest"
ROUNDS_SINCE = "SELECT count(*) FROM events_heartbeat WHERE name = 'sweeper' AND at > %s"


@dataclass(frozen=True)
class Size:
    requests: int
    seconds: float  # over which they come due
    kills: int
    jump: dt.timedelta


SMALL = Size(requests=200, seconds=8, kills=1, jump=dt.timedelta(hours=1))
NIGHTLY = [Size(requests=10_000, seconds=60, kills=40, jump=dt.timedelta(hours=hours)) for hours in (1, -1)]


@pytest.mark.parametrize("size", [SMALL, *[pytest.param(size, marks=pytest.mark.soak) for size in NIGHTLY]])
def test_nothing_lapses_by_a_clock_that_jumped_until_a_person_vouches_for_it(
    stage: Stage, tmp_path: Path, figure: Callable[[str], None], size: Size
) -> None:
    told, rng = tmp_path / "told", random.Random(7)
    victims, workers = acts.all_processes(stage, sweepers=3)
    acts.awake(stage, "sweeper")
    chaos = Chaos(stage, rng, victims, workers)
    acts.come_due(stage, size.requests, ahead=4, seconds=size.seconds)
    with acts.client(stage, "answer", told, share=0.3, around=(-2, 2)) as client:
        until(lambda: stage.value(LAPSED) > 0, 60, "the first lapse")
        stage.rows(f"{JUMP} RETURNING 1", size.jump)
        until(lambda: stage.value(PAUSED) == 1, 30, "a guard that noticed")
        settle(stage, chaos)  # a sweep that had asked the guard before ends with its process
        lapsed, answered = stage.value(LAPSED), stage.value(ANSWERED)
        chaos.rage(0, 0.6, faults=["group"], kills=chaos.kills + size.kills)
        until(lambda: stage.value(ALL_DUE), 120, "an end of all answer times")
        settle(stage, chaos)
        until(lambda: client.poll() is not None, 120, "the end of the clients' answers")
    assert client.returncode == 0
    assert stage.value(LAPSED) == lapsed
    assert stage.value(ANSWERED) > answered
    waited = stage.value(acts.STILL_OPEN)
    assert waited > 0

    assert stage.run(sys.executable, "-m", "tests.faults.confirm_clock").strip() == "1"
    until(lambda: stage.value(acts.STILL_OPEN) == 0, 60, "an end of every request")
    verdict = acts.judged(stage, told)
    # by the clock that nobody trusted, some answers came after their end: they are in time all the same
    assert verdict.faults.pop("late is not late", set()) <= unlapsed(stage)
    figure(f"{waited} waited for a person, {chaos.kills} kills: {verdict}")
    assert not verdict.faults, verdict


def unlapsed(stage: Stage) -> set[str]:
    return {key for (key,) in stage.rows(ANSWERED_OPEN)}


def settle(stage: Stage, chaos: Chaos) -> None:
    """Kill everything that may hold an older answer of the guard, and wait until each kind has looked again."""
    for victim in chaos.victims:
        victim.kill()
    since = stage.value("SELECT clock_timestamp()")
    chaos.revive()
    until(lambda: stage.value(ROUNDS_SINCE, since), 60, "a round of a sweeper")
