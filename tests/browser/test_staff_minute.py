"""How many keys and pages a normal answer takes whoever reviews it: from the list of answers to the last item judged.

The time people take lies between the keys and is theirs; the server's share of it is measured by ``make bench``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from notes import services
from notes.models import Note, NotesRequest
from sessions import services as sessions
from tests import builders
from tests.browser.looking import assert_axe_clean, press
from tests.notes.conftest import answer
from tests.notes.test_beside import TEXT, read_by_machine

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("network")]
COUNT_CLICKS = (
    "addEventListener('pointerdown', () => sessionStorage.clicks = 1 + Number(sessionStorage.clicks || 0), true)"
)
ITEMS = ("progress_note", "start_stop_times", "signature")
REASON = "The signature has no credentials beside it."


@dataclass
class Hands:
    """What a person does: keys pressed one by one, and the reason typed, which counts apart."""

    page: Page
    keys: list[str] = field(default_factory=list)
    typed: str = ""
    pages: list[str] = field(default_factory=list)

    def press(self, key: str) -> None:
        press(self.page, key)
        self.keys.append(key)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.typed += words


@pytest.fixture
def answers(priya: User, now: dt.datetime) -> list[NotesRequest]:
    """Two answers to three items each, read by the machine."""
    made = []
    for number in (1, 2):
        body = builders.session_body(external_id=f"S-minute-{number}")
        body["client"] = {**body["client"], "external_id": f"C-minute-{number}"}
        session = sessions.submit(SYSTEM, body, now)
        asked = [services.Asked(kind, "The payer looks at it.") for kind in ITEMS]
        request = services.open_request(SYSTEM, session.pk, asked, "The payer looks at this session.", now)
        services.deliver(request.pk, SYSTEM, now)
        note = services.submit_answer(of_user(priya), request.pk, answer(text=TEXT), now).note
        assert isinstance(note, Note)
        read_by_machine(note, now)
        made.append(NotesRequest.objects.get(pk=request.pk))
    return made


def test_a_normal_answer_takes_eight_keys_and_three_pages_and_no_click(
    window: Any, rui: User, answers: list[NotesRequest]
) -> None:
    page: Page = window(rui, "/requests?view=answered").page
    page.evaluate(COUNT_CLICKS)
    page.add_init_script(COUNT_CLICKS)
    hands = Hands(page, pages=[page.url])
    page.on("framenavigated", lambda frame: hands.pages.append(frame.url) if frame == page.main_frame else None)
    hands.press("j")
    hands.press("Enter")
    expect(page.get_by_role("button", name="Read beside the checklist")).to_be_visible()
    hands.press("b")
    expect(page.locator("mark", has_text="Client reported low mood.")).to_be_visible()
    for left in (2, 1):
        hands.press("a")
        expect(page.get_by_role("button", name="Accept")).to_have_count(left)
    hands.press("r")
    expect(page.get_by_label("What is still needed, in words for the provider")).to_be_focused()
    hands.type(REASON)
    hands.press("Tab")
    hands.press("Enter")
    expect(page.get_by_text("Every item is judged.")).to_be_visible()
    assert_axe_clean(page)
    assert (len(hands.keys), len(hands.pages)) == (8, 3)
    assert page.evaluate("Number(sessionStorage.clicks || 0)") == 0
    judged = NotesRequest.objects.filter(items__status="returned").get()
    assert list(judged.items.values_list("status", "reason")) == [
        ("accepted", ""),
        ("accepted", ""),
        ("returned", REASON),
    ]
    hands.press("n")  # and one key to the next
    expect(page.get_by_role("button", name="Accept")).to_have_count(3)
    assert len(hands.pages) == 4
