"""The event log: written with the change, handed over once, and never changed afterwards."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from clawguard.accounts.actors import SYSTEM
from clawguard.events import chain, flow, handling, outbox
from clawguard.events.models import Delivery, Event, EventSeal, PendingSeal
from clawguard.events.services import publish, publish_many
from tests import builders

pytestmark = pytest.mark.django_db


def publish_some(count: int = 1, name: str = "session.submitted") -> list[Event]:
    subject = builders.provider()
    with transaction.atomic():
        return publish_many(name, [(subject, {"number": n}) for n in range(count)], SYSTEM, builders.NOW)


def test_an_event_is_handed_to_the_tasks_of_the_flow() -> None:
    [event] = publish_some(name="notes.received")
    assert {row.task for row in event.deliveries.all()} == {hop.task for hop in flow.FLOW["notes.received"]}


@pytest.mark.django_db(transaction=True)
def test_an_event_cannot_be_written_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        publish("session.submitted", builders.provider(), SYSTEM, builders.NOW)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_told_when_the_change_is_rolled_back(nudged: list[str]) -> None:
    provider = builders.provider()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publish("session.submitted", provider, SYSTEM, builders.NOW)
        raise ZeroDivisionError
    assert nudged == []
    assert not Event.objects.exists()


@pytest.mark.parametrize("table", ["events_event", "events_eventseal", "events_accesslog"])
@pytest.mark.parametrize("statement", ["UPDATE {0} SET id = id", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"])
def test_promise_11_the_database_refuses_to_change_the_log(table: str, statement: str) -> None:
    publish_some()
    chain.seal()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO events_accesslog (at, actor_kind, actor_role, actor_name, note_id, session_id, door, reason)"
            " VALUES (now(), 'user', 'lead', '', gen_random_uuid(), gen_random_uuid(), 'page', '')"
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # TRUNCATE would stumble over waiting foreign keys first
    statement = statement.format(table).replace(
        "SET id = id", "SET position = position" if "seal" in table else "SET id = id"
    )
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_every_event_waits_for_its_seal_and_the_chain_then_holds() -> None:
    publish_some(5)
    assert PendingSeal.objects.count() == 5
    assert chain.seal() == 5
    assert not PendingSeal.objects.exists()
    assert chain.verify() == (5, None)


def as_if_the_triggers_were_off(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE events_event SET at = at + interval '1 second' WHERE id = %s",
        "UPDATE events_event SET payload = '{\"number\": 99}' WHERE id = %s",
        "UPDATE events_event SET actor_name = 'Somebody else' WHERE id = %s",
        "UPDATE events_eventseal SET digest = repeat('0', 64) WHERE event_id = %s",
        "DELETE FROM events_eventseal WHERE event_id = %s",
        "UPDATE events_eventseal SET position = position + 1000 WHERE event_id = %s",
    ],
)
def test_promise_11_a_rewritten_past_gives_itself_away(tampering: str) -> None:
    events = publish_some(5)
    chain.seal()
    as_if_the_triggers_were_off(tampering, events[2].pk)
    good, broken = chain.verify()
    assert broken is not None
    assert (good, broken.position) == (2, 3)


def test_an_event_that_slipped_past_the_chain_is_found() -> None:
    publish_some(2)
    chain.seal()
    as_if_the_triggers_were_off(
        "INSERT INTO events_event (name, at, actor_kind, actor_role, actor_name, subject_type, subject_id, payload,"
        " recorded_at) VALUES ('x', now(), 'system', 'system', '', 'x', '1', '{}', now()) RETURNING %s",
        1,
    )
    assert chain.verify()[1] is not None


def test_a_handler_runs_once_however_often_its_message_arrives() -> None:
    publish_some()
    delivery = Delivery.objects.get()
    seen: list[int] = []
    for _ in range(3):
        handling.run_delivery(delivery.pk, lambda event, _now: seen.append(event.pk))
    assert seen == [delivery.event_id]


def test_a_failing_handler_is_put_back_then_parked_and_says_no_more_than_its_kind() -> None:
    publish_some()
    delivery = Delivery.objects.get()

    def fail(_event: Event, _now: dt.datetime) -> None:
        raise ValueError("private words")

    for _ in range(handling.MOST_ATTEMPTS):
        assert handling.run_delivery(delivery.pk, fail) is False
    delivery.refresh_from_db()
    assert delivery.parked_at is not None
    assert delivery.last_error.startswith("ValueError")
    assert "private" not in delivery.last_error
    assert handling.run_delivery(delivery.pk, lambda *_: None) is False


def test_a_handler_that_may_not_act_yet_waits_without_having_failed(now: dt.datetime) -> None:
    publish_some()
    delivery = Delivery.objects.get()
    morning = now + dt.timedelta(days=30)

    def wait(_event: Event, _now: dt.datetime) -> None:
        raise handling.NotYet(morning)

    for _ in range(handling.MOST_STARTS + 1):
        assert handling.run_delivery(delivery.pk, wait) is False
    delivery.refresh_from_db()
    assert (delivery.run_after, delivery.parked_at, delivery.last_error) == (morning, None, "")
    assert delivery not in outbox.waiting(morning - dt.timedelta(seconds=1))
    assert delivery in outbox.waiting(morning)
    assert handling.run_delivery(delivery.pk, lambda *_: None) is True


def test_what_a_failing_handler_wrote_is_rolled_back() -> None:
    publish_some()
    delivery = Delivery.objects.get()

    def write_then_fail(_event: Event, _now: dt.datetime) -> None:
        builders.provider(7)
        raise ValueError

    handling.run_delivery(delivery.pk, write_then_fail)
    assert not type(builders.provider(8)).objects.filter(npi=builders.npi(7)).exists()


def test_a_delivery_held_by_a_living_worker_is_left_to_it() -> None:
    publish_some()
    Delivery.objects.update(lease_until=dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1))
    assert handling.run_delivery(Delivery.objects.get().pk, lambda *_: None) is False


def test_what_was_not_told_is_told_again_after_the_grace(nudged: list[str]) -> None:
    publish_some()
    late = builders.NOW + outbox.GRACE
    assert outbox.redeliver(late - dt.timedelta(microseconds=1)) == 0
    assert outbox.redeliver(late) == 1
    assert nudged == ["sessions.tasks.screen"]


def test_seals_are_numbered_without_gaps() -> None:
    publish_some(3)
    chain.seal()
    assert list(EventSeal.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3]
