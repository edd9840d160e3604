"""A provider answers a notes request: from the e-mailed link to the receipt, by finger, by mouse and by keyboard."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Locator, Page, expect

from clawguard.accounts.models import User
from notes import services
from notes.models import Note, NotesRequest
from tests.browser.conftest import move_clock
from tests.browser.looking import assert_axe_clean, press
from tests.world import PDF

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("network")]

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DESK = {"viewport": {"width": 1280, "height": 900}}
NOTE = "16 September, 10:02 to 10:49. Behavioural activation, plan reviewed. Signed electronically, LCSW."
PAPER = {"name": "note of 16 September.pdf", "mimeType": "application/pdf", "buffer": PDF}
PROGRAM = {"name": "viewer.exe", "mimeType": "application/octet-stream", "buffer": b"MZ\x90\x00" + bytes(64)}


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
    expect(page.get_by_text(re.compile(r"[1-9]\d* found, [1-9]\d* not found yet"))).to_be_visible()
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
        press(page, "Tab")
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
