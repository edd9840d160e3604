"""What begins to arrive before the due moment is in time, however slow the line; the sweep waits for it."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from clawguard.accounts.models import User
from clawguard.domain.lifecycles import RequestState
from notes import services
from notes.models import NotesRequest, StoredFile, Upload
from notes.services import grace

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
SECOND, MINUTE = dt.timedelta(seconds=1), dt.timedelta(minutes=1)


class SlowLine(io.BytesIO):
    """A body of whose first byte on ``meanwhile`` happens."""

    def __init__(self, body: bytes, meanwhile: Callable[[], None]) -> None:
        super().__init__(body)
        self._meanwhile = [meanwhile]

    def _arrive(self) -> None:
        while self._meanwhile:
            self._meanwhile.pop()()

    def read(self, size: int | None = -1) -> bytes:
        self._arrive()
        return super().read(size)

    def readline(self, size: int | None = -1) -> bytes:
        self._arrive()
        return super().readline(size)


@pytest.fixture
def due(opened: NotesRequest) -> dt.datetime:
    assert opened.due_at is not None
    return opened.due_at


@pytest.fixture
def browser(priya: User) -> Client:
    """One whose forms are checked like everybody's."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(priya, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def token(browser: Client, opened: NotesRequest, frozen: Callable[[dt.datetime], None]) -> str:
    found = re.search(
        r'name="csrfmiddlewaretoken" value="(\w+)"',
        browser.get(reverse("my-request", args=[opened.pk])).content.decode(),
    )
    assert found
    return found[1]


def post(client: Client, path: str, body: bytes, kind: str, meanwhile: Callable[[], None], **headers: str) -> Any:
    length = str(len(body))
    return client.generic(
        "POST",
        path,
        body,
        content_type=kind,
        CONTENT_LENGTH=length,
        **{"wsgi.input": SlowLine(body, meanwhile)},
        **headers,
    )


def answer_of(token: str, **changes: str) -> bytes:
    given = {"csrfmiddlewaretoken": token, "submission": str(uuid4()), "seen": "0", "text": "Progress note."}
    return urlencode({**given, "attested": "on", "no_process_notes": "on", **changes}).encode()


@pytest.mark.parametrize("begun_before", [SECOND, 14 * MINUTE], ids=["at the last moment", "well before"])
def test_an_answer_is_received_when_its_first_byte_arrives(
    browser: Client,
    token: str,
    opened: NotesRequest,
    due: dt.datetime,
    frozen: Callable[[dt.datetime], None],
    begun_before: dt.timedelta,
) -> None:
    def meanwhile() -> None:
        frozen(due + MINUTE)
        assert services.lapse_due(due + MINUTE) == 0, "it was on its way"

    frozen(due - begun_before)
    answered = post(browser, reverse("my-answer", args=[opened.pk]), answer_of(token), FORM, meanwhile)
    assert answered["Location"] == reverse("my-receipt", args=[opened.pk])
    opened.refresh_from_db()
    note = opened.notes.get()
    assert (note.received_at, note.late, opened.status) == (due - begun_before, False, RequestState.ANSWERED)
    assert not Upload.objects.exists()


@pytest.mark.parametrize(("held", "late"), [(15 * 60, False), (15 * 60 + 1, True)])
@pytest.mark.parametrize("door", ["page", "api"])
def test_a_line_that_is_held_open_longer_than_that_gains_nothing(
    browser: Client,
    token: str,
    opened: NotesRequest,
    due: dt.datetime,
    frozen: Callable[[dt.datetime], None],
    monkeypatch: pytest.MonkeyPatch,
    held: int,
    late: bool,
    door: str,
) -> None:
    steady = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: steady[0])

    def meanwhile() -> None:
        steady[0] += held
        frozen(due + held * SECOND - SECOND)

    frozen(due - SECOND)
    if door == "page":
        post(browser, reverse("my-answer", args=[opened.pk]), answer_of(token), FORM, meanwhile)
    else:
        said = {"text": "Progress note.", "attested": True, "no_process_notes": True, "submit": True}
        path = reverse("api-notes-request-response", args=[opened.pk])
        body = json.dumps({**said, "submission": str(uuid4()), "seen": 0}).encode()
        keys = {"HTTP_X_CSRFTOKEN": token, "HTTP_IDEMPOTENCY_KEY": "slow"}
        answered = post(browser, path, body, "application/json", meanwhile, **keys)
        assert answered.status_code == 201, answered.content
    assert opened.notes.get().late is late


def test_what_begins_at_the_due_moment_is_late(
    browser: Client, token: str, opened: NotesRequest, due: dt.datetime, frozen: Callable[[dt.datetime], None]
) -> None:
    def meanwhile() -> None:
        assert services.lapse_due(due) == 1

    frozen(due)
    post(browser, reverse("my-answer", args=[opened.pk]), answer_of(token), FORM, meanwhile)
    opened.refresh_from_db()
    assert (opened.notes.get().late, opened.status) == (True, RequestState.ANSWERED_LATE)


