"""A cancellation fee from the dispute to its end: both sides are heard, the evidence is weighed, the fee reduced."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from disputes import services
from disputes.models import Dispute
from tests.browser.looking import assert_axe_clean, assert_no_sideways_scroll
from tests.browser.test_staff_decision import PHONE
from tests.disputes import makers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("network")]

STARTS = dt.datetime(2026, 11, 16, 15, tzinfo=dt.UTC)
NOTE = "The policy was shown when the session was booked. The cancellation came four hours before."
ILL = "I was ill that morning and wrote as soon as I could."
DOCUMENT = {"name": "policy.txt", "mimeType": "text/plain", "buffer": b"24 hours of notice, or the fee of 75.00."}
WHY = "The notice was short, and the client was ill: half of the fee stands."


@pytest.fixture
def disputed(rui: User, priya: User, now: dt.datetime) -> Dispute:
    """Delivered to Priya; a policy is kept in the library."""
    words = {"version": "January 2026", "notice_hours": 24, "fee": "75.00"}
    kept = services.NewItem("policy", "Cancellation policy, January 2026", words, dt.date(2026, 1, 1))
    services.keep_item(of_user(rui), kept, now)
    told = {"reason": "late_notice", "starts_at": STARTS, "cancelled_at": STARTS - dt.timedelta(hours=4)}
    assert priya.provider is not None
    row = makers.dispute(of_user(rui), priya.provider, now, service_date=STARTS.date(), **told)
    makers.work(now)
    return row


def test_a_fee_is_disputed_contested_and_reduced(  # one story, told in the order in which it happens
    window: Any, rui: User, priya: User, disputed: Dispute, work: Callable[[], None]
) -> None:
    address = _staff_make_a_link(window, rui, disputed)
    _the_client_tells_their_side(window, address)
    _the_provider_contests(window, priya, disputed)
    work()
    _staff_weigh_both_sides_and_reduce(window, rui, disputed)
    work()
    _the_provider_reads_how_it_ended(window, priya, disputed)


def _staff_make_a_link(window: Any, rui: User, row: Dispute) -> str:
    page = window(rui, f"/disputes/{row.pk}").page
    assert_axe_clean(page)
    page.get_by_role("button", name="Make a link").click()
    address = page.get_by_label("Copy it now").input_value()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the address").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == address
    assert_axe_clean(page)
    return address


def _the_client_tells_their_side(window: Any, address: str) -> None:
    watched = window(None, address, **PHONE)
    watched.ignore.append("404")  # the link is tried once more when it is used up
    page = watched.page
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
    page.get_by_label("I was ill, or it was an emergency").check()
    page.get_by_label("What happened, in your words").fill(ILL)
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", name="Thank you, we have it")).to_be_visible()
    assert_axe_clean(page)
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", name="This link does not work")).to_be_visible()


def _the_provider_contests(window: Any, priya: User, row: Dispute) -> None:
    watched = window(priya, f"/my/disputes/{row.pk}", **PHONE)
    watched.ignore.append("422")
    page = watched.page
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
    page.get_by_label("The fee should stand").check()
    page.locator("summary", has_text="Cancellation policy").click()
    page.get_by_label("Version or date of the policy").fill("January 2026")
    page.locator("#file-policy-files").set_input_files(DOCUMENT)
    expect(page.locator("#file-policy .well__status").first).to_contain_text("Received")
    page.get_by_label("What happened, in your words").fill(NOTE)
    _look_over(page)
    expect(page.get_by_text("policy.txt")).to_be_visible()
    expect(page.get_by_text("Hours of notice it asks for is needed")).to_be_visible()  # nothing typed is lost by that
    page.get_by_label("Hours of notice it asks for").fill("24")
    _look_over(page)
    expect(page.get_by_role("heading", name="The fee should stand")).to_be_visible()
    expect(page.get_by_text("policy.txt")).to_be_visible()
    expect(page.get_by_text("Sending is final")).to_be_visible()
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
    page.get_by_role("button", name="Send my answer, final").click()
    expect(page.get_by_role("heading", name="Your answer has arrived")).to_be_visible()
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)


def _look_over(page: Page) -> None:
    page.get_by_role("button", name="Look it over before sending").click()


def _staff_weigh_both_sides_and_reduce(window: Any, rui: User, row: Dispute) -> None:
    page = window(rui, f"/disputes/{row.pk}").page
    expect(page.get_by_text(ILL)).to_be_visible()
    expect(page.get_by_text(NOTE)).to_be_visible()
    expect(page.get_by_text("20 h too late")).to_be_visible()
    expect(page.get_by_text("policy.txt").first).to_be_visible()
    expect(page.get_by_text(re.compile("1 needed to decide|enough to decide")).first).to_be_visible()
    assert_axe_clean(page)
    page.get_by_label("Outcome for the client").select_option(label="Fee reduced")
    page.get_by_label("Reduced fee").fill("37.50")
    page.get_by_label("Why", exact=True).fill(WHY)
    page.get_by_role("button", name="Decide the dispute").click()
    expect(page.get_by_text("Fee reduced · client owes $37.50")).to_be_visible()


def _the_provider_reads_how_it_ended(window: Any, priya: User, row: Dispute) -> None:
    page = window(priya, f"/my/disputes/{row.pk}", **PHONE).page
    expect(page.get_by_text(WHY)).to_be_visible()
    assert_axe_clean(page)
    row.refresh_from_db()
    assert (row.outcome, str(row.outcome_amount)) == ("reduced", "37.50")
