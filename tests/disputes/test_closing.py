"""What must be true before a case is closed, and by when the provider is told that the network wants to decide."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from clawguard import clock
from clawguard.accounts.actors import Actor, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import Refused
from disputes import services
from disputes.models import Case, Message
from disputes.selectors.closing import closing_checklist
from disputes.selectors.thread import thread
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
TOLD, APPEAL_OVER = "The provider was told of the decision", "The time to appeal is over"


def missing(case: Case, now: dt.datetime) -> list[str]:
    return [check.words for check in closing_checklist(case, now) if not check.done]


def read_letter(actor: Actor, case: Case) -> str:
    return next(entry["text"] for entry in thread(actor, case) if entry["kind"] == "decision")


def test_a_case_its_provider_never_heard_of_can_be_closed(rui: User, priya: User) -> None:
    case = makers.opened(rui, makers.session(priya.provider))
    services.decide(of_user(rui), case.pk, makers.verdict("none"), NOW)
    case.refresh_from_db()
    assert missing(case, NOW) == []
    assert services.close(of_user(rui), case.pk, NOW).status == "closed"


def test_the_letter_of_the_last_decision_counts_and_no_earlier_one(
    rui: User, lead: User, second_lead: User, priya: User
) -> None:
    case = makers.decided(rui, lead, priya)
    makers.work(NOW + 6 * HOUR)
    services.appeal(of_user(priya), case.pk, "Look at my second page.", NOW + 7 * HOUR)
    services.decide(of_user(second_lead), case.pk, makers.verdict("none"), NOW + 8 * HOUR)
    case.refresh_from_db()
    assert case.appeal_until is not None
    assert missing(case, case.appeal_until) == [TOLD]
    with pytest.raises(Refused):
        services.close(of_user(rui), case.pk, case.appeal_until)
    makers.work(NOW + 9 * HOUR)
    assert missing(case, case.appeal_until) == []


@pytest.mark.parametrize("party", ["none", "payer", "network", "provider"])
def test_an_appeal_that_the_letter_offers_is_not_cut_off(rui: User, lead: User, priya: User, party: str) -> None:
    case = makers.decided(rui, lead, priya, party)
    makers.work(NOW + 6 * HOUR)
    case.refresh_from_db()
    assert "you can appeal until" in read_letter(of_user(priya), case)
    assert case.appeal_until is not None
    just = case.appeal_until - dt.timedelta(microseconds=1)
    for at in (NOW + 7 * HOUR, just):
        assert missing(case, at) == [APPEAL_OVER]
        with pytest.raises(Refused, match="time to appeal"):
            services.close(of_user(rui), case.pk, at)
    assert missing(case, case.appeal_until) == []
    services.appeal(of_user(priya), case.pk, "Look at my second page.", just)


def test_a_letter_that_no_mail_told_of_counts_once_it_was_opened(rui: User, lead: User, priya: User) -> None:
    case = makers.decided(rui, lead, priya, "none")
    User.objects.filter(pk=priya.pk).update(is_active=False)
    makers.work(NOW + 6 * HOUR)
    assert Message.objects.get(case=case, kind="decision").delivered_at is None
    assert missing(case, NOW + 6 * HOUR) == [TOLD, APPEAL_OVER]
    services.mark_read(of_user(priya), case.pk, NOW + 7 * HOUR)
    assert missing(case, NOW + 7 * HOUR) == [APPEAL_OVER]


def test_after_the_answer_time_the_provider_sees_the_day_of_our_decision(
    rui: User, priya: User, browser_of: Any
) -> None:
    case = makers.in_conversation(rui, priya)
    assert case.answer_due_at is not None
    later = case.answer_due_at + HOUR
    with clock.pretend(case.answer_due_at - HOUR):
        before = browser_of(priya).get(reverse("my-case", args=[case.pk])).content.decode()
    services.lapse_answers(later)
    with clock.pretend(later):
        after = browser_of(priya).get(reverse("my-case", args=[case.pk])).content.decode()
    assert "we want to decide by" not in before
    assert "we want to decide by" in after
