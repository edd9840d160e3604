"""Sending what is owed: claim a message, call outside of any transaction, record what came of it.

A worker that dies between the call and the record leaves a claim that runs out: the message is sent again under the
same id, so it arrives at least once.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from clawguard import signing
from clawguard.accounts.actors import SYSTEM
from clawguard.domain.lifecycles import EndpointState
from clawguard.events.services import move
from clawguard.webhooks import secrets, sending
from clawguard.webhooks.models import Endpoint, WebhookAttempt, WebhookDelivery
from clawguard.webhooks.sending import Answer
from clawguard.webhooks.services.locking import locked
from clawguard.webhooks.services.waking import wake

log = logging.getLogger(__name__)

Clock = Callable[[], dt.datetime]
LEASE = dt.timedelta(seconds=30)  # a call takes five seconds at most
ENOUGH_SECONDS = 30.0  # of one task, far below its time limit
GIVE_UP = dt.timedelta(days=3)  # on a message; and on an endpoint that took none for as long
GAPS = tuple(
    dt.timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 1800, 3600, 7200, 14_400, 28_800, 43_200)
)  # after each failed attempt; the last one goes on
QUIET_SECONDS, LONGEST_QUIET = 5, dt.timedelta(minutes=5)  # doubles with each failure of the endpoint in a row
GONE = 410  # the other side's way to say: never again


def send_waiting(read_clock: Clock, seconds: float = ENOUGH_SECONDS) -> int:
    """Send what is owed, endpoint by endpoint in turn, until nothing waits or time is up. Returns how many calls."""
    end, calls = time.monotonic() + seconds, 0
    while True:
        before = calls
        for endpoint_id in _awake(read_clock()):
            row = _claim(endpoint_id, read_clock())
            if row is not None:
                _send(row, read_clock)
                calls += 1
            if time.monotonic() > end:
                return calls
        if calls == before:
            return calls


def wake_if_waiting(now: dt.datetime) -> int:
    """What the plain loop calls: tell a worker where messages wait. Returns for how many endpoints."""
    awake = _awake(now)
    if awake:
        wake()
    return len(awake)


def _owed(now: dt.datetime) -> QuerySet[WebhookDelivery]:
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    return WebhookDelivery.objects.filter(free, done_at=None, parked_at=None, run_after__lte=now)


def _awake(now: dt.datetime) -> list[UUID]:
    """Endpoints that may be called now and are owed something."""
    loud = Q(quiet_until__isnull=True) | Q(quiet_until__lte=now)
    owed = Exists(_owed(now).filter(endpoint=OuterRef("pk")))
    rows = Endpoint.objects.filter(loud, owed, status=EndpointState.ACTIVE)
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _claim(endpoint_id: UUID, now: dt.datetime) -> WebhookDelivery | None:
    """The next message that no earlier one of its thread holds back."""
    earlier = WebhookDelivery.objects.filter(
        endpoint=OuterRef("endpoint"), thread=OuterRef("thread"), pk__lt=OuterRef("pk"), done_at=None, parked_at=None
    )
    rows = _owed(now).filter(~Exists(earlier), endpoint=endpoint_id).order_by("run_after", "pk")
    row = rows.select_for_update(skip_locked=True, of=("self",)).select_related("endpoint").first()
    if row is not None:
        row.lease_until = now + LEASE
        row.save(update_fields=["lease_until"])
    return row


def _send(row: WebhookDelivery, read_clock: Clock) -> None:
    now, body = read_clock(), row.body.encode()
    signed = signing.headers_for(str(row.message_id), now, body, secrets.live(row.endpoint, now))
    answer = sending.post(row.endpoint.url, {"Content-Type": "application/json", **signed}, body)
    _record(row, answer, now, read_clock())


@transaction.atomic
def _record(row: WebhookDelivery, answer: Answer, at: dt.datetime, now: dt.datetime) -> None:
    """Write down the call and, unless somebody else took the message over meanwhile, what follows from it."""
    told = {"at": at, "milliseconds": answer.milliseconds, "status_code": answer.status, "said": answer.said}
    WebhookAttempt.objects.create(delivery=row, **told)
    mine = WebhookDelivery.objects.select_for_update().filter(pk=row.pk, lease_until=row.lease_until, done_at=None)
    held = mine.filter(parked_at=None).first()
    if held is None:
        return
    if answer.taken:
        mine.update(done_at=now, lease_until=None, attempts=F("attempts") + 1)
        Endpoint.objects.filter(pk=row.endpoint_id, failures__gt=0).update(
            failures=0, failing_since=None, quiet_until=None
        )
        return
    mine.update(lease_until=None, attempts=F("attempts") + 1, **_next(held, now))
    _mark_failing(row.endpoint_id, answer, now)
    log.info("webhook.not_taken", extra={"webhook": row.pk, "said": answer.said, "status": answer.status})


def _next(row: WebhookDelivery, now: dt.datetime) -> dict[str, dt.datetime]:
    """When it is tried again, the last time three days after it was owed; then it is given up."""
    end = row.owed_since + GIVE_UP
    if now >= end:
        return {"parked_at": now}
    return {"run_after": min(now + GAPS[min(row.attempts, len(GAPS) - 1)], end)}


def _mark_failing(endpoint_id: UUID, answer: Answer, now: dt.datetime) -> None:
    endpoint = locked(endpoint_id)
    quiet = dt.timedelta(seconds=QUIET_SECONDS * 2 ** min(endpoint.failures, 10))
    endpoint.failures += 1
    endpoint.failing_since = endpoint.failing_since or now
    endpoint.quiet_until = now + min(quiet, LONGEST_QUIET)
    endpoint.save(update_fields=["failures", "failing_since", "quiet_until"])
    if endpoint.status != EndpointState.ACTIVE:
        return
    if answer.status == GONE or now - endpoint.failing_since >= GIVE_UP:
        why = "gone" if answer.status == GONE else "failing"
        move(endpoint, EndpointState.PAUSED, SYSTEM, now, why, paused_for=why, updated_at=now)
