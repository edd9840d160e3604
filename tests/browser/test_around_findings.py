"""Around the findings in Chromium: check before you submit, the catalogue, judging several findings at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from playwright.sync_api import expect

from clawguard import clock
from clawguard.accounts.actors import SYSTEM
from sessions import catalogue, services
from sessions.models import Finding, Payer, TherapySession
from tests.browser.looking import assert_axe_clean, assert_no_sideways_scroll, press
from tests.builders import NOW, short_session
from tests.sessions.test_intake import screen_all

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def short(count: int) -> None:
    for number in range(count):
        day = NOW.date() - dt.timedelta(days=60 + number)
        times = {"date_of_service": f"{day}", "start": f"{day}T10:02:00-04:00", "confirmed_at": f"{day}T17:00:00-04:00"}
        body = short_session(external_id=f"S-{number}", client={"external_id": f"C-{number}"}, **times)
        services.submit(SYSTEM, body | {"end": f"{day}T10:49:00-04:00"}, NOW)
    screen_all()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_provider_checks_a_session_before_submitting_it(window: Any, network: None, priya: Any, width: int) -> None:
    Payer.objects.create(payer_id="60054", name="Example Health", kind="commercial")
    page = window(priya, "/sessions/check", width=width).page
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
    page.get_by_label("Date of service").fill("2026-09-16")
    page.get_by_label("Start").fill("10:02")
    page.get_by_label("End").fill("10:49")
    page.get_by_label("Diagnoses").fill("F33.1")
    page.get_by_label("Code").first.fill("90837")
    page.get_by_role("button", name="Check this session").click()
    expect(page.get_by_role("heading", name="What the checks say")).to_be_focused()
    expect(page.locator("#answer .finding").first).to_be_visible()
    assert page.url.endswith("/sessions/check") and "$" not in page.locator("#answer").inner_text()
    expect(page.get_by_label("Code").first).to_have_value("90837")
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
    page.get_by_label("Code").first.fill("")
    press(page, "Enter")
    expect(page.locator("#answer")).to_contain_text("Please look at this again")
    assert not TherapySession.objects.exists()


@pytest.mark.parametrize("width", [360, 1280])
def test_without_scripts_the_answer_is_a_page(window: Any, network: None, priya: Any, width: int) -> None:
    Payer.objects.create(payer_id="60054", name="Example Health", kind="commercial")
    page = window(priya, "/sessions/check", width=width, java_script_enabled=False).page
    page.get_by_label("Diagnoses").fill("F33.1")
    page.get_by_label("Code").first.fill("90837")
    page.get_by_role("button", name="Check this session").click()
    expect(page.get_by_role("heading", name="What the checks say")).to_be_visible()


def test_several_findings_are_dismissed_seen_and_taken_back(window: Any, network: None, priya: Any, rui: Any) -> None:
    short(3)
    page = window(rui, "/checks/CG101/findings?state=waiting&days=all").page
    page.locator('tbody input[type="checkbox"]').nth(0).check()
    page.locator('tbody input[type="checkbox"]').nth(1).check()
    expect(page.locator("[data-selected-count]")).to_have_text("2 selected")
    page.get_by_role("button", name="Dismiss the selected").click()
    expect(page.get_by_role("heading", name="Dismiss 2 findings?")).to_be_visible()
    assert_axe_clean(page)
    page.get_by_label("Why it does not hold").select_option(label="The record supports what was billed")
    page.get_by_role("button", name="Dismiss 2 findings").click()
    expect(page.get_by_role("heading", name="2 findings dismissed")).to_be_visible()
    assert_axe_clean(page)
    page.locator("[data-toast]").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Taken back")).to_be_visible()
    assert set(Finding.objects.filter(check_id="CG101").values_list("status", flat=True)) == {"new"}
    assert clock.now() < NOW + dt.timedelta(hours=1)


FOLDS = "details.family__fold"


@pytest.mark.parametrize("scripts", [True, False])
def test_the_checks_fold_by_family_on_a_phone_and_a_check_is_two_steps_away(
    window: Any, network: None, priya: Any, scripts: bool
) -> None:
    page = window(priya, "/checks", width=360, java_script_enabled=scripts).page
    assert page.locator(FOLDS).count() == len(catalogue.categories())
    expect(page.get_by_role("link", name="CG101")).not_to_be_visible()
    assert page.locator("html").evaluate("html => html.scrollHeight") < 2000
    summary = page.locator(f"{FOLDS} > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="CG101")).to_be_visible()
    if scripts:
        assert_axe_clean(page)
        assert_no_sideways_scroll(page)
    page.get_by_role("link", name="CG101").click()
    page.wait_for_url("**/checks/CG101")


def test_what_a_search_finds_is_open_on_a_phone(window: Any, network: None, priya: Any) -> None:
    page = window(priya, "/checks", width=360).page
    press(page, "/")
    page.keyboard.type("too short")
    press(page, "Enter")
    page.wait_for_url("**/checks?q=too*")
    expect(page.get_by_role("link", name="CG101")).to_be_visible()


def test_in_a_wide_window_every_check_is_there_and_j_walks_on_into_the_next_family(
    window: Any, network: None, rui: Any
) -> None:
    page = window(rui, "/checks").page
    links = page.locator("[data-row-link]:visible")
    assert links.count() == len(catalogue.ENTRIES)
    expect(page.locator(FOLDS).first).not_to_be_visible()
    last = page.locator("table[data-rows]").first.locator("[data-row-link]").last
    last.focus()
    press(page, "j")
    expect(page.locator("table[data-rows]").nth(1).locator("[data-row-link]").first).to_be_focused()
