"""A page of several forms: sending one asks first when words typed in another would be lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Dialog, expect

from clawguard.accounts.models import User
from clawguard.ids import new_id
from disputes.models import Case, Proposal
from tests.browser.looking import assert_axe_clean
from tests.disputes import makers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("network")]
WORDS = "The session shows 47 minutes."


def answering(said: list[str], agree: bool) -> Callable[[Dialog], None]:
    def answer(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.accept() if agree else dialog.dismiss()

    return answer


def test_words_typed_in_another_form_are_not_lost_unasked(window: Any, rui: User, priya: User) -> None:
    case = makers.answered(rui, priya)
    page = window(rui, f"/cases/{case.pk}").page
    said: list[str] = []
    page.get_by_label("Your words to the provider").fill(WORDS)
    page.get_by_label("Who looks after this case").select_option(label=rui.name)
    page.once("dialog", answering(said, agree=False))
    page.get_by_role("button", name="Assign", exact=True).click()
    expect(page.get_by_label("Your words to the provider")).to_be_focused()
    assert page.get_by_label("Your words to the provider").input_value() == WORDS
    assert len(said) == 1 and "“Your words to the provider” is not sent with this and would be lost" in said[0]
    assert Case.objects.get(pk=case.pk).assignee is None
    page.once("dialog", answering(said, agree=True))
    page.get_by_role("button", name="Assign", exact=True).click()
    expect(page.get_by_label("Who looks after this case")).to_have_value(str(rui.pk))
    expect(page.get_by_label("Your words to the provider")).to_have_value("")
    assert len(said) == 2


def test_a_form_of_its_own_and_an_untouched_page_ask_nothing(window: Any, rui: User, priya: User) -> None:
    case = makers.answered(rui, priya)
    page = window(rui, f"/cases/{case.pk}").page
    said: list[str] = []
    page.on("dialog", answering(said, agree=False))
    page.get_by_label("Note among staff").fill(WORDS)
    page.get_by_role("button", name="Keep this note").click()
    expect(page.locator(".message", has_text=WORDS)).to_be_visible()
    page.get_by_label("Who looks after this case").select_option(label=rui.name)
    page.get_by_role("button", name="Assign", exact=True).click()
    page.wait_for_url(re.compile(r"/cases/[^#]*$"))
    expect(page.get_by_label("Who looks after this case")).to_have_value(str(rui.pk))
    assert said == []


def test_a_question_opens_the_form_for_its_answer_and_keeps_what_is_typed(window: Any, rui: User, priya: User) -> None:
    case = makers.answered(rui, priya)
    row = Proposal.objects.filter(case=case).latest("number")
    asked = {"fact": "eligibility_shown", "who_can_supply": "network", "question": "What did it show?"}
    row.pk, row.number, row.attribution = new_id(), row.number + 1, {**row.attribution, "missing": [asked]}
    row.save(force_insert=True)
    page = window(rui, f"/cases/{case.pk}").page
    page.get_by_label("Your words to the provider").fill(WORDS)
    page.get_by_role("link", name="Add the answer").press("Enter")
    expect(page.get_by_label("Value")).to_be_focused()
    assert page.get_by_label("Fact", exact=True).input_value() == "eligibility_shown"
    assert page.get_by_label("Your words to the provider").input_value() == WORDS
    assert_axe_clean(page)
