"""Sending what is owed: until it is taken, in order within a thread, at least once whatever dies, and not for ever."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection
from standardwebhooks.webhooks import Webhook

from clawguard import signing
from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.events.models import Event
from clawguard.webhooks import services
from clawguard.webhooks.models import Endpoint, WebhookAttempt, WebhookDelivery
from clawguard.webhooks.services import delivering, tidying
from tests.builders import NOW
from tests.faults.midway import killed_at
from tests.webhooks import makers
from tests.webhooks.server import OK, Receiver

pytestmark = pytest.mark.django_db
ERROR = b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"
GONE = b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"
SECOND, DAY = dt.timedelta(seconds=1), dt.timedelta(days=1)


@pytest.fixture
def endpoint(administrator: User, reachable: Receiver) -> Endpoint:
    return makers.endpoint(administrator, "case.opened")


def in_one_thread(rows: list[WebhookDelivery]) -> None:
    WebhookDelivery.objects.filter(pk__in=[row.pk for row in rows]).update(thread="one")


def ids(here: Receiver) -> list[str]:
    return [call.headers["webhook-id"] for call in here.calls]


def test_a_message_is_sent_signed_and_done_once(administrator: User, reachable: Receiver) -> None:
    endpoint, secret = makers.made(administrator, "case.opened")
    [row] = makers.happened(administrator, endpoint)
    now = dt.datetime.now(dt.UTC)  # the specification's library looks at the real clock
    WebhookDelivery.objects.update(run_after=now)
    assert (makers.send(now), makers.send(now)) == (1, 0)
    [call] = reachable.calls
    assert Webhook(secret).verify(call.body, call.headers)["type"] == "webhook.test"
    row.refresh_from_db()
    assert (call.headers["webhook-id"], call.body.decode()) == (str(row.message_id), row.body)
    assert (row.done_at, row.attempts) == (now, 1)
    assert row.log.get().status_code == 200


def test_two_secrets_sign_while_one_is_rolled(administrator: User, reachable: Receiver) -> None:
    endpoint, old = makers.made(administrator)
    endpoint, new = services.roll_secret(of_user(administrator), endpoint.pk, 1, NOW)
    for hours, live in ((23, [new, old]), (25, [new])):
        now = NOW + dt.timedelta(hours=hours)
        makers.happened(administrator, endpoint, now=now)
        makers.send(now)
        call = reachable.calls[-1]
        wanted = signing.headers_for(call.headers["webhook-id"], now, call.body, live)
        assert call.headers["webhook-signature"] == wanted["webhook-signature"]


def test_what_is_not_taken_comes_again_under_the_same_id_with_growing_gaps(
    administrator: User, endpoint: Endpoint, reachable: Receiver
) -> None:
    [row] = makers.happened(administrator, endpoint)
    reachable.answers = [ERROR] * 4
    now, gaps = NOW, []
    for _ in range(4):
        assert makers.send(now) == 1
        row.refresh_from_db()
        gaps.append(row.run_after - now)
        assert makers.send(row.run_after - SECOND) == 0
        now = row.run_after
    assert gaps == sorted(gaps) and gaps[0] < gaps[-1]
    assert makers.send(now) == 1
    row.refresh_from_db()
    assert row.done_at == now and set(ids(reachable)) == {str(row.message_id)}
    assert [each.status_code for each in row.log.order_by("pk")] == [500, 500, 500, 500, 200]
    endpoint.refresh_from_db()
    assert (endpoint.failures, endpoint.failing_since, endpoint.quiet_until) == (0, None, None)


def tried_until_the_end(reachable: Receiver) -> Iterator[dt.datetime]:
    """Every moment at which a call is made to an endpoint that takes nothing."""
    now = NOW
    while True:
        reachable.answers = [ERROR]
        if not makers.send(now):
            return
        yield now
        endpoint, row = Endpoint.objects.get(), WebhookDelivery.objects.get()
        now = max(row.run_after, endpoint.quiet_until or now)


def test_after_three_days_a_message_is_given_up_and_the_endpoint_waits_for_a_person(
    administrator: User, endpoint: Endpoint, reachable: Receiver
) -> None:
    [row] = makers.happened(administrator, endpoint)
    moments = list(tried_until_the_end(reachable))
    assert 12 <= len(moments) <= 16
    assert moments[-1] - NOW == delivering.GIVE_UP
    row.refresh_from_db()
    endpoint.refresh_from_db()
    assert row.parked_at == moments[-1] and row.done_at is None
    assert (endpoint.status, endpoint.paused_for) == ("paused", "failing")
    assert Event.objects.get(name="webhook.paused").actor_kind == "system"


def test_an_endpoint_that_says_it_is_gone_is_paused_at_once(
    administrator: User, endpoint: Endpoint, reachable: Receiver
) -> None:
    makers.happened(administrator, endpoint)
    reachable.answers = [GONE]
    makers.send(NOW)
    endpoint.refresh_from_db()
    assert (endpoint.status, endpoint.paused_for) == ("paused", "gone")
    assert makers.send(NOW + DAY) == 0


def test_while_paused_nothing_is_sent_and_afterwards_everything(
    administrator: User, endpoint: Endpoint, reachable: Receiver
) -> None:
    services.pause_endpoint(of_user(administrator), endpoint.pk, NOW)
    rows = makers.happened(administrator, endpoint, endpoint)
    later = NOW + 10 * DAY
    assert makers.send(later) == 0
    services.resume_endpoint(of_user(administrator), endpoint.pk, later)
    reachable.answers = [ERROR]
    assert makers.send(later) >= 1
    assert not WebhookDelivery.objects.filter(parked_at__isnull=False).exists()  # their three days begin anew
    assert makers.send(later + dt.timedelta(minutes=1)) >= 1
    assert ids(reachable)[-1] in {str(row.message_id) for row in rows}


def test_one_thread_is_told_in_order_and_holds_up_no_other(
    administrator: User, endpoint: Endpoint, reachable: Receiver
) -> None:
    first, second, other = makers.happened(administrator, endpoint, endpoint, endpoint)
    in_one_thread([first, second])
    reachable.answers = [ERROR]
    makers.send(NOW)
    assert ids(reachable) == [str(first.message_id)]
    makers.send(NOW + 5 * SECOND)
    assert ids(reachable)[1:] in (
        [str(each.message_id) for each in (other, first, second)],
        [str(each.message_id) for each in (first, second, other)],
        [str(each.message_id) for each in (first, other, second)],
    )


def test_what_was_given_up_holds_up_nothing(administrator: User, endpoint: Endpoint, reachable: Receiver) -> None:
    first, second = makers.happened(administrator, endpoint, endpoint)
    in_one_thread([first, second])
    WebhookDelivery.objects.filter(pk=first.pk).update(parked_at=NOW)
    makers.send(NOW)
    assert ids(reachable) == [str(second.message_id)]


def test_an_endpoint_that_takes_nothing_is_left_alone_for_a_while_and_others_are_told(
    administrator: User, endpoint: Endpoint, reachable: Receiver
) -> None:
    other = makers.endpoint(administrator, "case.opened")
    makers.happened(administrator, endpoint, endpoint, endpoint, endpoint)
    [heard] = makers.happened(administrator, other)
    reachable.answers = [ERROR, OK, ERROR]
    assert makers.send(NOW) == 2
    assert str(heard.message_id) in ids(reachable)
    assert makers.send(NOW + 2 * SECOND) == 0


def test_a_message_that_another_worker_holds_is_left_to_it(administrator: User, endpoint: Endpoint) -> None:
    makers.happened(administrator, endpoint)
    WebhookDelivery.objects.update(lease_until=NOW + delivering.LEASE)
    assert makers.send(NOW) == 0
    assert makers.send(NOW + delivering.LEASE + SECOND) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", ["sending.post", "services.delivering._record"])
def test_a_worker_that_dies_midway_loses_nothing(administrator: User, reachable: Receiver, place: str) -> None:
    """Before the call nothing was told; after it, it is told a second time under the same id."""
    endpoint = makers.endpoint(administrator, "case.opened")
    [row] = makers.happened(administrator, endpoint)
    killed_at(f"clawguard.webhooks.{place}", lambda: makers.send(NOW))
    row.refresh_from_db()
    assert row.done_at is None and row.lease_until is not None
    assert makers.send(NOW + delivering.LEASE + SECOND) == 1
    row.refresh_from_db()
    assert row.done_at is not None
    assert ids(reachable) == [str(row.message_id)] * (1 if place == "sending.post" else 2)
    connection.close()


def test_who_was_overtaken_while_calling_writes_the_call_down_and_changes_nothing(
    administrator: User, endpoint: Endpoint, reachable: Receiver
) -> None:
    [row] = makers.happened(administrator, endpoint)
    claimed = delivering._claim(endpoint.pk, NOW)
    assert claimed is not None
    assert makers.send(NOW + delivering.LEASE + SECOND) == 1  # somebody else, after the lease
    delivering._record(claimed, delivering.Answer("timeout", None, 5000), NOW, NOW + DAY)
    row.refresh_from_db()
    endpoint.refresh_from_db()
    assert row.done_at == NOW + delivering.LEASE + SECOND and endpoint.failures == 0
    assert row.log.count() == 2


def test_a_period_is_sent_again_in_order_under_the_same_ids(
    administrator: User, endpoint: Endpoint, reachable: Receiver
) -> None:
    early, *wanted = (
        row for hours in (0, 2, 3) for row in makers.happened(administrator, endpoint, now=NOW + hours * 3600 * SECOND)
    )
    makers.send(NOW + DAY)
    in_one_thread([early, *wanted])
    reachable.calls.clear()
    actor, start = of_user(administrator), NOW + 3600 * SECOND
    assert services.replay_period(actor, endpoint.pk, start, NOW + DAY, NOW + DAY) == 2
    makers.send(NOW + DAY)
    assert ids(reachable) == [str(row.message_id) for row in wanted]
    assert services.replay_period(actor, endpoint.pk, start, NOW + DAY, NOW + DAY, parked_only=True) == 0


def test_old_messages_are_forgotten_with_their_calls_and_what_is_owed_is_not(
    administrator: User, endpoint: Endpoint
) -> None:
    makers.happened(administrator, endpoint)
    makers.send(NOW)
    [waiting] = makers.happened(administrator, endpoint)
    assert tidying.forget_old(NOW + tidying.KEPT) == 0
    assert tidying.forget_old(NOW + tidying.KEPT + SECOND) == 1
    assert list(WebhookDelivery.objects.all()) == [waiting] and not WebhookAttempt.objects.exists()
