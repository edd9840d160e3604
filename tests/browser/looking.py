"""What every page must be: clean to axe by the rules we hold, no wider than the window; and how keys are pressed."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
STAFF, PROVIDER = "/style", "/style?as=provider"


def assert_axe_clean(page: Page) -> None:
    there = page.evaluate("typeof axe !== 'undefined'")  # half a megabyte of script need not be sent twice
    found = Axe("0" if there else AXE_SCRIPT).run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def assert_no_sideways_scroll(page: Page) -> None:
    overflow = page.evaluate("document.documentElement.scrollWidth - Math.min(innerWidth, screen.width)")
    wide = page.evaluate(
        "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
        ".slice(0, 5).map(e => e.className)"
    )
    assert overflow <= 0, wide


def press(page: Page, *keys: str) -> None:
    """Keys one by one, the first when the page listens to them: before that they are nobody's."""
    page.wait_for_load_state("domcontentloaded")
    for key in keys:
        page.keyboard.press(key)
