"""When something is locked away unread, leads hear of it, and the provider where no page could say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.events.models import Delivery, Event
from notes import quarantine, selectors_story, services, tasks
from notes.models import NotesRequest, StoredFile
from notes.services.locking_away import lock_away_file
from tests.notes.conftest import PDF

pytestmark = pytest.mark.django_db
LATER = dt.timedelta(hours=1)


@pytest.fixture
def chosen(priya: User, opened: NotesRequest, now: dt.datetime) -> StoredFile:
    """A file that arrived and is not sent yet."""
    return services.add_file(of_user(priya), opened.pk, "note.pdf", [PDF], now)


@pytest.fixture
def told(now: dt.datetime) -> Callable[[], list[tuple[str, str]]]:
    """To whom the task writes, and what; it comes twice."""

    def tell() -> list[tuple[str, str]]:
        mail.outbox.clear()
        event = Event.objects.get(name="notes.file_quarantined")
        assert Delivery.objects.get(event=event).task == "notes.tasks.tell_quarantined"
        for _ in range(2):
            tasks.tell_quarantined(event, now + LATER)
        return [(message.to[0], message.subject) for message in mail.outbox]

    return tell


def test_found_harmful_later_leads_and_the_provider_are_told(
    chosen: StoredFile, told: Any, priya: User, lead: User, rui: User, opened: NotesRequest, now: dt.datetime
) -> None:
    lock_away_file(chosen, quarantine.INFECTED, now + LATER)
    assert told() == [
        (lead.email, "Something that a provider sent was locked away"),
        (priya.email, "A file was not taken as your answer"),
    ]
    assert f"/requests/{opened.pk}" in mail.outbox[0].body
    assert "due Mon 23 Nov" in mail.outbox[1].body
    assert "note.pdf" not in "".join(str(message.body) for message in mail.outbox)


def test_what_the_page_refused_is_told_to_leads_alone(
    opened: NotesRequest, send: Any, told: Any, lead: User, rui: User, priya: User, now: dt.datetime
) -> None:
    assert send(opened, now, text="PSYCHOTHERAPY NOTES\n\nprivate").note is None
    assert told() == [(lead.email, "Something that a provider sent was locked away")]
    for user in (rui, priya):
        told_of = selectors_story.timeline(of_user(user), opened, opened.items.all())
        entries = [each for each in told_of if "locked" in each["verb"]]
        assert [each["detail"] for each in entries] == ["Locked away unread: it calls itself psychotherapy notes"]


@pytest.mark.parametrize("end", ["sent", "removed"])
def test_what_was_sent_is_asked_again_and_what_was_removed_concerns_nobody(
    chosen: StoredFile, told: Any, send: Any, priya: User, lead: User, opened: NotesRequest, now: dt.datetime, end: str
) -> None:
    if end == "sent":
        send(opened, now, text="")
    else:
        services.remove_file(of_user(priya), chosen.pk, now)
    chosen = StoredFile.objects.get(pk=chosen.pk)
    lock_away_file(chosen, quarantine.INFECTED, now + LATER)
    assert [to for to, _subject in told()] == [lead.email]
