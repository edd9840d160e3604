"""Everything by keyboard: rows, dialogs, the palette, chords, and how to switch single keys off."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from clawguard.accounts.models import User
from clawguard.ui import context
from clawguard.ui.keys import GROUPS
from tests.browser.looking import STAFF, assert_axe_clean, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_first_tab_offers_to_skip_to_the_content(window: Any, rui: User) -> None:
    page = window(rui, STAFF).page
    press(page, "Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    press(page, "Enter")
    expect(page.locator("#main")).to_be_focused()


def test_j_and_k_walk_the_rows_x_ticks_and_enter_opens(window: Any, rui: User) -> None:
    page = window(rui, STAFF).page
    links = page.locator("[data-row-link]")
    press(page, "j")
    expect(links.nth(0)).to_be_focused()
    press(page, "j", "j", "k")
    expect(links.nth(1)).to_be_focused()
    press(page, "x")
    expect(page.get_by_role("checkbox", name="Select A. Lindgren LCSW")).to_be_checked()
    expect(page.locator("[data-selection-bar]")).to_contain_text("1 selected")
    press(page, "j", "Enter")
    page.wait_for_url("**/style?row=2")


def test_letters_typed_into_a_field_are_letters(window: Any, rui: User) -> None:
    page = window(rui, STAFF).page
    press(page, "/")
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
    press(page, "Control+k")
    field = page.get_by_role("combobox", name="Search or go to")
    expect(field).to_be_focused()
    expect(page.locator("#palette [role=option]")).to_have_count(2)
    assert_axe_clean(page)
    press(page, "ArrowDown")
    expect(page.get_by_role("option", name="Go to password")).to_have_attribute("aria-selected", "true")
    field.fill("S-2026/1 & co")
    found = page.get_by_role("option", name="Session with id “S-2026/1 & co”")
    assert found.get_attribute("data-url").endswith("?external_id=S-2026%2F1%20%26%20co")
    field.fill("passw")
    press(page, "Enter")
    page.wait_for_url("**/account/password")


@pytest.mark.usefixtures("places")
def test_two_keys_lead_to_a_place_until_single_keys_are_switched_off(window: Any, rui: User) -> None:
    page = window(rui, STAFF).page
    press(page, "g", "p")
    page.wait_for_url("**/account/password")
    page.goto(STAFF)
    press(page, "?")
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(sheet).to_contain_text("Go to password")
    expect(sheet.locator(".pair:not(:has(kbd))")).to_have_count(0)  # what has no key is no shortcut
    assert_axe_clean(page)
    sheet.get_by_label("Use single-key shortcuts").uncheck()
    press(page, "Escape")
    page.reload()
    press(page, "j", "?")
    expect(sheet).not_to_be_visible()
    assert page.evaluate("document.activeElement === document.body")


def test_the_sheet_lists_every_key_of_the_table(window: Any, rui: User) -> None:
    page = window(rui, STAFF).page
    press(page, "?")
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(sheet.get_by_role("heading", name="Keyboard shortcuts")).to_be_focused()
    assert sheet.evaluate("dialog => dialog.scrollTop") == 0  # it is read from its beginning
    for place, keys in GROUPS.items():
        listed = sheet.locator(f"div:has(> h3:text-is('{place}')) .pair")
        said = [" ".join(text.split()) for text in listed.all_inner_texts()]
        assert said == [f"{key.words} {key.keys}" for key in keys.values()]


def test_a_dialog_names_the_consequence_keeps_the_focus_and_gives_it_back(window: Any, rui: User) -> None:
    page = window(rui, STAFF).page
    opener = page.get_by_role("button", name="Request notes …").first
    opener.press("Enter")
    dialog = page.get_by_role("dialog", name="Request notes from P. Osei?")
    expect(dialog).to_contain_text("Three business days run from its delivery.")
    for _ in range(6):
        press(page, "Tab")
        inside = "document.activeElement === document.body || Boolean(document.activeElement.closest('dialog'))"
        assert page.evaluate(inside)
    press(page, "Escape")
    expect(dialog).not_to_be_visible()
    expect(opener).to_be_focused()
