"""Two screenings of one session at the same moment: what stands afterwards is what the newer facts say, told once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from clawguard.domain.facts import ElementVerdict, NoteFacts
from sessions import services
from sessions.models import Finding, HistoryMark, IntakeChunk, Screening, TherapySession
from sessions.services import screening, settling, stating, taking_turns, trials
from sessions.services.imports import reading
from tests import world
from tests.builders import LICENSE, NOW, session_body, short_session
from tests.sessions.at_once import Job, meanwhile
from tests.sessions.rules_makers import published
from tests.sessions.test_any_order import foreseen
from tests.sessions.test_any_order import stored as of_history
from tests.sessions.test_imports import store
from tests.sessions.test_intake import record, screen_all
from tests.sessions.test_later_once import NEW, OLD, old_file, waiting

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOW + dt.timedelta(hours=1)
# before it stores anything, and after it saw what stands
STEPS = ["sessions.services.screening._store", "sessions.services.settling._last_numbers"]
EVERY_STEP = pytest.mark.parametrize("held", STEPS)
FULL = {"end": session_body()["end"]}
SHORT = {"end": short_session()["end"]}


def told(check: str = "") -> list[str]:
    rows = Finding.objects.filter(status="new", check_id__startswith=check, severity__in=("error", "warning"))
    return sorted(rows.values_list("check_id", flat=True))


def newest() -> int:
    return IntakeChunk.objects.filter(screened_at=None).latest("pk").pk


@EVERY_STEP
@pytest.mark.parametrize(("before", "change", "stands"), [(short_session, FULL, []), (session_body, SHORT, ["CG101"])])
def test_a_correction_meanwhile(
    monkeypatch: pytest.MonkeyPatch, held: str, before: Any, change: dict[str, Any], stands: list[str]
) -> None:
    session = services.submit(SYSTEM, before(), NOW)

    def corrected() -> None:
        services.correct(SYSTEM, session.pk, change, LATER)
        services.screen_chunk(newest(), LATER)

    meanwhile(monkeypatch, lambda: services.screen_chunk(session.chunk_id, NOW), corrected, held=held)
    assert told() == stands
    assert waiting() == [] and Screening.objects.filter(session=session, revision=2).count() == 1


def add_on() -> TherapySession:
    lines = [{"code": "90833", "modifiers": [], "units": 1, "charge": "80.00", "diagnosis_pointers": [1]}]
    return services.submit(SYSTEM, session_body(external_id="S-add-on", service_lines=lines), NOW)


def visit_beside() -> None:
    lines = [{"code": "99213", "modifiers": [], "units": 1, "charge": "120.00", "diagnosis_pointers": [1]}]
    services.submit(SYSTEM, session_body(external_id="S-visit", service_lines=lines), LATER)
    services.screen_chunk(newest(), LATER)


@EVERY_STEP
def test_a_neighbour_that_explains_it_away_meanwhile(monkeypatch: pytest.MonkeyPatch, held: str) -> None:
    session = add_on()
    screen_all()
    assert told("CG201") == ["CG201"]
    meanwhile(monkeypatch, lambda: services.look_again(session.pk, LATER), visit_beside, held=held)
    assert told("CG201") == []


@EVERY_STEP
def test_a_neighbour_before_the_first_screening(monkeypatch: pytest.MonkeyPatch, held: str) -> None:
    session = add_on()
    meanwhile(monkeypatch, lambda: services.screen_chunk(session.chunk_id, NOW), visit_beside, held=held)
    assert told("CG201") == []
    assert Screening.objects.filter(session=session).count() == 1


@EVERY_STEP
def test_two_old_sessions_that_come_at_once(monkeypatch: pytest.MonkeyPatch, held: str) -> None:
    """Both bring the later one's history up to date; it tells of both."""
    services.store_chunk([record(**body) for body in [*OLD[2:], *NEW]], SYSTEM, NOW)
    screen_all()
    first = services.submit(SYSTEM, OLD[0], NOW)

    def another() -> None:
        services.submit(SYSTEM, OLD[1], LATER)
        services.screen_chunk(newest(), LATER)

    meanwhile(monkeypatch, lambda: services.screen_chunk(first.chunk_id, NOW), another, held=held)
    assert of_history() == foreseen([*OLD, *NEW]) != foreseen([*OLD[1:], *NEW])


@EVERY_STEP
def test_a_fact_that_is_stated_meanwhile(monkeypatch: pytest.MonkeyPatch, held: str) -> None:
    session = services.submit(SYSTEM, session_body(), NOW)
    screen_all()

    def stated() -> None:
        stating.state_body(SYSTEM, {**LICENSE, "state": "NY", "to": "2026-09-15"}, LATER)
        services.screen_chunk(newest(), LATER)

    meanwhile(monkeypatch, lambda: services.look_again(session.pk, NOW), stated, held=held)
    assert told("CG515") == ["CG515"]


