"""A backlog is told of again, in case Redis lost the first telling, but not over and over while work goes on."""

from __future__ import annotations

import datetime as dt

import pytest
from celery import current_app
from django.db import transaction

import notes.tasks  # noqa: F401 - only a worker loads the apps' tasks by itself
from clawguard import clock
from clawguard.accounts.actors import SYSTEM
from clawguard.celery import SOFT_LIMIT_SECONDS
from clawguard.events import nudge, outbox, tasks
from clawguard.events.models import Delivery, Event
from clawguard.events.services import publish_many
from tests import builders

pytestmark = pytest.mark.django_db
WAITING = 600
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def late() -> dt.datetime:
    """The first moment at which a backlog of ``WAITING`` deliveries has waited long enough."""
    now, provider = clock.now(), builders.provider()
    with transaction.atomic():
        publish_many("notes.requested", [(provider, {})] * WAITING, SYSTEM, now)
    return now + outbox.GRACE


def test_each_is_told_of_once_within_half_a_minute(late: dt.datetime) -> None:
    told = [outbox.redeliver(late + number * 5 * SECOND) for number in range(6)]
    assert sum(told) == WAITING


def test_what_still_waits_is_told_of_again(late: dt.datetime) -> None:
    outbox.redeliver(late)
    outbox.redeliver(late)
    assert outbox.redeliver(late + outbox.AGAIN) == outbox.BATCH


def test_what_was_done_is_not(late: dt.datetime) -> None:
    outbox.redeliver(late)
    Delivery.objects.update(done_at=late)
    assert outbox.redeliver(late + outbox.AGAIN) == 0


def test_many_share_messages_and_a_few_do_not(late: dt.datetime) -> None:
    rows = list(Delivery.objects.order_by("pk"))
    few = list(nudge.messages(rows[: nudge.FEW]))
    assert few == [(row.task, row.pk, row.queue) for row in rows[: nudge.FEW]]
    many = list(nudge.messages(rows))
    assert {message.queue for message in many} == {"mail"}
    assert [key for message in many for key in message.argument] == [row.pk for row in rows]  # type: ignore[union-attr]
    assert len(many) == WAITING / nudge.TOGETHER


def test_each_of_several_is_run_once_by_itself(late: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    first, failing, last = Delivery.objects.order_by("pk")[:3]
    done: list[int] = []

    def work(event: Event, _now: dt.datetime) -> None:
        if event.pk == failing.event_id:
            raise ValueError
        done.append(event.pk)

    monkeypatch.setattr(current_app.tasks["notes.tasks.deliver"], "handler", work, raising=False)
    keys = [first.pk, failing.pk, last.pk]
    tasks.run_several(keys)
    tasks.run_several(keys)
    assert done == [first.event_id, last.event_id]
    failing.refresh_from_db()
    assert failing.done_at is None
    assert failing.last_error.startswith("ValueError")


def test_a_message_ends_long_before_its_time_limit(late: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "ENOUGH_SECONDS", -1.0)
    outbox.run_these(list(Delivery.objects.values_list("pk", flat=True)))
    assert not Delivery.objects.filter(attempts__gt=0).exists()
    assert outbox.ENOUGH_SECONDS < SOFT_LIMIT_SECONDS
