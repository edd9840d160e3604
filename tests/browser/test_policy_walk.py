"""A policy from its first word to its publication: written on a phone, tried, proposed, agreed to by a second lead."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from clawguard.accounts.models import User
from sessions.models import PolicyRevision
from tests.browser.looking import assert_axe_clean, assert_no_sideways_scroll
from tests.sessions.rules_makers import recent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("network")]
LIMIT = "Minutes of one session that are mentioned"


def test_two_leads_and_a_policy(window: Any, lead: User, second_lead: User, work: Callable[[], None]) -> None:
    session = recent(80)
    opened = window(lead, "/policies", width=360)
    opened.ignore.append("422")  # the proposal that was not tried yet
    page = opened.page
    page.get_by_role("link", name="Start a policy").first.click()
    page.get_by_label("Payer’s id").fill("60054")
    page.get_by_label("First day").fill("2026-01-01")
    page.get_by_role("button", name="Start the draft").click()
    page.get_by_role("textbox", name="Why").fill("Page 12 of the payer's manual.")
    page.locator("summary:has(h2:text-is('Time'))").click()
    page.get_by_label(f"{LIMIT}: a whole number").fill("75")
    expect(page.get_by_label(f"{LIMIT}: decided here?")).to_have_value("here")  # typing decides
    assert_no_sideways_scroll(page)
    expect(page.locator("[data-autosave-status]")).to_have_text(re.compile(r"Saved \d\d:\d\d"))
    page.reload()  # as after a browser that was lost: nothing is
    expect(page.get_by_role("textbox", name="Why")).to_have_value("Page 12 of the payer's manual.")
    expect(page.get_by_label(f"{LIMIT}: a whole number")).to_have_value("75")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_role("alert")).to_contain_text("Try it on the last 90 days first")
    page.get_by_role("button", name="Try it on the last 90 days").click()
    expect(page.get_by_text("Sessions tried")).to_be_visible()
    work()
    page.get_by_role("link", name="CG107").click()
    expect(page.get_by_role("link", name=session.external_id)).to_be_visible()
    assert_axe_clean(page)
    revision = PolicyRevision.objects.get()
    page.goto(f"/policies/revisions/{revision.pk}")
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_text("You wrote this, so you cannot.")).to_be_visible()
    other = window(second_lead, f"/policies/revisions/{revision.pk}").page
    expect(other.get_by_text("New findings")).to_be_visible()
    other.get_by_role("button", name="Publish it …").press("Enter")
    assert_axe_clean(other)
    other.get_by_role("dialog").get_by_role("button", name="Publish it").press("Enter")
    expect(other.get_by_role("heading", name="In force")).to_be_visible()
    expect(other.get_by_text("From 1 Jan 2026 until further notice").first).to_be_visible()
