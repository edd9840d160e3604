"""A call of the day before a visit is told once, on whichever of the two arrived later, and follows corrections."""

from __future__ import annotations

from typing import Any

import pytest

from clawguard.accounts.actors import SYSTEM
from sessions import services
from sessions.models import Finding
from tests.builders import NOW, session_body
from tests.sessions.test_any_order import LATER, on
from tests.sessions.test_intake import record, screen_all

pytestmark = pytest.mark.django_db
CALL = on(
    "2026-09-15",
    "98966",
    minutes=None,
    start="2026-09-15T16:00:00-04:00",
    end="2026-09-15T16:08:00-04:00",
    telehealth="audio",
)
VISIT = session_body()  # 18 hours later
EARLY = {"start": "2026-09-15T09:00:00-04:00", "end": "2026-09-15T09:08:00-04:00"}  # 25 hours before


def told() -> list[str]:
    rows = Finding.objects.filter(status="new", check_id="CG213")
    return sorted(rows.values_list("session__external_id", flat=True))


@pytest.mark.parametrize(("order", "on_which"), [((CALL, VISIT), "S-1"), ((VISIT, CALL), "2026-09-15-98966")])
def test_it_is_told_on_the_later_arrival(order: tuple[dict[str, Any], ...], on_which: str) -> None:
    for body in order:
        services.store_chunk([record(**body)], SYSTEM, NOW)
        screen_all()
    assert told() == [on_which]


@pytest.mark.parametrize("order", [(CALL, VISIT), (VISIT, CALL)])
def test_of_what_arrives_together_it_is_told_on_the_later_day(order: tuple[dict[str, Any], ...]) -> None:
    services.store_chunk([record(**body) for body in order], SYSTEM, NOW)
    screen_all()
    assert told() == ["S-1"]


def test_it_goes_and_comes_with_the_time_of_the_call() -> None:
    call = services.submit(SYSTEM, CALL, NOW)
    services.submit(SYSTEM, VISIT, NOW)
    screen_all()
    for times, expected in ((EARLY, []), ({"start": CALL["start"], "end": CALL["end"]}, ["S-1"])):
        services.correct(SYSTEM, call.pk, times, LATER)
        screen_all(LATER)
        assert told() == expected
