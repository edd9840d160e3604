"""A note is tried out in private, sent as a scan and as a Word file, read, and looked at page by page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from notes import services
from notes.models import NotesRequest
from tests import world
from tests.browser.looking import assert_axe_clean, assert_no_sideways_scroll
from tests.notes.intake import making

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("network")]
NOTE = "\n".join(making.LINES)
WIDTHS = [(1280, "light"), (360, "dark")]


@pytest.fixture
def answered(priya: User, now: dt.datetime) -> NotesRequest:
    """Answered with a PDF of two pages and a Word file, and one file that is locked away."""
    request = world.delivered()
    give = {"a.pdf": making.pdf([NOTE, "Second page of the record of that day."]), "b.docx": making.docx()}
    for name, content in {**give, "c.docx": making.docx(("Process Notes", "Private thoughts."))}.items():
        services.add_file(of_user(priya), request.pk, name, [content], now)
    note = services.submit_answer(of_user(priya), request.pk, world.answer(text=""), now).note
    for _ in range(4):
        services.read_on(note.pk, now)
    return request


@pytest.mark.parametrize(("width", "scheme"), WIDTHS)
def test_staff_look_at_the_pages(window: Any, rui: User, answered: NotesRequest, width: int, scheme: str) -> None:
    page = window(rui, f"/requests/{answered.pk}", width=width, scheme=scheme).page
    expect(page.get_by_text("c.docx: Locked away unread: it calls itself psychotherapy notes")).to_be_visible()
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
    page.get_by_role("button", name="See its pages").first.click()
    expect(page.get_by_role("heading", name="Page 2")).to_be_visible()
    picture = page.locator(".note-page").first
    expect(picture).to_be_visible()
    assert picture.evaluate("async image => { await image.decode(); return image.naturalWidth > 500 }")
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)


@pytest.mark.parametrize(("width", "scheme"), WIDTHS)
def test_a_provider_hears_before_sending_what_a_chosen_file_lacks(
    window: Any, priya: User, work: Callable[[], None], now: dt.datetime, width: int, scheme: str
) -> None:
    request = world.delivered()
    page = window(priya, f"/my/requests/{request.pk}", width=width, scheme=scheme).page
    told, chooser = page.locator("#files-found"), page.locator("#upload-files")
    expect(told).to_be_empty()
    scan = {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": making.pdf([NOTE])}
    chooser.set_input_files(scan)
    expect(told).to_contain_text("1 file still being read. You can send your answer meanwhile.")
    work()
    expect(told).to_contain_text("not found yet. A hint, not a verdict.")
    expect(told.get_by_text("Found: signature with credentials")).to_be_hidden()
    told.get_by_text("What was found").click()
    expect(told.get_by_text("Found: signature with credentials")).to_be_visible()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")  # the bar at the foot half covers nothing there
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
    chooser.set_input_files(scan)
    expect(page.locator("[data-announce]")).to_contain_text("It is there already")
    expect(page.locator(".well__file")).to_have_count(1)
    page.get_by_role("button", name="Remove scan.pdf").click()
    expect(told).to_be_empty()


@pytest.mark.parametrize(("width", "scheme"), WIDTHS)
def test_a_provider_tries_a_note_out(window: Any, priya: User, width: int, scheme: str) -> None:
    session = world.screened()
    page = window(priya, "/note-check", width=width, scheme=scheme).page
    assert_axe_clean(page)
    page.get_by_label("The session it is about").select_option(value=str(session.pk))
    page.get_by_label("Paste the note").fill(NOTE)
    page.get_by_role("button", name="Read my note").click()
    expect(page.locator("#answer")).to_contain_text("to look at")
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
