"""Appeals where few people are left who took no part: who may is told, and where nobody may, whom to ask."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import Role, User
from clawguard.events.errors import Refused
from disputes import services
from tests import builders
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(hours=5)


def test_whoever_may_not_look_at_it_is_told_who_may(
    rui: User, lead: User, second_lead: User, faraway: User, priya: User
) -> None:
    case = makers.decided(rui, lead, priya)
    services.appeal(of_user(priya), case.pk, "My note shows 55 minutes.", LATER + dt.timedelta(days=1))
    with pytest.raises(Refused) as refused:
        services.decide(of_user(rui), case.pk, makers.verdict("none"), LATER + dt.timedelta(days=2))
    assert str(refused.value) == (
        f"You took part in a decision of this case. Somebody else looks at the appeal: {second_lead.name}."
    )  # of another team, faraway has no reach


def test_with_nobody_left_the_page_and_the_refusal_say_whom_to_ask(
    rui: User, lead: User, priya: User, browser_of: Any
) -> None:
    case = makers.decided(rui, lead, priya)
    services.appeal(of_user(priya), case.pk, "My note shows 55 minutes.", LATER + dt.timedelta(days=1))
    with pytest.raises(Refused, match=r"Nobody is left to look at the appeal\. Ask an administrator to add"):
        services.decide(of_user(lead), case.pk, makers.verdict("none"), LATER + dt.timedelta(days=2))
    page = browser_of(lead).get(f"/cases/{case.pk}").content.decode()
    assert "Nobody is left to look at the appeal" in page


def test_where_no_two_are_left_a_provider_error_is_not_proposed_and_any_other_decision_is_open(
    rui: User, lead: User, second_lead: User, priya: User, browser_of: Any
) -> None:
    case = makers.decided(rui, lead, priya)
    at = LATER + dt.timedelta(days=1)
    services.appeal(of_user(priya), case.pk, "My note shows 55 minutes.", at)
    page = browser_of(second_lead).get(f"/cases/{case.pk}").content.decode()
    assert "A provider error cannot be confirmed here" in page and f"Left: {second_lead.name}." in page
    with pytest.raises(Refused, match="no lead is left") as refused:
        services.decide(of_user(second_lead), case.pk, makers.verdict(), at)
    assert refused.value.code == "no_second_person"
    case.refresh_from_db()
    assert case.status == "appealed"
    third = builders.user(Role.LEAD, "Third Test")
    page = browser_of(second_lead).get(f"/cases/{case.pk}").content.decode()
    assert "cannot be confirmed" not in page
    services.decide(of_user(second_lead), case.pk, makers.verdict(), at)
    case.refresh_from_db()
    assert case.status == "second_look"
    User.objects.filter(pk=third.pk).update(is_active=False)
    page = browser_of(rui).get(f"/cases/{case.pk}").content.decode()
    assert "Nobody is left who may agree" in page
