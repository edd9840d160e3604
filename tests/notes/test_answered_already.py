"""A file for a request that is answered already (BI-47): a new version until somebody begins to look, then 409."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from notes import services
from notes.models import Note, NotesRequest, StoredFile

pytestmark = pytest.mark.django_db
WORDS = "We have begun to look at your answer, so nothing can be added to it any more. Ask a question"


@pytest.fixture
def answered(opened: NotesRequest, send: Any, now: dt.datetime, frozen: Callable[[dt.datetime], None]) -> NotesRequest:
    frozen(now)
    send(opened, now)
    return opened


@pytest.fixture
def add(answered: NotesRequest, priya: User, browser_of: Any) -> Callable[..., Any]:
    """Sends a file by the page's script, in its pieces, or by the API as the person at the browser."""

    def by(door: str, name: str = "more.txt") -> Any:
        browser, content = browser_of(priya), f"What was missing, in {name}".encode()
        if door == "pieces":
            about = {"name": name, "size": len(content), "digest": "0" * 64}
            return browser.post(f"/my/requests/{answered.pk}/uploads", about, HTTP_ACCEPT="application/json")
        path = f"/my/requests/{answered.pk}/files" if door == "page" else f"/api/v1/notes-requests/{answered.pk}/files"
        return browser.post(path, {"file": SimpleUploadedFile(name, content)}, HTTP_ACCEPT="application/json")

    return by


@pytest.mark.parametrize(("door", "status"), [("page", 201), ("pieces", 200), ("api", 201)])
def test_until_then_it_is_taken(add: Any, door: str, status: int) -> None:
    assert add(door).status_code == status


def test_and_sent_it_is_a_version_beside_the_first(
    add: Any, answered: NotesRequest, send: Any, now: dt.datetime
) -> None:
    assert add("page").status_code == 201
    send(answered, now + dt.timedelta(minutes=1), seen=1, text="")
    first, second = Note.objects.order_by("received_at")
    assert (first.note_files.count(), second.note_files.count()) == (0, 1)


@pytest.mark.parametrize("door", ["page", "pieces", "api"])
def test_afterwards_it_is_told_why_not(
    add: Any, answered: NotesRequest, rui: User, door: str, now: dt.datetime
) -> None:
    services.accept_item(of_user(rui), answered.pk, answered.items.all()[0].number, now)
    refused = add(door)
    assert (refused.status_code, refused.json()["code"]) == (409, "answer_closed")
    assert WORDS in refused.json()["detail"]
    assert not StoredFile.objects.exists()
