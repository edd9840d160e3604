"""The pages of patterns and stated facts: read on a phone and at a desk, in light and dark; a fact stated by hand."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest

from clawguard.accounts.actors import SYSTEM
from clawguard.accounts.models import Role
from sessions import services
from sessions.intake.record import record_of
from sessions.models import PatternFinding, StatedFact, TherapySession
from sessions.services import patterns
from sessions.services.intake import read
from tests import builders
from tests.browser.looking import assert_axe_clean, assert_no_sideways_scroll
from tests.builders import NOW, session_body

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("PICTURES", "")  # a folder, for whoever wants to look


@pytest.fixture
def now() -> dt.datetime:
    return NOW


def seventeen() -> None:
    records = []
    for number in range(17):
        begin = dt.datetime.fromisoformat("2026-09-16T07:00:00-04:00") + dt.timedelta(minutes=40 * number)
        body = session_body(
            external_id=f"S-{number}",
            client={"external_id": f"C-{number}", "state": "NY"},
            start=begin.isoformat(),
            end=(begin + dt.timedelta(minutes=38)).isoformat(),
        )
        records.append(record_of(read(body, NOW)))
    services.store_chunk(records, SYSTEM, NOW)
    patterns.look_now(NOW)


def test_patterns_and_facts_are_read_and_a_fact_is_stated(window: Any, network: None) -> None:
    lead = builders.user(Role.LEAD, "Lead Test")
    seventeen()
    session = TherapySession.objects.get(external_id="S-3")
    pattern = PatternFinding.objects.get(pattern="CG620")
    said = {"kind": "license", "provider": builders.npi(1), "license": "LCSW", "state": "NY", "source": "roster"}
    services.state_body(SYSTEM, said, NOW)
    pages = {
        "patterns": "/patterns",
        "pattern": f"/patterns/{pattern.pk}",
        "facts": f"/sessions/{session.pk}/facts?kind=authorization",
        "about": "/checks/CG620",
    }
    for width, scheme in ((1280, "light"), (360, "dark")):
        for name, path in pages.items():
            page = window(lead, path, width=width, scheme=scheme).page
            if PICTURES:
                page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
            assert_no_sideways_scroll(page)
            assert_axe_clean(page)
    page = window(lead, f"/sessions/{session.pk}/facts?kind=eligibility").page
    page.get_by_label("Status").select_option("inactive")
    page.get_by_label("Where you know it from").fill("The payer's portal")
    page.get_by_role("button", name="State this fact").click()
    page.get_by_text("The payer's portal").wait_for()
    assert StatedFact.objects.filter(kind="eligibility").count() == 1
