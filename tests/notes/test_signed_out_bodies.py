"""What a stranger sends to a page: bounded, read and forgotten. Who is signed in keeps the limits of each page."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.test import Client
from django.urls import reverse

from clawguard.access.body import ROOM_FOR_FORM
from clawguard.access.nameless import NamelessUploads
from clawguard.accounts.arriving import OPENS
from clawguard.accounts.models import User
from notes.models import NotesRequest, StoredFile
from sessions.models import ImportBatch
from tests.notes.test_broken_off import token_of
from tests.notes.test_too_many_parts import Unread

pytestmark = pytest.mark.django_db

MOST = 25 * 1024 * 1024 + ROOM_FOR_FORM  # bytes
FORM = "multipart/form-data; boundary=b"
SHORT = b"Invented rows.\n" * 1000
ANYWHERE = [
    "/sign-in",
    "/sign-in/link",
    "/sign-in/passkey",
    "/client/no-such-token",
    "/imports",
    "/note-check",
    "/my/requests/0190f5b0-0000-7000-8000-00000000dead/files",
    "/no/such/page",
]


def announced(path: str, length: str, **more: Any) -> Any:
    """What is answered to a form that says its length and must not be read."""
    sent = {"CONTENT_LENGTH": length, "CONTENT_TYPE": FORM, "wsgi.input": Unread()}
    return Client(enforce_csrf_checks=True).post(path, **sent, **more)  # type: ignore[arg-type]


class TestByItsLength:
    @pytest.mark.parametrize("path", ANYWHERE)
    @pytest.mark.parametrize("length", [str(MOST + 1), str(5 * 1024**3), "no number"])
    def test_more_than_a_form_needs_is_refused_unread(self, path: str, length: str) -> None:
        answer = announced(path, length, headers={"Sec-Fetch-Site": "same-origin"})
        assert answer.status_code == 413
        page = answer.content.decode()
        assert "At most 25 MB can be sent without a sign-in." in page and "sign in again" in page

    def test_a_script_is_told_as_a_problem(self) -> None:
        answer = announced(ANYWHERE[-2], str(MOST + 1), headers={"Accept": "application/json"})
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large_signed_out")

    def test_one_that_says_none_is_not_read_at_all(self) -> None:
        """Chunked: granian passes no length on, and Django reads none."""
        answer = announced("/sign-in", "", HTTP_TRANSFER_ENCODING="chunked")
        assert answer.status_code == 403

    def test_a_program_keeps_the_limit_of_its_address(self, api_of: Any, settings: Any) -> None:
        settings.UPLOAD_MAX_BYTES = 1024
        answer = api_of("sessions:write").post(
            "/api/v1/imports", {"file": rows(ROOM_FOR_FORM + 2000)}, headers={"Idempotency-Key": "k"}
        )
        assert answer.status_code == 202


def rows(size: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("rows.csv", (b"external_id,code\n" + SHORT * 10)[:size])


class TestWhatFits:
    """The bound is lowered to 1,000 bytes beside the room for the form."""

    @pytest.fixture(autouse=True)
    def lowered(self, settings: Any) -> None:
        settings.UPLOAD_MAX_BYTES = 1000

    @staticmethod
    def sent(by: Client, size: int, path: str = "/imports") -> Any:
        """A form of exactly ``size`` bytes with a file in it."""
        head = (
            b'--b\r\nContent-Disposition: form-data; name="reason"\r\n\r\n'
            b"A sentence that somebody typed while their sign-in ended.\r\n"
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="rows.csv"\r\n\r\n'
        )
        body = head + b"x" * (size - len(head) - len(b"\r\n--b--\r\n")) + b"\r\n--b--\r\n"
        return by.generic("POST", path, body, FORM, headers={"Sec-Fetch-Site": "same-origin"})

    def test_what_was_typed_comes_back_and_the_file_is_kept_nowhere(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def kept(*_given: Any, **_more: Any) -> None:
            raise AssertionError("a file of a stranger was kept")

        monkeypatch.setattr(tempfile, "TemporaryFile", kept)
        monkeypatch.setattr(MemoryFileUploadHandler, "new_file", kept)
        monkeypatch.setattr(NamelessUploads, "new_file", kept)
        answer = self.sent(Client(enforce_csrf_checks=True), 1000 + ROOM_FOR_FORM)
        assert answer.status_code == 403
        page = answer.content.decode()
        assert "A sentence that somebody typed while their sign-in ended." in page
        assert "Please choose them again" in page

    def test_one_byte_more_does_not_fit(self) -> None:
        answer = self.sent(Client(enforce_csrf_checks=True), 1000 + ROOM_FOR_FORM + 1)
        assert answer.status_code == 413

    def test_who_is_signed_in_sends_more(self, rui: User, settings: Any, tmp_path: Path) -> None:
        settings.DATA_DIR = tmp_path
        browser = Client()
        browser.force_login(rui, backend="django.contrib.auth.backends.ModelBackend")
        assert self.sent(browser, 1000 + ROOM_FOR_FORM + 1).status_code == 302
        assert ImportBatch.objects.count() == 1

    @pytest.mark.usefixtures("frozen")
    def test_who_came_by_a_link_to_answer_sends_a_file(
        self, priya: User, opened: NotesRequest, settings: Any, tmp_path: Path
    ) -> None:
        settings.DATA_DIR = tmp_path
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(priya, backend="django.contrib.auth.backends.ModelBackend")
        session = browser.session
        session[OPENS] = [str(opened.pk)]
        session.save()
        headers = {"X-CSRFToken": token_of(browser, opened), "Accept": "application/json"}
        file = SimpleUploadedFile("note.txt", b"Invented note of a session.")
        answer = browser.post(reverse("my-files", args=[opened.pk]), {"file": file}, headers=headers)
        assert answer.status_code == 201
        assert StoredFile.objects.get().size == len(b"Invented note of a session.")
