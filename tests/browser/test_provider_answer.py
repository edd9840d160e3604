"""A provider answers a notes request: from the e-mailed link to the receipt, by finger, by mouse and by keyboard."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Locator, Page, expect

from clawguard.accounts import tasks
from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import SignInLink, User
from notes import services
from notes.models import Note, NotesRequest
from sessions import services as sessions
from tests import builders
from tests.browser.conftest import move_clock
from tests.browser.looking import assert_axe_clean, assert_no_sideways_scroll
from tests.notes.conftest import answer
from tests.world import PDF

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("network")]

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DESK = {"viewport": {"width": 1280, "height": 900}}
NOTE = "16 September, 10:02 to 10:49. Behavioural activation, plan reviewed. Signed electronically, LCSW."
COUNT_PRESSES = (
    "addEventListener('pointerdown', () => sessionStorage.presses = 1 + Number(sessionStorage.presses || 0), true)"
)
PAPER = {"name": "note of 16 September.pdf", "mimeType": "application/pdf", "buffer": PDF}
PROGRAM = {"name": "viewer.exe", "mimeType": "application/octet-stream", "buffer": b"MZ\x90\x00" + bytes(64)}


@pytest.fixture
def asked(priya: User, now: dt.datetime, work: Callable[[], None]) -> NotesRequest:
    """A short session came in and was screened; its notes request was delivered, and Priya has a mail about it."""
    sessions.submit(SYSTEM, builders.short_session(), now)
    work()
    return NotesRequest.objects.get(status="open")


def mailed_link() -> str:
    """The way in that the newest mail's text offers."""
    found = re.search(r"\S+/sign-in/link/\S+", str(mail.outbox[-1].body))
    assert found, "the mail holds no link"
    return found[0]


