"""Two leads let a locked-away file go on, unread: as received, told to its provider, and by nobody else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.domain.lifecycles import ItemState, RequestState
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import AccessLog, Event
from notes import sandbox, selectors, services
from notes.facts import note_facts
from notes.models import (
    FileReading,
    FileRelease,
    FileScan,
    Note,
    NoteReading,
    NotesRequest,
    RequestItem,
    StoredFile,
)
from notes.reviews import notes_under_review
from notes.selectors_talk import messages_of
from tests.notes.intake import clamd, making
from tests.notes.test_reading_flow import run_everything
from tests.webhooks import makers

WHY = "The provider says that the heading is the template's."
NAMED = b"Psychotherapy notes\nOf no session."
PROCESS = "Psychotherapy notes\nOf no session, with enough words to be read by a machine."
pytestmark = pytest.mark.django_db


@pytest.fixture
def unsent(priya: User, opened: NotesRequest, now: dt.datetime) -> StoredFile:
    """Chosen, locked away at once, not part of an answer."""
    row = services.add_file(of_user(priya), opened.pk, "note.txt", [NAMED], now)
    assert row.quarantined_at is not None
    return row


@pytest.fixture
def sent(
    priya: User, opened: NotesRequest, send: Callable[..., Any], now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> StoredFile:
    """Found out while it was read, after it had been sent: the provider was asked again."""
    monkeypatch.setattr(sandbox, "look", lambda *_: {"opening": "", "pages": 1, "kind": "pdf"})
    services.add_file(of_user(priya), opened.pk, "note.pdf", [making.pdf([PROCESS])], now)
    send(opened, now, text="")
    run_everything()
    row = StoredFile.objects.get()
    assert row.quarantined_at is not None
    return row


def release(row: StoredFile, asking: User, agreeing: User, now: dt.datetime) -> None:
    assert row.request_id is not None
    services.ask_release(of_user(asking), row.request_id, row.pk, WHY, now)
    services.agree_release(of_user(agreeing), row.request_id, row.pk, now)
    row.refresh_from_db()


def test_an_unsent_file_stands_with_the_answer_again(
    unsent: StoredFile, priya: User, lead: User, second_lead: User, send: Callable[..., Any], now: dt.datetime
) -> None:
    release(unsent, lead, second_lead, now)
    assert (unsent.quarantined_at, unsent.quarantine_reason) == (None, "")
    request = NotesRequest.objects.get(pk=unsent.request_id)
    assert "released" in messages_of(of_user(priya), request)[-1].text
    note = send(request, now, text="").note
    assert [linked.file for linked in note.note_files.all()] == [unsent]
    run_everything()
    unsent.refresh_from_db()
    assert unsent.quarantined_at is None  # the same heading does not lock it again


def test_a_file_that_was_sent_counts_as_received_and_is_asked_for_no_more(
    sent: StoredFile, opened: NotesRequest, lead: User, second_lead: User, rui: User, now: dt.datetime
) -> None:
    again = NotesRequest.objects.get(follows=opened)
    opened.refresh_from_db()
    assert opened.status == RequestState.RETURNED
    release(sent, lead, second_lead, now)
    again.refresh_from_db()
    opened.refresh_from_db()
    assert (again.status, opened.status) == (RequestState.WITHDRAWN, RequestState.ANSWERED)
    assert set(RequestItem.objects.filter(request=opened).values_list("status", flat=True)) == {ItemState.RECEIVED}
    found, content = selectors.read_file(of_user(rui), sent.pk, door="page", reason="", now=now)
    assert found == sent
    assert content.startswith(b"%PDF")
    assert services.accept_item(of_user(rui), opened.pk, 1, now)


def test_other_systems_hear_that_the_answer_went_back_and_that_it_is_looked_at_once_more(
    administrator: User, opened: NotesRequest, lead: User, second_lead: User, now: dt.datetime, request: Any
) -> None:
    endpoint = makers.endpoint(administrator, "answer.returned", "answer.reopened")
    sent = request.getfixturevalue("sent")  # found out once the endpoint listens
    release(sent, lead, second_lead, now)
    about = {"request": str(opened.pk), "session": str(opened.session_id)}
    assert makers.told(endpoint) == [("answer.returned", about), ("answer.reopened", about)]


def test_a_note_that_was_locked_away_whole_is_read_by_machine_once_it_is_released(
    sent: StoredFile, opened: NotesRequest, lead: User, second_lead: User, now: dt.datetime
) -> None:
    assert NoteReading.objects.get().outcome == "quarantined"
    assert note_facts([opened.session_id])[opened.session_id].on_file is False
    release(sent, lead, second_lead, now)
    run_everything()
    newest = NoteReading.objects.latest("at", "releases")
    assert (newest.outcome, newest.releases) == ("read", 1)
    assert FileReading.objects.get(outcome="read").pages == 1
    facts = note_facts([opened.session_id])[opened.session_id]
    assert (facts.on_file, facts.quarantined) == (True, None)
    assert facts.verdicts
    assert list(notes_under_review(of_user(lead), opened)) == [sent.note_file.note]
    before = NoteReading.objects.count()
    services.read_on(sent.note_file.note.pk, now)  # once more: there is nothing new to read
    assert NoteReading.objects.count() == before


def test_nobody_read_it_on_the_way(
    sent: StoredFile, opened: NotesRequest, lead: User, second_lead: User, now: dt.datetime
) -> None:
    release(sent, lead, second_lead, now)
    assert not AccessLog.objects.filter(session_id=opened.session_id).exists()
    events = Event.objects.filter(subject_id=str(opened.pk), name__in=["notes.release_asked", "notes.file_released"])
    assert [event.actor_name for event in events.order_by("pk")] == ["Lead Test", "Second Test"]
    assert all(WHY not in str(event.payload) for event in events)


def test_it_takes_two_leads_and_a_reason(
    unsent: StoredFile, priya: User, rui: User, lead: User, auditor: User, now: dt.datetime
) -> None:
    request_id = unsent.request_id
    assert request_id is not None
    for other in (priya, rui, auditor):
        with pytest.raises(NotAllowed):
            services.ask_release(of_user(other), request_id, unsent.pk, WHY, now)
    with pytest.raises(Refused):
        services.ask_release(of_user(lead), request_id, unsent.pk, " ", now)
    services.ask_release(of_user(lead), request_id, unsent.pk, WHY, now)
    with pytest.raises(NotAllowed):
        services.agree_release(of_user(lead), request_id, unsent.pk, now)
    with pytest.raises(Refused, match="asked for already"):
        services.ask_release(of_user(lead), request_id, unsent.pk, WHY, now)
    unsent.refresh_from_db()
    assert unsent.quarantined_at is not None


def test_what_is_not_locked_or_not_asked_for_is_not_there(
    unsent: StoredFile, opened: NotesRequest, priya: User, lead: User, second_lead: User, now: dt.datetime
) -> None:
    free = services.add_file(of_user(priya), opened.pk, "free.txt", [b"Progress note."], now)
    with pytest.raises(NotFound):
        services.ask_release(of_user(lead), opened.pk, free.pk, WHY, now)
    with pytest.raises(NotFound):
        services.agree_release(of_user(second_lead), opened.pk, unsent.pk, now)


def test_promise_12_the_database_takes_a_lock_off_for_two_leads_only(
    unsent: StoredFile, lead: User, now: dt.datetime
) -> None:
    free = {"quarantined_at": None, "quarantine_reason": ""}
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.filter(pk=unsent.pk).update(**free)
    assert unsent.request_id is not None
    asked = services.ask_release(of_user(lead), unsent.request_id, unsent.pk, WHY, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.filter(pk=unsent.pk).update(**free)
    for change in (
        {"agreed_at": now, "agreed_by_id": lead.pk},
        {"reason": "Another one."},
        {"agreed_at": now},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            FileRelease.objects.filter(pk=asked.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        asked.delete()


@pytest.mark.parametrize(
    ("answer", "code"), [("stream: Eicar-Test-Signature FOUND", "file_infected"), ("nonsense", "scan_waiting")]
)
def test_what_the_scanner_objected_to_is_scanned_once_more(
    priya: User,
    opened: NotesRequest,
    lead: User,
    second_lead: User,
    now: dt.datetime,
    settings: Any,
    answer: str,
    code: str,
) -> None:
    with clamd.running(answer="stream: Eicar-Test-Signature FOUND") as server:
        settings.CLAMAV_URL = server.url
        row = services.add_file(of_user(priya), opened.pk, "a.txt", [b"A note."], now)
    assert row.quarantine_reason == "infected"
    services.ask_release(of_user(lead), opened.pk, row.pk, WHY, now)
    with clamd.running(answer=answer) as server:
        settings.CLAMAV_URL = server.url
        with pytest.raises(Refused) as refused:
            services.agree_release(of_user(second_lead), opened.pk, row.pk, now)
    assert refused.value.code == code
    with clamd.running() as server:
        settings.CLAMAV_URL = server.url
        services.agree_release(of_user(second_lead), opened.pk, row.pk, now)
    row.refresh_from_db()
    assert row.quarantined_at is None
    assert FileScan.objects.filter(file=row).latest("at", "pk").verdict == "clean"


def test_leads_are_offered_it_on_the_page_and_staff_are_not(
    unsent: StoredFile, opened: NotesRequest, rui: User, lead: User, second_lead: User, browser_of: Any
) -> None:
    page = reverse("request-page", args=[opened.pk])
    assert "Ask to release" not in browser_of(rui).get(page).content.decode()
    asking = browser_of(lead)
    assert "Ask to release" in asking.get(page).content.decode()
    asking.post(reverse("request-release", args=[opened.pk, unsent.pk]), {"reason": WHY})
    assert "Another lead has to agree." in asking.get(page).content.decode()
    agreeing = browser_of(second_lead)
    assert "Agree to release" in agreeing.get(page).content.decode()
    agreeing.post(reverse("request-release-agree", args=[opened.pk, unsent.pk]))
    assert "Locked away" not in agreeing.get(page).content.decode()
    assert Note.objects.count() == 0
