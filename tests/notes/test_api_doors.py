"""What the pages of a request offer, a person's own program may do through the API, by the same services."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clawguard.accounts.models import User
from clawguard.domain.lifecycles import RequestState
from clawguard.events.models import AccessLog
from notes import services
from notes.models import NotesRequest, StoredFile
from tests.notes.conftest import PDF
from tests.notes.test_api import BASE, as_person, complete, key

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
API = "/api/v1"


def upload(user: User, row: NotesRequest, content: bytes = PDF, name: str = "note.pdf", **more: Any) -> Any:
    given = {"file": SimpleUploadedFile(name, content), **more}
    return as_person(user).post(f"{BASE}/{row.pk}/files", given, format="multipart")


def test_a_file_goes_with_the_answer_and_is_read_again_on_record(
    opened: NotesRequest, priya: User, rui: User, api_of: Any, now: dt.datetime
) -> None:
    sent = upload(priya, opened)
    assert (sent.status_code, sent.json()["type"]) == (201, "application/pdf")
    path = f"{API}/note-files/{sent.json()['id']}"
    assert as_person(rui).get(path).status_code == 404, "nobody else sees it before it is sent"
    answered = as_person(priya).post(f"{BASE}/{opened.pk}/response", complete(text=""), format="json")
    assert [file["id"] for file in answered.json()["files"]] == [sent.json()["id"]]
    read = as_person(rui).get(path)
    assert (b"".join(read) if read.streaming else read.content) == PDF
    assert read["Content-Disposition"] == "attachment"
    program = api_of("notes:read")
    assert program.get(path).status_code == 422, "a program says why"
    assert program.get(path, headers={"Access-Reason": "Audit 7"}).content == PDF
    assert list(AccessLog.objects.order_by("pk").values_list("door", "reason")) == [
        ("api", "open review of this session"),
        ("api", "Audit 7"),
    ]


def test_a_file_that_is_locked_away_says_so_and_stays_on_record(opened: NotesRequest, priya: User) -> None:
    sent = upload(priya, opened, b"PSYCHOTHERAPY NOTES\n\nprivate", "typed.txt")
    assert (sent.status_code, sent.json()["quarantined"]) == (202, True)
    assert StoredFile.objects.get().quarantined_at is not None


def test_what_is_no_single_file_is_named(opened: NotesRequest, priya: User) -> None:
    refused = upload(priya, opened, text="x")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/text")
    empty = as_person(priya).post(f"{BASE}/{opened.pk}/files", {}, format="multipart")
    assert (empty.status_code, empty.json()["errors"][0]["pointer"]) == (400, "/file")


def send_note(user: User, session: Any, content: bytes = PDF, name: str = "note.pdf", **changes: str) -> Any:
    ticked = {"session_id": str(session.pk), "attested": "true", "no_process_notes": "true", **changes}
    given = {**ticked, "file": SimpleUploadedFile(name, content)}
    return as_person(user).post(f"{API}/notes", given, format="multipart")


def test_a_note_is_a_file_where_nobody_asked(session: Any, priya: User) -> None:
    sent = send_note(priya, session, submission=(form := str(uuid4())))
    assert (sent.status_code, sent.json()["kind"], len(sent.json()["files"])) == (201, "files", 1)
    assert send_note(priya, session, submission=form).json() == sent.json(), "the same form twice is one note"
    assert StoredFile.objects.get().session == session


def test_a_note_with_a_file_answers_the_request_that_waits(opened: NotesRequest, priya: User) -> None:
    form = str(uuid4())
    sent = [send_note(priya, opened.session, submission=form, text="Progress note.") for _ in range(2)]
    assert [answer.json()["request_id"] for answer in sent] == [str(opened.pk)] * 2
    opened.refresh_from_db()
    assert opened.status == RequestState.ANSWERED
    assert opened.notes.get().note_files.get().file == StoredFile.objects.get()


@pytest.mark.parametrize("asked", [False, True])
def test_a_file_that_is_locked_away_is_no_note(
    request: pytest.FixtureRequest, session: Any, priya: User, asked: bool
) -> None:
    if asked:
        request.getfixturevalue("opened")
    sent = send_note(priya, session, b"PSYCHOTHERAPY NOTES\n\nprivate", "typed.txt")
    assert (sent.status_code, sent.json()["quarantined"]) == (202, True)
    assert not session.notes.exists()
    assert StoredFile.objects.get().quarantined_at is not None


@pytest.mark.parametrize(
    ("changes", "status", "pointer"),
    [
        ({"attested": "false"}, 422, "/attested"),
        ({"attested": "1"}, 400, "/attested"),
        ({"session_id": "x"}, 400, "/session_id"),
        ({"kind": "files"}, 400, "/kind"),
    ],
)
def test_every_bad_field_of_a_note_with_a_file_is_named(
    session: Any, priya: User, changes: Any, status: int, pointer: str
) -> None:
    refused = send_note(priya, session, **changes)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (status, pointer)
    assert not StoredFile.objects.exists()


def test_a_stranger_and_a_program_send_none(session: Any, colleague: User, api_of: Any) -> None:
    assert send_note(colleague, session).status_code == 404
    given = {"session_id": str(session.pk), "file": SimpleUploadedFile("note.pdf", PDF)}
    refused = api_of("notes:write", "notes:read").post(f"{API}/notes", given, format="multipart", **key())
    assert refused.status_code == 403


def test_more_time_and_questions_are_asked_and_answered(opened: NotesRequest, priya: User, rui: User) -> None:
    asked = as_person(priya).post(f"{BASE}/{opened.pk}/ask-extension", {"reason": "Flood."}, format="json")
    assert asked.json()["extension_asked_at"]
    said = {"text": "Is the plan needed, too?"}
    assert as_person(priya).post(f"{BASE}/{opened.pk}/ask-question", said, format="json").status_code == 200
    assert as_person(rui).post(f"{BASE}/{opened.pk}/reply", {"text": "No."}, format="json").status_code == 200
    assert opened.messages.count() == 2
    for name in ("ask-question", "reply"):
        user = priya if name == "ask-question" else rui
        empty = as_person(user).post(f"{BASE}/{opened.pk}/{name}", {"text": " "}, format="json")
        assert (empty.status_code, empty.json()["errors"][0]["pointer"]) == (422, "/text")


def test_what_came_back_is_delivered_again(opened: NotesRequest, rui: User, now: dt.datetime, actor: Any) -> None:
    services.report_bounce(actor(rui), opened.pk, now)
    path = f"{BASE}/{opened.pk}/deliver"
    assert as_person(rui).post(path, {}, format="json").json()["status"] == RequestState.OPEN
    assert as_person(rui).post(path, {}, format="json").status_code == 409


@pytest.mark.parametrize("name", ["files", "ask-extension", "ask-question", "reply", "deliver"])
def test_no_program_does_what_stands_for_a_person(opened: NotesRequest, api_of: Any, name: str) -> None:
    file = {"file": SimpleUploadedFile("note.pdf", PDF)}
    given = {"reason": "x"} if name == "ask-extension" else {} if name == "deliver" else {"text": "x"}
    body, kind = (file, "multipart") if name == "files" else (given, "json")
    client = api_of("notes:read", "notes:write")
    assert client.post(f"{BASE}/{opened.pk}/{name}", body, format=kind, **key()).status_code == 403
    assert client.get(f"{API}/note-files/{uuid4()}", headers={"Access-Reason": "x"}).status_code == 404
