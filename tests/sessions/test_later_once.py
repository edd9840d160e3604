"""A file of old sessions: the later ones that rest on them are screened again once, and whatever happens in between."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

import pytest

from clawguard.accounts.actors import SYSTEM
from clawguard.events.models import Event
from clawguard.events.sweeps import SWEEPS
from sessions import services
from sessions.models import Finding, HistoryMark, ImportBatch, IntakeChunk, Screening, TherapySession
from sessions.services import imports, later
from sessions.services.imports import reading
from tests.builders import NOW
from tests.sessions.test_any_order import UNSPECIFIED, foreseen, on, screen_shuffled
from tests.sessions.test_any_order import stored as told
from tests.sessions.test_imports import ndjson, read, store, take
from tests.sessions.test_intake import record, screen_all

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
LATER = NOW + HOUR
OLD = [on(f"2026-04-{day:02}", "90834", **UNSPECIFIED) for day in range(1, 9)]
NEW = [on(f"2026-05-{day:02}", "90834", **UNSPECIFIED) for day in range(1, 7)]


@pytest.fixture(autouse=True)
def _small_pieces(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(reading, "PIECE_ROWS", 2)


@pytest.fixture
def _later_ones_first() -> None:
    services.store_chunk([record(**body) for body in NEW], SYSTEM, NOW)
    screen_all()


def old_file(bodies: list[dict[str, Any]] = OLD) -> ImportBatch:
    batch = take(ndjson(bodies), now=LATER)
    assert isinstance(batch, ImportBatch)
    return batch


def waiting() -> list[int]:
    return list(IntakeChunk.objects.filter(screened_at=None).order_by("pk").values_list("pk", flat=True))


def again() -> list[list[str]]:
    """Whom the chunks name that look at sessions again, by external id."""
    name = {row.pk: row.external_id for row in TherapySession.objects.all()}
    chunks = IntakeChunk.objects.filter(again=True).order_by("pk")
    return [sorted(name[key] for key in chunk.session_ids) for chunk in chunks]


@pytest.mark.usefixtures("_later_ones_first")
def test_later_sessions_are_screened_again_once_after_the_last_chunk() -> None:
    store(old_file(), LATER)
    first, *rest = waiting()
    services.screen_chunk(first, LATER)
    assert sorted(HistoryMark.objects.values_list("session_id", flat=True)) == sorted(
        TherapySession.objects.filter(date_of_service__month=5).values_list("pk", flat=True)
    )
    for chunk in rest:
        assert again() == []
        services.screen_chunk(chunk, LATER)
    assert again() == [sorted(body["external_id"] for body in NEW)] and not HistoryMark.objects.exists()
    screen_all(LATER)
    assert told() == foreseen([*OLD, *NEW]) != foreseen(NEW)
    assert Event.objects.filter(name="sessions.restated").count() == 1
    assert not Finding.objects.filter(check_id="CG310", status="cleared", session__date_of_service__lt="2026-05-01")
    assert Screening.objects.count() == TherapySession.objects.count()


@pytest.mark.usefixtures("_later_ones_first")
def test_what_is_handed_on_again_changes_nothing() -> None:
    store(old_file(), LATER)
    screen_all(LATER)
    before = list(Finding.objects.order_by("pk").values()), list(Screening.objects.order_by("pk").values())
    assert later.sweep(LATER + HOUR) == 0
    for chunk in IntakeChunk.objects.all():
        assert services.screen_chunk(chunk.pk, LATER + HOUR) is None
    assert (list(Finding.objects.order_by("pk").values()), list(Screening.objects.order_by("pk").values())) == before


@pytest.mark.usefixtures("_later_ones_first")
def test_a_file_of_one_piece_settles_them_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PIECE_ROWS", len(OLD))
    store(old_file(), LATER)
    services.screen_chunk(waiting()[0], LATER)
    assert told() == foreseen([*OLD, *NEW]) and waiting() == [] and not HistoryMark.objects.exists()


@pytest.mark.usefixtures("_later_ones_first")
def test_the_sweep_hands_on_what_nobody_was_the_last_for() -> None:
    """The last piece changed nothing, so nobody screens it."""
    services.store_chunk([record(**body) for body in OLD[6:]], SYSTEM, NOW)
    screen_all()
    batch = old_file()
    read(batch, LATER)
    for piece in (1, 2, 3):
        imports.store_piece(batch.pk, piece, LATER)
    screen_all(LATER)
    assert later.sweep(LATER) == 0 and HistoryMark.objects.exists()  # more of the file is to be stored
    imports.store_piece(batch.pk, 4, LATER)
    assert waiting() == [] and HistoryMark.objects.exists()
    assert SWEEPS["sessions.later"](LATER) == len(NEW) + 2 and later.sweep(LATER) == 0
    screen_all(LATER)
    assert told() == foreseen([*OLD, *NEW])


@pytest.mark.usefixtures("_later_ones_first")
def test_a_chunk_that_got_stuck_holds_them_up_for_minutes_only() -> None:
    store(old_file(), LATER)
    services.screen_chunk(waiting()[0], LATER)
    assert later.sweep(LATER + later.PATIENCE - dt.timedelta(seconds=1)) == 0
    assert later.sweep(LATER + later.PATIENCE) == len(NEW)
    assert again() == [sorted(body["external_id"] for body in NEW)]
    screen_all(LATER)  # what was stuck goes on, and finds no mark: those it concerns are marked once more
    assert told() == foreseen([*OLD, *NEW]) and not HistoryMark.objects.exists()


@pytest.fixture(params=range(4))
def rng(request: pytest.FixtureRequest) -> Iterator[random.Random]:
    yield random.Random(request.param)


def test_a_file_in_any_order_comes_to_the_same(rng: random.Random) -> None:
    """Stored and screened by turns, as workers do; the sweep comes by at any moment, in good time or too late."""
    bodies = rng.sample([*OLD, *NEW], len(OLD) + len(NEW))
    batch = old_file(bodies)
    read(batch, LATER)
    for piece in range(1, batch.pieces + 1):
        imports.store_piece(batch.pk, piece, LATER)
        for chunk in rng.sample(waiting(), rng.randint(0, len(waiting()))):
            services.screen_chunk(chunk, LATER)
        if rng.random() < 0.3:
            later.sweep(LATER + rng.choice([dt.timedelta(0), HOUR]))
    screen_shuffled(rng)
    later.sweep(LATER)
    screen_shuffled(rng)
    assert told() == foreseen(bodies) == foreseen([*OLD, *NEW])
    assert Screening.objects.count() == TherapySession.objects.count() == len(bodies)


@pytest.mark.usefixtures("_later_ones_first")
def test_a_corrected_day_of_a_file_is_seen_by_later_sessions_too() -> None:
    services.store_chunk([record(**body) for body in OLD], SYSTEM, NOW)
    screen_all()
    moved = [body | {"diagnoses": ["F33.1"]} for body in OLD]
    store(old_file(moved), LATER)
    screen_all(LATER)
    assert told() == foreseen([*moved, *NEW]) != foreseen([*OLD, *NEW])
