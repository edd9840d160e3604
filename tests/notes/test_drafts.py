"""What is typed before it is sent: kept, read by nobody else, gone once it was sent; and when it is too late to add."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import Refused
from notes import selectors, services
from notes.models import Draft, Note, NotesRequest, Upload
from tests.notes.conftest import CANARY, PDF

pytestmark = pytest.mark.django_db


def test_sending_ends_the_draft(opened: NotesRequest, send: Any, priya: User, now: dt.datetime) -> None:
    services.save_draft(of_user(priya), opened.pk, CANARY, "", uuid4(), 0, now)
    assert selectors.draft_of(of_user(priya), opened).text == CANARY
    send(opened, now)
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("given", [{"objection": "disagree", "explanation": "53 minutes it was."}, {"confirms": True}])
def test_what_was_typed_for_the_note_is_kept_when_something_else_is_sent(
    opened: NotesRequest, send: Any, priya: User, now: dt.datetime, given: dict[str, Any], browser_of: Any, frozen: Any
) -> None:
    if "confirms" in given:
        sealed = {"sealed": b"", "digest": "", "characters": 1, "late": False, "attested_by_name": "Priya Test"}
        moments = {"received_at": now, "attested_at": now}
        ids = {"attested_by_id": priya.pk, "submission": uuid4(), "session": opened.session, "version": 1}
        given = {"confirms": Note.objects.create(kind="typed", **sealed, **moments, **ids).pk}
    services.save_draft(of_user(priya), opened.pk, CANARY, "", uuid4(), 0, now)
    services.begin_upload(of_user(priya), opened.pk, "long.pdf", 100_000, "a" * 64, now)
    send(opened, now, text="", **given)
    assert selectors.draft_of(of_user(priya), opened).text == CANARY
    assert Upload.objects.count() == 1
    assert "was not sent" in browser_of(priya).get(f"/my/requests/{opened.pk}/receipt").content.decode()
    send(opened, now, seen=1)
    assert not (Draft.objects.exists() or Upload.objects.exists())
    assert "was not sent" not in browser_of(priya).get(f"/my/requests/{opened.pk}/receipt").content.decode()


def test_a_draft_is_read_by_its_provider_alone(opened: NotesRequest, priya: User, rui: User, now: dt.datetime) -> None:
    services.save_draft(of_user(priya), opened.pk, CANARY, "", uuid4(), 0, now)
    with pytest.raises(NotAllowed):
        selectors.draft_of(of_user(rui), opened)
    assert CANARY.encode() not in bytes(Draft.objects.get().sealed)


def test_who_adds_too_late_is_told_what_happened_and_what_to_do(
    opened: NotesRequest, send: Any, priya: User, rui: User, now: dt.datetime
) -> None:
    send(opened, now)
    first, *others = opened.items.all()
    services.accept_item(of_user(rui), opened.pk, first.number, now)
    for add in (
        lambda: send(opened, now, seen=1),
        lambda: services.save_draft(of_user(priya), opened.pk, "More", "", uuid4(), 0, now),
        lambda: services.add_file(of_user(priya), opened.pk, "note.pdf", [PDF], now),
    ):
        with pytest.raises(Refused, match=r"We have begun to look at your answer.* Ask a question"):
            add()
    for item in others:
        services.return_item(of_user(rui), opened.pk, item.number, "The end is missing.", now)
    with pytest.raises(Refused, match="asked for in a new request"):
        send(opened, now, seen=1)
