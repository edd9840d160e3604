"""Recording what the accounting system did, on the page of proposed adjustments; and which of them no longer stand."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from typing import Any

import pytest

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from disputes import services
from disputes.models import AdjustmentConfirmation, Case, ProposedAdjustment
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"reference": "", "reason": " "}, "one of the two."),
        ({"reference": "JE-1", "reason": "Not ours."}, "one of the two."),
        ({"reference": "J" * 81}, "This has at most 80 characters."),
        ({"reason": "w" * 301}, "This has at most 300 characters."),
    ],
)
def test_a_refused_report_stays_in_its_row(
    browser_of: Any, rui: User, lead: User, priya: User, typed: dict[str, str], said: str
) -> None:
    makers.decided(rui, lead, priya)
    row = ProposedAdjustment.objects.get()
    answer = browser_of(rui).post(f"/adjustments/{row.pk}/confirm", typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page
    [field] = re.findall(r'<li><a href="#([^"]*)">', page)
    assert f'id="{field}"' in page and "<details open>" in page
    assert all(f'value="{value}"' in page for value in typed.values())
    assert not AdjustmentConfirmation.objects.exists()


def test_a_report_is_recorded_with_one_of_the_two(browser_of: Any, rui: User, lead: User, priya: User) -> None:
    makers.decided(rui, lead, priya)
    row = ProposedAdjustment.objects.get()
    page = browser_of(rui).post(f"/adjustments/{row.pk}/confirm", {"reason": "Closed year."}, follow=True)
    assert "Recorded. No payment was changed by this." in page.content.decode()
    assert AdjustmentConfirmation.objects.get().done == "declined"


def overturned(rui: User, lead: User, second_lead: User, priya: User, party: str) -> Case:
    """A recovery that the appeal ends otherwise."""
    case = makers.decided(rui, lead, priya)
    services.appeal(of_user(priya), case.pk, "It was on the claim.", NOW + dt.timedelta(hours=6))
    services.decide(of_user(second_lead), case.pk, makers.verdict(party), NOW + dt.timedelta(hours=7))
    return case


@pytest.mark.parametrize(("party", "word"), [("network", "replaced"), ("none", "taken back")])
def test_what_no_longer_stands_says_so_wherever_it_is_read(
    browser_of: Any, rui: User, lead: User, second_lead: User, priya: User, party: str, word: str
) -> None:
    case = overturned(rui, lead, second_lead, priya, party)
    first, second = case.adjustments.order_by("created_at")
    told = f'<span class="strong">No longer stands:</span> <span class="hint">{word} Wed 18 Nov 2026</span>'
    for who, address in ((rui, "/adjustments"), (priya, "/adjustments"), (rui, f"/cases/{case.pk}")):
        page = browser_of(who).get(address).content.decode()
        assert page.count(told) == page.count("No longer stands") == 1, address
    sheet = io.StringIO(browser_of(rui).post("/adjustments.csv").content.decode())
    rows = {row["id"]: row["replaced_by"] for row in csv.DictReader(sheet)}
    assert rows == {str(first.pk): str(second.pk), str(second.pk): ""}


def test_what_stands_says_nothing_of_the_kind(browser_of: Any, rui: User, lead: User, priya: User) -> None:
    makers.decided(rui, lead, priya)
    assert "No longer stands" not in browser_of(rui).get("/adjustments").content.decode()
