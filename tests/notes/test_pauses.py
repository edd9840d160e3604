"""A clock that stands still: nothing lapses, nobody is reminded, and the due moment follows from the intervals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import IntegrityError, InternalError, transaction

from clawguard.accounts.actors import SYSTEM, NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import Event
from notes import clock, facts, selectors, services
from notes.models import ClockPause, DueChange, NotesRequest
from notes.services import telling_clocks

NEW_YORK = ZoneInfo("America/New_York")


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)


def paused(lead: User, row: NotesRequest, now: dt.datetime, until: dt.datetime | None = None) -> NotesRequest:
    return services.pause_clock(of_user(lead), row.pk, "our_answer", "", until, now)


THURSDAY, FRIDAY, SATURDAY = at("2026-11-19T11:00"), at("2026-11-20T09:00"), at("2026-11-21T12:00")
DUE = at("2026-11-24T00:00")  # as delivered on Wednesday the 18th


@pytest.mark.django_db
def test_a_paused_request_has_no_due_moment_and_does_not_lapse(opened: NotesRequest, lead: User) -> None:
    assert opened.due_at == DUE
    paused(lead, opened, THURSDAY)
    assert services.lapse_due(DUE + dt.timedelta(days=30)) == 0
    opened.refresh_from_db()
    assert (opened.status, opened.in_time_until, opened.remind_at) == ("open", None, None)
    assert opened.deadline["due_date"] is None
    last = opened.deadline["days"][-1]
    assert (last["date"], last["kind"], last["counted"]) == ("2026-11-19", "paused", False)
    assert clock.days_left(opened, THURSDAY) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "end", "due"),
    [
        (THURSDAY, THURSDAY + dt.timedelta(minutes=5), "2026-11-25"),  # one business day touched
        (THURSDAY, FRIDAY, "2026-11-26"),
        (THURSDAY, at("2026-11-20T00:00"), "2026-11-25"),  # the end is exclusive: Friday counts
        (SATURDAY, at("2026-11-22T18:00"), "2026-11-24"),  # a weekend: nothing moves
        (THURSDAY, at("2026-11-27T08:00"), "2026-12-03"),
    ],
)
def test_the_days_a_pause_touches_do_not_count(
    opened: NotesRequest, lead: User, start: dt.datetime, end: dt.datetime, due: str
) -> None:
    paused(lead, opened, start)
    row = services.resume_clock(of_user(lead), opened.pk, end)
    row.refresh_from_db()
    assert row.due_at == at(f"{due}T00:00")
    assert row.deadline["lapses_at"]["local"] == row.due_at.astimezone(NEW_YORK).isoformat()
    changes = list(DueChange.objects.values_list("kind", "due_before", "due_after", "business_days_added"))
    assert changes == ([] if row.due_at == DUE else [("pause", DUE, row.due_at, 0)])
    assert row.deadline["pauses"][0]["from"] == start.astimezone(dt.UTC).isoformat()


@pytest.mark.django_db
def test_a_pause_with_an_end_sets_the_due_moment_at_once(opened: NotesRequest, lead: User) -> None:
    row = paused(lead, opened, THURSDAY, until=at("2026-11-20T17:00"))
    assert (row.paused_at, row.due_at) == (None, at("2026-11-26T00:00"))
    with pytest.raises(Refused, match=r"ends by itself, 20 Nov 2026, 17:00 .* never moves earlier"):
        services.resume_clock(of_user(lead), opened.pk, THURSDAY + dt.timedelta(hours=1))
    assert services.lapse_due(DUE) == 0
    assert services.lapse_due(row.due_at) == 1


@pytest.mark.django_db
def test_an_extension_keeps_the_pauses_before_it(opened: NotesRequest, lead: User) -> None:
    paused(lead, opened, THURSDAY)
    services.resume_clock(of_user(lead), opened.pk, THURSDAY)
    row = services.grant_extension(of_user(lead), opened.pk, 1, "A holiday week.", FRIDAY)
    assert row.due_at == at("2026-11-26T00:00")  # three days, one for the pause, one for the extension
    assert [change.deadline["due_date"] for change in DueChange.objects.all()] == ["2026-11-24", "2026-11-25"]


@pytest.mark.django_db
def test_it_sends_no_reminders_and_says_so_once(
    opened: NotesRequest, lead: User, priya: User, now: dt.datetime
) -> None:
    paused(lead, opened, THURSDAY)
    mail.outbox.clear()
    assert services.remind_due(at("2026-11-23T09:00")) == 0
    event = Event.objects.get(name="notes.paused")
    for _ in range(2):
        telling_clocks.tell_paused(event, THURSDAY)
    assert [message.subject for message in mail.outbox] == ["The clock of one request is paused"]
    assert "a question waits for our answer" in mail.outbox[0].body
    services.resume_clock(of_user(lead), opened.pk, FRIDAY)
    telling_clocks.tell_resumed(Event.objects.get(name="notes.resumed"), FRIDAY)
    assert mail.outbox[1].subject == "The clock runs again: one session needs a document by Wed 25 Nov"
    assert "Clock paused: a question waits for our answer" in mail.outbox[1].body
    assert services.remind_due(at("2026-11-23T10:00")) == 1


@pytest.mark.django_db
def test_the_leads_words_stay_off_the_mail_and_the_log(opened: NotesRequest, lead: User) -> None:
    services.pause_clock(of_user(lead), opened.pk, "other", "Zebra words of the lead", None, THURSDAY)
    event = Event.objects.get(name="notes.paused")
    telling_clocks.tell_paused(event, THURSDAY)
    assert "Zebra" not in f"{event.payload}{mail.outbox[-1].body}{NotesRequest.objects.get().deadline}"
    assert ClockPause.objects.get().detail == "Zebra words of the lead"


@pytest.mark.django_db
def test_an_answer_while_the_clock_stands_still_is_in_time(
    opened: NotesRequest, lead: User, send: Callable[..., services.Outcome]
) -> None:
    paused(lead, opened, THURSDAY)
    note = send(opened, DUE + dt.timedelta(days=9)).note
    opened.refresh_from_db()
    assert (note.late, opened.status, opened.paused_at, opened.lapsed_at) == (False, "answered", None, None)
    assert ClockPause.objects.get().ended_at == DUE + dt.timedelta(days=9)


@pytest.mark.django_db
def test_an_answer_in_a_pause_stays_in_time_wherever_it_is_read_later(
    opened: NotesRequest, lead: User, send: Callable[..., services.Outcome]
) -> None:
    paused(lead, opened, THURSDAY)
    answered_at = at("2026-12-01T10:00")
    note = send(opened, answered_at).note
    row = NotesRequest.objects.get()
    assert (row.due_at, row.answered_late, row.remind_at) == (at("2026-12-05T00:00"), False, None)
    assert not note.counts_as_late
    assert row.deadline["pauses"][0]["to"] == answered_at.astimezone(dt.UTC).isoformat()
    assert list(DueChange.objects.values_list("kind", "due_after")) == [("pause", row.due_at)]
    known = facts.request_clocks([row.session_id])[row.session_id]
    assert known.responded_at < known.due_at
    assert not send(opened, answered_at + dt.timedelta(hours=1), seen=1).note.late


@pytest.mark.django_db
def test_what_is_known_of_a_paused_request_has_no_due_moment(opened: NotesRequest, lead: User) -> None:
    paused(lead, opened, THURSDAY)
    known = facts.note_request_facts(opened.session_id)
    assert (known["paused"], "due_at" in known) == (True, False)


@pytest.mark.django_db
def test_who_may_pause_what(opened: NotesRequest, lead: User, rui: User, priya: User, auditor: User) -> None:
    for user in (rui, priya, auditor):
        with pytest.raises(NotAllowed):
            paused(user, opened, THURSDAY)
        with pytest.raises(NotAllowed):
            services.resume_clock(of_user(user), opened.pk, THURSDAY)
    with pytest.raises(Refused, match="not waiting"):
        services.resume_clock(of_user(lead), opened.pk, THURSDAY)
    paused(lead, opened, THURSDAY)
    with pytest.raises(Refused, match="runs"):
        paused(lead, opened, FRIDAY)
    with pytest.raises(Refused, match="stands still"):
        services.grant_extension(of_user(lead), opened.pk, 1, "More", FRIDAY)
    with pytest.raises(NotFound):
        services.pause_clock(of_user(lead), opened.session_id, "away", "", None, FRIDAY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reason", "detail", "until"),
    [
        ("nonsense", "", None),
        ("other", "", None),
        ("away", "x" * 301, None),
        ("away", "", THURSDAY),
        ("away", "", THURSDAY + dt.timedelta(days=61)),
    ],
)
def test_a_pause_needs_a_reason_and_an_end_ahead(
    opened: NotesRequest, lead: User, reason: str, detail: str, until: dt.datetime | None
) -> None:
    with pytest.raises(Refused):
        services.pause_clock(of_user(lead), opened.pk, reason, detail, until, THURSDAY)


@pytest.mark.django_db
def test_a_clock_that_is_over_is_not_paused(lapsed: NotesRequest, lead: User) -> None:
    with pytest.raises(Refused):
        paused(lead, lapsed, DUE)


@pytest.mark.django_db
def test_the_database_refuses_a_lapse_of_a_paused_request_and_a_changed_pause(opened: NotesRequest, lead: User) -> None:
    paused(lead, opened, THURSDAY)
    with pytest.raises(IntegrityError, match="request_never_lapses_while_paused"), transaction.atomic():
        NotesRequest.objects.filter(pk=opened.pk).update(lapsed_at=DUE)
    services.resume_clock(of_user(lead), opened.pk, FRIDAY)
    changes: list[dict[str, Any]] = [{"ended_at": SATURDAY}, {"started_at": SATURDAY}, {"reason": "away"}]
    for change in changes:
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            ClockPause.objects.update(**change)
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        ClockPause.objects.all().delete()


@pytest.mark.django_db
def test_withdrawing_a_paused_request_ends_its_pause(opened: NotesRequest, lead: User, rui: User) -> None:
    paused(lead, opened, THURSDAY)
    row = services.withdraw(of_user(rui), opened.pk, "Not needed.", DUE + dt.timedelta(days=3))
    assert (row.status, row.paused_at) == ("withdrawn", None)
    assert not ClockPause.objects.filter(ended_at=None).exists()


@pytest.mark.django_db
def test_a_bounce_of_a_paused_request_ends_its_pause_and_delivery_starts_afresh(
    opened: NotesRequest, lead: User, rui: User
) -> None:
    paused(lead, opened, THURSDAY)
    services.report_bounce(of_user(rui), opened.pk, FRIDAY)
    services.deliver_again(of_user(rui), opened.pk, at("2026-11-23T10:00"))
    opened.refresh_from_db()
    assert (opened.paused_at, opened.due_at) == (None, at("2026-11-28T00:00"))
    assert selectors.get_request(SYSTEM, opened.pk).status == "open"
