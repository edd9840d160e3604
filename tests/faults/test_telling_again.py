"""A backlog is told of again, in case Redis lost the first telling, but not over and over while work goes on."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from clawguard import clock
from clawguard.accounts.actors import SYSTEM
from clawguard.events import outbox
from clawguard.events.models import Delivery
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
