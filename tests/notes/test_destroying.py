"""Two leads have a locked-away file destroyed unread: its words are gone for good, its row and digest stay."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from clawguard import sealing
from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import AccessLog, Event
from notes import files, services
from notes.models import FileDestruction, FilePage, NotesRequest, StoredFile
from notes.selectors_talk import messages_of
from tests.notes.test_reading_flow import run_everything
from tests.notes.test_releases import WHY, sent, unsent

pytestmark = pytest.mark.django_db
__all__ = ["sent", "unsent"]
INSTEAD = "The progress note of this session alone."


def agreed(row: StoredFile, asking: User, agreeing: User, now: dt.datetime, instead: str = "") -> None:
    assert row.request_id is not None
    services.ask_destruction(of_user(asking), row.request_id, row.pk, WHY, instead, now)
    services.agree_destruction(of_user(agreeing), row.request_id, row.pk, now)


def destroy(now: dt.datetime) -> None:
    for _ in range(2):  # whatever runs twice changes nothing the second time
        services.destroy_file(Event.objects.get(name="notes.destruction_agreed"), now)


def test_its_bytes_and_words_are_gone_and_its_row_stays(
    sent: StoredFile, lead: User, second_lead: User, priya: User, now: dt.datetime
) -> None:
    path = files.folder() / sent.stored_as
    kept, pages = path.read_bytes(), list(FilePage.objects.filter(file=sent))
    assert pages
    held = path.open("rb")  # as a disk, or a process that had it open, would keep its bytes
    agreed(sent, lead, second_lead, now)
    destroy(now)
    assert not path.exists()
    after = held.read()
    assert after[sealing.HEADER :] == kept[sealing.HEADER :]
    with pytest.raises(sealing.SealBroken):  # what is left of it opens with no key
        sealing.unseal(after, sealing.binding("file", sent.pk))
    assert {(bytes(page.sealed), page.picture) for page in FilePage.objects.filter(file=sent)} == {(b"", "")}
    assert not any((files.folder() / page.picture).exists() for page in pages if page.picture)
    sha256, name = sent.sha256, sent.display_name
    sent.refresh_from_db()
    assert (sent.sha256, sent.display_name, sent.destroyed_at) == (sha256, name, now)
    assert services.rotate() == 0  # a later change of keys finds nothing to wrap
    request = NotesRequest.objects.get(pk=sent.request_id)
    assert [event.payload["returned"] for event in Event.objects.filter(name="notes.file_destroyed")] == [False]
    assert "has been destroyed" in messages_of(of_user(priya), request)[-1].text
    assert not AccessLog.objects.exists()


def test_given_back_the_provider_reads_what_to_send_instead(
    unsent: StoredFile, lead: User, second_lead: User, priya: User, now: dt.datetime
) -> None:
    agreed(unsent, lead, second_lead, now, INSTEAD)
    destroy(now)
    request = NotesRequest.objects.get(pk=unsent.request_id)
    assert messages_of(of_user(priya), request)[-1].text.endswith(f"Please send instead: {INSTEAD}")
    assert all(INSTEAD not in str(event.payload) and WHY not in str(event.payload) for event in Event.objects.all())


def test_a_crash_on_the_way_is_gone_on_from(
    unsent: StoredFile, lead: User, second_lead: User, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreed(unsent, lead, second_lead, now)
    event = Event.objects.get(name="notes.destruction_agreed")

    def crash(*_: Any) -> None:
        raise OSError

    with monkeypatch.context() as broken, pytest.raises(OSError):
        broken.setattr("notes.services.destroying.keep_message", crash)
        services.destroy_file(event, now)
    unsent.refresh_from_db()
    assert unsent.destroyed_at is None
    assert not (files.folder() / unsent.stored_as).exists()
    services.destroy_file(event, now)
    unsent.refresh_from_db()
    assert unsent.destroyed_at == now


def test_it_takes_two_leads_and_a_reason(
    unsent: StoredFile, priya: User, rui: User, lead: User, second_lead: User, auditor: User, now: dt.datetime
) -> None:
    about = unsent.request_id, unsent.pk
    for other in (priya, rui, auditor):
        with pytest.raises(NotAllowed):
            services.ask_destruction(of_user(other), *about, WHY, "", now)
    with pytest.raises(Refused):
        services.ask_destruction(of_user(lead), *about, " ", "", now)
    with pytest.raises(NotFound):
        services.agree_destruction(of_user(second_lead), *about, now)
    services.ask_destruction(of_user(lead), *about, WHY, "", now)
    with pytest.raises(NotAllowed):
        services.agree_destruction(of_user(lead), *about, now)
    with pytest.raises(Refused, match="asked for already"):
        services.ask_destruction(of_user(second_lead), *about, WHY, "", now)


def test_of_release_and_destruction_the_first_agreed_to_counts(
    unsent: StoredFile, lead: User, second_lead: User, now: dt.datetime
) -> None:
    about = unsent.request_id, unsent.pk
    services.ask_release(of_user(lead), *about, WHY, now)
    services.ask_destruction(of_user(lead), *about, WHY, "", now)
    services.agree_destruction(of_user(second_lead), *about, now)
    with pytest.raises(NotFound):
        services.agree_release(of_user(second_lead), *about, now)


def test_what_is_not_locked_away_cannot_be_destroyed(
    opened: NotesRequest, priya: User, lead: User, now: dt.datetime
) -> None:
    free = services.add_file(of_user(priya), opened.pk, "free.txt", [b"Progress note."], now)
    with pytest.raises(NotFound):
        services.ask_destruction(of_user(lead), opened.pk, free.pk, WHY, "", now)


def test_promise_12_the_database_lets_words_go_for_two_leads_only(
    sent: StoredFile, lead: User, second_lead: User, now: dt.datetime
) -> None:
    pages, rows = FilePage.objects.filter(file=sent), StoredFile.objects.filter(pk=sent.pk)
    assert sent.request_id is not None
    asked = services.ask_destruction(of_user(lead), sent.request_id, sent.pk, WHY, "", now)
    for refused in (
        lambda: pages.update(sealed=b"", picture=""),
        lambda: rows.update(destroyed_at=now),
        lambda: FileDestruction.objects.filter(pk=asked.pk).update(agreed_at=now, agreed_by_id=lead.pk),
        lambda: FileDestruction.objects.filter(pk=asked.pk).update(reason="Another one."),
        asked.delete,
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            refused()
    services.agree_destruction(of_user(second_lead), sent.request_id, sent.pk, now)
    destroy(now)
    for refused in (
        lambda: rows.update(destroyed_at=None),
        lambda: rows.update(quarantined_at=None, quarantine_reason=""),
        lambda: rows.update(sha256="0" * 64),
        lambda: pages.update(characters=0),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            refused()


def test_leads_are_offered_it_in_words_and_staff_are_not(
    unsent: StoredFile, opened: NotesRequest, priya: User, rui: User, lead: User, second_lead: User, browser_of: Any
) -> None:
    page = reverse("request-page", args=[opened.pk])
    assert "Ask to destroy" not in browser_of(rui).get(page).content.decode()
    asking = browser_of(lead)
    assert "Ask to destroy" in asking.get(page).content.decode()
    given = {"reason": WHY, "instead": INSTEAD}
    asking.post(reverse("request-destroy", args=[opened.pk, unsent.pk]), given)
    assert "Another lead has to agree." in asking.get(page).content.decode()
    agreeing = browser_of(second_lead)
    shown = agreeing.get(page).content.decode()
    assert "asks to give it back, destroyed unread" in shown
    assert "This cannot be taken back by anybody." in shown
    agreeing.post(reverse("request-destroy-agree", args=[opened.pk, unsent.pk]))
    run_everything()
    shown = agreeing.get(page).content.decode()
    assert "Destroyed unread" in shown
    assert "Agree to" not in shown
    assert "Destroyed unread" in browser_of(priya).get(reverse("my-request", args=[opened.pk])).content.decode()
