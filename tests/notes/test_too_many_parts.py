"""A thousand parts in one form (BI-23), and more bytes than any door takes (BI-22): refused before anything is done."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from clawguard.accounts.models import User
from notes.models import Draft, NotesRequest, StoredFile
from tests.notes.test_broken_off import token_of

FIELDS = {f"field{number}": "x" for number in range(1000)}
WORDS = "At most 200 fields and 5 files fit one form. Nothing was recorded"


def files() -> dict[str, Any]:
    return {f"file{number}": SimpleUploadedFile(f"{number}.txt", b"Invented") for number in range(1000)}


@pytest.mark.django_db
@pytest.mark.parametrize("parts", [lambda: FIELDS, files], ids=["fields", "files"])
class TestThousandParts:
    @pytest.mark.parametrize("name", ["my-answer", "my-draft", "my-files"])
    @pytest.mark.parametrize("accept", ["text/html", "application/json"])
    def test_at_the_pages(self, priya: User, opened: NotesRequest, name: str, accept: str, parts: Any) -> None:
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(priya, backend="django.contrib.auth.backends.ModelBackend")
        headers = {"Accept": accept, "X-CSRFToken": token_of(browser, opened)}
        answer = browser.post(reverse(name, args=[opened.pk]), parts(), headers=headers)
        assert answer.status_code == 400
        assert WORDS in answer.content.decode()
        assert answer["Content-Type"].startswith("application/problem" if "json" in accept else "text/html")
        assert not StoredFile.objects.exists() and not Draft.objects.exists()

    def test_at_the_sign_in(self, parts: Any) -> None:
        answer = Client(enforce_csrf_checks=True).post("/sign-in", parts(), headers={"Sec-Fetch-Site": "same-origin"})
        assert (answer.status_code, WORDS in answer.content.decode()) == (400, True)

    @pytest.mark.parametrize("path", ["/api/v1/notes-requests/{id}/files", "/api/v1/imports"])
    def test_at_the_api(self, api_of: Any, opened: NotesRequest, path: str, parts: Any) -> None:
        program = api_of("notes:read", "notes:write", "sessions:write")
        answer = program.post(
            path.format(id=opened.pk), parts(), format="multipart", headers={"Idempotency-Key": "parts"}
        )
        assert (answer.status_code, answer.json()["code"]) == (400, "too_many_parts")
        assert WORDS in answer.json()["detail"]


class Unread:
    def read(self, *_given: Any) -> bytes:
        raise AssertionError("the body was read")

    readline = read


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "media", "most"),
    [
        ("/api/v1/notes-requests/{id}/files", "multipart/form-data; boundary=b", 25 * 1024 * 1024),
        ("/api/v1/notes", "multipart/form-data; boundary=b", 25 * 1024 * 1024),
        ("/api/v1/cases/{id}/files", "multipart/form-data; boundary=b", 25 * 1024 * 1024),
        ("/api/v1/disputes/{id}/files", "multipart/form-data; boundary=b", 25 * 1024 * 1024),
        ("/api/v1/imports", "multipart/form-data; boundary=b", 200 * 1024 * 1024),
        ("/api/v1/notes/check", "application/json", 1024 * 1024),
    ],
)
def test_five_gigabytes_are_refused_unread(api_of: Any, opened: NotesRequest, path: str, media: str, most: int) -> None:
    program = api_of("notes:read", "notes:write", "sessions:write", "cases:write")
    for declared in (5 * 1024**3, most + 64 * 1024 + 1):
        sent = {"CONTENT_LENGTH": str(declared), "CONTENT_TYPE": media, "wsgi.input": Unread()}
        answer = program.post(path.format(id=opened.pk), **sent, headers={"Idempotency-Key": str(declared)})
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
