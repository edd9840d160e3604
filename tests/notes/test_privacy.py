"""Who reads note text, on what ground, on which record; and where the text never goes (promise 10)."""

from __future__ import annotations

import datetime as dt
import json
import logging
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import AccessLog, Delivery, Event, SentMail
from clawguard.events.outbox import run_waiting
from notes import hooks, selectors, services
from notes.models import Note, NotesRequest, RequestMessage
from notes.selectors_talk import messages_of
from tests.notes.conftest import CANARY

pytestmark = pytest.mark.django_db


def read(user: User, note: Note, now: dt.datetime, reason: str = "") -> str:
    return selectors.read_note(of_user(user), note.pk, door="page", reason=reason, now=now).text


@pytest.fixture
def note(opened: NotesRequest, send: Any, now: dt.datetime) -> Note:
    return send(opened, now).note


def test_staff_read_under_an_open_review(note: Note, rui: User, now: dt.datetime) -> None:
    assert CANARY in read(rui, note, now)
    assert AccessLog.objects.get().reason == "open review of this session"


def test_after_the_review_staff_say_why(note: Note, opened: NotesRequest, rui: User, now: dt.datetime) -> None:
    for item in opened.items.all():
        services.accept_item(of_user(rui), opened.pk, item.number, now)
    with pytest.raises(Refused, match="Say why"):
        read(rui, note, now)
    assert CANARY in read(rui, note, now, "Payer asks for records")


def test_a_review_open_elsewhere_is_ground_enough(
    note: Note, opened: NotesRequest, rui: User, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for item in opened.items.all():
        services.accept_item(of_user(rui), opened.pk, item.number, now)
    monkeypatch.setattr(hooks, "OPEN_REVIEWS", [lambda actor, session_id: session_id == opened.session_id])
    assert CANARY in read(rui, note, now)


def test_everybody_else(
    note: Note, auditor: User, administrator: User, colleague: User, faraway: User, now: dt.datetime
) -> None:
    with pytest.raises(Refused):
        read(auditor, note, now)
    assert CANARY in read(auditor, note, now, "Yearly sample")
    for user in (administrator, colleague, faraway):
        with pytest.raises(NotFound):
            read(user, note, now, "curious")
    assert AccessLog.objects.count() == Event.objects.filter(name="note.read").count() == 1


def test_a_reading_that_is_not_on_record_shows_nothing(
    note: Note, rui: User, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_fields: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(AccessLog.objects, "create", fail)
    with pytest.raises(DatabaseError):
        read(rui, note, now)


def test_promise_11_an_access_record_is_never_changed(note: Note, rui: User, now: dt.datetime) -> None:
    read(rui, note, now)
    for change in (lambda: AccessLog.objects.update(reason="x"), lambda: AccessLog.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_messages_are_not_for_auditors(
    opened: NotesRequest, priya: User, auditor: User, rui: User, now: dt.datetime
) -> None:
    services.ask_question(of_user(priya), opened.pk, f"About {CANARY}?", now)
    assert messages_of(of_user(auditor), opened) == []
    assert CANARY in messages_of(of_user(rui), opened)[0].text
    with pytest.raises(NotAllowed):
        services.reply(of_user(auditor), opened.pk, "x", now)


def test_promise_10_the_text_is_nowhere_but_under_its_seal(
    opened: NotesRequest,
    send: Any,
    priya: User,
    rui: User,
    lead: User,
    now: dt.datetime,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    actor = of_user(priya)
    services.save_draft(actor, opened.pk, CANARY, CANARY, uuid4(), 0, now)
    services.add_file(actor, opened.pk, "n.txt", [CANARY.encode()], now)
    services.ask_question(actor, opened.pk, CANARY, now)
    services.reply(of_user(rui), opened.pk, CANARY, now)
    services.ask_extension(actor, opened.pk, CANARY, now)
    services.grant_extension(of_user(lead), opened.pk, 1, CANARY, now)
    note = send(opened, now, explanation=CANARY).note
    services.return_item(of_user(rui), opened.pk, 1, CANARY, now)
    read(rui, note, now)
    run_waiting(now + dt.timedelta(hours=1))
    spoken = [
        f"{message.subject} {message.body} {message.alternatives} {message.extra_headers}" for message in mail.outbox
    ]
    kept = [
        json.dumps(list(Event.objects.values_list("payload", flat=True))),
        str(list(Delivery.objects.values())),
        str(list(SentMail.objects.values())),
        str([bytes(sealed) for sealed in RequestMessage.objects.values_list("sealed", flat=True)]),
        str([bytes(sealed) for sealed in Note.objects.values_list("sealed", flat=True)]),
        caplog.text,
    ]
    assert spoken
    assert not [place for place in [*spoken, *kept] if CANARY in place]
    assert not Delivery.objects.exclude(last_error="").exists()
    assert NotesRequest.objects.filter(why__contains=CANARY).count() == 0


def test_promise_9_what_is_counted_or_listed_is_the_providers_own(
    opened: NotesRequest, note: Note, priya: User, colleague: User
) -> None:
    assert selectors.visible_notes(of_user(priya)).count() == 1
    assert selectors.visible_notes(of_user(colleague)).count() == 0
