"""The provider's and the staff's pages, as people use them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from clawguard.events.models import AccessLog, NetworkClock, SentMail
from notes import services
from notes.models import Note, NotesRequest, StoredFile
from tests.notes.conftest import CANARY, PDF

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def frozen(now: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[dt.datetime], None]]:
    """The doors read this moment; ``frozen(moment)`` moves it."""
    moment = [now]
    for module in ("clawguard.access.pages", "clawguard.access.api", "notes.views.doors"):
        monkeypatch.setattr(f"{module}.read_clock", lambda: moment[0])

    def move(to: dt.datetime) -> None:
        moment[0] = to

    yield move
    assert NetworkClock.objects.count() == 0


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


@pytest.mark.parametrize(
    ("name", "content", "status", "code"),
    [
        ("a.pdf", b"", 400, "file_empty"),
        ("a.pdf", b"MZ\x90\x00" * 50, 415, "file_type"),
        ("a.jpg", PDF, 415, "file_type"),
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


def test_staff_see_every_list_and_every_state(opened: NotesRequest, rui: User, browser_of: Any) -> None:
    for view in ("due", "answered", "lapsed", "undelivered", "extension", "questions", "done"):
        assert browser_of(rui).get(f"/requests?view={view}").status_code == 200
    assert browser_of(rui).get("/requests?view=other").status_code == 404
    assert "waiting on provider" in browser_of(rui).get(f"/requests/{opened.pk}").content.decode()


def test_the_list_pages_by_due_moment(
    make_session: Any, rui: User, now: dt.datetime, browser_of: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("notes.views.staff.ROWS", 2)
    services.open_for_findings([make_session().pk for _ in range(5)], now)
    for row in NotesRequest.objects.all():
        services.deliver(row.pk, SYSTEM, now)
    seen, address = [], "/requests?view=due"
    while address:
        page = browser_of(rui).get(address)
        seen += [row["row"].pk for row in page.context["rows"]]
        address = f"/requests{page.context['next_url']}" if page.context["next_url"] else ""
    assert len(seen) == len(set(seen)) == 5


def test_reading_a_note_is_recorded_and_shown_to_its_provider(
    opened: NotesRequest, send: Any, priya: User, rui: User, auditor: User, now: dt.datetime, browser_of: Any
) -> None:
    note = send(opened, now).note
    page = browser_of(rui).get(f"/requests/{opened.pk}").content.decode()
    assert CANARY not in page
    assert AccessLog.objects.count() == 0
    read = browser_of(rui).post(f"/requests/{opened.pk}/notes/{note.pk}")
    assert CANARY in read.content.decode()
    assert browser_of(auditor).post(f"/requests/{opened.pk}/notes/{note.pk}").status_code == 422
    browser_of(auditor).post(f"/requests/{opened.pk}/notes/{note.pk}", {"reason": "Yearly sample"})
    receipt = browser_of(priya).get(url(opened, "receipt")).content.decode()
    assert "Rui Test" in receipt
    assert "Yearly sample" in receipt
    assert [row.reason for row in AccessLog.objects.order_by("pk")] == ["open review of this session", "Yearly sample"]


def test_items_are_accepted_or_returned_and_only_the_returned_ones_are_asked_again(
    opened: NotesRequest, send: Any, rui: User, now: dt.datetime, browser_of: Any
) -> None:
    send(opened, now)
    first, second = opened.items.all()
    browser = browser_of(rui)
    browser.post(f"/requests/{opened.pk}/items/{first.number}/accept")
    browser.post(f"/requests/{opened.pk}/items/{second.number}/return", {"reason": "The stop time is missing"})
    follow_up = NotesRequest.objects.get(follows=opened)
    assert [(item.kind, item.why) for item in follow_up.items.all()] == [(second.kind, "The stop time is missing")]
    opened.refresh_from_db()
    assert opened.status == "answered"


def test_accepting_every_item_settles_the_request(
    opened: NotesRequest, send: Any, rui: User, now: dt.datetime, browser_of: Any
) -> None:
    send(opened, now)
    for item in opened.items.all():
        browser_of(rui).post(f"/requests/{opened.pk}/items/{item.number}/accept")
    opened.refresh_from_db()
    assert opened.status == "accepted"
    assert browser_of(rui).post(f"/requests/{opened.pk}/items/1/accept").status_code == 409


def test_staff_ask_by_hand(session: Any, rui: User, browser_of: Any) -> None:
    address = f"/sessions/{session.pk}/request-notes"
    assert "Progress note of this session" in browser_of(rui).get(address).content.decode()
    assert browser_of(rui).post(address, {"why": "Needed"}).status_code == 422
    made = browser_of(rui).post(address, {"why": "The times are missing", "item": ["start_stop_times"]})
    assert made.status_code == 302
    assert NotesRequest.objects.get().items.get().kind == "start_stop_times"


def test_lead_actions_have_their_pages(opened: NotesRequest, lead: User, browser_of: Any) -> None:
    browser = browser_of(lead)
    assert browser.post(f"/requests/{opened.pk}/extend", {"business_days": "2", "reason": "Ill"}).status_code == 302
    assert browser.post(f"/requests/{opened.pk}/extend", {"business_days": "x", "reason": "Ill"}).status_code == 422
    assert "Business day 5 of 5" in browser.get(f"/requests/{opened.pk}").content.decode()
    assert browser.post(f"/requests/{opened.pk}/bounce").status_code == 302
    assert browser.post(f"/requests/{opened.pk}/deliver").status_code == 302
    assert browser.post(f"/requests/{opened.pk}/withdraw", {"reason": "Mistake"}).status_code == 302


def test_a_file_is_served_as_a_download_that_can_do_nothing(
    opened: NotesRequest, send: Any, priya: User, now: dt.datetime, browser_of: Any
) -> None:
    services.add_file(of_user(priya), opened.pk, "Übersicht “1”.pdf", [PDF], now)
    send(opened, now, text="")
    file = StoredFile.objects.get()
    answer = browser_of(priya).post(f"/notes/files/{file.pk}")
    assert answer.content == PDF
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''%C3%9Cbersicht%20%E2%80%9C1%E2%80%9D.pdf"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_sent_mail_is_for_leads_and_administrators(
    opened: NotesRequest, lead: User, rui: User, priya: User, browser_of: Any
) -> None:
    text = browser_of(lead).get("/mail").content.decode()
    assert SentMail.objects.get().subject in text
    for user in (rui, priya):
        assert browser_of(user).get("/mail").status_code == 403
