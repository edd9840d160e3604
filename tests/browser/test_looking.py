"""Whoever looks at the pages is not blind."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.looking import assert_axe_clean

pytestmark = pytest.mark.browser
PAGE = "<!doctype html><html lang=en><title>A page</title><main><h1>A page</h1>{}</main>"
PALE, UNTOLD = '<p style="color:#ccc;background:#fff">Pale words</p>', '<img src="data:,">'


@pytest.mark.parametrize(("fault", "found"), [("", False), (PALE, True), (UNTOLD, True)])
def test_it_finds_pale_words_and_a_picture_without_any(chromium: Browser, fault: str, found: bool) -> None:
    page = chromium.new_page()
    try:
        page.set_content(PAGE.format(fault))
        if found:
            with pytest.raises(AssertionError):
                assert_axe_clean(page)
        else:
            assert_axe_clean(page)
    finally:
        page.close()
