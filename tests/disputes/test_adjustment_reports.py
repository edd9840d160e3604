"""Recording what the accounting system did, on the page of proposed adjustments."""

from __future__ import annotations

import re
from typing import Any

import pytest

from clawguard.accounts.models import User
from disputes.models import AdjustmentConfirmation, ProposedAdjustment
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
