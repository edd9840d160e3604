"""What the API tells of a request's clock against the second implementation: the same day, the same instant."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from django.db import transaction

from clawguard.accounts.actors import SYSTEM
from clawguard.accounts.models import Provider
from notes import services
from notes.models import NotesRequest
from tests.domain.test_calendar_properties import US_ZONES, oracle_due, oracle_end

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
FIRST, SPAN = dt.datetime(2024, 1, 1, tzinfo=dt.UTC), int(dt.timedelta(days=365 * 9).total_seconds())


@pytest.mark.parametrize("count", [40, pytest.param(5_000, marks=pytest.mark.soak)])
def test_the_clock_that_the_api_tells_agrees(requested: NotesRequest, api_of: Any, count: int) -> None:
    chance, client = random.Random(count), api_of("notes:read")
    for _ in range(count):
        delivered = FIRST + dt.timedelta(seconds=chance.randrange(SPAN))
        zone, days = chance.choice(US_ZONES), chance.randint(1, 10)
        told = told_of(requested, client, delivered, zone, days)
        day = oracle_due(delivered, zone, days)
        assert told["deadline"]["due_date"] == day.isoformat(), (delivered, zone, days)
        assert dt.datetime.fromisoformat(told["due_at"]) == oracle_end(day, zone), (delivered, zone, days)
        assert sum(each["counted"] for each in told["deadline"]["days"]) == days


def told_of(request: NotesRequest, client: Any, delivered: dt.datetime, zone: str, days: int) -> dict[str, Any]:
    """Deliver it then, there and with so much time; ask; and take all of it back."""
    with transaction.atomic():
        Provider.objects.filter(pk=request.provider_id).update(time_zone=zone)
        NotesRequest.objects.filter(pk=request.pk).update(opened_at=delivered, business_days=days)
        services.deliver(request.pk, SYSTEM, delivered)
        answer = client.get(f"/api/v1/notes-requests/{request.pk}")
        transaction.set_rollback(True)
    assert answer.status_code == 200, answer.json()
    found: dict[str, Any] = answer.json()
    return found
