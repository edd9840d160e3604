"""A file becomes sessions: mapping, preview, bad rows told, good rows stored; the same file again changes nothing."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from clawguard.accounts.models import User
from clawguard.demo.sessions import Network, invent
from clawguard.domain.x12.writers import write_837p
from sessions.intake.writers import write_csv
from sessions.models import Finding, TherapySession
from tests.browser.looking import assert_axe_clean, assert_no_sideways_scroll

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("network")]

SESSIONS = 200
RENAMED = {"external_id": "Booking", "date_of_service": "DOS", "provider.npi": "Rendering NPI"}
Work = Callable[[], None]


@pytest.fixture(scope="module")
def invented() -> Network:
    return invent(7, SESSIONS, dt.date(2026, 11, 18), 8)


def table(network: Network, *, bad_rows: int = 0) -> bytes:
    """The sessions as another program's export: some column names are its own, and some days do not exist."""
    rows = list(csv.reader(io.StringIO("".join(write_csv(network.sessions)))))
    day = rows[0].index("date_of_service")
    rows[0] = [RENAMED.get(name, name) for name in rows[0]]
    for row in rows[1 : 1 + bad_rows]:
        row[day] = "2026-02-30"
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def send(page: Page, name: str, content: bytes) -> None:
    page.goto("/imports")
    kind = "text/csv" if name.endswith("csv") else "application/octet-stream"
    page.get_by_label("File", exact=True).set_input_files({"name": name, "mimeType": kind, "buffer": content})
    page.get_by_role("button", name="Send the file").click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def figure(page: Page, name: str) -> str:
    """One of the counted numbers of the page."""
    return page.locator("dl.stats div", has=page.get_by_text(name, exact=True)).locator("dd").inner_text()


def read_through(page: Page, work: Work) -> None:
    """The page shows that the file is being read, and goes on by itself when a worker has read it."""
    expect(page.get_by_label("Rows read")).to_be_visible()
    work()
    expect(page.get_by_label("Rows read")).to_have_count(0)


def store(page: Page, button: str, work: Work) -> None:
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text("Rows stored")).to_be_visible()
    expect(page.get_by_text("You may leave this page; the work goes on.")).to_be_visible()
    assert_axe_clean(page)
    work()
    expect(page.get_by_text("Rows stored")).to_have_count(0)


def test_a_table_with_bad_rows_is_mapped_reported_imported_and_recognised(
    window: Any, rui: User, invented: Network, work: Work
) -> None:
    page = window(rui, "/imports").page
    expect(page.get_by_text("Nothing was imported yet")).to_be_visible()
    content = table(invented, bad_rows=3)
    send(page, "october.csv", content)
    expect(page.get_by_label("What column DOS holds")).to_have_value("date_of_service")
    expect(page.get_by_label("What column Booking holds")).to_have_value("")
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
    page.get_by_label("What column Booking holds").select_option(value="external_id")
    page.get_by_role("button", name="Read the file").click()
    read_through(page, work)
    expect(page.get_by_role("heading", name="3 rows cannot be read")).to_be_visible()
    expect(page.get_by_role("region", name="Problems").locator("tbody tr")).to_have_count(3)
    expect(page.get_by_role("region", name="Problems")).to_contain_text("DOS")
    assert TherapySession.objects.count() == 0, "a preview stores nothing"
    assert_axe_clean(page)
    store(page, f"Import only the {SESSIONS - 3} good rows", work)
    expect(page.get_by_text("The file is imported")).to_be_visible()
    assert (figure(page, "New"), figure(page, "Cannot be read")) == (f"{SESSIONS - 3}", "3")
    assert TherapySession.objects.count() == SESSIONS - 3
    assert Finding.objects.exists(), "what is stored is screened"
    assert_axe_clean(page)
    _the_same_again(page, content, work)


def _the_same_again(page: Page, content: bytes, work: Work) -> None:
    send(page, "october again.csv", content)
    expect(page.get_by_text("A file with these columns was imported before; its mapping is filled in.")).to_be_visible()
    page.get_by_role("button", name="Read the file").click()
    read_through(page, work)
    page.get_by_role("button", name=f"Import only the {SESSIONS - 3} good rows").click()
    work()
    expect(page.get_by_text("Nothing changed")).to_be_visible()
    assert TherapySession.objects.count() == SESSIONS - 3


def test_claims_need_no_mapping_and_come_twice_without_harm(
    window: Any, rui: User, invented: Network, now: dt.datetime, work: Work
) -> None:
    page = window(rui, "/imports").page
    content = "".join(write_837p(invented.sessions, created=now)).encode()
    send(page, "october.837", content)
    read_through(page, work)
    expect(page.get_by_role("heading", name="Ready to import")).to_be_visible()
    assert figure(page, "New") == f"{SESSIONS}"
    assert TherapySession.objects.count() == 0
    store(page, f"Import {SESSIONS} rows", work)
    expect(page.get_by_text("The file is imported")).to_be_visible()
    assert TherapySession.objects.count() == SESSIONS
    send(page, "october again.837", content)
    read_through(page, work)
    assert (figure(page, "New"), figure(page, "Unchanged")) == ("0", f"{SESSIONS}")


def test_a_file_that_is_no_list_of_sessions_is_refused_in_words(window: Any, rui: User) -> None:
    opened = window(rui, "/imports")
    opened.ignore += ["400 (Bad Request)", "415 (Unsupported", "422 (Unprocessable"]
    page = opened.page
    picture = {"name": "holiday.csv", "mimeType": "text/csv", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(200)}
    page.get_by_label("File", exact=True).set_input_files(picture)
    page.get_by_role("button", name="Send the file").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("button", name="Send the file")).to_be_visible()
    assert_axe_clean(page)


def test_leaving_a_file_stores_nothing(window: Any, rui: User, invented: Network, work: Work) -> None:
    page = window(rui, "/imports").page
    send(page, "october.csv", table(invented))
    page.get_by_label("What column Booking holds").select_option(value="external_id")
    page.get_by_role("button", name="Read the file").click()
    read_through(page, work)
    page.get_by_role("button", name="Leave this file").click()
    page.get_by_role("dialog").get_by_role("button", name="Leave it").click()
    expect(page.get_by_text("The import was left; nothing of the file was stored.")).to_be_visible()
    assert TherapySession.objects.count() == 0
