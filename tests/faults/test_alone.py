"""Without Redis and without one worker, the plain loop still lapses in time and does the waiting work by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from clawguard.bench.stage import Stage, until
from tests.faults import acts

# A case's notice waits for the morning where it is night now; everything else is to be done.
WAITING = """
SELECT count(*) FROM events_delivery
WHERE done_at IS NULL AND parked_at IS NULL AND NOT (task = 'disputes.tasks.open_conversation' AND last_error = '')
"""
CASES = "SELECT count(*) FROM disputes_case"


def test_a_loop_alone_lapses_in_time_and_works_through_the_rest(
    stage: Stage, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    count = 60
    stage.children[0].kill()  # Redis
    stage.start(acts.sweeper(1, 1.0))
    acts.awake(stage, "sweeper")
    acts.come_due(stage, count, ahead=3, seconds=12)
    until(lambda: stage.value(acts.STILL_OPEN) == 0, 60, "a lapse of every request")
    verdict = acts.judged(stage, tmp_path / "told")
    assert not verdict.faults, verdict
    assert verdict.statuses["lapsed"] == count
    until(lambda: stage.value(WAITING) == 0, 150, "the end of the work that follows")
    assert stage.value(CASES) == count
    figure(str(verdict))
