"""Working through a narrowed list: its count, giving cases away, and what stands where no clock runs."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from disputes.models import Case
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db


def told(page: str) -> str:
    found = re.search(r'page-header__sub">([^<]*)<', page)
    assert found
    return found[1]


def test_a_narrowed_list_says_how_many_of_all_it_shows(browser_of: Any, rui: User, priya: User) -> None:
    makers.answered(rui, priya)
    makers.in_conversation(rui, priya)
    client = browser_of(rui)
    assert told(client.get("/triage?view=all").content.decode()).startswith("2 cases,")
    assert told(client.get("/triage?view=all&state=answered").content.decode()).startswith("1 of 2 cases,")
    assert told(client.get("/triage?view=all&q=nobody").content.decode()).startswith("0 of 2 cases,")
    assert told(client.get("/triage?view=all&q=%20").content.decode()).startswith("2 cases,")


def test_whoever_gives_cases_away_finds_the_list_as_it_was(browser_of: Any, rui: User, lead: User, priya: User) -> None:
    case = makers.in_conversation(rui, priya)
    client = browser_of(rui)
    page = client.get("/triage?view=all&state=in_conversation&state=open&who=nobody&q=Provider").content.decode()
    form = page[page.index('action="/triage/assign"') : page.index("<table")]
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)
    kept = [(name, value) for name, value in hidden if name != "csrfmiddlewaretoken"]
    sent = {name: [value for known, value in kept if known == name] for name, _ in kept}
    answer = client.post("/triage/assign", {**sent, "case": [str(case.pk)], "assignee": str(lead.pk)})
    assert sorted(parse_qsl(urlsplit(answer["Location"]).query)) == sorted(
        [("view", "all"), ("state", "in_conversation"), ("state", "open"), ("who", "nobody"), ("q", "Provider")]
    )
    assert f"1 case assigned to {lead.name}." in client.get(answer["Location"]).content.decode()


def test_a_case_given_to_nobody_and_none_at_all_are_called_so(
    browser_of: Any, rui: User, lead: User, priya: User
) -> None:
    case = makers.in_conversation(rui, priya)
    client = browser_of(rui)
    twice = {"case": [str(case.pk), str(case.pk)], "view": "all"}
    page = client.post("/triage/assign", {**twice, "assignee": ""}, follow=True).content.decode()
    assert "1 case assigned to nobody." in page
    none = client.post("/triage/assign", {"assignee": str(lead.pk), "view": "all"}, follow=True).content.decode()
    assert "No case was ticked, so none was assigned." in none


def test_a_fee_is_called_one_on_a_phone_too(browser_of: Any, rui: User, priya: User) -> None:
    makers.dispute(of_user(rui), priya.provider)
    client = browser_of(rui)
    makers.in_conversation(rui, priya)
    labels = {view: client.get(f"/triage?view={view}").content.decode() for view in ("disputes", "all")}
    assert 'data-label="Fee"' in labels["disputes"] and 'data-label="At risk"' not in labels["disputes"]
    assert 'data-label="At risk"' in labels["all"] and 'data-label="Fee"' not in labels["all"]


def test_a_decided_case_is_never_late(browser_of: Any, rui: User, lead: User, priya: User) -> None:
    case = makers.decided(rui, lead, priya)
    client = browser_of(rui)
    page = client.get("/triage?view=decided").content.decode()
    assert "Appeal until" in page and "late by" not in page
    over = NOW - dt.timedelta(days=2)
    Case.objects.filter(pk=case.pk).update(appeal_until=over, breach_at=over)
    page = client.get("/triage?view=decided").content.decode()
    assert "Appeal time is over" in page and "late by" not in page
