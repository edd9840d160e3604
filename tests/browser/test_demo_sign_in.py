"""The sign-in page of a demonstration that is still being told: it goes on by itself and leaves alone what is typed."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as current
from playwright.sync_api import expect

from clawguard import demo_state
from clawguard.accounts.models import Role
from tests import builders
from tests.browser.looking import assert_axe_clean

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("network")]


def test_progress_counts_up_and_the_people_appear(window: Any, settings: Any) -> None:
    settings.DEMO = True
    demo_state.write(current.DATA_DIR, demo_state.LOADING)
    page = window(None, "/sign-in", width=390).page
    expect(page.get_by_text("Sessions told")).to_be_visible()
    page.get_by_label("E-mail address").fill("typed meanwhile")
    demo_state.write_progress(current.DATA_DIR, demo_state.Told(1319, 5275))
    expect(page.get_by_text("1,319 of 5,275")).to_be_visible(timeout=15_000)
    assert_axe_clean(page)
    builders.user(Role.BILLING, "Ada Test")
    demo_state.write(current.DATA_DIR, demo_state.READY)
    expect(page.get_by_role("button", name="Ada Test")).to_be_visible(timeout=15_000)
    expect(page.locator("progress")).to_have_count(0)
    expect(page.get_by_label("E-mail address")).to_have_value("typed meanwhile")
