"""A message takes the files that its own form lists; what was chosen in another window stays there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from clawguard.accounts.models import User
from disputes.models import Attachment, Case, Message
from tests.disputes import makers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def case(rui: User, priya: User) -> Case:
    return makers.in_conversation(rui, priya)


def upload(client: Client, door: str, case: Case, words: bytes) -> str:
    given = {"file": SimpleUploadedFile("log.txt", words)}
    answer = client.post(reverse(door, args=[case.pk]), given, HTTP_ACCEPT="application/json")
    file_id: str = answer.json()["id"]
    return file_id


def listed(page: str) -> list[str]:
    """The files that a page's forms name when they are sent."""
    return re.findall(r'<input type="hidden" name="files" value="([^"]+)">', page)


@pytest.mark.parametrize(
    ("who", "page", "door", "send"),
    [
        ("priya", "my-case", "my-case-file-add", "my-case-message"),
        ("rui", "case", "case-file-add", "case-message"),
    ],
)
def test_what_was_chosen_elsewhere_stays_there(
    who: str, page: str, door: str, send: str, case: Case, request: pytest.FixtureRequest, browser_of: Any
) -> None:
    client: Client = browser_of(request.getfixturevalue(who))
    here, elsewhere = (upload(client, door, case, words) for words in (b"The log.", b"Another log."))
    address = reverse(send, args=[case.pk])
    client.post(address, {"text": "See the log.", "kind": "question", "files": [here]})
    message = Message.objects.filter(case=case).latest("at", "pk")
    assert [str(row.file_id) for row in message.attachments.all()] == [here]
    waiting = Attachment.objects.get(file=elsewhere)
    assert waiting.sent_at is None
    assert listed(client.get(reverse(page, args=[case.pk])).content.decode()) == [elsewhere]
    client.post(address, {"text": "No file.", "kind": "question"})
    waiting.refresh_from_db()
    assert waiting.sent_at is None


def test_a_file_that_was_sent_or_taken_out_elsewhere_holds_the_message_up_with_its_words(
    case: Case, priya: User, browser_of: Any
) -> None:
    client: Client = browser_of(priya)
    address = reverse("my-case-message", args=[case.pk])
    file = upload(client, "my-case-file-add", case, b"The log.")
    client.post(reverse("case-file-remove", args=[file]))
    for files in ([file], ["no id"]):
        answer = client.post(address, {"text": "See the log.", "kind": "question", "files": files})
        assert answer.status_code == 422
        assert "See the log." in answer.content.decode()
    assert Message.objects.filter(case=case, from_provider=True).count() == 0
