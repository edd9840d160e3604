"""Promise 8: every session is screened once per revision and rule pack; a redelivered task changes nothing."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from clawguard import clock
from clawguard.events.handling import run_delivery
from clawguard.events.models import Delivery, Event
from sessions import tasks
from sessions.models import Finding, Screening
from tests import world
from tests.story.telling import Telling

KEYS = "sessions:write sessions:read"


def counted() -> tuple[int, ...]:
    return Screening.objects.count(), Finding.objects.count(), Event.objects.count(), Delivery.objects.count()


@pytest.fixture
def screened(told: Telling) -> Telling:
    """A file of three sessions and one by itself, screened."""
    file = world.rows_file(*(world.body(number) for number in (1, 2, 3)))
    told.program("post", "/imports?kind=sessions_ndjson", file, scopes=KEYS, status=202)
    told.program("post", "/sessions", world.body(4), scopes=KEYS, status=201)
    told.work()
    return told


def test_promise_08_each_revision_has_one_screening(screened: Telling) -> None:
    assert sorted(Screening.objects.values_list("session__external_id", "revision")) == [
        (f"S-1-{number}", 1) for number in (1, 2, 3, 4)
    ]


def test_promise_08_a_redelivered_task_changes_nothing(screened: Telling) -> None:
    """Every delivery of a screening is owed again, as a broker that forgot would have it; twice."""
    before = counted()
    with clock.pretend(screened.now):
        for delivery in Delivery.objects.filter(task="sessions.tasks.screen"):
            for _ in range(2):
                Delivery.objects.filter(pk=delivery.pk).update(done_at=None, lease_until=None)
                assert run_delivery(delivery.pk, tasks.screen)
    assert counted() == before


def test_promise_08_the_database_refuses_a_second_screening(screened: Telling) -> None:
    copied = "session_id, revision, pack_id, note_version, at, findings_count"
    with pytest.raises(IntegrityError, match="screened_once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO therapy_sessions_screening ({copied})"  # noqa: S608
            f" SELECT {copied} FROM therapy_sessions_screening LIMIT 1"
        )
