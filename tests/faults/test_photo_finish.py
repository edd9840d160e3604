"""Two answers and the sweep meet at the due moment: received before it is on time, and nobody is told otherwise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from clawguard.bench.stage import Stage, until
from tests.faults import acts

NEAR = """
SELECT count(*) FROM notes_note n JOIN notes_notesrequest r ON r.id = n.request_id
WHERE abs(extract(epoch FROM n.received_at - r.due_at)) < 1
"""


@pytest.mark.parametrize(
    ("requests", "seconds"), [(150, 10), pytest.param(5_000, 200, marks=pytest.mark.soak)], ids=["small", "nightly"]
)
def test_promise_6_on_time_is_what_was_received_before_the_due_moment(
    stage: Stage, tmp_path: Path, figure: Callable[[str], None], requests: int, seconds: float
) -> None:
    told = tmp_path / "told"
    for number in range(2):
        stage.start(acts.sweeper(number, 0.2))
    acts.awake(stage, "sweeper")
    acts.come_due(stage, requests, ahead=12, seconds=seconds)
    rivals = {"rivals": 2, "around": (-0.05, 0.05), "threads": 8, "patience": 0.3}
    with acts.client(stage, "answer", told, **rivals) as client:
        until(lambda: client.poll() is not None, seconds + 120, "the end of the clients' answers")
        until(lambda: stage.value(acts.STILL_OPEN) == 0, 30, "an end of every request")
    assert client.returncode == 0

    verdict = acts.judged(stage, told)
    near = stage.value(NEAR)
    figure(f"{verdict}; {near} answers received within a second of due")
    assert not verdict.faults, verdict
    assert near > 0
