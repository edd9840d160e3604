"""A provider submits a note after the request ended: the words are still there, and one click takes them along."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from notes import services
from notes.models import NotesRequest
from tests.browser.looking import assert_axe_clean, assert_no_sideways_scroll
from tests.browser.test_provider_answer import NOTE, attest
from tests.world import answer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("network")]
SEEN = {"wide": {"width": 1280, "scheme": "light"}, "narrow": {"width": 360, "scheme": "dark"}}


@pytest.mark.parametrize("seen", SEEN.values(), ids=SEEN)
def test_a_note_typed_while_the_request_ended_is_copied_into_the_one_that_asks_again(
    window: Any, priya: User, rui: User, asked: NotesRequest, now: dt.datetime, seen: dict[str, Any]
) -> None:
    services.submit_answer(of_user(priya), asked.pk, answer(), now)
    opened = window(priya, f"/my/requests/{asked.pk}", permissions=["clipboard-read", "clipboard-write"], **seen)
    opened.ignore.append("409 (Conflict)")
    page = opened.page
    page.get_by_label("Or type the note or addendum").fill(NOTE)
    attest(page)
    for item in asked.items.all():
        services.return_item(of_user(rui), asked.pk, item.number, "The end time is missing.", now)
    again = asked.followed_by.get()
    services.deliver(again.pk, SYSTEM, now)
    page.get_by_role("button", name="Submit — final").click()
    expect(page.get_by_role("alert")).to_contain_text("Not sent")
    kept = page.get_by_label("Your note or addendum")
    expect(kept).to_have_value(NOTE)
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"unsent-{seen['width']}.png", full_page=True)
    page.get_by_role("button", name="Copy the text").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    page.get_by_role("link", name="Open the request that asks again").click()
    page.wait_for_url(f"**/my/requests/{again.pk}")
    page.get_by_label("Or type the note or addendum").focus()
    page.keyboard.press("ControlOrMeta+V")
    expect(page.get_by_label("Or type the note or addendum")).to_have_value(NOTE)
