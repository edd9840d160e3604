"""A worker dies of kill -9 while it marks the later sessions of a file, or hands them on: none lost, each told once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clawguard.accounts.actors import SYSTEM
from clawguard.events.models import Event
from sessions import services
from sessions.models import Finding, HistoryMark, IntakeChunk, Screening, TherapySession
from sessions.services import later
from sessions.services.imports import reading
from tests.builders import NOW
from tests.faults.midway import killed_at
from tests.sessions.test_any_order import foreseen
from tests.sessions.test_any_order import stored as told
from tests.sessions.test_imports import store
from tests.sessions.test_intake import record, screen_all
from tests.sessions.test_later_once import LATER, NEW, OLD, old_file, waiting

pytestmark = pytest.mark.django_db(transaction=True)
TWICE = dt.timedelta(hours=2)


@pytest.fixture(autouse=True)
def _old_ones_wait(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Later sessions are there; of a file of old ones all pieces were stored, and all but the last one screened."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(reading, "PIECE_ROWS", 4)
    services.store_chunk([record(**body) for body in NEW], SYSTEM, NOW)
    screen_all()
    store(old_file(), LATER)
    services.screen_chunk(waiting()[0], LATER)


def everything_is_told_once() -> None:
    screen_all(LATER)
    assert told() == foreseen([*OLD, *NEW])
    assert not HistoryMark.objects.exists() and later.sweep(LATER + TWICE) == 0
    assert Screening.objects.count() == TherapySession.objects.count()
    keys = Finding.objects.filter(status="new").values_list("session_id", "check_id", "service_line")
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("place", ["later.mark", "later._hand_over", "restating.hand_over", "restating.publish_many"])
def test_the_last_chunk(place: str) -> None:
    [last] = waiting()
    marks = HistoryMark.objects.count()
    killed_at(f"sessions.services.{place}", lambda: services.screen_chunk(last, LATER))
    assert (waiting(), HistoryMark.objects.count()) == ([last], marks) and marks == len(NEW)
    everything_is_told_once()
    assert IntakeChunk.objects.filter(again=True).count() == 1


@pytest.mark.parametrize("place", ["restating.hand_over", "restating.publish_many"])
def test_the_sweep(place: str) -> None:
    killed_at(f"sessions.services.{place}", lambda: later.sweep(LATER + TWICE))
    assert HistoryMark.objects.count() == len(NEW) and not IntakeChunk.objects.filter(again=True).exists()
    assert later.sweep(LATER + TWICE) == len(NEW)
    assert Event.objects.filter(name="sessions.restated").count() == 1
    everything_is_told_once()