def test_a_file_sent_whole_holds_the_sweep_up_while_it_arrives(
    browser: Client, token: str, opened: NotesRequest, due: dt.datetime, frozen: Callable[[dt.datetime], None]
) -> None:
    """A form without scripts: no piece is on record, and the file takes two minutes of the quarter of an hour."""

    def meanwhile() -> None:
        frozen(due + 2 * MINUTE)
        assert services.lapse_due(due + 2 * MINUTE) == 0

    frozen(due - MINUTE)
    sent = io.BytesIO(b"Progress note of this session.")
    sent.name = "note.txt"
    body = encode_multipart(BOUNDARY, {"csrfmiddlewaretoken": token, "file": sent})
    path = reverse("my-files", args=[opened.pk])
    post(browser, path, body, MULTIPART_CONTENT, meanwhile, HTTP_ACCEPT="text/html")
    kept = StoredFile.objects.get()
    assert (kept.begun_at, kept.uploaded_at) == (due - MINUTE, due + 2 * MINUTE)
    frozen(due + 3 * MINUTE)
    assert services.lapse_due(due + 3 * MINUTE) == 0
    post(browser, reverse("my-answer", args=[opened.pk]), answer_of(token, text=""), FORM, lambda: None)
    opened.refresh_from_db()
    assert (opened.notes.get().received_at, opened.status) == (due - MINUTE, RequestState.ANSWERED)


def test_the_mark_that_a_killed_process_leaves_holds_nothing_up_for_long(
    priya: User, opened: NotesRequest, due: dt.datetime, actor: Any
) -> None:
    with grace.expecting(actor(priya), opened.pk, due - SECOND):
        assert services.lapse_due(due + grace.GRACE - SECOND) == 0
        assert services.lapse_due(due + grace.GRACE) == 1


def test_strangers_and_what_comes_early_leave_no_mark(
    priya: User, colleague: User, administrator: User, opened: NotesRequest, due: dt.datetime, actor: Any
) -> None:
    for user, begun in (
        (colleague, due - SECOND),
        (administrator, due - SECOND),
        (priya, due - grace.GRACE - SECOND),
        (priya, due),
    ):
        with grace.expecting(actor(user), opened.pk, begun):
            assert not Upload.objects.exists()


@pytest.mark.parametrize("name", ["my-answer", "my-files"])
def test_a_form_without_the_token_of_its_page_is_refused(browser: Client, opened: NotesRequest, name: str) -> None:
    assert browser.post(reverse(name, args=[opened.pk]), {"text": "x"}).status_code == 403
    assert not opened.notes.exists()


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The database's clock is away when the first byte arrives, and back when the door is reached. The steady clock."""

    def nobody() -> dt.datetime:
        raise OperationalError("the server closed the connection unexpectedly")

    steady = [1000.0]
    monkeypatch.setattr("clawguard.middleware.read_clock", nobody)
    monkeypatch.setattr("time.monotonic", lambda: steady[0])
    return steady


def test_what_began_while_the_database_was_away_counts_from_its_first_byte(
    browser: Client,
    token: str,
    opened: NotesRequest,
    due: dt.datetime,
    frozen: Callable[[dt.datetime], None],
    away: list[float],
) -> None:
    def meanwhile() -> None:
        away[0] += 61
        frozen(due + MINUTE)

    frozen(due - SECOND)
    answered = post(browser, reverse("my-answer", args=[opened.pk]), answer_of(token), FORM, meanwhile)
    assert answered["Location"] == reverse("my-receipt", args=[opened.pk])
    assert (opened.notes.get().received_at, opened.notes.get().late) == (due - SECOND, False)


@pytest.mark.parametrize("door", ["whole", "piece"])
def test_a_file_that_began_while_the_database_was_away_is_kept(
    browser: Client,
    token: str,
    opened: NotesRequest,
    due: dt.datetime,
    frozen: Callable[[dt.datetime], None],
    away: list[float],
    door: str,
) -> None:
    content = b"Progress note of this session."
    told: dict[str, str] = {"HTTP_X_CSRFTOKEN": token, "HTTP_ACCEPT": "application/json"}

    def meanwhile() -> None:
        away[0] += 60
        frozen(due - 9 * MINUTE)

    frozen(due - 10 * MINUTE)
    if door == "whole":
        sent = io.BytesIO(content)
        sent.name = "note.txt"
        body = encode_multipart(BOUNDARY, {"file": sent})
        answered = post(browser, reverse("my-files", args=[opened.pk]), body, MULTIPART_CONTENT, meanwhile, **told)
    else:
        about = urlencode({"name": "note.txt", "size": len(content), "digest": hashlib.sha256(content).hexdigest()})
        path = reverse("my-upload", args=[opened.pk])
        begun = post(browser, path, about.encode(), FORM, lambda: None, **told).json()
        answered = post(browser, begun["send_to"], content, "application/octet-stream", meanwhile, **told)
    assert answered.status_code == 201, answered.content
    assert StoredFile.objects.get().begun_at == due - 10 * MINUTE
