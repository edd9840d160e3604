"""A case from triage to its end: one person proposes, another agrees, the provider appeals, a third looks again."""

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
from disputes.models import Case
from tests import world
from tests.browser.looking import assert_axe_clean, assert_no_sideways_scroll, press
from tests.disputes import makers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("network")]

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
WORDS = "The claim says 53 minutes or more; the session shows 47. The source is the time rule of the code."
APPEAL = "The plan changed my start time that day; the calendar entry shows it."
OURS = "Our own directory showed the plan as in network when this session was booked."


@pytest.fixture
def heard(rui: User, priya: User, colleague: User, now: dt.datetime) -> Case:
    """Priya's case, answered, among others: one that still waits for her and one of a colleague in another team."""
    before = now - dt.timedelta(hours=6)
    talking = [_in_talk(rui, before) for _ in range(2)]
    services.post_message(of_user(priya), talking[0].pk, "The times are in my note.", before + dt.timedelta(hours=1))
    makers.work(now)
    return Case.objects.get(pk=talking[0].pk)


def _in_talk(rui: User, at: dt.datetime) -> Case:
    case = services.open_by_hand(of_user(rui), world.screened(at).pk, at)
    services.attribute(case.pk, at)
    services.open_conversation(case.pk, at)
    return case


def decide(page: Page, party: str, clause: str, outcome: str, words: str, amount: str = "") -> None:
    """Tick one fact, fill the form in, look at the letter, and send it."""
    page.get_by_label(re.compile("Date of service")).check()
    page.get_by_label("Whose error").select_option(label=party)
    page.get_by_label("Clause of the policy").select_option(value=clause)
    page.get_by_label("Outcome").select_option(value=outcome)
    page.get_by_label("Amount to recover").fill(amount)
    page.get_by_label("Your words to the provider").fill(words)
    page.get_by_role("button", name="Preview the letter").click()
    expect(page.locator("#letter")).to_contain_text(words)
    page.get_by_role("button", name="Decide", exact=True).click()


def propose_provider_error(page: Page, case: Case) -> None:
    page.goto(f"/cases/{case.pk}")
    decide(page, "Provider error", "provider.coding", "recover", WORDS, "40.00")
    expect(page.get_by_text("Proposed. A second person looks at it before it holds.")).to_be_visible()


def test_rui_finds_the_case_with_keys_and_filters_and_opens_it(window: Any, rui: User, heard: Case) -> None:
    page = window(rui, "/triage").page
    page.get_by_role("navigation", name="Views").get_by_role("link", name="All standing").click()
    page.wait_for_url(re.compile(r"view="))
    expect(page.locator("[data-row-link]")).to_have_count(2)
    press(page, "/")
    page.keyboard.type(heard.provider.name)
    page.locator(".filter summary", has_text="State").click()
    page.get_by_label("Answered").check()
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("[data-row-link]")).to_have_count(1)
    assert_axe_clean(page)
    page.get_by_role("link", name="Clear").click()
    expect(page.locator("[data-row-link]")).to_have_count(2)
    press(page, "j", "j", "k")
    first = page.locator("[data-row-link]").first
    expect(first).to_be_focused()
    address = first.get_attribute("href")
    press(page, "Enter")
    page.wait_for_url(f"**{address}")
    expect(page.get_by_role("heading", name="Claim facts")).to_be_visible()
    assert_axe_clean(page)


def test_a_provider_error_takes_two_and_an_appeal_a_third(  # one story, told in the order in which it happens
    window: Any, rui: User, lead: User, second_lead: User, priya: User, heard: Case, work: Callable[[], None]
) -> None:
    _rui_proposes_and_cannot_agree(window, rui, heard)
    _another_person_agrees(window, lead, heard)
    work()
    _the_provider_reads_and_appeals(window, priya)
    work()
    _who_took_part_cannot_decide_again(window, lead, heard)
    _a_third_person_finds_the_networks_error(window, second_lead, heard)
    work()
    _the_provider_is_told_of_the_guarantee(window, priya, heard)
    _both_proposals_are_listed_under_their_names(window, lead)


def _rui_proposes_and_cannot_agree(window: Any, rui: User, case: Case) -> None:
    page = window(rui, f"/cases/{case.pk}").page
    expect(page.get_by_text("Session too short for the billed code")).to_be_visible()
    expect(page.get_by_text("The times are in my note.")).to_be_visible()
    propose_provider_error(page, case)
    expect(page.get_by_text("A lead who did not propose it looks at it.")).to_be_visible()
    assert page.get_by_role("button", name="Agree …").count() == 0


