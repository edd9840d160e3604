"""One dispute handed to a delegate by hand: they see and answer it, are told once, and it can be taken back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core import mail

from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import Delegation, User
from clawguard.events.errors import NotFound
from clawguard.events.models import Event
from clawguard.events.services import WrongState
from disputes import services
from disputes.models import Dispute
from disputes.selectors import visible_disputes
from tests import builders
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(priya: User) -> User:
    person = builders.delegate(priya.provider, "Dana Test")
    Delegation.objects.filter(delegate=person).update(everything=False)
    return person


@pytest.fixture
def stands(dana: User) -> Delegation:
    return Delegation.objects.get(delegate=dana)


@pytest.fixture
def dispute(rui: User, priya: User) -> Dispute:
    row = makers.dispute(of_user(rui), priya.provider)
    services.deliver(row.pk, NOW)
    mail.outbox.clear()
    return row


def told() -> None:
    for event in Event.objects.filter(name="dispute.handed_over"):
        for _ in range(2):
            services.tell_handed(event, NOW)


def test_a_delegate_sees_and_answers_it_and_is_told_once(
    dispute: Dispute, priya: User, dana: User, stands: Delegation
) -> None:
    assert not visible_disputes(of_user(dana)).exists()
    for _ in range(2):
        services.hand_over(of_user(priya), dispute.pk, stands.pk, NOW)
    assert list(visible_disputes(of_user(dana))) == [dispute]
    told()
    (message,) = mail.outbox
    assert message.to == [dana.email]
    assert "You answer for" in message.body
    assert "cancelled" not in message.body
    said = services.Said("contest", "We agreed on the phone.")
    row = services.answer(of_user(dana), dispute.pk, said, NOW)
    assert row.answered_by_name == "Dana Test for Provider 1"
    with pytest.raises(WrongState):
        services.hand_over(of_user(priya), dispute.pk, stands.pk, NOW)


def test_taken_back_it_is_the_providers_alone_and_nobody_is_told(
    dispute: Dispute, priya: User, dana: User, stands: Delegation
) -> None:
    services.hand_over(of_user(priya), dispute.pk, stands.pk, NOW)
    services.take_back(of_user(priya), dispute.pk, NOW)
    services.take_back(of_user(priya), dispute.pk, NOW)
    assert Event.objects.filter(name="dispute.taken_back").count() == 1
    assert not visible_disputes(of_user(dana)).exists()
    told()
    assert mail.outbox == []


def test_only_the_provider_hands_over_and_only_to_their_own(
    dispute: Dispute, priya: User, dana: User, colleague: User, rui: User, stands: Delegation
) -> None:
    strange = Delegation.objects.get(delegate=builders.delegate(colleague.provider, "Strange Test"))
    for other in (dana, rui):
        with pytest.raises(NotAllowed):
            services.hand_over(of_user(other), dispute.pk, stands.pk, NOW)
    for who, to in ((colleague, strange.pk), (priya, strange.pk), (priya, uuid4())):
        with pytest.raises(NotFound):
            services.hand_over(of_user(who), dispute.pk, to, NOW)


def test_the_page_and_the_api_do_it(
    dispute: Dispute, priya: User, dana: User, stands: Delegation, browser_of: Any
) -> None:
    browser, address = browser_of(priya), f"/my/disputes/{dispute.pk}"
    assert "Who should answer" in browser.get(address).content.decode()
    browser.post(f"{address}/hand-over", {"delegation": str(stands.pk)})
    assert "Dana Test</strong> can answer this, too" in browser.get(address).content.decode()
    seen = browser_of(dana).get(address).content.decode()
    assert "Hand to my delegate" not in seen
    assert "Take it back" not in seen
    api = f"/api/v1/disputes/{dispute.pk}"
    assert browser.post(f"{api}/take-back", {}, content_type="application/json").status_code == 200
    assert not visible_disputes(of_user(dana)).exists()
    body = {"delegation": str(stands.pk)}
    handed = browser.post(f"{api}/hand-over", body, content_type="application/json")
    assert (handed.status_code, "hand_over" in handed.json()["allowed_actions"]) == (200, True)
    assert visible_disputes(of_user(dana)).exists()
