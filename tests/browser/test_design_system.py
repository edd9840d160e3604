"""The parts of the interface in real Chromium: readable, reachable by keyboard, within the policy, wide and narrow."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from clawguard.accounts import sign_in
from clawguard.accounts.models import User
from clawguard.clock import now
from clawguard.ui import context
from tests.builders import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STAFF, PROVIDER = "/style", "/style?as=provider"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OUTSIDE = ["/sign-in", "/sign-in/link", "/sign-in/link/cut-off", "/nothing-here"]


def assert_axe_clean(page: Page) -> None:
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def assert_no_sideways_scroll(page: Page) -> None:
    overflow = page.evaluate("document.documentElement.scrollWidth - Math.min(innerWidth, screen.width)")
    wide = page.evaluate(
        "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
        ".slice(0, 5).map(e => e.className)"
    )
    assert overflow <= 0, wide


@pytest.mark.parametrize("path", [STAFF, PROVIDER])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_part_is_accessible_in_every_scheme_and_width(
    window: Any, rui: User, path: str, scheme: str, width: int
) -> None:
    page = window(rui, path, width=width, scheme=scheme, has_touch=width == 360, is_mobile=width == 360).page
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)


@pytest.mark.parametrize("path", [STAFF, PROVIDER])
def test_everything_reflows_at_320_pixels_as_when_zoomed_to_400_percent(window: Any, rui: User, path: str) -> None:
    assert_no_sideways_scroll(window(rui, path, width=320).page)


@pytest.mark.parametrize("path", OUTSIDE)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_before_signing_in_are_accessible_on_a_phone(
    window: Any, administrator: User, path: str, scheme: str
) -> None:
    opened = window(None, path, width=360, scheme=scheme, has_touch=True, is_mobile=True)
    opened.ignore += ["404 (Not Found)", "410 (Gone)"]
    assert_axe_clean(opened.page)
    assert_no_sideways_scroll(opened.page)


def test_open_dialogs_menus_and_palette_are_accessible(window: Any, rui: User) -> None:
    page = window(rui, STAFF).page
    page.get_by_role("button", name="Request notes …").first.click()
    assert_axe_clean(page)
    page.keyboard.press("Escape")
    page.locator(".topbar .menu > summary").last.click()
    assert_axe_clean(page)


def test_the_first_tab_offers_to_skip_to_the_content(window: Any, rui: User) -> None:
    page = window(rui, STAFF).page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_j_and_k_walk_the_rows_x_ticks_and_enter_opens(window: Any, rui: User) -> None:
    page = window(rui, STAFF).page
    links = page.locator("[data-row-link]")
    page.keyboard.press("j")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("x")
    expect(page.get_by_role("checkbox", name="Select A. Lindgren LCSW")).to_be_checked()
    expect(page.locator("[data-selection-bar]")).to_contain_text("1 selected")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/style?row=2")


def test_letters_typed_into_a_field_are_letters(window: Any, rui: User) -> None:
    page = window(rui, STAFF).page
    page.keyboard.press("/")
    field = page.get_by_role("searchbox", name="Find in this list")
    expect(field).to_be_focused()
    page.keyboard.type("jk?x")
    expect(field).to_have_value("jk?x")
    expect(page.locator("#shortcuts")).not_to_be_visible()


def test_the_box_in_the_head_selects_every_row(window: Any, rui: User) -> None:
    page = window(rui, STAFF).page
    page.get_by_role("checkbox", name="Select all rows").check()
    expect(page.locator("[data-selection-bar]")).to_contain_text("6 selected")
    page.get_by_role("checkbox", name="Select T. Marsh LCSW").uncheck()
    assert page.get_by_role("checkbox", name="Select all rows").evaluate("box => box.indeterminate")


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two pages that are always there, as places of the navigation."""
    style = context.Place("Style", "style", "eye", context.STAFF, "g s")
    password = context.Place("Password", "password", "lock", context.STAFF, "g p")
    monkeypatch.setattr(context, "PLACES", (style, password))


