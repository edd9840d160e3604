"""A worker that dies of kill -9 while it reads an 835 or opens cases for its takebacks: once, whole, and taken over."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clawguard import clock
from clawguard.accounts.models import User
from clawguard.events import outbox
from clawguard.events.handling import LEASE
from clawguard.events.models import Delivery, Event
from disputes.models import Case, Remittance, RemittanceClaim
from disputes.services import remittances
from tests.builders import NOW
from tests.disputes import makers
from tests.disputes.remit_files import SYSTEM, claim, payment, written
from tests.faults.midway import killed_at

pytestmark = pytest.mark.django_db(transaction=True)
FILE = written(
    payment("T-1", claim("S-1")),
    payment("T-2", claim("S-1", "-142.50", "22", "CO:97:-37.50"), on=dt.date(2026, 11, 1)),
    payment("T-3", claim("S-3")),
)


def deliver() -> None:
    while outbox.run_waiting(clock.now()):
        continue


@pytest.mark.parametrize(
    ("place", "kept"),
    [
        ("disputes.services.remittances.storing.matching.find", 0),
        ("disputes.services.remittances.reading.imports.end", 2),
        ("disputes.services.remittances.takebacks.open_for_sessions", 2),
    ],
)
def test_reading_and_opening(
    place: str, kept: int, priya: User, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = tmp_path / "data"
    monkeypatch.setattr("disputes.services.remittances.reading.MOST_CLAIMS", 1)  # a go for each payment
    makers.session(priya.provider, external_id="S-1")
    batch = remittances.receive(SYSTEM, "a.835", [FILE], NOW)
    killed_at(place, deliver)
    batch.refresh_from_db()
    assert Remittance.objects.count() == RemittanceClaim.objects.count() == batch.rows_created >= kept
    with clock.pretend(clock.now() + LEASE + dt.timedelta(seconds=1)):
        deliver()
    batch.refresh_from_db()
    assert (batch.status, batch.rows_read, batch.rows_created) == ("done", 3, 3)
    assert Remittance.objects.count() == RemittanceClaim.objects.count() == 3
    assert Event.objects.filter(name="remittance.imported").count() == 3
    assert Case.objects.get().origin == "takeback"
    assert not Delivery.objects.filter(done_at=None, task__startswith="disputes.tasks.read").exists()
