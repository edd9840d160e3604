"""Lapsing: never early, exactly once, dated when it was due, whatever else fails or runs at the same time."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction

from clawguard.accounts.actors import SYSTEM, NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import Refused
from clawguard.events.models import Event
from clawguard.events.services import WrongState
from notes import clock_guard, selectors_clock, services
from notes.models import ClockWitness, Note, NotesRequest
from notes.services import sweeping
from sessions.models import TherapySession
from tests.notes.conftest import answer

TICK = dt.timedelta(microseconds=1)


@pytest.mark.django_db
@pytest.mark.parametrize(("offset", "lapses"), [(-TICK, 0), (0 * TICK, 1), (TICK, 1)])
def test_promise_5_it_lapses_when_the_third_business_day_is_over_and_not_before(
    opened: NotesRequest, offset: dt.timedelta, lapses: int
) -> None:
    due = opened.due_at
    assert services.lapse_due(due + offset) == lapses
    opened.refresh_from_db()
    assert (opened.status, opened.lapsed_at) == (("lapsed", due) if lapses else ("open", None))


@pytest.mark.django_db
def test_promise_5_it_lapses_once_and_is_dated_when_it_was_due(opened: NotesRequest) -> None:
    much_later = opened.due_at + dt.timedelta(days=3)
    assert [services.lapse_due(much_later) for _ in range(3)] == [1, 0, 0]
    assert [event.at for event in Event.objects.filter(name="notes.lapsed")] == [opened.due_at]


@pytest.mark.django_db
def test_promise_5_the_database_refuses_an_early_lapse(opened: NotesRequest) -> None:
    with pytest.raises(IntegrityError, match="request_lapses_not_before_due"), transaction.atomic():
        NotesRequest.objects.filter(pk=opened.pk).update(lapsed_at=opened.due_at - TICK)


@pytest.mark.django_db
def test_the_trigger_leaves_answers_on_their_way_a_moment(opened: NotesRequest) -> None:
    assert services.sweep(opened.due_at + sweeping.IN_FLIGHT - TICK) == 0
    assert services.sweep(opened.due_at + sweeping.IN_FLIGHT) == 1


@pytest.mark.django_db
def test_how_promptly_lapses_are_noticed_is_told(make_session: Any, lead: User, now: dt.datetime) -> None:
    rows = _many(make_session, 20, now)
    due = rows[0].due_at
    NotesRequest.objects.filter(pk=rows[0].pk).update(due_at=due + dt.timedelta(seconds=30))
    services.sweep(due + dt.timedelta(seconds=5))
    services.sweep(due + dt.timedelta(seconds=72))
    [found] = selectors_clock.lateness(of_user(lead), due + dt.timedelta(days=1))
    assert (found.what, found.count, found.median, found.p95, found.most) == ("Documents", 20, 5.0, 5.0, 42.0)
    assert selectors_clock.lateness(of_user(lead), due + dt.timedelta(days=91)) == []


@pytest.mark.django_db
def test_what_is_answered_withdrawn_or_undelivered_does_not_lapse(
    make_session: Any, send: Any, rui: User, now: dt.datetime
) -> None:
    sessions = [make_session().pk for _ in range(3)]
    services.open_for_findings(sessions[:2], now)
    answered, withdrawn = NotesRequest.objects.order_by("pk")
    services.deliver(answered.pk, SYSTEM, now)  # both, in one mail
    services.open_for_findings(sessions[2:], now)
    send(answered, now)
    services.withdraw(of_user(rui), withdrawn.pk, "mistake", now)
    assert services.lapse_due(now + dt.timedelta(days=60)) == 0


def _many(make_session: Any, count: int, now: dt.datetime) -> list[NotesRequest]:
    """``count`` open requests, all due at the same moment, made the short way."""
    session = make_session()
    services.open_for_findings([session.pk], now)
    first = NotesRequest.objects.get()
    services.deliver(first.pk, SYSTEM, now)
    first.refresh_from_db()
    copied = {field.attname: getattr(session, field.attname) for field in TherapySession._meta.concrete_fields}
    del copied["id"], copied["external_id"], copied["arrival"]
    places = range(session.arrival + 1, session.arrival + count)
    copies = [TherapySession(**copied, external_id=f"M-{place}", arrival=place) for place in places]
    ids = [row.pk for row in TherapySession.objects.bulk_create(copies, batch_size=2000)]
    given = {field.attname: getattr(first, field.attname) for field in NotesRequest._meta.concrete_fields}
    del given["id"]
    rows = [NotesRequest(**{**given, "session_id": pk}) for pk in ids]
    return [first, *NotesRequest.objects.bulk_create(rows, batch_size=2000)]


@pytest.mark.django_db
def test_lapsing_costs_so_little_work_that_ten_thousand_take_less_than_thirty_seconds(
    make_session: Any, now: dt.datetime
) -> None:
    rows = _many(make_session, 2_000, now)
    began = time.process_time()  # work, not waiting: a busy machine must not fail the test
    assert services.lapse_due(rows[0].due_at) == 2_000
    assert time.process_time() - began < 30 / 5
    assert Event.objects.filter(name="notes.lapsed").count() == 2_000


@pytest.mark.django_db
def test_a_row_that_fails_is_pushed_ahead_and_the_others_go_on(
    make_session: Any, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = _many(make_session, 5, now)
    poisoned = rows[2].pk
    real = sweeping.move_many

    def fail_on_one(batch: list[NotesRequest], *args: Any, **fields: Any) -> Any:
        if any(row.pk == poisoned for row in batch):
            raise ZeroDivisionError
        return real(batch, *args, **fields)

    with monkeypatch.context() as patched:
        patched.setattr(sweeping, "move_many", fail_on_one)
        due = rows[0].due_at
        assert services.lapse_due(due) == 4
        assert services.lapse_due(due + sweeping.PUSHED_AHEAD - TICK) == 0
    assert NotesRequest.objects.get(pk=poisoned).sweep_after == due + sweeping.PUSHED_AHEAD
    assert services.lapse_due(due + sweeping.PUSHED_AHEAD) == 1
    assert NotesRequest.objects.get(pk=poisoned).lapsed_at == due


def _at_once(*works: Callable[[], Any]) -> list[Any]:
    """Run all in threads of their own, with connections of their own, released together."""
    barrier, results = threading.Barrier(len(works)), [None] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        try:
            barrier.wait()
            results[place] = work()
        except (WrongState, Refused) as refusal:
            results[place] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, work)) for place, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_promise_5_four_sweepers_at_once_lapse_each_request_once(make_session: Any, now: dt.datetime) -> None:
    rows = _many(make_session, 300, now)
    due = rows[0].due_at
    lapsed = _at_once(*[lambda: services.lapse_due(due) for _ in range(4)])
    lapsed.append(services.lapse_due(due))  # rows another one held were left out; the next round finds them
    assert sum(lapsed) == 300
    subjects = Event.objects.filter(name="notes.lapsed").values_list("subject_id", flat=True)
    assert len(subjects) == len(set(subjects)) == 300


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("offset", [-TICK, 0 * TICK])
def test_promise_7_answer_and_lapse_at_the_same_moment_agree_with_what_was_said(
    make_session: Any, priya: User, now: dt.datetime, offset: dt.timedelta
) -> None:
    for row in _many(make_session, 20, now):
        due = row.due_at
        said, _ = _at_once(
            lambda row=row, due=due: services.submit_answer(of_user(priya), row.pk, answer(), due + offset),
            lambda due=due: services.lapse_due(due),
        )
        services.lapse_due(due)
        row.refresh_from_db()
        kept = Note.objects.get(request=row)
        assert said.note == kept
        assert kept.late == (offset >= 0 * TICK)
        assert Event.objects.filter(name="notes.lapsed", subject_id=str(row.pk)).count() == int(
            row.lapsed_at is not None
        )
        assert row.status == ("answered_late" if kept.late else "answered")


@pytest.mark.django_db(transaction=True)
def test_a_double_click_in_two_threads_is_one_answer(opened: NotesRequest, priya: User, now: dt.datetime) -> None:
    form = answer()
    first, second = _at_once(*[lambda: services.submit_answer(of_user(priya), opened.pk, form, now) for _ in range(2)])
    assert first.note == second.note
    assert Note.objects.count() == 1


def reading(seconds_wall: float, seconds_steady: float) -> clock_guard.Reading:
    start = dt.datetime(2026, 11, 18, 12, 0, tzinfo=dt.UTC)
    return clock_guard.Reading("boot", start + dt.timedelta(seconds=seconds_wall), seconds_steady)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("jump", "trusted"), [(120, True), (121, False), (-1, True), (-2, False), (3600, False), (-3600, False)]
)
def test_a_clock_that_jumps_stops_lapsing(jump: float, trusted: bool) -> None:
    assert clock_guard.may_lapse(lambda: reading(0, 0))
    assert clock_guard.may_lapse(lambda: reading(10, 10))
    assert clock_guard.may_lapse(lambda: reading(10 + 0 + jump, 10)) is trusted
    assert (clock_guard.paused_since() is None) is trusted


@pytest.mark.django_db
def test_lapsing_goes_on_after_three_readings_that_agree_with_the_time_before_the_jump() -> None:
    clock_guard.may_lapse(lambda: reading(0, 0))
    assert not clock_guard.may_lapse(lambda: reading(3610, 10))
    assert not clock_guard.may_lapse(lambda: reading(3620, 20))  # staying wrong is not agreeing
    assert [clock_guard.may_lapse(lambda s=s: reading(s, s)) for s in (30, 40, 50)] == [False, False, True]


@pytest.mark.django_db
def test_a_person_may_vouch_for_the_new_time(rui: User, lead: User, now: dt.datetime) -> None:
    clock_guard.may_lapse(lambda: reading(0, 0))
    assert not clock_guard.may_lapse(lambda: reading(3610, 10))
    with pytest.raises(NotAllowed):
        clock_guard.confirm(of_user(rui), now)
    assert clock_guard.confirm(of_user(lead), now) == 1
    assert clock_guard.may_lapse(lambda: reading(3620, 20))
    assert Event.objects.filter(name="clock.confirmed").count() == 1


@pytest.mark.django_db
def test_while_the_clock_is_not_trusted_nothing_lapses_and_answers_are_taken(opened: NotesRequest, send: Any) -> None:
    ClockWitness.objects.create(boot="elsewhere", wall=opened.due_at, steady=1, paused_at=opened.due_at)
    assert services.lapse_due(opened.due_at) == 0
    send(opened, opened.due_at)
    opened.refresh_from_db()
    assert (opened.status, opened.lapsed_at) == ("answered", None)
    assert not Note.objects.get(request=opened).late
