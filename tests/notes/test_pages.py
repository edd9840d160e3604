"""The provider's pages, as people use them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from notes import services
from notes.models import Note, NotesRequest, StoredFile
from tests.notes.conftest import CANARY, PDF
from tests.notes.intake import clamd

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def filled(**changes: str) -> dict[str, str]:
    given = {"submission": str(uuid4()), "seen": "0", "text": CANARY, "attested": "1", "no_process_notes": "1"}
    return {**given, **changes}


def url(request: NotesRequest, *parts: str) -> str:
    return "/".join(["/my/requests", str(request.pk), *parts])


def test_home_shows_what_waits_with_its_date(opened: NotesRequest, priya: User, browser_of: Any) -> None:
    page = browser_of(priya).get("/my")
    assert page.status_code == 200
    assert "Mon 23 Nov, end of day (your time)" in page.content.decode()
    assert url(opened) in page.content.decode()


def test_home_says_when_nothing_waits(priya: User, browser_of: Any) -> None:
    assert "Nothing waits for you" in browser_of(priya).get("/my").content.decode()


def test_the_request_is_one_screen_with_everything_on_it(opened: NotesRequest, priya: User, browser_of: Any) -> None:
    text = browser_of(priya).get(url(opened)).content.decode()
    for part in (
        "One session needs",
        "Mon 23 Nov, end of day (your time)",
        "Business day 3 of 3: due by the end of this day",
        "Saturday",
        "Do not send",
        "Psychotherapy (process) notes",
        "Choose or photograph",
        "Submit — final",
        "Request more time",
        "Not my session",
        "I disagree",
        "Ask a question",
    ):
        assert part in text, part
    opened.refresh_from_db()
    assert opened.viewed_at is not None


def test_what_takes_no_answer_asks_for_none(
    opened: NotesRequest, priya: User, rui: User, browser_of: Any, now: dt.datetime
) -> None:
    services.withdraw(of_user(rui), opened.pk, "Found in the record.", now)
    text = browser_of(priya).get(url(opened)).content.decode()
    assert "You need not send anything for it." in text and "Found in the record." in text
    for part in ("Do not send", "Enough:", "Other ways to answer", "What was asked"):
        assert part not in text, part


def test_answering_leads_to_a_receipt_with_hash_and_time(opened: NotesRequest, priya: User, browser_of: Any) -> None:
    browser = browser_of(priya)
    sent = browser.post(url(opened, "answer"), filled(), follow=True)
    assert sent.redirect_chain[-1][0] == url(opened, "receipt")
    text = sent.content.decode()
    assert Note.objects.get().digest in text.replace("<wbr>", "")
    assert "on time" in text
    assert CANARY not in text


@pytest.mark.parametrize(
    ("missing", "says"),
    [
        ({"text": ""}, "one of them is enough"),
        ({"attested": ""}, "Tick the statement"),
        ({"no_process_notes": ""}, "Tick that"),
    ],
)
def test_a_form_with_something_missing_keeps_what_was_typed(
    opened: NotesRequest, priya: User, browser_of: Any, missing: dict[str, str], says: str
) -> None:
    page = browser_of(priya).post(url(opened, "answer"), filled(explanation="", **missing))
    assert page.status_code == 422
    assert says in page.content.decode()
    assert missing.get("text") == "" or CANARY in page.content.decode()
    assert Note.objects.count() == 0


def test_an_answer_of_process_notes_is_locked_away_and_the_provider_told(
    opened: NotesRequest, priya: User, browser_of: Any
) -> None:
    page = browser_of(priya).post(url(opened, "answer"), filled(text=f"Psychotherapy notes\n{CANARY}"))
    assert page.status_code == 422
    assert "send the progress note of the session instead" in page.content.decode()
    assert CANARY not in page.content.decode()
    assert StoredFile.objects.get().quarantined_at is not None


def test_drafts_are_saved_as_they_are_typed_and_come_back(opened: NotesRequest, priya: User, browser_of: Any) -> None:
    browser = browser_of(priya)
    form = str(uuid4())
    saved = browser.post(url(opened, "draft"), {"text": CANARY, "submission": form, "draft_version": "0"})
    assert saved.status_code == 200
    assert CANARY in browser.get(url(opened)).content.decode()
    again = browser.post(url(opened, "draft"), {"text": CANARY + "!", "submission": form, "draft_version": "0"})
    assert again.json()["version"] == 2
    other = browser.post(url(opened, "draft"), {"text": "older", "submission": str(uuid4()), "draft_version": "0"})
    assert other.status_code == 409


def test_a_draft_sent_after_signing_out_is_refused_in_words_a_script_understands(opened: NotesRequest) -> None:
    answer = Client().post(url(opened, "draft"), {"text": CANARY, "submission": str(uuid4())})
    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")
    assert Client().post(url(opened, "answer"), filled()).status_code == 302


def test_a_file_is_stored_when_chosen_and_can_be_taken_out(opened: NotesRequest, priya: User, browser_of: Any) -> None:
    browser = browser_of(priya)
    chosen = SimpleUploadedFile("my scan.pdf", PDF)
    answer = browser.post(url(opened, "files"), {"file": chosen}, HTTP_ACCEPT="application/json")
    assert answer.status_code == 201
    body = answer.json()
    assert (body["name"], body["message"]) == ("my scan.pdf", "Received")
    assert "my scan.pdf" in browser.get(url(opened)).content.decode()
    assert browser.post(body["remove_url"]).status_code == 200
    assert "my scan.pdf" not in browser.get(url(opened)).content.decode()


def test_the_same_file_again_is_the_one_that_is_there(  # BI-42
    opened: NotesRequest, priya: User, browser_of: Any, now: dt.datetime, frozen: Callable[[dt.datetime], None]
) -> None:
    def send(moment: dt.datetime) -> Any:
        frozen(moment)
        file = {"file": SimpleUploadedFile("scan.pdf", PDF)}
        return browser_of(priya).post(url(opened, "files"), file, HTTP_ACCEPT="application/json")

    first, again = send(now), send(now + dt.timedelta(minutes=1))
    row = StoredFile.objects.get()
    assert (first.status_code, first.json()["id"]) == (201, str(row.pk))
    assert (again.status_code, again.json()["id"]) == (200, str(row.pk))
    assert again.json()["message"] == "It is there already"


def test_a_file_that_waits_for_the_virus_scanner_is_accepted_and_says_so(  # BI-29
    opened: NotesRequest, priya: User, browser_of: Any, settings: Any, frozen: Callable[[dt.datetime], None]
) -> None:
    settings.CLAMAV_URL = clamd.nobody_there()
    file = {"file": SimpleUploadedFile("scan.pdf", PDF)}
    answer = browser_of(priya).post(url(opened, "files"), file, HTTP_ACCEPT="application/json")
    assert (answer.status_code, answer.json()["message"]) == (
        202,
        "Received; the virus scanner has not looked at it yet",
    )
    assert "Received; the virus scanner has not looked at it yet" in browser_of(priya).get(url(opened)).content.decode()


@pytest.mark.parametrize(
    ("name", "content", "status", "code"),
    [
        ("a.pdf", b"", 400, "file_empty"),
        ("a.pdf", b"MZ\x90\x00" * 50, 415, "file_type"),
        ("a.jpg", PDF, 415, "file_type_differs"),
        ("a.txt", b"<svg onload=alert(1)>", 415, "file_type"),
        ("a.txt", b"Process notes\nprivate", 422, "process_notes"),
    ],
)
def test_files_that_cannot_be_taken_say_why(
    opened: NotesRequest, priya: User, browser_of: Any, name: str, content: bytes, status: int, code: str
) -> None:
    chosen = SimpleUploadedFile(name, content)
    answer = browser_of(priya).post(url(opened, "files"), {"file": chosen}, HTTP_ACCEPT="application/json")
    if not content:  # Django drops a part without bytes and a name; either way nothing is stored
        assert answer.status_code == 400
    else:
        assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_body_that_is_too_large_is_refused_unread(
    opened: NotesRequest, priya: User, browser_of: Any, settings: Any
) -> None:
    settings.UPLOAD_MAX_BYTES = 2000
    chosen = SimpleUploadedFile("a.txt", b"x" * 80_000)
    answer = browser_of(priya).post(url(opened, "files"), {"file": chosen})
    assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")


def test_late_the_page_says_what_that_means_and_still_takes_the_answer(
    lapsed: NotesRequest, priya: User, browser_of: Any, frozen: Any
) -> None:
    frozen(lapsed.due_at + dt.timedelta(hours=9))
    browser = browser_of(priya)
    assert "The answer time is over; you can still answer" in browser.get(url(lapsed)).content.decode()
    sent = browser.post(url(lapsed, "answer"), filled(), follow=True)
    assert "kept and weighed" in sent.content.decode()


@pytest.mark.parametrize("objection", ["not_my_session", "disagree"])
def test_an_objection_is_an_answer(opened: NotesRequest, priya: User, browser_of: Any, objection: str) -> None:
    form = filled(text="", explanation="I saw nobody that day.", objection=objection)
    assert browser_of(priya).post(url(opened, "answer"), form).status_code == 302
    opened.refresh_from_db()
    assert (opened.status, opened.notes_received_at) == ("answered", None)


def test_a_question_is_no_answer_and_staff_can_reply(
    opened: NotesRequest, priya: User, rui: User, browser_of: Any
) -> None:
    browser_of(priya).post(url(opened, "question"), {"text": f"Which note? {CANARY}"})
    opened.refresh_from_db()
    assert opened.status == "open"
    staff = browser_of(rui)
    assert str(opened.pk) in staff.get("/requests?view=questions").content.decode()
    assert CANARY in staff.get(f"/requests/{opened.pk}").content.decode()
    staff.post(f"/requests/{opened.pk}/reply", {"text": "The one of that day."})
    assert "The one of that day." in browser_of(priya).get(url(opened)).content.decode()
    assert str(opened.pk) not in staff.get("/requests?view=questions").content.decode()


def test_strangers_get_the_same_404_everywhere(
    opened: NotesRequest, colleague: User, faraway: User, browser_of: Any
) -> None:
    for path in ("", "/receipt"):
        assert browser_of(colleague).get(f"/my/requests/{opened.pk}{path}").status_code == 404
        assert browser_of(colleague).get(f"/my/requests/{uuid4()}{path}").status_code == 404
    assert browser_of(colleague).post(url(opened, "answer"), filled()).status_code == 404
    assert browser_of(faraway).get(f"/requests/{opened.pk}").status_code == 404
