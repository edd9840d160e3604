"""Work of a process that died is taken over soon; work of one that lives is left alone, however long it takes."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from clawguard import clock
from clawguard.accounts.actors import SYSTEM
from clawguard.events import handling
from clawguard.events.handling import LEASE, MOST_STARTS, run_delivery
from clawguard.events.models import Delivery, Event
from clawguard.events.services import publish
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)
SOON = LEASE + dt.timedelta(seconds=1)


@pytest.fixture
def delivery() -> Delivery:
    with transaction.atomic():
        event = publish("notes.requested", builders.provider(), SYSTEM, builders.NOW)
    return event.deliveries.get()


@contextmanager
def somebody_at(delivery: Delivery, seen: list[str]) -> Iterator[threading.Event]:
    """Another worker is in the middle of it until the event is set, at the latest when the block ends."""
    begun, finish = threading.Event(), threading.Event()

    def work(_event: Event, _now: dt.datetime) -> None:
        seen.append("first")
        begun.set()
        finish.wait(30)

    def thread() -> None:
        run_delivery(delivery.pk, work)
        connection.close()

    other = threading.Thread(target=thread)
    other.start()
    assert begun.wait(10)
    yield finish
    finish.set()
    other.join(10)


def test_a_long_task_is_not_started_twice(delivery: Delivery) -> None:
    seen: list[str] = []
    with somebody_at(delivery, seen), clock.pretend(clock.now() + SOON):
        assert not run_delivery(delivery.pk, lambda *_: seen.append("second"))
    delivery.refresh_from_db()
    assert seen == ["first"]
    assert delivery.done_at is not None


def test_the_work_of_a_dead_process_is_taken_over(delivery: Delivery) -> None:
    """A killed process leaves its claim behind, and no lock."""
    now = clock.now()
    Delivery.objects.filter(pk=delivery.pk).update(lease_until=now + LEASE, attempts=1)
    seen: list[str] = []
    assert not run_delivery(delivery.pk, lambda *_: seen.append("too soon"))
    with clock.pretend(now + SOON):
        assert run_delivery(delivery.pk, lambda *_: seen.append("taken over"))
    assert seen == ["taken over"]


def test_a_claim_that_was_taken_over_comes_to_nothing(delivery: Delivery, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that slept between claiming and starting finds that another one claimed it meanwhile."""
    seen: list[str] = []
    claim = handling._claim

    def claim_and_sleep(*arguments: Any) -> bool:
        claimed = claim(*arguments)
        Delivery.objects.filter(pk=delivery.pk).update(lease_until=clock.now() + SOON)
        return claimed

    monkeypatch.setattr(handling, "_claim", claim_and_sleep)
    assert not run_delivery(delivery.pk, lambda *_: seen.append("stale"))
    assert seen == []


def test_work_that_takes_its_process_down_is_parked(delivery: Delivery) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(attempts=MOST_STARTS)
    seen: list[str] = []
    assert not run_delivery(delivery.pk, lambda *_: seen.append("again"))
    delivery.refresh_from_db()
    assert seen == []
    assert delivery.parked_at is not None
    assert delivery.last_error
