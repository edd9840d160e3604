"""The due day in the provider's own calendar: the right day, one entry that moves, and nothing about anybody."""

from __future__ import annotations

import datetime as dt
from email.message import Message
from typing import Any

import pytest
from django.core import mail
from icalendar import Calendar, Component

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.events.models import Event
from notes import services
from notes.models import NotesRequest
from notes.services import telling

pytestmark = pytest.mark.django_db


def entry(sent: Any) -> tuple[str, Component]:
    """The method and the one event of the calendar file of a mail."""
    method, (event,) = entries(sent)
    return method, event


def entries(sent: Any) -> tuple[str, list[Component]]:
    (part,) = [each for each in sent.attachments if isinstance(each, Message)]
    assert (part.get_content_type(), part.get_filename()) == ("text/calendar", "due.ics")
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    calendar = Calendar.from_ical(payload.decode())
    assert part.get_param("method") == calendar["METHOD"]
    return str(calendar["METHOD"]), calendar.walk("VEVENT")


def days(event: Component) -> tuple[dt.date, dt.date]:
    return event["DTSTART"].dt, event["DTEND"].dt


def told(name: str, template: str, now: dt.datetime) -> Any:
    mail.outbox.clear()
    telling.tell_all(template, Event.objects.filter(name=name).latest("id"), now)
    return mail.outbox[0]


def test_the_request_brings_its_due_day(opened: NotesRequest) -> None:
    method, event = entry(mail.outbox[0])
    assert (method, days(event)) == ("PUBLISH", (dt.date(2026, 11, 23), dt.date(2026, 11, 24)))
    assert str(event["URL"]).endswith(f"/my/requests/{opened.pk}")
    (alarm,) = event.walk("VALARM")
    assert alarm["TRIGGER"].dt == dt.timedelta(hours=8)


def test_more_time_moves_the_same_entry(opened: NotesRequest, lead: User, now: dt.datetime) -> None:
    _, first = entry(mail.outbox[0])
    services.grant_extension(of_user(lead), opened.pk, 2, "A conference", now)
    method, second = entry(told("notes.extended", "notes_extended", now))
    assert (method, days(second)[0], second["UID"]) == ("PUBLISH", dt.date(2026, 11, 25), first["UID"])
    assert second["SEQUENCE"] > first["SEQUENCE"]


def test_a_withdrawn_request_leaves_the_calendar(opened: NotesRequest, lead: User, now: dt.datetime) -> None:
    _, first = entry(mail.outbox[0])
    services.withdraw(of_user(lead), opened.pk, "Asked by mistake", now)
    method, last = entry(told("notes.withdrawn", "notes_withdrawn", now))
    assert (method, last["UID"], str(last["STATUS"])) == ("CANCEL", first["UID"], "CANCELLED")
    assert last["SEQUENCE"] > first["SEQUENCE"]


def test_it_names_nobody_and_no_session(opened: NotesRequest) -> None:
    (part,) = [each for each in mail.outbox[0].attachments if isinstance(each, Message)]
    words = str(part.get_payload(decode=True))
    session = opened.session
    secrets = (str(session.pk), session.external_id, session.client.external_id, "90837", f"{session.date_of_service}")
    assert not [secret for secret in secrets if secret in words]
