"""Files of messages in two windows, and a locked-away one that two leads have destroyed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from disputes import services
from disputes.models import Attachment, Case, Message
from tests import builders, world
from tests.browser.looking import assert_axe_clean, assert_no_sideways_scroll
from tests.disputes import makers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("network")]


@pytest.fixture
def case(rui: User, priya: User, now: dt.datetime) -> Case:
    row = services.open_by_hand(of_user(rui), world.screened(now).pk, now)
    services.attribute(row.pk, now)
    services.open_conversation(row.pk, now)
    return Case.objects.get(pk=row.pk)


def attach(page: Page, name: str) -> None:
    page.locator("#attach-files").set_input_files({"name": name, "mimeType": "text/plain", "buffer": name.encode()})
    expect(page.locator(".well__file", has_text=name)).to_contain_text("Received")


def test_a_message_takes_the_files_of_its_own_window(window: Any, priya: User, case: Case) -> None:
    first, second = (window(priya, f"/my/cases/{case.pk}").page for _ in range(2))
    attach(first, "first.txt")
    attach(first, "unwanted.txt")
    attach(second, "second.txt")
    first.get_by_role("button", name="Remove unwanted.txt").click()
    expect(first.locator(".well__file", has_text="unwanted.txt")).to_have_count(0)
    first.get_by_label("What happened, in your words").fill("The times are in the log.")
    first.get_by_role("button", name="Send my answer").click()
    expect(first.get_by_text("Your message arrived and is kept with its time.")).to_be_visible()
    answer = Message.objects.get(case=case, from_provider=True)
    assert [row.file.display_name for row in answer.attachments.all()] == ["first.txt"]
    assert Attachment.objects.get(file__display_name="second.txt").sent_at is None
    second.reload()
    expect(second.locator(".well__file", has_text="second.txt")).to_be_visible()


def test_a_question_that_waits_for_its_file_does_not_arrive_as_an_answer(window: Any, priya: User, case: Case) -> None:
    page = window(priya, f"/my/cases/{case.pk}").page
    held: list[Route] = []
    page.route("**/files", lambda route: held.append(route))
    page.locator("#attach-files").set_input_files({"name": "log.txt", "mimeType": "text/plain", "buffer": b"10:02"})
    page.get_by_label("What happened, in your words").fill("Which of the two sessions do you mean?")
    for _ in range(2):
        page.get_by_role("button", name="Ask a question first").click()
    expect(page.get_by_text("A file is still on its way.")).to_be_visible()
    assert not Message.objects.filter(case=case, from_provider=True).exists()
    held[0].continue_()
    expect(page.get_by_text("Your question arrived. We reply here.")).to_be_in_viewport()
    assert Message.objects.get(case=case, from_provider=True).attachments.count() == 1
    case.refresh_from_db()
    assert case.answered_at is None


def test_words_whose_file_is_refused_meanwhile_say_that_they_were_not_sent(
    window: Any, priya: User, case: Case
) -> None:
    opened = window(priya, f"/my/cases/{case.pk}")
    opened.ignore.append("415 (Unsupported Media Type)")
    page, held = opened.page, list[Route]()
    page.route("**/files", lambda route: held.append(route))
    page.locator("#attach-files").set_input_files({"name": "log.exe", "mimeType": "text/plain", "buffer": b"MZ\x90\0"})
    page.get_by_label("What happened, in your words").fill("The times are in the log.")
    page.get_by_role("button", name="Send my answer").click()
    held[0].continue_()
    expect(page.get_by_text("Not sent yet: a file above did not arrive.")).to_be_visible()
    expect(page.get_by_role("button", name="Remove log.exe")).to_be_focused()
    assert_axe_clean(page)
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_text("Your message arrived and is kept with its time.")).to_be_visible()
    assert not Message.objects.get(case=case, from_provider=True).attachments.exists()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_two_leads_have_a_locked_file_destroyed(
    window: Any, lead: User, priya: User, case: Case, now: dt.datetime, width: int, scheme: str
) -> None:
    named = [b"Psychotherapy notes\nNot for anybody."]
    row = services.attach_to_case(of_user(priya), case.pk, "private.txt", named, now)
    asking = window(lead, f"/cases/{case.pk}", width=width, scheme=scheme).page
    asking.get_by_role("button", name="Ask to destroy … private.txt").click()
    dialog = asking.get_by_role("dialog", name="Ask to destroy this file?")
    expect(dialog).to_be_visible()
    assert_axe_clean(asking)
    dialog.get_by_label("Why it should be destroyed").fill("It was sent by mistake.")
    dialog.get_by_label("What the provider is to send instead").fill("The join log.")
    dialog.get_by_role("button", name="Ask another lead").click()
    expect(asking.get_by_text("Another lead has to agree.")).to_be_visible()
    second = builders.user(lead.role, "Second Test")
    agreeing = window(second, f"/cases/{case.pk}", width=width, scheme=scheme).page
    agreeing.get_by_role("button", name="Agree to destroy … private.txt").click()
    expect(agreeing.get_by_text("This cannot be taken back by anybody.")).to_be_visible()
    assert_axe_clean(agreeing)
    agreeing.get_by_role("button", name="Destroy it for good").click()
    makers.work(now)
    agreeing.goto(agreeing.url)
    expect(agreeing.locator("section", has=agreeing.locator("#locked-title"))).to_contain_text("Destroyed unread")
    assert_no_sideways_scroll(agreeing)
    row.refresh_from_db()
    assert row.destroyed_at is not None
    told = window(priya, f"/my/cases/{case.pk}", width=width, scheme=scheme).page
    expect(told.get_by_text("Please send instead: The join log.")).to_be_visible()
