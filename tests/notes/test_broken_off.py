"""A body that broke off is no body, though the server hands it on as if it were whole."""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.urls import reverse

from clawguard.access.nameless import NamelessUploads
from clawguard.accounts.models import User
from clawguard.whole_bodies import WholeBody, whole_bodies
from notes.models import NotesRequest, StoredFile

BODY = (
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="note.txt"\r\n\r\n'
    b"Invented note. First half." + b" Second half." * 50 + b"\r\n--b--\r\n"
)


class Dripping(io.BytesIO):
    """Hands out less than it is asked for, as a slow line may."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(size, 7) if size and size > 0 else size)


@pytest.mark.parametrize("size", [-1, 100, 500])
def test_a_whole_body_is_read_as_before(size: int) -> None:
    source = WholeBody(Dripping(b"x" * 100), 100)
    assert source.read(size) == b"x" * 100
    assert source.read(size) == b""


@pytest.mark.parametrize("size", [-1, 99, 100, 500])
def test_one_that_ends_early_is_an_error_however_it_is_read(size: int) -> None:
    with pytest.raises(OSError, match="broke off"):
        WholeBody(Dripping(b"x" * 98), 100).read(size)
    lines = WholeBody(io.BytesIO(b"one\n"), 100)
    assert lines.readline() == b"one\n"
    with pytest.raises(OSError, match="broke off"):
        lines.readline()


@pytest.fixture
def browser(priya: User) -> Client:
    client = Client()
    client.force_login(priya, backend="django.contrib.auth.backends.ModelBackend")
    return client


def token_of(browser: Client, opened: NotesRequest) -> str:
    """The token that the request's page carries."""
    page = browser.get(reverse("my-request", args=[opened.pk])).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    return token[1]


def sent(browser: Client, opened: NotesRequest, body: bytes) -> str:
    """The status of an upload of which ``body`` arrives."""
    token = token_of(browser, opened)
    environ = RequestFactory().post(reverse("my-files", args=[opened.pk])).environ | {
        "CONTENT_TYPE": "multipart/form-data; boundary=b",
        "CONTENT_LENGTH": str(len(BODY)),
        "HTTP_COOKIE": f"sid={browser.cookies['sid'].value}",
        "HTTP_X_CSRFTOKEN": token,
        "HTTP_ACCEPT": "application/json",
        "wsgi.input": io.BytesIO(body),
    }
    said: list[str] = []
    list(whole_bodies(WSGIHandler())(environ, lambda status, _headers: said.append(status)))
    return said[0][:3]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("frozen")
def test_half_a_file_is_not_taken_for_a_file(
    browser: Client, opened: NotesRequest, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    assert sent(browser, opened, BODY[: len(BODY) // 2])[0] == "4"
    assert not StoredFile.objects.exists()
    assert sent(browser, opened, BODY) == "201"
    assert StoredFile.objects.get().size == len(b"Invented note. First half." + b" Second half." * 50)


@pytest.mark.django_db
@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_a_database_that_is_away_before_any_door_is_503_and_not_500(
    browser: Client, opened: NotesRequest, monkeypatch: pytest.MonkeyPatch, accept: str
) -> None:
    def away(*_given: Any) -> None:
        raise OperationalError("the database system is starting up")

    browser.raise_request_exception = False
    monkeypatch.setattr("clawguard.middleware.SessionLimits._limit", away)
    answer = browser.get(reverse("my-request", args=[opened.pk]), headers={"Accept": accept})
    assert answer.status_code == 503
    assert b"Nothing was changed" in answer.content
    assert answer["Content-Type"].startswith("application/problem" if "json" in accept else "text/html")


def test_what_arrives_leaves_no_name_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even while it is there: a killed process could not remove it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    handler = NamelessUploads()
    handler.new_file("file", "claims.csv", "text/csv", 10, None, {})
    handler.receive_data_chunk(b"Invented ", 0)
    handler.receive_data_chunk(b"client", 9)
    assert list(tmp_path.iterdir()) == []
    file = handler.file_complete(15)
    assert (file.read(), file.size, file.name) == (b"Invented client", 15, "claims.csv")
    handler.upload_interrupted()
    assert file.closed
