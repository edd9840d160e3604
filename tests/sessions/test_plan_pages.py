"""One plan of a payer decides for itself: from the form of the policy to the pages of the sessions it is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from clawguard.accounts.actors import SYSTEM
from clawguard.accounts.models import User
from sessions import services
from sessions.models import Backtest, PolicyRevision, TherapySession
from tests import world
from tests.builders import NOW
from tests.sessions.rules_makers import run
from tests.sessions.test_pages import words

pytestmark = pytest.mark.django_db
PAYER = {"id": "60054", "name": "Example Health", "kind": "commercial"}
LONG = "long_session_minutes"


def screened(number: int, plan: str | None) -> TherapySession:
    """An ordinary session of 80 minutes, of a plan of the payer."""
    payer = PAYER if plan is None else {**PAYER, "plan": plan}
    session = services.submit(SYSTEM, world.body(number, minutes=80, provider=4, payer=payer), NOW)
    services.screen_chunk(session.chunk_id, NOW)
    return session


def decide_for_gold(author: Any, second: Any) -> None:
    """Written, tried and proposed by one lead on the pages, published by another."""
    started = author.post("/policies/new", {"payer_id": "60054", "plan": "Gold", "first_day": "2026-01-01"})
    address = started["Location"]
    sent = {"first_day": "2026-01-01", "last_day": "", "reason": "Benefits of the plan, page 4."}
    author.post(address, sent | {f"mode-{LONG}": "here", f"value-{LONG}": "75"})
    author.post(f"{address}/try")
    run(Backtest.objects.get())
    author.post(f"{address}/propose")
    second.post(f"{address}/publish")
    assert PolicyRevision.objects.get().status == "published"


def test_what_a_plan_decides_holds_for_its_sessions_and_is_told_on_the_pages(
    lead: User, second_lead: User, browser_of: Callable[[User], Any]
) -> None:
    author = browser_of(lead)
    before = screened(1, "Gold")
    decide_for_gold(author, browser_of(second_lead))
    gold, silver, plain = screened(2, "Gold"), screened(3, "Silver"), screened(4, None)
    long_ones = {session.external_id: "CG107" in _checks(session) for session in (before, gold, silver, plain)}
    assert long_ones == {
        before.external_id: False,  # screened before it held; nothing is screened again by itself
        gold.external_id: True,
        silver.external_id: False,
        plain.external_id: False,
    }
    assert "CG107" in words(author.get(f"/sessions/{gold.pk}"))
    assert "CG107" not in words(author.get(f"/sessions/{silver.pk}"))
    listed = words(author.get("/policies"))
    assert "Example Health" in listed and "Gold" in listed
    scope = PolicyRevision.objects.get().scope
    page = words(author.get(f"/policies/{scope.pk}"))
    assert "Gold" in page and "75" in page
    check = words(author.get("/checks/CG107"))
    assert "Payer 60054, plan Gold" in check and "75" in check
    assert "CG107" in words(author.get("/checks?payer=60054"))
    [difference] = Backtest.objects.get().changes.values_list("about__session__external_id", "check_id")
    assert difference == (before.external_id, "CG107")


def _checks(session: TherapySession) -> set[str]:
    return set(session.findings.values_list("check_id", flat=True))
