"""People write through the API with their sign-in and the token of a page, as a browser would."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from clawguard.accounts.models import User
from notes.models import Note, NotesRequest, StoredFile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
ANSWER = {"text": "Invented note.", "attested": True, "no_process_notes": True, "submit": True}


@pytest.fixture
def browser(priya: User) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(priya, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def headers(browser: Client, opened: NotesRequest) -> dict[str, str]:
    page = browser.get(reverse("my-request", args=[opened.pk])).content.decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found
    return {"X-CSRFToken": found[1], "Idempotency-Key": str(uuid4())}


def test_a_body_of_json(browser: Client, opened: NotesRequest, headers: dict[str, str]) -> None:
    path = f"/api/v1/notes-requests/{opened.pk}/response"
    answer = browser.post(path, ANSWER, content_type="application/json", headers=headers)
    assert answer.status_code == 201, answer.content
    assert Note.objects.get().request_id == opened.pk


def test_a_file(browser: Client, opened: NotesRequest, headers: dict[str, str], settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path
    path, sent = f"/api/v1/notes-requests/{opened.pk}/files", SimpleUploadedFile("note.txt", b"Invented note.")
    answer = browser.post(path, {"file": sent}, headers=headers)
    assert answer.status_code == 201, answer.content
    assert StoredFile.objects.get().request_id == opened.pk


def test_neither_without_the_token(browser: Client, opened: NotesRequest) -> None:
    for kind, path in (("response", ANSWER), ("files", {})):
        answer = browser.post(f"/api/v1/notes-requests/{opened.pk}/{kind}", path, content_type="application/json")
        assert answer.status_code == 403