@pytest.mark.usefixtures("places")
def test_the_palette_finds_a_page_by_its_name_and_opens_it(window: Any, rui: User) -> None:
    page = window(rui, STAFF).page
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Search or go to")
    expect(field).to_be_focused()
    expect(page.locator("#palette [role=option]")).to_have_count(2)
    assert_axe_clean(page)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", name="Go to password")).to_have_attribute("aria-selected", "true")
    field.fill("S-2026/1 & co")
    found = page.get_by_role("option", name="Session with id “S-2026/1 & co”")
    assert found.get_attribute("data-url").endswith("?external_id=S-2026%2F1%20%26%20co")
    field.fill("passw")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/password")


@pytest.mark.usefixtures("places")
def test_two_keys_lead_to_a_place_until_single_keys_are_switched_off(window: Any, rui: User) -> None:
    page = window(rui, STAFF).page
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url("**/account/password")
    page.goto(STAFF)
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(sheet).to_contain_text("Go to password")
    assert_axe_clean(page)
    sheet.get_by_label("Use single-key shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(sheet).not_to_be_visible()
    assert page.evaluate("document.activeElement === document.body")


def test_a_dialog_names_the_consequence_keeps_the_focus_and_gives_it_back(window: Any, rui: User) -> None:
    page = window(rui, STAFF).page
    opener = page.get_by_role("button", name="Request notes …").first
    opener.press("Enter")
    dialog = page.get_by_role("dialog", name="Request notes from P. Osei?")
    expect(dialog).to_contain_text("Three business days run from its delivery.")
    for _ in range(6):
        page.keyboard.press("Tab")
        inside = "document.activeElement === document.body || Boolean(document.activeElement.closest('dialog'))"
        assert page.evaluate(inside)
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    expect(opener).to_be_focused()


def test_a_clock_turns_late_in_the_open_page(window: Any, rui: User) -> None:
    page = window(rui, STAFF).page
    clock = page.locator(".clock", has_text="turns late in this page")
    expect(clock).to_contain_text("1 min left")
    expect(clock).to_contain_text("late by 1 min", timeout=8000)
    assert clock.locator("use").get_attribute("href").endswith("#alarm")


def test_the_chosen_colours_stay(window: Any, rui: User) -> None:
    page = window(rui, STAFF).page
    page.locator(".topbar .menu > summary").last.click()
    page.get_by_role("button", name="Dark").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark == "rgb(15, 18, 23)"


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


def test_a_large_file_name_cannot_push_the_page_sideways(window: Any, rui: User) -> None:
    opened = window(rui, PROVIDER, width=360)
    opened.ignore.append("413")
    page = opened.page
    page.route("**/style*", lambda route: route.fulfill(status=413))
    page.locator("#upload-files").set_input_files({"name": "n" * 180 + ".pdf", "mimeType": "x/y", "buffer": b"x"})
    expect(page.locator(".well__file").last).to_contain_text("the file is too large")
    assert_no_sideways_scroll(page)


def test_script_in_a_file_name_stays_text(window: Any, rui: User) -> None:
    opened = window(rui, STAFF)
    page = opened.page
    page.route("**/style", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    opened.ignore.append("ERR_FAILED")
    name = "<img src=x onerror=alert(1)>.pdf"
    page.locator("#upload-files").set_input_files({"name": name, "mimeType": "x/y", "buffer": b"x"})
    expect(page.locator(".well__file").last).to_contain_text(name)
    assert page.locator(".well__file img").count() == 0


def test_pages_work_without_scripts(window: Any, rui: User) -> None:
    page = window(None, "/sign-in?next=/account/password", java_script_enabled=False).page
    page.get_by_label("E-mail address").fill(rui.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Change password")).to_be_visible()
    page.goto(STAFF)
    page.get_by_text("State 1").click()
    page.get_by_label("Waiting on us").check()
    page.get_by_role("button", name="Apply").click()
    assert "state=a" in page.url
    assert "state=b" in page.url


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
    page.get_by_role("button", name="Sign in").click()
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
    page.keyboard.press("Escape")
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


def test_motion_stops_for_those_who_ask(window: Any, rui: User) -> None:
    page = window(rui, STAFF, reduced_motion="reduce").page
    assert page.evaluate("document.getAnimations().length") == 0


def test_paper_shows_the_words_and_none_of_the_controls(window: Any, rui: User) -> None:
    page = window(rui, STAFF, scheme="dark").page
    page.emulate_media(media="print")
    expect(page.locator(".topbar")).not_to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
