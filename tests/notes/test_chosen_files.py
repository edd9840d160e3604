"""Files are read as they are chosen: before the answer is sent, the page says what they hold and what they lack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound
from clawguard.events.models import AccessLog, Delivery, Event
from notes import chosen, sandbox, services
from notes.models import FilePage, FileReading, Note, NoteReading, NotesRequest, RequestItem, StoredFile
from notes.services import extracting
from tests.notes.conftest import CANARY
from tests.notes.intake import making
from tests.notes.test_reading_flow import NOTE, PROCESS, read, run_everything

pytestmark = pytest.mark.django_db
NO_STOP = NOTE.replace("Start 10:02 am End 10:49 am", "Start 10:02 am")


@pytest.fixture
def choose(priya: User, opened: NotesRequest, now: dt.datetime) -> Callable[..., StoredFile]:
    """Choose a file; the workers do what comes of it."""

    def add(content: bytes, name: str = "note.pdf") -> StoredFile:
        row = services.add_file(of_user(priya), opened.pk, name, [content], now)
        run_everything()
        return StoredFile.objects.get(pk=row.pk)

    return add


def said(priya: User, request: NotesRequest) -> chosen.Chosen:
    return chosen.read_so_far(of_user(priya), request.pk)


def test_a_missing_stop_time_is_told_before_the_answer_is_sent(choose: Any, priya: User, opened: NotesRequest) -> None:
    row = choose(making.pdf([NO_STOP]))
    found = said(priya, opened).said
    assert found is not None
    assert {"start time", "date of service", "signature with credentials"} <= set(found.found)
    assert any("time the session ended" in words for words in found.missing), found.missing
    services.remove_file(of_user(priya), row.pk, dt.datetime.now(dt.UTC))
    assert said(priya, opened).is_empty
    choose(making.pdf([NOTE]))
    found = said(priya, opened).said
    assert found is not None
    assert "stop time" in found.found


def test_what_is_read_lies_sealed_and_is_not_read_again_when_it_is_sent(
    choose: Any, send: Any, opened: NotesRequest, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(making.pdf([f"{NOTE}\n{CANARY}"]))
    assert CANARY.encode() not in bytes(FilePage.objects.get().sealed)
    told = [*Event.objects.values_list("payload", flat=True), *Delivery.objects.values_list("last_error", flat=True)]
    assert CANARY not in str(told)
    monkeypatch.setattr(sandbox, "read", None)
    reading = read(send(opened, now, text="").note, now)
    assert reading is not None
    assert reading.outcome == "read"


def test_a_slice_begun_twice_is_read_once(choose: Any, opened: NotesRequest) -> None:
    row = choose(making.pdf([NOTE]))
    services.read_chosen(row.pk, dt.datetime.now(dt.UTC))
    assert (FilePage.objects.count(), FileReading.objects.count()) == (1, 1)


def test_nothing_waits_for_the_reading(
    priya: User, opened: NotesRequest, send: Any, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = services.add_file(of_user(priya), opened.pk, "note.pdf", [making.pdf([NOTE])], now)
    assert said(priya, opened).waiting == 1

    def stopped(*_: object) -> None:
        raise sandbox.Stopped("busy")

    monkeypatch.setattr(sandbox, "read", stopped)
    with pytest.raises(extracting.ReadLater):
        services.read_chosen(row.pk, now)
    assert said(priya, opened).waiting == 1
    assert send(opened, now, text="").note is not None


def test_a_file_that_was_taken_out_is_not_read(priya: User, opened: NotesRequest, now: dt.datetime) -> None:
    row = services.add_file(of_user(priya), opened.pk, "note.pdf", [making.pdf([NOTE])], now)
    services.remove_file(of_user(priya), row.pk, now)
    run_everything()
    assert FilePage.objects.count() == 0


def test_what_may_not_be_sent_is_locked_away_and_said_at_once(
    choose: Any, priya: User, opened: NotesRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "look", lambda *_: {"opening": "", "pages": 1, "kind": "pdf"})  # as of a scan
    row = choose(making.pdf([PROCESS]))
    assert row.quarantine_reason == "names_itself_process_notes"
    ((name, words),) = said(priya, opened).locked
    assert (name, "psychotherapy" in words) == ("note.pdf", True)
    assert set(RequestItem.objects.values_list("status", flat=True)) == {"asked"}
    assert NotesRequest.objects.count() == 1


def test_notes_of_other_days_are_named_before_they_are_sent(choose: Any, priya: User, opened: NotesRequest) -> None:
    days = ("09/01/2026", "09/08/2026", "09/15/2026")
    choose(making.pdf(["\n\n".join(f"Date of service: {day}\nS: Client reports less worry." for day in days)]))
    choose(making.pdf([NOTE]), "good.pdf")
    found = said(priya, opened).said
    assert found is not None
    assert "one session" in found.unread or "this session" in found.unread


def test_one_locked_away_in_the_moment_it_was_sent_is_asked_for_again(
    priya: User, opened: NotesRequest, send: Any, now: dt.datetime
) -> None:
    row = services.add_file(of_user(priya), opened.pk, "note.pdf", [making.pdf([NOTE])], now)
    note: Note = send(opened, now, text="").note
    StoredFile.objects.filter(pk=row.pk).update(quarantined_at=now, quarantine_reason="names_itself_process_notes")
    for _ in range(2):
        services.read_on(note.pk, now)
    assert NoteReading.objects.get(note=note).outcome == "quarantined"
    assert NotesRequest.objects.filter(follows=opened).count() == 1


class TestThePage:
    def test_it_says_so_without_a_script_and_asks_again_while_it_waits(
        self,
        choose: Any,
        priya: User,
        opened: NotesRequest,
        browser_of: Any,
        now: dt.datetime,
        frozen: Callable[[dt.datetime], None],
    ) -> None:
        browser, address = browser_of(priya), reverse("my-files-found", args=[opened.pk])
        services.add_file(of_user(priya), opened.pk, "note.pdf", [making.pdf([NO_STOP])], now)
        page = browser.get(reverse("my-request", args=[opened.pk])).content.decode()
        assert f'hx-get="{address}?waiting"' in page
        assert "1 file still being read" in page
        assert browser.get(f"{address}?waiting").status_code == 204
        run_everything()
        for path, most in ((f"{address}?waiting", 13), (reverse("my-request", args=[opened.pk]), 27)):
            with CaptureQueriesContext(connection) as queries:
                page = browser.get(path).content.decode()
            assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) <= most
            assert "not found yet. A hint, not a verdict." in page
            assert f'hx-get="{address}"' in page
        assert AccessLog.objects.count() == 0

    def test_it_is_for_those_who_answer(self, opened: NotesRequest, colleague: User, rui: User) -> None:
        with pytest.raises(NotFound):
            chosen.read_so_far(of_user(colleague), opened.pk)