def continue_from_mail(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("One session needs")


def attest(page: Page) -> None:
    page.get_by_label(re.compile("I attest that this is the record")).check()


def send(page: Page) -> None:
    attest(page)
    page.get_by_role("button", name="Submit — final").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answer has arrived")


def choose(page: Page, file: dict[str, Any]) -> Locator:
    """Choose a file as a person does; the row that tells what became of it."""
    with page.expect_file_chooser() as chooser:
        page.get_by_text("Choose or photograph").click()
    chooser.value.set_files([file])  # type: ignore[list-item]
    return page.locator(".well__file", has_text=file["name"])


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


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_seven_clicks_in_a_new_browser_and_four_where_the_note_is_on_file(
    window: Any,
    asked: NotesRequest,
    screen: dict[str, Any],
    request: pytest.FixtureRequest,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.NEW_DEVICE_CODE = True
    monkeypatch.setattr(tasks.mail_sign_in_code, "delay", tasks.mail_sign_in_code)  # mailed at once
    opened = window(None, mailed_link(), **screen)
    page = opened.page
    page.evaluate(COUNT_PRESSES)  # from here on; every later page counts from its first script
    page.add_init_script(COUNT_PRESSES)
    second = request.getfixturevalue("on_file")
    second_link = mailed_link()
    assert not SignInLink.objects.exclude(used_at=None).exists(), "a mail scanner that opens the link uses it up"
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Type the code from your mail")
    assert_axe_clean(page)
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
    presses = presses_of(page)
    assert 1 + presses + 1 <= 7, "the link in the mail and the file in the chooser are clicks too"
    assert presses >= 5, "the counting itself is at fault"
    expect(page.get_by_text(PAPER["name"]).first).to_be_visible()
    expect(page.get_by_text("on time")).to_be_visible()
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
    page.goto(second_link)
    continue_from_mail(page)
    expect(page.get_by_role("heading", name="A note of this session is on file")).to_be_visible()
    assert_axe_clean(page)
    page.get_by_label(re.compile("I attest")).first.check()
    page.get_by_role("button", name="Confirm and submit — final").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answer has arrived")
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


def test_a_link_works_once_and_a_fresh_one_is_a_click_away(window: Any, asked: NotesRequest, now: dt.datetime) -> None:
    link = mailed_link()
    opened = window(None, link, **PHONE)
    opened.ignore += ["410 (Gone)", "403 (Forbidden)"]
    page = opened.page
    continue_from_mail(page)
    page.goto("/sessions/check")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your link opened one thing only")
    assert_axe_clean(page)
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("This link does not work any more")
    expect(page.get_by_text("A link works once, and this one was used")).to_be_visible()
    assert_axe_clean(page)
    page.get_by_role("button", name="E-mail me a new link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Type the code from your mail")
    assert_axe_clean(page)


def test_a_form_typed_section_by_section_survives_a_reload_and_is_one_note(
    window: Any, priya: User, asked: NotesRequest
) -> None:
    page = window(priya, f"/my/requests/{asked.pk}", **PHONE).page
    page.get_by_label("DAP", exact=True).check()
    page.get_by_label("Data", exact=True).fill(NOTE)
    page.get_by_label("Plan", exact=True).fill("Weekly.")
    expect(page.locator("[data-autosave-status]")).to_have_text(re.compile(r"Saved \d\d:\d\d"))
    assert_axe_clean(page)
    page.reload()
    expect(page.get_by_label("Plan", exact=True)).to_have_value("Weekly.")
    page.get_by_label("Free text", exact=True).check()
    expect(page.get_by_label("Or type the note or addendum")).to_have_value(f"Data:\n{NOTE}\n\nPlan:\nWeekly.")
    assert not Note.objects.exists(), "a draft is no answer"
    send(page)
    page.get_by_role("button", name="Read what I sent").click()
    expect(page.get_by_text(NOTE)).to_be_visible()


def test_what_is_missing_is_told_and_nothing_typed_is_lost(window: Any, priya: User, asked: NotesRequest) -> None:
    opened = window(priya, f"/my/requests/{asked.pk}", **PHONE)
    opened.ignore.append("422 (Unprocessable")
    page = opened.page
    page.get_by_label("Or type the note or addendum").fill(NOTE)
    page.get_by_role("button", name="Submit — final").click()
    expect(page.get_by_role("alert")).to_contain_text("Not sent yet")
    expect(page.get_by_label("Or type the note or addendum")).to_have_value(NOTE)
    assert_axe_clean(page)
    send(page)
    assert Note.objects.count() == 1


def test_a_file_that_cannot_be_taken_says_why_and_loses_nothing(window: Any, priya: User, asked: NotesRequest) -> None:
    opened = window(priya, f"/my/requests/{asked.pk}", **DESK)
    opened.ignore.append("415 (Unsupported Media Type)")
    page = opened.page
    page.get_by_label("Anything to explain").fill("The times are on page one.")
    expect(page.locator("[data-autosave-status]")).to_have_text(re.compile(r"Saved \d\d:\d\d"))
    expect(choose(page, PAPER)).to_contain_text("Received")
    expect(choose(page, PROGRAM)).to_contain_text(re.compile("Not accepted: .*PDF"))
    expect(page.get_by_label("Anything to explain")).to_have_value("The times are on page one.")
    page.reload()
    expect(page.locator(".well__file")).to_have_count(1)
    expect(page.locator(".well__file")).to_contain_text(PAPER["name"])
    send(page)
    assert Note.objects.get().note_files.count() == 1


def test_the_whole_answer_by_keyboard_alone(window: Any, asked: NotesRequest) -> None:
    page = window(None, mailed_link(), **DESK).page
    walk_to(page, page.get_by_role("button", name="Continue")).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("One session needs")
    walk_to(page, page.get_by_label("Or type the note or addendum"))
    page.keyboard.type(NOTE)
    walk_to(page, page.get_by_label(re.compile("I attest"))).press("Space")
    walk_to(page, page.get_by_role("button", name="Submit — final")).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answer has arrived")
    assert Note.objects.count() == 1


def walk_to(page: Page, wanted: Locator) -> Locator:
    """Press Tab until ``wanted`` has the focus; what has it on the way must show it."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if wanted.evaluate("wanted => wanted === document.activeElement"):
            assert wanted.evaluate("wanted => wanted.matches(':focus-visible')")
            return wanted
    raise AssertionError(f"Tab does not lead to {wanted}")


def test_a_late_answer_is_taken_marked_late_and_says_so(
    window: Any, priya: User, asked: NotesRequest, work: Callable[[], None]
) -> None:
    assert asked.due_at is not None
    after = asked.due_at + dt.timedelta(hours=9)
    assert services.lapse_due(after) == 1
    move_clock(after)
    work()
    page = window(priya, f"/my/requests/{asked.pk}", **PHONE).page
    expect(page.get_by_text("The answer time is over; you can still answer")).to_be_visible()
    expect(page.get_by_text("It will be marked late.")).to_be_visible()
    assert_axe_clean(page)
    page.get_by_label("Or type the note or addendum").fill(NOTE)
    send(page)
    expect(page.locator(".panel__head", has_text="late")).to_contain_text("kept and weighed")
    assert_axe_clean(page)
    assert [note.late for note in Note.objects.all()] == [True]


def test_a_lost_connection_keeps_the_words_and_says_that_they_are_not_saved(
    window: Any, priya: User, asked: NotesRequest
) -> None:
    opened = window(priya, f"/my/requests/{asked.pk}", **PHONE)
    opened.ignore += ["ERR_INTERNET_DISCONNECTED", "ERR_FAILED"]
    page = opened.page
    page.context.set_offline(True)
    page.get_by_label("Or type the note or addendum").fill(NOTE)
    status = page.locator("[data-autosave-status]")
    expect(status).to_contain_text("Not saved yet: no connection")
    page.context.set_offline(False)
    expect(status).to_have_text(re.compile(r"Saved \d\d:\d\d"))
    page.reload()
    expect(page.get_by_label("Or type the note or addendum")).to_have_value(NOTE)
