"""A loaded table is part of the draft pack before anybody puts it in force."""

from __future__ import annotations

from typing import Any

import pytest

from clawguard.domain.codesets import TableKind
from sessions.services import code_tables, trials
from tests import world
from tests.builders import NOW
from tests.sessions.code_tables import files
from tests.sessions.code_tables.conftest import Load
from tests.sessions.rules_makers import draft, run

pytestmark = pytest.mark.django_db
SCOPE = {"from": "2026-07-01", "to": "2026-09-30"}
TWO = [
    {"code": code, "modifiers": ["95"], "units": 1, "charge": "90.00", "diagnosis_pointers": [1]}
    for code in ("90837", "96127")
]


def backtest(by: Any, revision: Any = None) -> Any:
    return run(trials.start_backtest(by, trials.read_scope(SCOPE, NOW.date()), NOW, revision=revision))


@pytest.fixture
def by(lead: Any, actor: Any) -> Any:
    return actor(lead)


def test_a_loaded_table_is_tried_as_if_in_force(load: Load, by: Any, lead: Any) -> None:
    session = world.screened(minutes=55, service_lines=TWO)
    assert backtest(by).changes.count() == 0
    loaded = load(files.ptp([("90837", "96127", "20200101", "*", "1")]))
    job = backtest(by)
    assert job.draft_tables == [str(loaded.pk)]
    assert job.draft_pack != job.present_pack
    told = {(row.about.session_id, row.change, row.check_id) for row in job.changes.all()}
    assert (session.pk, "gone", "CG202") in told  # our core facts never pay the two together; this table may
    assert backtest(by, draft(lead, {"long_session_minutes": 200})).draft_tables == []


def test_putting_it_in_force_ends_a_running_try(load: Load, by: Any) -> None:
    world.screened(minutes=55)
    loaded = load(files.mue(), kind=TableKind.UNITS)
    job = trials.start_backtest(by, trials.read_scope(SCOPE, NOW.date()), NOW)
    code_tables.activate(by, loaded.pk, NOW)
    assert not trials.run_backtest_chunk(job.pk, 1, NOW)
    job.refresh_from_db()
    assert job.status == "stopped"
