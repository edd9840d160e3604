"""The list of imports in a window and on a phone, where fifty files are a few screens and no thousand lines."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clawguard import clock
from sessions.models import ImportBatch
from tests.browser.looking import assert_axe_clean, assert_no_sideways_scroll

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "eastern_region_behavioral_health_sessions_2026-11_part_03_of_12_corrected.csv"
COUNTED = {"rows_created": 12_345, "rows_corrected": 1_234, "rows_unchanged": 10_000, "rows_refused": 321}


@pytest.fixture
def fifty(network: None, rui: Any) -> None:
    ImportBatch.objects.bulk_create(
        ImportBatch(
            kind="sessions_csv",
            file_name=LONG if number % 10 == 0 else f"sessions-{number}.csv",
            file_size=1000,
            file_sha256=f"{number:064x}",
            status=["done", "refused", "previewed"][number % 3],
            dry_run=number % 7 == 0,
            created_at=clock.now() - dt.timedelta(hours=number),
            created_by_kind="user",
            created_by_id=rui.pk,
            created_by_name="Rui Test",
            **(COUNTED if number % 10 == 0 else {"rows_created": number}),
        )
        for number in range(50)
    )


@pytest.mark.usefixtures("fifty")
def test_fifty_imports_on_a_phone_say_all_that_they_say_in_a_window(window: Any, rui: Any) -> None:
    page = window(rui, "/imports", width=360).page
    assert_no_sideways_scroll(page)
    assert_axe_clean(page)
    rows = page.locator("table[data-rows] tbody tr")
    assert rows.count() == 50
    heights = [row.bounding_box()["height"] for row in rows.all()]
    assert max(heights[1:7]) < 85  # three lines; a long name or a dry run takes more
    assert max(heights) < 170
    assert page.locator("html").evaluate("html => html.scrollHeight") < 5_000
    told = [cell.inner_text() for cell in rows.first.locator("th, td").all()]
    assert all(cell.is_visible() for cell in rows.first.locator("th, td").all())
    labels = rows.first.locator(".num").evaluate_all("cells => cells.map(c => getComputedStyle(c, '::before').content)")
    assert labels == ['"New"', '"Corrected"', '"Unchanged"', '"Refused"']
    wide = window(rui, "/imports").page.locator("table[data-rows] tbody tr").first
    assert told == [cell.inner_text() for cell in wide.locator("th, td").all()]
    assert told[0] == LONG and told[-4:] == ["12,345", "1,234", "10,000", "321"]


@pytest.mark.usefixtures("fifty")
def test_a_row_is_a_target_as_a_whole_on_a_phone(window: Any, rui: Any) -> None:
    page = window(rui, "/imports", width=360).page
    row = page.locator("table[data-rows] tbody tr").nth(1)
    assert row.bounding_box()["height"] >= 44
    row.locator(".num").last.click(force=True)
    page.wait_for_url("**/imports/*-*")
