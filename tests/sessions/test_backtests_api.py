"""Backtests as programs start, watch, read and stop them."""

from __future__ import annotations

from typing import Any

import pytest

from clawguard.accounts.models import User
from clawguard.ids import new_id
from sessions.models import Backtest, TherapySession
from tests import world
from tests.sessions.rules_makers import draft, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def five(db: None) -> list[TherapySession]:
    """Of 55, 70, 80, 95 and 47 minutes; CG107 mentions those of more than 90, and under the draft of more than 75."""
    return [world.screened(minutes=minutes) for minutes in (55, 70, 80, 95, 47)]


def test_a_program_starts_watches_reads_and_stops(lead: User, api_of: Any, five: list[TherapySession]) -> None:
    revision = draft(lead, {"long_session_minutes": 75})
    program, reader = api_of("admin"), api_of("reports:read")
    wish = {"from": "2026-01-01", "to": "2026-12-31", "revision": str(revision.pk)}
    answer = program.post("/api/v1/backtests", wish, headers={"Idempotency-Key": "try-1"})
    again = program.post("/api/v1/backtests", wish, headers={"Idempotency-Key": "try-1"})
    assert answer.status_code == 202 and again.json() == answer.json() and Backtest.objects.count() == 1
    started = answer.json()
    assert (started["status"], started["tried"], started["allowed_actions"]) == ("running", 0, ["cancel"])
    run(Backtest.objects.get())
    seen = reader.get(f"/api/v1/backtests/{started['id']}").json()
    assert (seen["status"], seen["tried"], seen["allowed_actions"]) == ("done", seen["sessions"], [])
    assert [(row["check"], row["new"]) for row in seen["by_check"]] == [("CG107", seen["new"])]
    assert all(isinstance(row["money"], str) for row in [*seen["by_check"], *seen["by_payer"]])
    rows = reader.get(f"/api/v1/backtests/{started['id']}/changes?change=new&check=CG107").json()["results"]
    assert {(row["session"], row["change"], row["check"]) for row in rows} == {(five[2].external_id, "new", "CG107")}
    assert reader.get(f"/api/v1/backtests/{started['id']}/changes?change=gone").json()["results"] == []
    late = program.post(f"/api/v1/backtests/{started['id']}/cancel", {}, headers={"Idempotency-Key": "stop-1"})
    assert late.status_code == 409


def test_a_program_stops_a_running_try(api_of: Any, five: list[TherapySession]) -> None:
    program = api_of("admin")
    begun = program.post("/api/v1/backtests", {"from": "2026-01-01"}, headers={"Idempotency-Key": "try-2"}).json()
    done = program.post(f"/api/v1/backtests/{begun['id']}/cancel", {}, headers={"Idempotency-Key": "stop-2"})
    assert (done.status_code, done.json()["status"]) == (200, "cancelled")
    listed = api_of("reports:read").get("/api/v1/backtests?status=cancelled").json()["results"]
    assert [row["id"] for row in listed] == [begun["id"]] and listed[0]["allowed_actions"] == []


@pytest.mark.parametrize(
    ("wish", "status", "pointer"),
    [
        ({}, 400, "/from"),
        ({"from": "2026-02-30"}, 422, "/from"),
        ({"from": "2026-01-01", "until": "2026-02-01"}, 400, "/until"),
        ({"from": "2026-01-01", "check": "CG999"}, 422, "/check"),
        ({"from": "2026-01-01", "revision": "none"}, 422, "/revision"),
        ({"from": "2026-01-01", "revision": str(new_id())}, 422, "/revision"),
    ],
)
def test_a_wish_that_cannot_be_started_names_its_field(
    api_of: Any, wish: dict[str, str], status: int, pointer: str
) -> None:
    answer = api_of("admin").post("/api/v1/backtests", wish, headers={"Idempotency-Key": "try-3"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (status, pointer)
    assert not Backtest.objects.exists()
