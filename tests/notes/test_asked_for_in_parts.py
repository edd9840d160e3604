"""Range, HEAD and questions about a copy one may have (BI-45): each asks for permission anew, and none is a way around
the record. Nothing of a note is ever kept by a browser, so there is nothing to answer 206 or 304 about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.events.models import AccessLog
from notes import services
from notes.models import Note, NoteReading, NotesRequest, StoredFile
from tests.notes.intake import making
from tests.notes.test_file_pages import pictures

pytestmark = pytest.mark.django_db
LATER = "Fri, 31 Dec 2027 23:59:59 GMT"
ASKED: dict[str, dict[str, str]] = {
    "plain": {},
    "beginning": {"Range": "bytes=0-9"},
    "two pieces": {"Range": "bytes=0-1,5-9"},
    "end": {"Range": "bytes=-5"},
    "rest": {"Range": "bytes=5-", "If-Range": LATER},
    "nothing newer": {"If-Modified-Since": LATER},
    "any copy": {"If-None-Match": "*"},
    "this copy": {"If-None-Match": '"0", W/"1"', "If-Modified-Since": LATER},
}


@pytest.fixture
def sent(priya: User, opened: NotesRequest, send: Any, now: dt.datetime) -> StoredFile:
    row = services.add_file(of_user(priya), opened.pk, "note.pdf", [making.active_pdf()], now)
    note = send(opened, now, text="Typed beside it").note
    while not NoteReading.objects.exists():
        services.read_on(note.pk, now)
    return row


def file_at_the_api(api_of: Any, row: StoredFile) -> tuple[Any, str, dict[str, str]]:
    return api_of("notes:read"), f"/api/v1/note-files/{row.pk}", {"Access-Reason": "audit"}


def text_at_the_api(api_of: Any, row: StoredFile) -> tuple[Any, str, dict[str, str]]:
    return api_of("notes:read"), f"/api/v1/notes/{Note.objects.get().pk}/content", {"Access-Reason": "audit"}


@pytest.mark.parametrize("door", [file_at_the_api, text_at_the_api])
@pytest.mark.parametrize("asked", list(ASKED))
@pytest.mark.parametrize("method", ["get", "head"])
def test_at_the_api_each_is_one_whole_recorded_reading(
    api_of: Any, sent: StoredFile, door: Callable[..., Any], asked: str, method: str
) -> None:
    program, path, why = door(api_of, sent)
    answer = getattr(program, method)(path, headers=ASKED[asked] | why)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert not {"ETag", "Last-Modified", "Content-Range", "Accept-Ranges"} & set(answer.headers)
    whole = len(making.active_pdf()) if door is file_at_the_api else None
    if method == "head":
        assert answer.content == b""
    elif whole is not None:
        assert len(answer.content) == whole
    assert AccessLog.objects.count() == 1


@pytest.mark.parametrize("door", [file_at_the_api, text_at_the_api])
@pytest.mark.parametrize("asked", list(ASKED))
@pytest.mark.parametrize("method", ["get", "head"])
def test_at_the_api_no_reason_no_scope_and_no_key_are_refused_the_same(
    api_of: Any, sent: StoredFile, door: Callable[..., Any], asked: str, method: str
) -> None:
    _, path, why = door(api_of, sent)
    unreasoned = getattr(api_of("notes:read"), method)(path, headers=ASKED[asked])
    unscoped = getattr(api_of("sessions:write"), method)(path, headers=ASKED[asked] | why)
    nobody = getattr(Client(), method)(path, headers=ASKED[asked] | why)
    assert unreasoned.status_code in (409, 422)
    assert (unscoped.status_code, nobody.status_code) == (403, 401)
    assert AccessLog.objects.count() == 0


@pytest.mark.parametrize("asked", list(ASKED))
@pytest.mark.parametrize("address", ["/notes/files/{file}", "/notes/files/{file}/pages"])
class TestTheFileAndItsViewer:
    def test_each_is_one_recorded_reading(
        self, sent: StoredFile, rui: User, browser_of: Any, asked: str, address: str
    ) -> None:
        answer = browser_of(rui).post(address.format(file=sent.pk), headers=ASKED[asked])
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        assert not {"ETag", "Last-Modified", "Content-Range"} & set(answer.headers)
        assert AccessLog.objects.count() == 1

    @pytest.mark.parametrize("method", ["get", "head"])
    def test_neither_is_had_without_saying_that_one_reads(
        self, sent: StoredFile, rui: User, browser_of: Any, asked: str, address: str, method: str
    ) -> None:
        answer = getattr(browser_of(rui), method)(address.format(file=sent.pk), headers=ASKED[asked])
        assert answer.status_code == 405
        assert AccessLog.objects.count() == 0

    def test_strangers_are_told_that_nothing_is_there(
        self, sent: StoredFile, faraway: User, browser_of: Any, asked: str, address: str
    ) -> None:
        answer = browser_of(faraway).post(address.format(file=sent.pk), headers=ASKED[asked])
        assert answer.status_code == 404
        assert Client().post(address.format(file=sent.pk), headers=ASKED[asked]).status_code == 302
        assert AccessLog.objects.count() == 0


@pytest.mark.parametrize("asked", list(ASKED))
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_picture_of_a_page_belongs_to_the_reading_on_record(
    sent: StoredFile, rui: User, lead: User, faraway: User, browser_of: Any, asked: str, method: str
) -> None:
    (address,) = pictures(browser_of(rui).post(f"/notes/files/{sent.pk}/pages").content.decode())
    shown = getattr(browser_of(rui), method)(address, headers=ASKED[asked])
    assert shown.status_code == 200
    assert "no-store" in shown["Cache-Control"]
    assert (len(shown.content) > 1000) is (method == "get")
    for other in (lead, faraway):
        assert getattr(browser_of(other), method)(address, headers=ASKED[asked]).status_code == 404
    assert AccessLog.objects.count() == 1


@pytest.mark.parametrize("asked", list(ASKED))
def test_the_provider_s_own_text_is_theirs(
    sent: StoredFile, priya: User, colleague: User, rui: User, browser_of: Any, asked: str
) -> None:
    path = f"/my/notes/{Note.objects.get().pk}"
    own = browser_of(priya).post(path, headers=ASKED[asked])
    assert (own.status_code, "no-store" in own["Cache-Control"]) == (200, True)
    assert not {"ETag", "Last-Modified", "Content-Range"} & set(own.headers)
    others = [browser_of(user).post(path, headers=ASKED[asked]).status_code for user in (colleague, rui)]
    assert others == [404, 403]
    assert {browser_of(priya).get(path).status_code, browser_of(priya).head(path).status_code} == {405}
    assert AccessLog.objects.count() == 1
