"""What looks for what has come due, and what it leaves in the database when nothing has."""

from __future__ import annotations

import datetime as dt

import pytest

from clawguard.events import sweeps
from clawguard.events.models import Heartbeat
from clawguard.events.sweeps import REMEMBERING, SWEEPS
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
