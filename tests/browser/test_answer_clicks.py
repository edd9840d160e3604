"""How many clicks an answer takes, from the mail to the receipt; and that a file which broke off goes on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from clawguard import clock
from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import SignInLink, User
from clawguard.events import outbox
from notes import services
from notes.models import Note, NotesRequest
from sessions import services as sessions
from tests import builders
from tests.browser.looking import assert_axe_clean, assert_no_sideways_scroll
from tests.browser.test_provider_answer import (
    DESK,
    NOTE,
    PAPER,
    PHONE,
    choose,
    continue_from_mail,
    mailed_link,
    send,
)
from tests.notes.conftest import answer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("network")]
COUNT_PRESSES = (
    "addEventListener('pointerdown', () => sessionStorage.presses = 1 + Number(sessionStorage.presses || 0), true)"
)


@pytest.fixture
def on_file(priya: User, asked: NotesRequest, now: dt.datetime, work: Callable[[], None]) -> NotesRequest:
    """A second request, about a session whose note Priya sent before anybody asked."""
    body = builders.short_session()
    body |= {"external_id": "S-on-file", "client": {**body["client"], "external_id": "C-on-file"}}
    session = sessions.submit(SYSTEM, body, now)
    services.add_note(of_user(priya), session.pk, answer(text=NOTE), now)
    work()
    return NotesRequest.objects.exclude(pk=asked.pk).get()


def presses_of(page: Page) -> int:
    """Presses since the last call."""
    return int(page.evaluate("(() => { const n = sessionStorage.presses; sessionStorage.presses = 0; return n })()"))


def first_answer(page: Page) -> None:
    """From the page behind the mail's link to the receipt, in a browser that was never seen before."""
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Type the code from your mail")
    assert_axe_clean(page)
    outbox.run_waiting(clock.now())
    code = re.search(r"^\d{4} \d{4}$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code
    page.keyboard.type(code[0])  # the field has the focus
    continue_from_mail(page)
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
    expect(page.get_by_text("by Mon 23 Nov, end of day (your time)").first).to_be_visible()
    for way in ("More time", "Not my session", "I disagree", "Ask"):
        expect(page.get_by_role("link", name=way, exact=True)).to_be_in_viewport()
    expect(choose(page, PAPER)).to_contain_text("Received")
    assert_axe_clean(page)
    send(page)
    expect(page.get_by_text(PAPER["name"]).first).to_be_visible()
    expect(page.get_by_text("on time")).to_be_visible()
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)


def answer_with_the_note_on_file(page: Page, link: str) -> None:
    """In the same browser, which is known by now."""
    page.goto(link)
    continue_from_mail(page)
    expect(page.get_by_role("heading", name="A note of this session is on file")).to_be_visible()
    assert_axe_clean(page)
    page.get_by_label(re.compile("I attest")).first.check()
    page.get_by_role("button", name="Confirm and submit — final").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answer has arrived")


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_seven_clicks_in_a_new_browser_and_four_where_the_note_is_on_file(
    window: Any,
    asked: NotesRequest,
    screen: dict[str, Any],
    request: pytest.FixtureRequest,
    settings: Any,
) -> None:
    settings.NEW_DEVICE_CODE = True
    page = window(None, mailed_link(), **screen).page
    page.evaluate(COUNT_PRESSES)  # from here on; every later page counts from its first script
    page.add_init_script(COUNT_PRESSES)
    second = request.getfixturevalue("on_file")
    second_link = mailed_link()
    assert not SignInLink.objects.exclude(used_at=None).exists(), "a mail scanner that opens the link uses it up"
    first_answer(page)
    presses = presses_of(page)
    assert 1 + presses + 1 <= 7, "the link in the mail and the file in the chooser are clicks too"
    assert presses >= 5, "the counting itself is at fault"
    answer_with_the_note_on_file(page, second_link)
    assert 1 + presses_of(page) == 4
    assert set(NotesRequest.objects.values_list("status", flat=True)) == {"answered"}
    assert second.notes.get().kind == "confirmed"


def test_a_file_that_broke_off_goes_on_where_it_stopped(window: Any, priya: User, asked: NotesRequest) -> None:
    """A lost connection, a reload: the same file is chosen again and only the rest of it is sent."""
    opened = window(priya, f"/my/requests/{asked.pk}", **PHONE)
    opened.ignore += ["ERR_FAILED", "ERR_INTERNET_DISCONNECTED"]
    page = opened.page
    long = {"name": "long.txt", "mimeType": "text/plain", "buffer": f"{NOTE}\n".encode() * 8000}
    sent: list[int] = []

    def line(route: Any) -> None:
        sent.append(len(route.request.post_data_buffer))
        route.abort() if len(sent) > 1 else route.continue_()

    page.route("**/pieces/**", line)
    row = choose(page, long)
    expect(row).to_contain_text("No connection. It goes on by itself")
    warned: list[str] = []
    page.once("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
    page.reload()
    assert warned == ["beforeunload"], "leaving would break the file off"
    expect(page.locator(".well__file")).to_contain_text("choose the same file again to go on")
    assert_axe_clean(page)
    page.unroute("**/pieces/**")
    choose(page, long)
    expect(page.locator(".well__file")).to_have_count(1)
    expect(page.locator(".well__file")).to_contain_text("Received")
    send(page)
    assert Note.objects.get().note_files.get().file.size == len(long["buffer"])