def _another_person_agrees(window: Any, lead: User, case: Case) -> None:
    page = window(lead, "/triage?view=second").page
    press(page, "j", "Enter")
    page.wait_for_url(f"**/cases/{case.pk}")
    page.get_by_role("button", name="Agree …").click()
    dialog = page.get_by_role("dialog", name="Agree with this decision?")
    expect(dialog).to_contain_text("No payment is changed here.")
    assert_axe_clean(page)
    dialog.get_by_role("button", name="Agree and make it final").click()
    expect(page.get_by_text("Approved. The decision holds, and the provider is told by letter.")).to_be_visible()


def _the_provider_reads_and_appeals(window: Any, priya: User) -> None:
    page = window(priya, "/my", **PHONE).page
    page.get_by_role("link", name=re.compile("decided")).first.click()
    expect(page.get_by_role("heading", name="What was decided")).to_be_visible()
    expect(page.get_by_text(WORDS).first).to_be_visible()
    expect(page.get_by_text("Money is only proposed here; nothing was taken.")).to_be_visible()
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
    page.get_by_text("I see it differently").click()
    page.get_by_label("What should be looked at again").fill(APPEAL)
    page.get_by_role("button", name="Send my appeal").click()
    expect(page.get_by_text("Your appeal arrived.")).to_be_visible()


def _who_took_part_cannot_decide_again(window: Any, lead: User, case: Case) -> None:
    page = window(lead, f"/cases/{case.pk}").page
    expect(page.get_by_text("You took part in a decision of this case.")).to_be_visible()
    expect(page.get_by_role("button", name="Decide", exact=True)).to_have_count(0)


def _a_third_person_finds_the_networks_error(window: Any, second_lead: User, case: Case) -> None:
    page = window(second_lead, "/triage?view=appeals").page
    press(page, "j", "Enter")
    page.wait_for_url(f"**/cases/{case.pk}")
    expect(page.get_by_text(APPEAL).first).to_be_visible()
    decide(page, "Network error", "network.status_told_wrong", "pay_contracted_rate", OURS)
    expect(page.get_by_text("Decided. The provider is told by letter.")).to_be_visible()


def _the_provider_is_told_of_the_guarantee(window: Any, priya: User, case: Case) -> None:
    page = window(priya, f"/my/cases/{case.pk}", **PHONE).page
    told = page.get_by_role("region", name="What was decided")
    expect(told).to_contain_text(
        "This was our error, and we are sorry for it. You are paid your contracted rate of $142.50."
    )
    expect(told).to_contain_text(OURS)


def _both_proposals_are_listed_under_their_names(window: Any, lead: User) -> None:
    page = window(lead, "/adjustments").page
    newest, before = page.locator("tbody tr").all()
    expect(newest).to_contain_text("$142.50")
    expect(newest).to_contain_text("Second Test")
    expect(before).to_contain_text("$40.00")
    expect(before).to_contain_text("Rui Test")
    expect(before).to_contain_text("Lead Test")


def test_a_lead_cannot_agree_with_their_own_proposal(window: Any, lead: User, heard: Case) -> None:
    page = window(lead, "/triage").page
    propose_provider_error(page, heard)
    expect(page.get_by_text("A decision waits for a second person")).to_be_visible()
    assert page.get_by_role("button", name="Agree …").count() == 0


def test_what_the_network_caused_shows_the_guarantee_before_anybody_decides(
    window: Any, rui: User, heard: Case
) -> None:
    page = window(rui, f"/cases/{heard.pk}").page
    for name, value in (("network_status_told", "in"), ("network_status_actual", "out")):
        page.get_by_text("Add a fact", exact=True).click()
        page.get_by_label("Fact", exact=True).select_option(value=name)
        page.get_by_label("Value").fill(value)
        page.get_by_label("Where it comes from").fill("Directory of 10 September")
        page.get_by_role("button", name="Add this fact").click()
        expect(page.get_by_text("Fact added, and the facts weighed again.")).to_be_visible()
    expect(page.get_by_text("The guarantee holds")).to_be_visible()
    decide(page, "Network error", "network.status_told_wrong", "pay_contracted_rate", OURS)
    expect(page.get_by_text("Decided. The provider is told by letter.")).to_be_visible()


def test_a_decision_without_evidence_is_refused_and_keeps_its_words(window: Any, rui: User, heard: Case) -> None:
    opened = window(rui, f"/cases/{heard.pk}")
    opened.ignore.append("422 (Unprocessable")
    page = opened.page
    ticked = page.locator("#decision-form .evidence input:checked")
    expect(ticked).not_to_have_count(0)
    while ticked.count():  # each that is unticked leaves the others to be the first
        ticked.first.uncheck()
    page.get_by_label("Whose error").select_option(label="Nobody's error")
    page.get_by_label("Clause of the policy").select_option(value="none.no_error")
    page.get_by_label("Outcome").select_option(value="no_issue")
    page.get_by_label("Your words to the provider").fill(WORDS)
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Tick at least one fact")
    expect(page.get_by_label("Your words to the provider")).to_have_value(WORDS)
    assert_axe_clean(page)
