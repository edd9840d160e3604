"""What the page says while somebody types: what is there, what to add; nothing of it is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.models import AccessLog, Event
from notes.models import Draft, Note, NotesRequest
from notes.while_typing import MOST_MISSING, read_so_far
from tests import builders
from tests.notes.conftest import CANARY

pytestmark = pytest.mark.django_db
NOTE = (
    "Client met by video from home in New York, I was in my office in New York. Session from 10:02 am to 10:49 am.\n"
    "Client reported low mood. Used behavioural activation. Plan: continue weekly."
)


def test_what_is_there_is_named_and_what_is_open_is_said_as_something_to_add(
    priya: User, opened: NotesRequest, now: dt.datetime
) -> None:
    start = read_so_far(of_user(priya), opened.pk, "Hello.", now)
    note = read_so_far(of_user(priya), opened.pk, NOTE, now)
    assert len(note.found) > len(start.found)
    assert len(note.missing) <= MOST_MISSING
    assert start.missing and start.more, "an empty note lacks more than is told at once"
    assert len(note.missing) + note.more < len(start.missing) + start.more


def test_a_provider_is_not_told_to_sign_what_they_sign_by_sending_it_and_a_delegate_is(
    priya: User, opened: NotesRequest, now: dt.datetime
) -> None:
    assert priya.provider is not None
    own = read_so_far(of_user(priya), opened.pk, NOTE, now)
    stood_for = read_so_far(of_user(builders.delegate(priya.provider)), opened.pk, NOTE, now)
    signature = "signature with credentials"
    assert (signature in own.found, signature in stood_for.found) == (True, False)


def test_what_only_the_record_beside_it_holds_is_not_said_to_be_found(
    priya: User, opened: NotesRequest, now: dt.datetime
) -> None:
    found = read_so_far(of_user(priya), opened.pk, NOTE, now).found
    assert "start time" in found
    assert not {"client named on every page", "birth date on every page", "NPI or license number"} & set(found)
    assert not [words for words in read_so_far(of_user(priya), opened.pk, NOTE, now).missing if "birth" in words]


def test_an_empty_text_says_nothing(priya: User, opened: NotesRequest, now: dt.datetime) -> None:
    found = read_so_far(of_user(priya), opened.pk, " \n", now)
    assert not (found.found or found.missing or found.more or found.unread)


def test_a_text_that_calls_itself_process_notes_is_named_before_it_is_sent(
    priya: User, opened: NotesRequest, now: dt.datetime
) -> None:
    found = read_so_far(of_user(priya), opened.pk, f"Psychotherapy notes\n{NOTE}", now)
    assert found.unread
    assert not found.found


def test_nothing_is_kept_and_nothing_is_logged(
    priya: User, opened: NotesRequest, browser_of: Any, caplog: pytest.LogCaptureFixture, frozen: Callable[..., None]
) -> None:
    before = (Event.objects.count(), AccessLog.objects.count())
    answer = browser_of(priya).post(reverse("my-found", args=[opened.pk]), {"text": f"{NOTE} {CANARY}"})
    assert answer.status_code == 200
    assert answer.json()["found"]
    assert CANARY not in answer.content.decode() + caplog.text
    assert (Event.objects.count(), AccessLog.objects.count()) == before
    assert not Draft.objects.exists()
    assert not Note.objects.exists()


def test_it_is_for_the_provider_alone(rui: User, opened: NotesRequest, now: dt.datetime) -> None:
    with pytest.raises(NotAllowed):
        read_so_far(of_user(rui), opened.pk, NOTE, now)


def test_the_form_of_a_note_is_remembered_with_the_person(priya: User, opened: NotesRequest, browser_of: Any) -> None:
    page = f"/my/requests/{opened.pk}"
    at_the_desk, phone = browser_of(priya), browser_of(priya)
    assert 'data-note-form="free"' in at_the_desk.get(page).content.decode()
    assert at_the_desk.post("/my/note-form", {"form": "dap"}).status_code == 204
    assert 'data-note-form="dap"' in phone.get(page).content.decode()
    assert at_the_desk.post("/my/note-form", {"form": "poem"}).status_code == 422
