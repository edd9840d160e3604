"""The staff's pages of notes requests, as people use them."""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from clawguard.events.models import AccessLog, SentMail
from notes import reviews, selectors, selectors_asking, services
from notes.models import NotesRequest, StoredFile
from tests.notes.conftest import CANARY, PDF

SETTLE = import_module("notes.migrations.0017_returned_requests").SETTLE
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def url(request: NotesRequest, *parts: str) -> str:
    return "/".join(["/my/requests", str(request.pk), *parts])


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
    assert opened.status == "returned"


def test_what_was_returned_has_ended_and_waits_for_nobody(
    make_opened: Any, send: Any, rui: User, priya: User, now: dt.datetime, browser_of: Any
) -> None:
    first, second, newer = make_opened(), make_opened(), make_opened()
    for row in (first, second, newer):
        send(row, now)
    for row in (first, second):
        for item in row.items.all():
            services.return_item(of_user(rui), row.pk, item.number, "The end is missing.", now)
        row.refresh_from_db()
    again = NotesRequest.objects.get(follows=first)
    services.deliver(again.pk, SYSTEM, now)
    send(again, now)
    for item in again.items.all():
        services.accept_item(of_user(rui), again.pk, item.number, now)
    assert reviews.next_answer(of_user(rui), second) == newer
    assert not selectors.review_is_open(of_user(rui), first.session_id)
    listed = {view: browser_of(rui).get(f"/requests?view={view}").context["rows"] for view in ("answered", "done")}
    assert [entry["row"] for entry in listed["answered"]] == [newer]
    assert {entry["row"] for entry in listed["done"]} == {first, second, again}
    assert "You hear from us" not in browser_of(priya).get(url(first, "receipt")).content.decode()
    found = selectors_asking.sessions_to_ask_about(of_user(rui), "", 50)
    assert first.session_id in {one.session.pk for one in found}


def test_answers_in_stand_in_the_order_of_the_day_that_was_promised_and_what_is_overdue_is_marked(
    make_opened: Any, send: Any, rui: User, now: dt.datetime, browser_of: Any, frozen: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("notes.views.staff.ROWS", 2)
    rows = [make_opened() for _ in range(3)]
    for days, row in zip((2, 0, 1), rows, strict=True):
        send(row, now + dt.timedelta(days=days))
    first = browser_of(rui).get("/requests?view=answered")
    following = browser_of(rui).get(f"/requests{first.context['next_url']}")
    listed = [entry["row"] for page in (first, following) for entry in page.context["rows"]]
    assert listed == [rows[1], rows[2], rows[0]]
    assert "promised day is over" not in first.content.decode()
    frozen(now + dt.timedelta(days=8))
    page = browser_of(rui).get("/requests?view=answered")
    assert [entry["overdue"] for entry in page.context["rows"]] == [True, False]
    assert "promised day is over" in page.content.decode()
    assert browser_of(rui).get("/requests?view=answered&after=nonsense~1").status_code == 404


def test_answers_that_were_returned_before_there_was_a_word_for_it_have_ended_too(
    opened: NotesRequest, send: Any, rui: User, now: dt.datetime
) -> None:
    send(opened, now)
    first, *others = opened.items.all()
    services.return_item(of_user(rui), opened.pk, first.number, "The end is missing.", now)
    with connection.cursor() as cursor:
        cursor.execute(SETTLE)
        opened.refresh_from_db()
        assert opened.status == "answered"
        for item in others:
            services.accept_item(of_user(rui), opened.pk, item.number, now)
        NotesRequest.objects.filter(pk=opened.pk).update(status="answered")
        cursor.execute(SETTLE)
    opened.refresh_from_db()
    assert opened.status == "returned"


def test_what_is_returned_waits_for_its_turn_behind_another_request(
    opened: NotesRequest, send: Any, rui: User, now: dt.datetime, browser_of: Any
) -> None:
    send(opened, now)
    other = services.open_request(of_user(rui), opened.session_id, [services.Asked("addendum")], "And this.", now)
    last = opened.items.count()
    for number in range(1, last):
        services.accept_item(of_user(rui), opened.pk, number, now)
    refused = browser_of(rui).post(f"/requests/{opened.pk}/items/{last}/return", {"reason": "The end is missing."})
    assert refused.status_code == 409
    assert "Wait for its answer or withdraw it" in refused.content.decode()
    assert opened.items.get(number=last).status == "received"
    services.withdraw(of_user(rui), other.pk, "One thing after the other.", now)
    services.return_item(of_user(rui), opened.pk, last, "The end is missing.", now)
    assert NotesRequest.objects.filter(follows=opened).count() == 1


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


@pytest.mark.parametrize(  # BI-41
    ("name", "shown"),
    [
        ("Übersicht “1”.pdf", "%C3%9Cbersicht%20%E2%80%9C1%E2%80%9D.pdf"),
        ('a"b.pdf', "ab.pdf"),
        ("it's; filename=x, 1+1 %41.pdf", "it%27s%3B%20filename%3Dx%2C%201%2B1%2041.pdf"),
        ("a\r\nSet-Cookie: sid=1.pdf", "aSet-Cookie%20sid%3D1.pdf"),
        ("note 😀.pdf", "note%20%F0%9F%98%80.pdf"),
    ],
)
def test_a_file_is_served_as_a_download_that_can_do_nothing(
    opened: NotesRequest, send: Any, priya: User, now: dt.datetime, browser_of: Any, name: str, shown: str
) -> None:
    services.add_file(of_user(priya), opened.pk, name, [PDF], now)
    send(opened, now, text="")
    file = StoredFile.objects.get()
    answer = browser_of(priya).post(f"/notes/files/{file.pk}")
    assert answer.content == PDF
    assert answer["Content-Disposition"] == f"attachment; filename*=UTF-8''{shown}"
    assert "Set-Cookie" not in answer
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


@pytest.mark.parametrize(("path", "most"), [("/requests?view=due", 12), ("/my", 12)])
def test_lists_cost_the_same_however_long_they_are(
    make_session: Any,
    rui: User,
    priya: User,
    now: dt.datetime,
    browser_of: Any,
    path: str,
    most: int,
    django_assert_max_num_queries: Any,
) -> None:
    services.open_for_findings([make_session().pk for _ in range(12)], now)
    for row in NotesRequest.objects.all():
        services.deliver(row.pk, SYSTEM, now)
    browser = browser_of(priya if path == "/my" else rui)
    browser.get(path)
    with django_assert_max_num_queries(most):
        assert browser.get(path).content.decode().count("Mon 23 Nov") >= 12


def test_a_request_with_its_answer_stays_within_its_budget(
    opened: NotesRequest, send: Any, rui: User, now: dt.datetime, browser_of: Any, django_assert_max_num_queries: Any
) -> None:
    send(opened, now)
    browser = browser_of(rui)
    browser.get(f"/requests/{opened.pk}")
    with django_assert_max_num_queries(22):
        browser.get(f"/requests/{opened.pk}")
