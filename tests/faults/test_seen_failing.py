"""The fault runs can fail: with a protection taken out of the code, their judge finds what it protects from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from pytest import MonkeyPatch

from clawguard import clock
from clawguard.accounts.actors import SYSTEM, Actor
from clawguard.accounts.models import Role, User
from clawguard.bench import rows
from clawguard.events.services import publish_many
from notes.models import NotesRequest
from notes.services import Answer, answering, lapse_due, submit_answer, sweeping
from tests.faults import ledger
from tests.faults.ledger import Told, Verdict

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def due_at() -> dt.datetime:
    """When the one open request of each of these stories is due: an hour from now."""
    with connection.cursor() as cursor:
        rows.open_requests(cursor, 1, clock.now() + HOUR, dt.timedelta(0))
    found = NotesRequest.objects.get().due_at
    assert found is not None
    return found


def answer(now: dt.datetime) -> list[Told]:
    request, submission = NotesRequest.objects.get(), uuid4()
    user = User.objects.get(provider=request.provider_id)
    actor = Actor("user", Role.PROVIDER, user.pk, user.name, request.provider_id)
    given = Answer(submission, text="Invented note", attested=True, no_process_notes=True)
    note = submit_answer(actor, request.pk, given, now).note
    assert note is not None
    return [Told(str(request.pk), str(submission), note.late)]


def judged(told: list[Told]) -> Verdict:
    def query(statement: str) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())

    return ledger.read(query, told)


def in_turn(due_at: dt.datetime, gap: dt.timedelta) -> Verdict:
    """The answer comes ``gap`` after due and the sweep an hour after that, as the database's clock would have it."""
    told = answer(due_at + gap)
    lapse_due(due_at + HOUR)
    return judged(told)


@pytest.mark.parametrize("gap", [-HOUR / 2, dt.timedelta(0), HOUR / 2])
def test_with_every_protection_in_place_nothing_but_the_moved_clock_is_found(
    due_at: dt.datetime, gap: dt.timedelta
) -> None:
    assert set(in_turn(due_at, gap).faults) <= {"early"}  # recorded now, an hour before the moment it was told


def test_a_lapse_that_does_not_look_at_the_state_again(due_at: dt.datetime, monkeypatch: MonkeyPatch) -> None:
    told: list[Told] = []

    def move_blindly(found: list[Any], to: str, actor: Actor, at: Any, payload: Any, **fields: Any) -> list[Any]:
        told.extend(answered_meanwhile())
        NotesRequest.objects.filter(pk__in=[row.pk for row in found]).update(status=to, **fields)
        return publish_many("notes.lapsed", [(row, {"to": to}) for row in found], actor, at[found[0].pk])

    def answered_meanwhile() -> list[Told]:
        return answer(due_at - HOUR / 2)

    monkeypatch.setattr(sweeping, "move_many", move_blindly)
    lapse_due(due_at)
    assert {"history disagrees"} <= set(judged(told).faults)


def test_a_sweep_that_lapses_ahead_of_time(due_at: dt.datetime) -> None:
    lapse_due(due_at)  # an hour early by the database's clock
    assert "early" in judged([]).faults


def test_a_receipt_shown_before_the_commit(due_at: dt.datetime) -> None:
    with transaction.atomic():
        told = answer(due_at - HOUR / 2)
        transaction.set_rollback(True)
    assert {"lost", "stuck"} <= set(judged(told).faults)


def test_a_door_that_takes_every_answer_for_timely(due_at: dt.datetime, monkeypatch: MonkeyPatch) -> None:
    keep: Callable[..., Any] = answering._keep

    def keep_as_timely(actor: Actor, session: Any, request: Any, *rest: Any) -> Any:
        request.due_at, kept = None, request.due_at
        note = keep(actor, session, request, *rest)
        request.due_at = kept
        return note

    monkeypatch.setattr(answering, "_keep", keep_as_timely)
    assert "late is not late" in judged(answer(due_at + HOUR)).faults


def test_a_lapse_told_a_second_time(due_at: dt.datetime) -> None:
    lapse_due(due_at)
    with transaction.atomic():
        publish_many("notes.lapsed", [(NotesRequest.objects.get(), {})], SYSTEM, due_at)
    assert "double" in judged([]).faults
