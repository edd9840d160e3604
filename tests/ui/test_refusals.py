"""A page of refusal says a thing once, and leads back to the page it was sent from, never to anybody else's."""

from __future__ import annotations

import re
from typing import Any

import pytest

from clawguard.access.pages import problem_page
from clawguard.access.problems import of_exception
from clawguard.accounts.models import User
from clawguard.events.services import WrongState
from disputes.models import Case
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
    assert ways_on(answer) == {"Open the page you came from": f"{page}?from=list", "Go to your first page": "/"}


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
    assert ways_on(led)["Open the page you came from"] == "/triage?view=all"
    again = client.get(gone, headers={"referer": f"{HERE}{gone}"})
    assert ways_on(again) == {"Go to your first page": "/"}
    unknown = client.get("/nowhere", headers={"referer": f"{HERE}/triage"})
    assert ways_on(unknown)["Open the page you came from"] == "/triage"


def test_what_is_wrong_with_one_field_is_said_once(browser_of: Any, rui: User, priya: User) -> None:
    case = makers.answered(rui, priya)
    answer = browser_of(rui).post(f"/cases/{case.pk}/assign", {"assignee": "nobody we know"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("Choose one of the people who work these cases.") == 1


@pytest.mark.parametrize(
    ("address", "above"),
    [
        ("/cases/{case}/decide", "/cases/{case}"),
        ("/cases/{case}/facts/carc/withdraw", "/cases/{case}"),
        ("/findings/{case}/confirm", ""),
        ("/adjustments.csv", ""),
        ("/triage/assign", "/triage"),
    ],
)
def test_an_address_of_a_form_leads_to_its_page(
    browser_of: Any, rui: User, priya: User, address: str, above: str
) -> None:
    case = makers.answered(rui, priya)
    client = browser_of(rui)
    answer = client.get(address.format(case=case.pk))
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert b"This address is not a page" in answer.content
    assert ways_on(answer).get("Open that page", "") == above.format(case=case.pk)
    assert not above or client.get(above.format(case=case.pk)).status_code == 200
    assert client.head(address.format(case=case.pk)).content == b""


def test_a_program_that_errs_in_the_method_gets_no_page(api_of: Any) -> None:
    answer = api_of("cases:read").delete("/api/v1/cases")
    assert answer.status_code == 405 and b"<html" not in answer.content


def test_what_moved_on_meanwhile_is_told_without_our_own_names_of_states(rf: Any) -> None:
    moved = of_exception(WrongState(Case(status="in_conversation"), "second_look"))
    assert moved is not None
    refused = problem_page(rf.post("/"), moved)
    assert "It is now “in conversation”, so it cannot become “second look”." in refused.content.decode()
