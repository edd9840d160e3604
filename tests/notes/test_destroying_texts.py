"""Two leads have typed text that is locked away destroyed unread: its words and its key are gone, its note stays."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import AccessLog, Event
from notes import selectors, services
from notes.models import Note, NoteReading, NotesRequest, TextDestruction
from notes.selectors_talk import messages_of
from notes.services.parts import words_of
from tests.notes.test_reading_flow import NOTE, run_everything
from tests.notes.test_releases import WHY

pytestmark = pytest.mark.django_db
INSTEAD = "The progress note of this session alone."


@pytest.fixture
def locked(opened: NotesRequest, priya: User, now: Any) -> Note:
    """A typed note that holds three sessions: the reader locks it away after it was sent."""
    days = ("09/01/2026", "09/08/2026", "09/15/2026")
    text = "\n\n".join(f"Date of service: {day}\n{NOTE.partition(chr(10))[2]}" for day in days)
    return typed(opened, priya, text, now)


def typed(opened: NotesRequest, priya: User, text: str, now: Any) -> Note:
    given = services.Answer(submission=uuid4(), text=text, attested=True, no_process_notes=True)
    note = services.submit_answer(of_user(priya), opened.pk, given, now).note
    assert note is not None
    run_everything()
    return Note.objects.get(pk=note.pk)


def destroy(note: Note, asking: User, agreeing: User, now: Any, instead: str = "") -> None:
    assert note.request_id is not None
    services.ask_text_destruction(of_user(asking), note.request_id, note.pk, WHY, instead, now)
    services.agree_text_destruction(of_user(agreeing), note.request_id, note.pk, now)
    for _ in range(2):  # whatever runs twice changes nothing the second time
        services.destroy_text(Event.objects.get(name="notes.text_destruction_agreed"), now)


def test_its_words_and_its_key_are_gone_and_the_note_stays(
    locked: Note, opened: NotesRequest, lead: User, second_lead: User, priya: User, now: Any
) -> None:
    assert len(locked.sealed) > len(NOTE)
    destroy(locked, lead, second_lead, now)
    after = Note.objects.get(pk=locked.pk)
    assert (bytes(after.sealed), after.destroyed_at) == (b"", now)
    assert (after.digest, after.characters, after.version) == (locked.digest, locked.characters, locked.version)
    assert words_of(after) == {"text": "", "explanation": ""}
    assert services.rotate() == 0  # a later change of keys finds nothing to wrap
    assert [event.payload["returned"] for event in Event.objects.filter(name="notes.text_destroyed")] == [False]
    assert [said.text for said in messages_of(of_user(priya), opened)][-1].startswith("The text that was locked away")
    assert not AccessLog.objects.exists()
    with pytest.raises(Refused, match="locked away"):
        selectors.read_note(of_user(lead), locked.pk, door="page", reason="review", now=now)


def test_given_back_the_provider_reads_what_to_send_instead(
    locked: Note, opened: NotesRequest, lead: User, second_lead: User, priya: User, now: Any
) -> None:
    destroy(locked, lead, second_lead, now, INSTEAD)
    assert messages_of(of_user(priya), opened)[-1].text.endswith(f"Please send instead: {INSTEAD}")
    assert all(INSTEAD not in str(event.payload) and WHY not in str(event.payload) for event in Event.objects.all())


def test_it_takes_two_leads_and_a_reason(
    locked: Note, priya: User, rui: User, lead: User, second_lead: User, auditor: User, now: Any
) -> None:
    assert locked.request_id is not None
    about = locked.request_id, locked.pk
    for other in (priya, rui, auditor):
        with pytest.raises(NotAllowed):
            services.ask_text_destruction(of_user(other), *about, WHY, "", now)
    with pytest.raises(Refused):
        services.ask_text_destruction(of_user(lead), *about, " ", "", now)
    with pytest.raises(NotFound):
        services.agree_text_destruction(of_user(second_lead), *about, now)
    services.ask_text_destruction(of_user(lead), *about, WHY, "", now)
    with pytest.raises(NotAllowed):
        services.agree_text_destruction(of_user(lead), *about, now)
    with pytest.raises(Refused, match="asked for already"):
        services.ask_text_destruction(of_user(second_lead), *about, WHY, "", now)
    assert Note.objects.get(pk=locked.pk).destroyed_at is None


def test_text_that_is_not_locked_away_cannot_be_destroyed(
    opened: NotesRequest, priya: User, lead: User, now: Any
) -> None:
    note = typed(opened, priya, NOTE, now)
    assert NoteReading.objects.get(note=note).outcome != "quarantined"
    with pytest.raises(NotFound):
        services.ask_text_destruction(of_user(lead), opened.pk, note.pk, WHY, "", now)


def test_promise_12_the_database_lets_typed_words_go_for_two_leads_only(
    locked: Note, lead: User, second_lead: User, now: Any
) -> None:
    rows = Note.objects.filter(pk=locked.pk)
    assert locked.request_id is not None
    asked = services.ask_text_destruction(of_user(lead), locked.request_id, locked.pk, WHY, "", now)
    asked_rows = TextDestruction.objects.filter(pk=asked.pk)
    for refused in (
        lambda: rows.update(sealed=b"", destroyed_at=now),
        lambda: rows.update(sealed=b""),
        lambda: rows.update(destroyed_at=now),
        lambda: asked_rows.update(agreed_at=now, agreed_by_id=lead.pk),
        lambda: asked_rows.update(reason="Another one."),
        asked.delete,
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            refused()
    services.agree_text_destruction(of_user(second_lead), locked.request_id, locked.pk, now)
    services.destroy_text(Event.objects.get(name="notes.text_destruction_agreed"), now)
    for refused in (
        lambda: rows.update(destroyed_at=None),
        lambda: rows.update(sealed=bytes(locked.sealed)),
        lambda: rows.update(digest="0" * 64),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            refused()


def test_leads_are_offered_it_in_words_and_staff_are_not(
    locked: Note, opened: NotesRequest, rui: User, lead: User, second_lead: User, browser_of: Any
) -> None:
    page = reverse("request-page", args=[opened.pk])
    assert "Ask to destroy" not in browser_of(rui).get(page).content.decode()
    asking = browser_of(lead)
    shown = asking.get(page).content.decode()
    assert "Typed text, version 1" in shown
    assert "Ask to destroy this text?" in shown
    asking.post(reverse("request-destroy-text", args=[opened.pk, locked.pk]), {"reason": WHY, "instead": INSTEAD})
    assert "Another lead has to agree." in asking.get(page).content.decode()
    agreeing = browser_of(second_lead)
    shown = agreeing.get(page).content.decode()
    assert "asks to give it back, destroyed unread" in shown
    assert "Destroy this text unread?" in shown
    agreeing.post(reverse("request-destroy-text-agree", args=[opened.pk, locked.pk]))
    run_everything()
    shown = agreeing.get(page).content.decode()
    assert "Its typed text was destroyed unread" in shown
    assert "Agree to" not in shown
    assert "Read the text" not in shown
