"""The parts of the interface in real Chromium: readable, within the policy, light, dark, wide, narrow and on paper."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from clawguard.accounts.models import User
from tests.browser.looking import PROVIDER, STAFF, assert_axe_clean, assert_no_sideways_scroll, press
from tests.builders import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OUTSIDE = ["/sign-in", "/sign-in/link", "/sign-in/link/cut-off", "/nothing-here"]


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


@pytest.mark.parametrize("path", [STAFF, PROVIDER])
def test_the_room_after_an_icon_in_a_link_is_no_part_of_its_underlined_words(window: Any, rui: User, path: str) -> None:
    page = window(rui, path).page
    link = page.locator("[data-style-link]")
    words = """link => {
      const range = document.createRange();
      range.selectNodeContents(link.lastChild);
      const spaced = range.getBoundingClientRect().width;
      const text = link.lastChild.textContent;
      range.setStart(link.lastChild, text.length - text.trimStart().length);
      return [spaced, range.getBoundingClientRect().width, link.getBoundingClientRect().width];
    }"""
    spaced, bare, whole = link.evaluate(words)
    assert spaced == pytest.approx(bare, abs=0.5)
    assert whole - bare == pytest.approx(16 + 6, abs=1)  # the icon and the room after it
    centered = "all => all.every(one => getComputedStyle(one).alignItems === 'center')"
    assert page.locator("a.button:visible, .menu__list a").evaluate_all(
        centered
    )  # what has a layout of its own keeps it


def test_open_dialogs_menus_and_palette_are_accessible(window: Any, rui: User) -> None:
    page = window(rui, STAFF).page
    page.get_by_role("button", name="Request notes …").first.click()
    assert_axe_clean(page)
    press(page, "Escape")
    page.locator(".topbar .menu > summary").last.click()
    assert_axe_clean(page)


def test_the_chosen_colours_stay(window: Any, rui: User) -> None:
    page = window(rui, STAFF).page
    page.locator(".topbar .menu > summary").last.click()
    page.get_by_role("button", name="Dark").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark == "rgb(15, 18, 23)"


def test_a_large_file_name_cannot_push_the_page_sideways(window: Any, rui: User) -> None:
    opened = window(rui, PROVIDER, width=360)
    opened.ignore.append("413")
    page = opened.page
    page.route("**/style*", lambda route: route.fulfill(status=413))
    page.locator("#upload-files").set_input_files({"name": "n" * 180 + ".pdf", "mimeType": "x/y", "buffer": b"x"})
    expect(page.locator(".well__file").last).to_contain_text("the file is too large")
    assert_no_sideways_scroll(page)


def test_pages_work_without_scripts(window: Any, rui: User) -> None:
    page = window(None, "/sign-in?next=/account/password", java_script_enabled=False).page
    page.get_by_label("E-mail address").fill(rui.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Change password")).to_be_visible()
    page.goto(STAFF)
    page.get_by_text("State 1").click()
    page.get_by_label("Waiting on us").check()
    page.get_by_role("button", name="Apply").click()
    assert "state=a" in page.url
    assert "state=b" in page.url


def test_motion_stops_for_those_who_ask(window: Any, rui: User) -> None:
    page = window(rui, STAFF, reduced_motion="reduce").page
    assert page.evaluate("document.getAnimations().length") == 0


def test_paper_shows_the_words_and_none_of_the_controls(window: Any, rui: User) -> None:
    page = window(rui, STAFF, scheme="dark").page
    page.emulate_media(media="print")
    expect(page.locator(".topbar")).not_to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