@EVERY_STEP
def test_a_policy_that_is_published_and_followed_meanwhile(
    monkeypatch: pytest.MonkeyPatch, held: str, lead: User, second_lead: User
) -> None:
    session = world.screened(minutes=80)
    pack = Screening.objects.get(session=session).pack_id

    def followed() -> None:
        published(lead, second_lead, {"long_session_minutes": 75})
        scope = trials.read_scope({"from": "2026-01-01"}, NOW.date())
        job = trials.start_rescreening(of_user(lead), scope, LATER)
        trials.run_rescreening_chunk(job.pk, 1, LATER)

    meanwhile(monkeypatch, lambda: screening.screen_again([str(session.pk)], NOW), followed, held=held)
    assert Finding.objects.filter(check_id="CG107", status="new").count() == 1
    assert Screening.objects.filter(session=session).exclude(pack_id=pack).count() == 1


@EVERY_STEP
def test_what_both_find_is_told_once(monkeypatch: pytest.MonkeyPatch, held: str) -> None:
    """A note that was read brings a screening of its own, beside the one that looks at the session again."""
    session = services.submit(SYSTEM, short_session(), NOW)
    screen_all()
    Finding.objects.all().delete()
    note = NoteFacts(on_file=True, kind="typed", verdicts=(ElementVerdict("N20", "missing", "high", "", ()),))

    def noted() -> None:
        services.screen_with_note(session.pk, note, 1, LATER)

    meanwhile(monkeypatch, lambda: services.look_again(session.pk, NOW), noted, held=held)
    assert told("CG101") == ["CG101"]
    assert told("CG7") != []


def test_sessions_of_several_chunks_are_waited_for_in_one_order() -> None:
    """Otherwise two could lock each other up: each would have one place and wait for the other's."""
    names = [{"external_id": f"S-{number}", "client": {"external_id": f"C-{number}"}} for number in (1, 2)]
    stored = [services.submit(SYSTEM, session_body(**name), NOW) for name in names]
    first, second = (str(each.pk) for each in sorted(stored, key=lambda each: each.chunk_id % taking_turns.PLACES))

    def both() -> None:
        with transaction.atomic():
            taking_turns.wait([second, first])

    job = Job(both)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '2s'")
        taking_turns.wait([first])
        job.start()
        while not job.waits():
            assert job.is_alive(), job.error
        taking_turns.wait([second])  # for which the other does not stand in line yet
    job.end()


def test_sessions_that_arrived_together_are_one_place_and_others_are_not_waited_for() -> None:
    stored = [record(**session_body(external_id=f"S-{number}")) for number in (1, 2)]
    services.store_chunk(stored, SYSTEM, NOW)
    one, two = TherapySession.objects.order_by("external_id").values_list("pk", flat=True)
    other = services.submit(SYSTEM, session_body(external_id="S-3"), NOW)
    with transaction.atomic():
        taking_turns.wait([str(one)])
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
            before = cursor.fetchone()
            taking_turns.wait([str(two)])
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
            assert cursor.fetchone() == before == (1,)
        job = Job(lambda: taking_turns.wait([str(other.pk)]))
        job.start()
        job.end()


def test_a_correction_waits_for_no_screening(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is stored while a screening of the same session is; its own screening comes after and has the last word."""
    session = services.submit(SYSTEM, short_session(), NOW)
    revisions = list[int]()

    def corrected() -> None:
        services.correct(SYSTEM, session.pk, FULL, LATER)
        revisions.append(TherapySession.objects.get(pk=session.pk).revision)

    held = "sessions.services.settling._last_numbers"
    job = Job(lambda: services.screen_chunk(session.chunk_id, NOW))
    reached, may_go = job.reached, job.may_go
    original = settling._last_numbers

    def holding(screenings: list[int]) -> dict[int, int]:
        reached.set()
        assert may_go.wait(60)
        return original(screenings)

    with monkeypatch.context() as patch:
        patch.setattr(held, holding)
        job.start()
        assert reached.wait(60)
        corrected()
        may_go.set()
        job.end()
    assert revisions == [2] and told() == ["CG101"]
    screen_all(LATER)
    assert told() == []


def test_two_who_finish_a_file_at_the_same_moment_hand_on_its_later_sessions(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any
) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(reading, "PIECE_ROWS", 4)
    services.store_chunk([record(**body) for body in NEW], SYSTEM, NOW)
    screen_all()
    store(old_file(), LATER)
    one, other = waiting()
    held = "sessions.services.later.hand_over_when_over"
    jobs = [lambda key=key: services.screen_chunk(key, LATER) for key in (one, other)]
    meanwhile(monkeypatch, *jobs, held=held, after=True)
    assert not HistoryMark.objects.exists()
    assert IntakeChunk.objects.filter(again=True).count() == 1
    screen_all(LATER)
    assert of_history() == foreseen([*OLD, *NEW])
