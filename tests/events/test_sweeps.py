"""What looks for what has come due, and what it leaves in the database when nothing has."""

from __future__ import annotations

import datetime as dt
import signal
import threading

import pytest
from django.core.management import call_command

from clawguard.events import sweeps
from clawguard.events.models import Heartbeat
from clawguard.events.sweeps import PROMPT, REMEMBERING, SWEEPS
from tests.builders import NOW

pytestmark = pytest.mark.django_db


def now() -> dt.datetime:
    return NOW


def test_a_round_says_that_it_was_made_and_when_each_daily_look_was() -> None:
    moved = sweeps.run_all(now)
    assert moved.keys() == SWEEPS.keys(), "none failed"
    beats = Heartbeat.objects.in_bulk(field_name="name")
    assert beats["sweeper"].detail == moved
    assert len(beats) == 1 + len(REMEMBERING)


def test_a_round_within_a_long_transaction_locks_no_heartbeat() -> None:
    """The demo is told in one transaction of minutes; whoever beat meanwhile used to wait for its rows in vain."""
    moved = sweeps.run_all(now, heartbeats=False)
    assert moved.keys() == SWEEPS.keys() - REMEMBERING
    assert "notes.lapse" in moved
    assert not Heartbeat.objects.exists()


def test_what_must_not_wait_is_a_sweep_of_its_own() -> None:
    assert {"notes.lapse"} == PROMPT
    assert sweeps.run_prompt(now) == {"notes.lapse": 0}


def test_what_comes_due_does_not_wait_for_a_round_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The round hangs until what must not wait was looked at, and again; only then the loop is told to stop."""
    looked = threading.Semaphore(0)
    seen: list[bool] = []

    def hang(_now: dt.datetime) -> int:
        seen.extend(looked.acquire(timeout=60) for _ in range(2))
        signal.raise_signal(signal.SIGTERM)
        return 0

    def look(_now: dt.datetime) -> int:
        looked.release()
        return 1

    monkeypatch.setattr(sweeps, "SWEEPS", {"slow": hang, "quick": look})
    monkeypatch.setattr(sweeps, "PROMPT", {"quick"})
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        call_command("sweep", every=0.1)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert seen == [True, True]


def test_a_sweep_that_fails_in_between_does_not_keep_the_next_from_running(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_now: dt.datetime) -> int:
        raise OSError

    monkeypatch.setattr(sweeps, "SWEEPS", {"broken": fail, "whole": lambda _now: 3})
    monkeypatch.setattr(sweeps, "PROMPT", {"broken", "whole"})
    assert sweeps.run_prompt(now) == {"whole": 3}
