"""Whoever looks at the pages is not blind: each set of rules finds what it is there for, and only that."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.looking import BUT_COLOURS, COLOURS, RULES, assert_axe_clean

pytestmark = pytest.mark.browser
PAGE = "<!doctype html><html lang=en><title>A page</title><main><h1>A page</h1>{}</main>"
PALE, UNTOLD = '<p style="color:#ccc;background:#fff">Pale words</p>', '<img src="data:,">'


@pytest.mark.parametrize(
    ("fault", "rules", "found"),
    [
        ("", RULES, False),
        (PALE, RULES, True),
        (PALE, COLOURS, True),
        (PALE, BUT_COLOURS, False),
        (UNTOLD, RULES, True),
        (UNTOLD, BUT_COLOURS, True),
        (UNTOLD, COLOURS, False),
    ],
)
def test_each_set_of_rules_finds_its_own(chromium: Browser, fault: str, rules: dict[str, Any], found: bool) -> None:
    page = chromium.new_page()
    try:
        page.set_content(PAGE.format(fault))
        if found:
            with pytest.raises(AssertionError):
                assert_axe_clean(page, rules)
        else:
            assert_axe_clean(page, rules)
    finally:
        page.close()
