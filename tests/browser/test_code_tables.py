"""The pages of code tables in a browser: sent, looked at, put in force; on a phone, and without colours that hide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from clawguard.accounts.models import User
from sessions.models import CodeTable
from tests.browser.looking import assert_axe_clean, assert_no_sideways_scroll
from tests.sessions.code_tables import files

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("network")]


def parts(*contents: bytes) -> list[Any]:
    """As a person would choose them together."""
    return [
        {"name": f"ccipra-v322r0-f{number}.TXT", "mimeType": "text/plain", "buffer": content}
        for number, content in enumerate(contents, 1)
    ]


def test_a_lead_loads_looks_and_puts_in_force(
    window: Any, work: Callable[[], None], lead: User, auditor: User, settings: Any
) -> None:
    settings.NCCI_FEWEST_ROWS = {"ptp": 7, "mue": 1, "add_on": 1}
    page = window(lead, "/code-tables").page
    expect(page.get_by_role("row", name="Core pairs of codes")).to_be_visible()
    assert_axe_clean(page)
    page.get_by_label("Table", exact=True).select_option("ptp")
    page.get_by_label("Files", exact=True).set_input_files(
        parts(files.ptp(files.PAIRS[:3]), files.ptp(files.PAIRS[3:]))
    )
    page.get_by_role("button", name="Send the files").click()
    expect(page.get_by_label("Rows read")).to_be_visible()
    work()
    expect(page.get_by_text("This is not a whole table yet")).to_be_visible()
    page.get_by_label("Why").fill("An excerpt to try.")
    page.get_by_role("button", name="Keep the table as it is").click()
    work()
    page.reload()
    expect(page.get_by_role("heading", name="What changes")).to_be_visible()
    assert_axe_clean(page)
    page.get_by_role("button", name="Put in force").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Put in force").click()
    expect(page.get_by_text("In force since")).to_be_visible()
    assert CodeTable.objects.get().activated_by_name == "Lead Test"

    for path in ("/code-tables", f"/code-tables/{CodeTable.objects.get().pk}"):
        phone = window(auditor, path, width=360, scheme="dark").page
        assert_no_sideways_scroll(phone)
        assert_axe_clean(phone)
        expect(phone.get_by_role("button", name="Send the files")).to_have_count(0)
