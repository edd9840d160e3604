"""A page of refusal says a thing once, and leads back to the page it was sent from, never to anybody else's."""

from __future__ import annotations

import re
from typing import Any

import pytest

from clawguard.accounts.models import User
from tests.disputes import makers

pytestmark = pytest.mark.django_db
HERE = "http://testserver"


def ways_on(answer: Any) -> dict[str, str]:
    """What its buttons say, and where they lead."""
    found = re.findall(r'<a class="button[^"]*" href="([^"]*)">([^<]+)</a>', answer.content.decode())
    return {words: address for address, words in found}


def test_a_refused_button_leads_back_to_its_page(browser_of: Any, rui: User, lead: User, priya: User) -> None:
    case = makers.answered(rui, priya)
    page = f"/cases/{case.pk}"
    answer = browser_of(lead).post(f"{page}/approve", headers={"referer": f"{HERE}{page}?from=list"})
    assert answer.status_code == 409
    assert ways_on(answer) == {"Back to where you were": f"{page}?from=list", "Go to your first page": "/"}


@pytest.mark.parametrize(
    "named",
    ["", "https://elsewhere.example/cases", "http://testserver.example/", "javascript:alert(1)", "http://[", "/cases"],
)
def test_no_way_leads_to_what_is_not_ours(browser_of: Any, rui: User, priya: User, named: str) -> None:
    case = makers.answered(rui, priya)
    answer = browser_of(rui).post(f"/cases/{case.pk}/approve", headers={"referer": named})
    assert ways_on(answer) == {"Go to your first page": "/"}


def test_a_page_that_is_not_there_leads_back_to_where_its_link_stood_and_not_to_itself(
    browser_of: Any, rui: User
) -> None:
    client, gone = browser_of(rui), "/cases/00000000-0000-4000-8000-000000000000"
    led = client.get(gone, headers={"referer": f"{HERE}/triage?view=all"})
    assert ways_on(led)["Back to where you were"] == "/triage?view=all"
    again = client.get(gone, headers={"referer": f"{HERE}{gone}"})
    assert ways_on(again) == {"Go to your first page": "/"}
    unknown = client.get("/nowhere", headers={"referer": f"{HERE}/triage"})
    assert ways_on(unknown)["Back to where you were"] == "/triage"


def test_what_is_wrong_with_one_field_is_said_once(browser_of: Any, rui: User, priya: User) -> None:
    case = makers.answered(rui, priya)
    answer = browser_of(rui).post(f"/cases/{case.pk}/assign", {"assignee": "nobody we know"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("Choose one of the people who work these cases.") == 1
