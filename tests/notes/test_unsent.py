"""An answer that comes too late for its request: what was typed comes back with what to do, and is not kept."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from notes import services
from notes.models import Draft, Note, NotesRequest
from tests.notes.conftest import CANARY
from tests.notes.test_pages import filled, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
TYPED = f"<b>Session</b> note {CANARY}"
SHOWN = f"&lt;b&gt;Session&lt;/b&gt; note {CANARY}"


@pytest.fixture
def answered(opened: NotesRequest, send: Any, now: dt.datetime) -> NotesRequest:
    send(opened, now, text="The first answer.")
    return opened


def submitted(browser: Any, request: NotesRequest, **changes: str) -> HttpResponse:
    given: HttpResponse = browser.post(url(request, "answer"), filled(text=TYPED, seen="1", **changes))
    return given


def accepted(request: NotesRequest, rui: User, now: dt.datetime) -> None:
    for item in request.items.all():
        services.accept_item(of_user(rui), request.pk, item.number, now)


def returned(request: NotesRequest, rui: User, now: dt.datetime) -> NotesRequest:
    for item in request.items.all():
        services.return_item(of_user(rui), request.pk, item.number, "The end is missing.", now)
    return request.followed_by.get()


def given_back(answer: HttpResponse) -> str:
    """The page that gives back what was typed: escaped, for no cache, and kept nowhere."""
    page = answer.content.decode()
    assert answer.status_code == 409
    assert SHOWN in page and TYPED not in page
    assert "no-store" in answer["Cache-Control"]
    assert 'data-copy="unsent-text"' in page and "It is not kept here." in page
    assert not Draft.objects.exists()
    return page


def test_accepted_meanwhile(answered: NotesRequest, rui: User, priya: User, now: dt.datetime, browser_of: Any) -> None:
    accepted(answered, rui, now)
    page = given_back(submitted(browser_of(priya), answered, explanation="The train was late."))
    assert "Your answer was accepted" in page and "copy it there as an addendum" in page
    assert "The train was late." in page and 'data-copy="unsent-explanation"' in page
    assert Note.objects.count() == 1


def test_withdrawn_meanwhile(opened: NotesRequest, rui: User, priya: User, now: dt.datetime, browser_of: Any) -> None:
    services.withdraw(of_user(rui), opened.pk, "We found it.", now)
    page = given_back(browser_of(priya).post(url(opened, "answer"), filled(text=TYPED)))
    assert "This request was withdrawn" in page and "Nothing more is needed from you" in page


def test_under_review_meanwhile(
    answered: NotesRequest, rui: User, priya: User, now: dt.datetime, browser_of: Any
) -> None:
    services.accept_item(of_user(rui), answered.pk, 1, now)
    page = given_back(submitted(browser_of(priya), answered))
    assert "tell us in a question" in page and 'href="#question"' in page and 'id="question"' in page


def test_returned_meanwhile_leads_to_the_request_that_asks_again(
    answered: NotesRequest, rui: User, priya: User, now: dt.datetime, browser_of: Any
) -> None:
    again = returned(answered, rui, now)
    assert "on its way to you" in given_back(submitted(browser_of(priya), answered))
    services.deliver(again.pk, SYSTEM, now)
    page = given_back(submitted(browser_of(priya), answered))
    assert f'href="{url(again)}"' in page and "Open the request that asks again" in page


def test_an_objection_that_comes_too_late_comes_back_too(
    answered: NotesRequest, rui: User, priya: User, now: dt.datetime, browser_of: Any
) -> None:
    accepted(answered, rui, now)
    given = filled(text="", explanation=TYPED, objection="disagree", seen="1")
    page = browser_of(priya).post(url(answered, "answer"), given).content.decode()
    assert SHOWN in page and 'data-copy="unsent-explanation"' in page


def test_answered_from_another_window_leaves_the_words_in_the_form_and_the_next_click_adds_them(
    answered: NotesRequest, priya: User, browser_of: Any
) -> None:
    browser = browser_of(priya)
    refused = browser.post(url(answered, "answer"), filled(text=TYPED, seen="0"))
    page = refused.content.decode()
    assert (refused.status_code, SHOWN in page) == (409, True)
    assert "sent from another window" in page and 'name="seen" value="1"' in page
    assert "unsent" not in page
    assert browser.post(url(answered, "answer"), filled(text=TYPED, seen="1")).status_code == 302
    assert Note.objects.count() == 2


def test_saving_to_leave_without_script_gives_the_words_back_as_a_page(
    answered: NotesRequest, rui: User, priya: User, now: dt.datetime, browser_of: Any
) -> None:
    accepted(answered, rui, now)
    given = {"text": TYPED, "submission": str(uuid4()), "draft_version": "0", "save_and_leave": "1"}
    given_back(browser_of(priya).post(url(answered, "draft"), given))
    del given["save_and_leave"]
    script = browser_of(priya).post(url(answered, "draft"), given)
    assert (script.status_code, script["Content-Type"]) == (409, "application/problem+json")
    assert CANARY not in script.content.decode()


def test_a_draft_that_another_window_changed_is_not_overwritten_by_what_comes_back(
    opened: NotesRequest, priya: User, now: dt.datetime, browser_of: Any
) -> None:
    services.save_draft(of_user(priya), opened.pk, "From the other window.", "", uuid4(), 0, now)
    given = {"text": TYPED, "submission": str(uuid4()), "draft_version": "7", "save_and_leave": "1"}
    page = browser_of(priya).post(url(opened, "draft"), given).content.decode()
    assert SHOWN in page and 'name="draft_version" value="7"' in page
    assert Draft.objects.get().version == 1
