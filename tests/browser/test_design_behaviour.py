"""What pages do by themselves: clocks, drafts, uploads, toasts, and the end of a sign-in."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from clawguard.accounts import sign_in
from clawguard.accounts.models import User
from clawguard.clock import now
from tests.browser.looking import PROVIDER, STAFF, assert_axe_clean, press
from tests.builders import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_clock_turns_late_in_the_open_page(window: Any, rui: User) -> None:
    page = window(rui, STAFF).page
    clock = page.locator(".clock", has_text="turns late in this page")
    expect(clock).to_contain_text("1 min left")
    expect(clock).to_contain_text("late by 1 min", timeout=8000)
    assert clock.locator("use").get_attribute("href").endswith("#alarm")


def test_a_draft_says_when_it_was_saved_and_when_it_was_not(window: Any, rui: User) -> None:
    opened = window(rui, STAFF)
    opened.ignore += ["ERR_FAILED", "ERR_INTERNET_DISCONNECTED"]
    page, sent = opened.page, []
    line = {"up": False}

    def answer(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
        elif line["up"]:
            sent.append(route.request.post_data)
            route.fulfill(status=204)
        else:
            route.abort()

    page.route("**/style", answer)
    page.get_by_label("Your explanation").fill("It ran over because of the weather.")
    status = page.locator("[data-autosave-status]")
    expect(status).to_contain_text("Not saved yet: no connection")
    line["up"] = True
    expect(status).to_have_text(re.compile(r"Saved \d\d:\d\d"), timeout=8000)
    assert "weather" in sent[0]
    assert "csrfmiddlewaretoken" not in sent[0]


def test_a_draft_is_called_saved_only_while_all_that_was_typed_is(window: Any, rui: User) -> None:
    page, held = window(rui, STAFF).page, []
    page.route("**/style", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    box, status = page.get_by_label("Your explanation"), page.locator("[data-autosave-status]")

    def sent(text: str) -> Route:
        expect(status).to_have_text("Saving…")
        assert text in (held[-1].request.post_data or "")
        return held[-1]

    box.fill("first")
    sent("first").fulfill(status=204)
    expect(status).to_have_text(re.compile(r"Saved \d\d:\d\d"))
    box.fill("second")
    assert status.text_content() == "", "what is typed is not saved yet"
    second = sent("second")
    box.fill("third")
    assert status.text_content() == ""
    second.fulfill(status=204)
    sent("third").fulfill(status=204)
    expect(status).to_have_text(re.compile(r"Saved \d\d:\d\d"))
    assert len(held) == 3


def test_a_file_is_sent_when_chosen_can_be_removed_and_a_refusal_is_told_in_words(window: Any, rui: User) -> None:
    opened = window(rui, STAFF)
    opened.ignore.append("415 (Unsupported Media Type)")
    page = opened.page

    def answer(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        assert route.request.headers["x-csrftoken"]
        if "virus.exe" in (route.request.post_data or ""):
            body = {"errors": [{"message": "Only PDF, PNG, JPEG or plain text can be read."}]}
            return route.fulfill(status=415, content_type="application/problem+json", body=json.dumps(body))
        body = {"name": "n.txt", "size": 5, "message": "Received", "remove_url": "/style"}
        return route.fulfill(status=201, content_type="application/json", body=json.dumps(body))

    page.route("**/style", answer)
    chooser = page.locator("#upload-files")
    chooser.set_input_files({"name": "times.txt", "mimeType": "text/plain", "buffer": b"hello"})
    row = page.locator(".well__file", has_text="times.txt")
    expect(row).to_contain_text("Received · 5 bytes")
    chooser.set_input_files({"name": "virus.exe", "mimeType": "text/plain", "buffer": b"MZ"})
    expect(page.locator(".well__file", has_text="virus.exe")).to_contain_text("Only PDF, PNG, JPEG or plain text")
    row.get_by_role("button", name="Remove times.txt").click()
    expect(row).to_have_count(0)
    expect(page.locator(".well [role=status]")).to_contain_text("times.txt removed")


def test_script_in_a_file_name_stays_text(window: Any, rui: User) -> None:
    opened = window(rui, STAFF)
    page = opened.page
    page.route("**/style", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    opened.ignore.append("ERR_FAILED")
    name = "<img src=x onerror=alert(1)>.pdf"
    page.locator("#upload-files").set_input_files({"name": name, "mimeType": "x/y", "buffer": b"x"})
    expect(page.locator(".well__file").last).to_contain_text(name)
    assert page.locator(".well__file img").count() == 0


def test_the_e_mailed_link_asks_before_it_signs_in(window: Any, priya: User) -> None:
    token = sign_in.issue_link(priya, "/account/password", now())
    page = window(None, f"/sign-in/link/{token}", width=360).page
    assert_axe_clean(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Change password")).to_be_visible()


def test_the_back_button_after_signing_out_shows_nothing_of_the_pages_before(window: Any, rui: User) -> None:
    page = window(rui, "/account/password").page
    page.goto(STAFF)
    page.locator(".topbar .menu > summary").last.click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    page.go_back()
    page.go_back()
    assert page.url.endswith("/sign-in?next=/account/password")


def test_what_was_typed_survives_the_end_of_the_sign_in(window: Any, rui: User) -> None:
    opened = window(rui, "/account/password")
    opened.ignore.append("403 (Forbidden)")
    page = opened.page
    page.goto(PROVIDER)
    page.get_by_label("Your explanation").fill("The session ran from 10:02 to 10:57; see the addendum of that day.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Submit my answer").first.click()
    expect(page.get_by_role("heading", name="Please send this again")).to_be_visible()
    expect(page.get_by_label("Text")).to_have_value(re.compile("10:02 to 10:57"))
    assert_axe_clean(page)


def test_an_unused_page_warns_and_then_is_covered_until_somebody_signs_in_again(
    window: Any, rui: User, settings: Any
) -> None:
    opened = window(None, "/sign-in")
    page = opened.page
    page.clock.install()
    page.get_by_label("E-mail address").fill(rui.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(PROVIDER)
    page.get_by_label("Your explanation").fill("Kept.")
    page.route("**/style**", lambda route: route.fulfill(status=204))  # drafts are saved: only idleness counts here
    page.clock.run_for(4000)
    page.clock.fast_forward(settings.SESSION_IDLE_SECONDS * 1000 - 30_000)
    expect(page.get_by_text("You will be signed out in a minute.")).to_be_visible()
    page.clock.fast_forward(40_000)
    cover = page.get_by_role("dialog", name="You were signed out")
    expect(cover).to_be_visible()
    assert_axe_clean(page)
    press(page, "Escape")
    expect(cover).to_be_visible()
    with page.expect_popup() as again:
        cover.get_by_role("link", name="Sign in (opens in a new tab)").click()
    again.value.goto(STAFF)  # the tab of somebody who is signed in tells the others
    expect(cover).not_to_be_visible()
    expect(page.get_by_label("Your explanation")).to_have_value("Kept.")


def test_undo_in_a_toast_posts_to_where_the_action_is_taken_back(window: Any, rui: User) -> None:
    page = window(rui, STAFF).page
    detail = {"detail": {"text": "Dismissed.", "undo_url": "/account/undo-it"}}
    page.evaluate("given => document.dispatchEvent(new CustomEvent('toast', given))", detail)
    expect(page.locator("#toasts")).to_contain_text("Dismissed.")
    page.route("**/account/undo-it", lambda route: route.fulfill(status=200, body="taken back"))
    with page.expect_request("**/account/undo-it") as sent:
        page.get_by_role("button", name="Undo").click()
    assert sent.value.method == "POST"
    assert "csrfmiddlewaretoken=" in (sent.value.post_data or "")


@pytest.mark.parametrize("width", [360, 1280])
def test_what_needs_a_change_stands_apart_from_the_form_below_it(window: Any, rui: User, width: int) -> None:
    opened = window(rui, "/sessions?date_from=2026-12-01&date_to=2026-01-01", width=width)
    told = opened.page.locator("main > .error-summary")
    expect(told).to_be_focused()
    below = told.evaluate(
        "box => box.nextElementSibling.getBoundingClientRect().top - box.getBoundingClientRect().bottom"
    )
    assert below >= 16, "the ring around it covers no label"
