"""More time: asked for once, given by a lead or at once by the policy of the day, or declined with a reason."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from clawguard.access import Problem
from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import Refused
from clawguard.events.models import Event
from notes import more_time, services
from notes.models import NotesRequest
from notes.models.request import MORE_TIME_WAITS
from notes.selectors_talk import messages_of
from tests.notes.test_reading_flow import run_everything
from tests.sessions.rules_makers import draft, published, reverted

pytestmark = pytest.mark.django_db
AT_ONCE = "first_more_time_days"
TODAY, DAY = dt.date(2026, 11, 18), dt.timedelta(days=1)


def test_an_extension_is_asked_by_the_provider_and_granted_by_a_lead(
    opened: NotesRequest, priya: User, rui: User, lead: User, now: dt.datetime
) -> None:
    before = opened.due_at
    services.ask_extension(of_user(priya), opened.pk, "I am at a conference", now)
    with pytest.raises(Refused, match="already"):
        services.ask_extension(of_user(priya), opened.pk, "Still there", now)
    with pytest.raises(NotAllowed):
        services.grant_extension(of_user(rui), opened.pk, 2, "Conference", now)
    services.grant_extension(of_user(lead), opened.pk, 2, "Conference", now)
    opened.refresh_from_db()
    assert (opened.due_at - before, opened.business_days) == (dt.timedelta(days=2), 5)
    assert opened.deadline["due_date"] == "2026-11-25"
    assert opened.due_changes.get().due_before == before
    assert "conference" not in str(Event.objects.filter(name__startswith="notes.exten").values("payload")).lower()


def test_more_time_is_not_granted_after_the_due_moment(opened: NotesRequest, lead: User) -> None:
    with pytest.raises(Refused, match="over"):
        services.grant_extension(of_user(lead), opened.pk, 2, "late", opened.due_at)
    services.grant_extension(of_user(lead), opened.pk, 2, "late", opened.due_at - dt.timedelta(microseconds=1))


def test_the_first_ask_is_granted_at_once_where_the_policy_says_so(
    opened: NotesRequest, priya: User, lead: User, second_lead: User, now: dt.datetime
) -> None:
    published(lead, second_lead, {AT_ONCE: 2}, first=TODAY)
    before = opened.due_at
    services.ask_extension(of_user(priya), opened.pk, "Ill", now)
    change = opened.due_changes.get()
    assert (change.business_days_added, change.by_kind, change.due_after - before) == (2, "system", dt.timedelta(2))
    assert change.reason == "First request for more time, granted at once by the policy in force on 2026-11-18"
    assert not NotesRequest.objects.filter(MORE_TIME_WAITS).exists()


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (TODAY + DAY, None, 0),
        (TODAY, None, 2),
        (TODAY - 3 * DAY, TODAY, 2),
        (TODAY - 3 * DAY, TODAY - DAY, 0),
        (dt.date(2026, 9, 1), dt.date(2026, 9, 30), 0),  # the date of service, on which nobody asked
    ],
)
def test_the_policy_of_the_day_of_the_request_counts(
    opened: NotesRequest,
    priya: User,
    lead: User,
    second_lead: User,
    now: dt.datetime,
    first: dt.date,
    last: dt.date | None,
    days: int,
) -> None:
    published(lead, second_lead, {AT_ONCE: 2}, first=first, last=last)
    assert more_time.at_once(opened, now) == days
    services.ask_extension(of_user(priya), opened.pk, "", now)
    assert [change.business_days_added for change in opened.due_changes.all()] == ([days] if days else [])


def test_the_day_is_the_provider_s(opened: NotesRequest, lead: User, second_lead: User, now: dt.datetime) -> None:
    published(lead, second_lead, {AT_ONCE: 2}, first=TODAY + DAY)
    midnight = dt.datetime(2026, 11, 19, 5, 0, tzinfo=dt.UTC)  # in New York
    assert more_time.at_once(opened, midnight - dt.timedelta(microseconds=1)) == 0
    assert more_time.at_once(opened, midnight) == 2


def test_a_payer_may_decide_it_otherwise_and_what_was_granted_stays_after_a_revert(
    opened: NotesRequest, priya: User, lead: User, second_lead: User, now: dt.datetime
) -> None:
    published(lead, second_lead, {AT_ONCE: 2}, first=TODAY)
    own = published(lead, second_lead, {AT_ONCE: 5}, first=TODAY, payer_id=opened.session.payer.payer_id)
    published(lead, second_lead, {AT_ONCE: 1}, first=TODAY, payer_id="another")
    services.ask_extension(of_user(priya), opened.pk, "", now)
    assert opened.due_changes.get().business_days_added == 5
    reverted(lead, second_lead, own)
    assert (more_time.at_once(opened, now), opened.due_changes.get().business_days_added) == (2, 5)


@pytest.mark.parametrize(("days", "message"), [(11, "from 0 to 10"), (-1, "from 0 to")])
def test_no_more_at_once_than_a_lead_may_grant(lead: User, days: int, message: str) -> None:
    with pytest.raises(Problem) as refusal:
        draft(lead, {AT_ONCE: days}, first=TODAY)
    assert message in refusal.value.errors[0].message
    draft(lead, {AT_ONCE: 10}, first=TODAY)


def test_asking_for_more_time_and_granting_it_need_no_words_and_declining_does(
    opened: NotesRequest, priya: User, lead: User, rui: User, now: dt.datetime
) -> None:
    with pytest.raises(Refused, match="No request for more time"):
        services.decline_extension(of_user(lead), opened.pk, "No.", now)
    with pytest.raises(Refused) as refused:
        services.grant_extension(of_user(lead), opened.pk, 1, "", now)  # nobody asked
    assert refused.value.pointer == "/reason"
    services.grant_extension(of_user(lead), opened.pk, 1, "A holiday week.", now)
    services.ask_extension(of_user(priya), opened.pk, "", now + dt.timedelta(hours=1))
    waits = NotesRequest.objects.filter(MORE_TIME_WAITS)
    assert (waits.get(), NotesRequest.objects.get().more_time_waits) == (opened, True)
    with pytest.raises(NotAllowed):
        services.decline_extension(of_user(rui), opened.pk, "The payer waits.", now)
    with pytest.raises(Refused) as refused:
        services.decline_extension(of_user(lead), opened.pk, "", now)
    assert refused.value.pointer == "/reason"
    services.decline_extension(of_user(lead), opened.pk, "The payer waits.", now + dt.timedelta(hours=2))
    assert (waits.count(), NotesRequest.objects.get().more_time_waits) == (0, False)
    assert messages_of(of_user(priya), opened)[-1].text == "The payer waits."
    assert "payer" not in str(Event.objects.get(name="notes.extension_declined").payload)
    with pytest.raises(Refused, match=r"no more time was given\. Ask a question"):
        services.ask_extension(of_user(priya), opened.pk, "Please", now + dt.timedelta(hours=3))


def test_more_time_that_was_asked_for_is_given_without_a_word(
    opened: NotesRequest, priya: User, lead: User, now: dt.datetime
) -> None:
    services.ask_extension(of_user(priya), opened.pk, "", now)
    services.grant_extension(of_user(lead), opened.pk, 2, "", now)
    assert opened.due_changes.get().reason == "The provider asked for more time"
    assert not NotesRequest.objects.filter(MORE_TIME_WAITS).exists()
    with pytest.raises(Refused, match="and more time was given"):
        services.ask_extension(of_user(priya), opened.pk, "", now)


def test_pages_say_what_happens_to_the_ask(
    opened: NotesRequest, priya: User, lead: User, second_lead: User, browser_of: Any, frozen: Any
) -> None:
    page = reverse("my-request", args=[opened.pk])
    assert "A lead decides" in browser_of(priya).get(page).content.decode()
    published(lead, second_lead, {AT_ONCE: 2}, first=TODAY)
    assert "You get 2 more business days at once" in browser_of(priya).get(page).content.decode()
    told = browser_of(priya).post(reverse("my-extension", args=[opened.pk]), follow=True).content.decode()
    assert "You have more time, until Wed 25 Nov" in told
    assert "It was granted." in told


def test_a_lead_declines_on_the_page_and_the_provider_is_mailed(
    opened: NotesRequest, priya: User, lead: User, browser_of: Any, frozen: Any, now: dt.datetime, mailoutbox: Any
) -> None:
    services.ask_extension(of_user(priya), opened.pk, "", now)
    browser, page = browser_of(lead), reverse("request-page", args=[opened.pk])
    assert "The provider asks for more time" in browser.get(page).content.decode()
    given = {"business_days": "2", "decline": "1", "reason": "The payer waits."}
    shown = browser.post(reverse("request-extend", args=[opened.pk]), given, follow=True).content.decode()
    assert "The provider asks for more time" not in shown
    run_everything()
    assert "answer to your question" in mailoutbox[-1].subject
    assert "payer" not in mailoutbox[-1].body
    provider_page = browser_of(priya).get(reverse("my-request", args=[opened.pk])).content.decode()
    assert "It was not granted; the date stays as it is." in provider_page
    assert "The payer waits." in provider_page
