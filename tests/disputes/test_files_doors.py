"""The doors by which files of conversations come and go: the provider's page, the staff's, the API."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from clawguard.accounts.models import User
from disputes.models import Case, Message
from notes.models import StoredFile
from tests.disputes import makers

pytestmark = pytest.mark.django_db
TEXT = b"The join log of that day: joined 10:02, left 10:55."
PROCESS = b"Psychotherapy notes\nKept apart from the record."


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def case(rui: User, priya: User) -> Case:
    return makers.in_conversation(rui, priya)


def upload(client: Client, address: str, content: bytes = TEXT, name: str = "log.txt") -> Any:
    return client.post(address, {"file": SimpleUploadedFile(name, content)})


def test_the_provider_attaches_and_sends_on_their_page(browser_of: Any, priya: User, rui: User, case: Case) -> None:
    client = browser_of(priya)
    answer = upload(client, reverse("my-case-file-add", args=[case.pk]))
    assert (answer.status_code, answer.json()["name"]) == (201, "log.txt")
    page = client.get(reverse("my-case", args=[case.pk])).content.decode()
    assert "log.txt" in page and answer.json()["remove_url"] in page
    client.post(
        reverse("my-case-message", args=[case.pk]),
        {"text": "Here it is.", "kind": "answer", "files": [answer.json()["id"]]},
    )
    file = StoredFile.objects.get()
    staff = browser_of(rui)
    shown = staff.get(reverse("case", args=[case.pk])).content.decode()
    assert reverse("case-file", args=[file.pk]) in shown
    taken = staff.post(reverse("case-file", args=[file.pk]))
    assert taken.content == TEXT and "log" not in taken["Content-Disposition"]
    assert staff.post(reverse("case-file-view", args=[file.pk])).status_code == 200


def test_a_refusal_says_what_to_do_in_its_own_words(browser_of: Any, priya: User, case: Case) -> None:
    client, address = browser_of(priya), reverse("my-case-file-add", args=[case.pk])
    assert upload(client, address, b"MZ\x90\x00", "a.exe").status_code == 415
    locked = upload(client, address, PROCESS)
    assert (locked.status_code, locked.json()["code"]) == (422, "process_notes")
    assert client.post(address).status_code == 400


def test_internal_files_have_a_door_of_their_own(browser_of: Any, rui: User, case: Case) -> None:
    client = browser_of(rui)
    file = upload(client, reverse("case-internal-file-add", args=[case.pk])).json()["id"]
    client.post(reverse("case-message", args=[case.pk]), {"text": "Among us.", "internal": "yes", "files": [file]})
    assert Message.objects.get(internal=True).attachments.count() == 1


def test_a_program_sends_a_file_and_then_the_message_with_it(api_of: Any, case: Case) -> None:
    client = api_of("cases:read", "cases:write")
    address = f"/api/v1/cases/{case.pk}"
    given = {"file": SimpleUploadedFile("log.txt", TEXT)}
    stored = client.post(f"{address}/files", given, format="multipart", HTTP_IDEMPOTENCY_KEY="f1")
    assert stored.status_code == 201, stored.content
    file = stored.json()
    given["file"].seek(0)
    again = client.post(f"{address}/files", given, format="multipart", HTTP_IDEMPOTENCY_KEY="f2")
    assert (again.status_code, again.json()["id"]) == (200, file["id"]), "the same bytes are there already"
    process = {"file": SimpleUploadedFile("own.txt", PROCESS)}
    locked = client.post(f"{address}/files", process, format="multipart", HTTP_IDEMPOTENCY_KEY="f3")
    assert (locked.status_code, locked.json()["quarantined"]) == (202, True)
    assert StoredFile.objects.filter(quarantined_at__isnull=False).count() == 1, "kept, and nobody opens it"
    assert client.get(f"/api/v1/case-files/{file['id']}").status_code == 404
    body = {"text": "See the log.", "files": [file["id"]]}
    assert client.post(f"{address}/messages", body, format="json", HTTP_IDEMPOTENCY_KEY="m1").status_code == 201
    last = client.get(f"{address}/messages").json()["results"][-1]
    assert [(row["id"], row["sha256"]) for row in last["files"]] == [(file["id"], file["sha256"])]
    assert client.get(f"/api/v1/case-files/{file['id']}").content == TEXT
    body["files"] = [str(uuid4())]
    assert client.post(f"{address}/messages", body, format="json", HTTP_IDEMPOTENCY_KEY="m2").status_code == 422
