"""The pages of a file as staff and the provider see them: pixels and words, recorded once, opened by nobody else."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
import time_machine

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.events.models import AccessLog
from notes import services
from notes.models import NoteReading, NotesRequest, StoredFile
from tests.notes.intake import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(priya: User, opened: NotesRequest, send: Any, now: dt.datetime) -> StoredFile:
    row = services.add_file(of_user(priya), opened.pk, "note.pdf", [making.active_pdf()], now)
    note = send(opened, now, text="").note
    while not NoteReading.objects.exists():
        services.read_on(note.pk, now)
    return row


def pictures(page: Any) -> list[str]:
    return [found.replace("&amp;", "&") for found in re.findall(r'<img class="note-page" src="([^"]+)"', page)]


def test_pages_are_pictures_with_their_words_and_one_recorded_reading(
    sent: StoredFile, rui: User, browser_of: Any
) -> None:
    browser = browser_of(rui)
    page = browser.post(f"/notes/files/{sent.pk}/pages").content.decode()
    assert "sleeping better" in page
    (address,) = pictures(page)
    shown = browser.get(address)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert "no-store" in shown["Cache-Control"]
    assert "sandbox" in shown["Content-Security-Policy"]
    for active in (b"JavaScript", b"app.alert", b"elsewhere.example.com", b"Launch"):  # BI-34
        assert active not in shown.content
    assert AccessLog.objects.count() == 1


def test_a_picture_opens_for_its_reader_only_and_not_for_long(
    sent: StoredFile, rui: User, lead: User, browser_of: Any
) -> None:
    (address,) = pictures(browser_of(rui).post(f"/notes/files/{sent.pk}/pages").content.decode())
    assert browser_of(lead).get(address).status_code == 404
    assert browser_of(rui).get(address.replace("pages/1", "pages/2")).status_code == 404
    assert browser_of(rui).get(address.partition("?")[0]).status_code == 404
    assert browser_of(rui).get(address[:-2]).status_code == 404
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=9)):
        assert browser_of(rui).get(address).status_code == 200
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=11)):
        assert browser_of(rui).get(address).status_code == 404


def test_the_request_s_page_says_how_the_file_stands(
    sent: StoredFile, opened: NotesRequest, rui: User, browser_of: Any
) -> None:
    page = browser_of(rui).get(f"/requests/{opened.pk}").content.decode()
    assert "Not scanned: this network has no virus scanner · Read, 1 page" in page
    assert "See its pages" in page


def test_what_is_locked_away_is_named_and_not_opened(
    priya: User, opened: NotesRequest, rui: User, now: dt.datetime, browser_of: Any, send: Any
) -> None:
    row = services.add_file(of_user(priya), opened.pk, "private.docx", [making.docx(("Process Notes", "…"))], now)
    send(opened, now)
    page = browser_of(rui).get(f"/requests/{opened.pk}").content.decode()
    assert "private.docx: Locked away unread: it calls itself psychotherapy notes" in page
    assert browser_of(rui).post(f"/notes/files/{row.pk}/pages").status_code == 404
