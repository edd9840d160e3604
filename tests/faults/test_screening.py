"""Promise 8 while workers die and Redis is emptied: every session that was accepted is screened once, to the end."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from clawguard.bench.stage import Stage, until
from clawguard.runner import plan
from tests.faults import acts
from tests.faults.chaos import Chaos

MISSING = """
SELECT count(*) FROM therapy_sessions_therapysession s
WHERE NOT EXISTS (SELECT 1 FROM therapy_sessions_screening c WHERE c.session_id = s.id AND c.revision = s.revision)
"""
TWICE = """
SELECT count(*) FROM (SELECT session_id, revision, pack_id, note_version FROM therapy_sessions_screening
                      GROUP BY 1, 2, 3, 4 HAVING count(*) > 1) AS twice
"""
SAME_FINDING = """
SELECT count(*) FROM (SELECT session_id, check_id, service_line, evidence FROM therapy_sessions_finding
                      WHERE status <> 'cleared' GROUP BY 1, 2, 3, 4 HAVING count(*) > 1) AS twice
"""
COUNTED = """
SELECT count(*) FROM therapy_sessions_screening c
WHERE findings_count < (SELECT count(*) FROM therapy_sessions_finding f WHERE f.screening_id = c.id)
"""
WAITING = "SELECT count(*) FROM events_delivery WHERE task = 'sessions.tasks.screen' AND done_at IS NULL"
EVERYTHING = """
SELECT md5(string_agg(line, '|' ORDER BY line)) FROM (
    SELECT c.id || ' ' || c.session_id || ' ' || c.at AS line FROM therapy_sessions_screening c
    UNION ALL SELECT f.id || ' ' || f.status || ' ' || f.updated_at FROM therapy_sessions_finding f) AS lines
"""
AGAIN = """
UPDATE events_delivery SET done_at = NULL, attempts = 0, run_after = now() - interval '1 minute'
WHERE task = 'sessions.tasks.screen'
"""
DELAYS = """
SELECT extract(epoch FROM d.done_at - e.recorded_at)::float
FROM events_delivery d JOIN events_event e ON e.id = d.event_id
WHERE d.task = 'sessions.tasks.screen'
"""
PARKED = "SELECT task, last_error FROM events_delivery WHERE parked_at IS NOT NULL"


@pytest.mark.parametrize(
    ("sessions", "seconds"), [(300, 15), pytest.param(5_000, 240, marks=pytest.mark.soak)], ids=["small", "nightly"]
)
def test_promise_8_every_session_is_screened_once_whatever_dies(
    stage: Stage, tmp_path: Path, figure: Callable[[str], None], sessions: int, seconds: float
) -> None:
    told, rng = tmp_path / "told", random.Random(sessions)
    stage.manage("load_icd10")
    victims, workers = acts.all_processes(stage, sweepers=1)
    chaos = Chaos(stage, rng, victims, workers)
    chunks = sessions / 20
    with acts.client(stage, "submit", told, sessions=sessions, chunk=20, pause=seconds / chunks) as client:
        until(lambda: told.exists() and told.stat().st_size, 60, "the first stored session")
        chaos.rage(seconds, 1.5, faults=["group", "helper", "helper", "flush"])
        until(lambda: client.poll() is not None, 120, "the end of submitting")
    assert client.returncode == 0
    chaos.revive()
    until(lambda: stage.value(WAITING) == 0, 120, "the screening of every session")

    accepted = {json.loads(line)["session"] for line in told.read_text().splitlines()}
    stored = {str(key) for (key,) in stage.rows("SELECT id FROM therapy_sessions_therapysession")}
    delays = sorted(delay for (delay,) in stage.rows(DELAYS))
    found = stage.value("SELECT count(*) FROM therapy_sessions_finding")
    figure(
        f"{len(accepted)} sessions, {found} findings, faults done {dict(chaos.done)};"
        f" chunk screened p50 {delays[len(delays) // 2]:.1f} s, max {delays[-1]:.1f} s after it was accepted"
    )
    assert accepted <= stored
    assert found > 0
    assert chaos.kills > 0
    assert [stage.value(statement) for statement in (MISSING, TWICE, SAME_FINDING, COUNTED)] == [0, 0, 0, 0]
    assert stage.rows(PARKED) == []
    screen_all_again(stage, victims)


def screen_all_again(stage: Stage, running: list) -> None:
    """Every message comes once more, as after a replay of the broker: nothing changes."""
    for child in running:
        child.kill()
    before = stage.value(EVERYTHING)
    with stage.connect() as cursor:
        cursor.execute(AGAIN)
    stage.run(*plan.manage("sweep", "--once", "--work"))
    assert stage.value(WAITING) == 0
    assert stage.value(EVERYTHING) == before
