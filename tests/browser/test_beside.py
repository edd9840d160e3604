"""Staff judge an answer by keys alone: open it beside its checklist, accept each item, on to the next answer."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from notes import services
from notes.models import ElementJudgement, Note, NotesRequest
from sessions import services as sessions
from tests import builders
from tests.browser.looking import assert_axe_clean, assert_no_sideways_scroll, press
from tests.notes.conftest import answer
from tests.notes.test_beside import TEXT, read_by_machine
from tests.notes.test_copied import STORY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("network")]


@pytest.mark.parametrize("width", [1280, 360])
def test_an_answer_is_judged_by_keys_beside_its_checklist(
    window: Any, rui: User, priya: User, asked: NotesRequest, now: dt.datetime, width: int
) -> None:
    note = services.submit_answer(of_user(priya), asked.pk, answer(text=TEXT), now).note
    assert isinstance(note, Note)
    read_by_machine(note, now)
    page = window(rui, f"/requests/{asked.pk}", width=width).page
    press(page, "b")
    expect(page.get_by_role("heading", name="Typed note, version 1")).to_be_visible()
    expect(page.locator("mark", has_text="Client reported low mood.")).to_be_visible()
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
    page.get_by_label("What you see: mental status").select_option("met")
    page.get_by_role("button", name=re.compile("I see this.*mental status")).click()
    expect(page.get_by_text("Rui Test: there")).to_be_visible()
    assert ElementJudgement.objects.get().machine == "missing"
    for left in range(asked.items.count() - 1, 0, -1):
        press(page, "a")
        expect(page.get_by_role("button", name="Accept")).to_have_count(left)
        waiting = page.locator("#judged-items li:has(button[name=accept])").first
        expect(waiting).to_be_focused()  # the button that was pressed is gone; the next item has the focus
    press(page, "a")
    expect(page.get_by_text("Every item is judged.")).to_be_focused()
    asked.refresh_from_db()
    assert asked.status == "accepted"
    assert_axe_clean(page)


def test_a_copied_note_is_read_beside_the_earlier_one(
    window: Any, rui: User, priya: User, asked: NotesRequest, now: dt.datetime
) -> None:
    day = "2026-11-10"
    times = {"date_of_service": day, "start": f"{day}T09:00:00-05:00", "end": f"{day}T09:53:00-05:00"}
    other = sessions.submit(SYSTEM, builders.session_body(external_id="S-other", **times), now)
    before = services.add_note(of_user(priya), other.pk, answer(text=STORY), now - dt.timedelta(days=1)).note
    note = services.submit_answer(of_user(priya), asked.pk, answer(text=STORY), now).note
    for each in (before, note):
        assert each is not None
        services.read_on(each.pk, now)
    page = window(rui, f"/requests/{asked.pk}", width=360).page
    press(page, "b")
    page.get_by_role("button", name="Read both notes side by side").click()
    expect(page.get_by_role("heading", name="The earlier note")).to_be_visible()
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
    page.locator("mark").first.click()
    expect(page.locator("mark.is-lit")).to_have_count(2)


def test_a_key_before_every_script_is_there_does_nothing(
    window: Any, rui: User, priya: User, asked: NotesRequest, now: dt.datetime
) -> None:
    """It would send the form the slow way, and leave the note."""
    note = services.submit_answer(of_user(priya), asked.pk, answer(text=TEXT), now).note
    assert isinstance(note, Note)
    read_by_machine(note, now)
    page = window(rui, f"/requests/{asked.pk}").page
    held: list[Route] = []
    page.route("**/js/beside.js", lambda route: held.append(route))
    press(page, "b")
    expect(page.locator("mark", has_text="Client reported low mood.")).to_be_visible()
    page.evaluate("import('/static/js/keys.js').then(() => null)")  # until it has run
    opened: list[str] = []
    page.on("framenavigated", lambda frame: opened.append(frame.url))
    page.keyboard.press("a")
    held[0].continue_()
    press(page, "a")
    expect(page.get_by_role("button", name="Accept")).to_have_count(asked.items.count() - 1)
    assert opened == []
    assert asked.items.filter(status="accepted").count() == 1
