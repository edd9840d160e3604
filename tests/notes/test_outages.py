"""An outage of our own pages counts for every clock that ran in it, also for those it made lapse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, InternalError, transaction

from clawguard.accounts.actors import SYSTEM, NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import Refused
from clawguard.events.models import Event
from notes import facts, selectors, services
from notes.models import DueChange, NotesRequest, Outage
from notes.services import telling_clocks
from tests.notes.test_calendar_file import entries
from tests.notes.test_pauses import DUE, FRIDAY, SATURDAY, THURSDAY, at, paused

HOUR = dt.timedelta(hours=1)
MONDAY = at("2026-11-23T22:00")  # two hours before DUE


def record(lead: User, start: dt.datetime, end: dt.datetime, now: dt.datetime) -> Outage:
    return services.record_outage(of_user(lead), start, end, "The web servers were unreachable.", now)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "length", "due"),
    [
        (THURSDAY, HOUR, "2026-11-25"),  # one business day
        (SATURDAY, HOUR, "2026-11-24"),  # none
        (at("2026-11-18T08:00"), HOUR, "2026-11-24"),  # over before delivery
        (at("2026-11-18T11:00"), HOUR, "2026-11-24"),  # the day of delivery counts for nothing anyway
        (THURSDAY, dt.timedelta(days=1), "2026-11-26"),
    ],
)
def test_a_business_day_that_an_outage_touches_does_not_count(
    opened: NotesRequest, lead: User, start: dt.datetime, length: dt.timedelta, due: str
) -> None:
    record(lead, start, start + length, start + length)
    opened.refresh_from_db()
    assert opened.due_at == at(f"{due}T00:00")
    moved = opened.due_at != DUE
    assert list(DueChange.objects.values_list("kind", flat=True)) == ["outage"] * moved
    assert Event.objects.filter(name="notes.outage_counted").count() == moved
    assert Event.objects.filter(name="outage.recorded").count() == 1


@pytest.mark.django_db
def test_requests_of_many_providers_cost_one_mail_each(make_session: Any, lead: User, now: dt.datetime) -> None:
    sessions = [make_session().pk for _ in range(3)]
    services.open_for_findings(sessions, now)
    services.deliver(NotesRequest.objects.all()[0].pk, SYSTEM, now)  # all in one mail
    record(lead, THURSDAY, THURSDAY + HOUR, FRIDAY)
    assert set(NotesRequest.objects.values_list("due_at", flat=True)) == {at("2026-11-25T00:00")}
    mail.outbox.clear()
    for _ in range(2):
        telling_clocks.tell_outage(Event.objects.get(name="notes.outage_told"), FRIDAY)
    assert [message.subject for message in mail.outbox] == ["Our pages were away: 3 of your sessions have more time"]
    assert "from 19 Nov 2026, 11:00 to 19 Nov 2026, 12:00" in mail.outbox[0].body
    assert "unreachable" not in mail.outbox[0].body
    assert [each["DTSTART"].dt for each in entries(mail.outbox[0])[1]] == [dt.date(2026, 11, 24)] * 3


@pytest.mark.django_db
def test_the_same_day_is_given_back_once(opened: NotesRequest, lead: User) -> None:
    record(lead, THURSDAY, THURSDAY + HOUR, FRIDAY)
    record(lead, THURSDAY + 2 * HOUR, THURSDAY + 3 * HOUR, FRIDAY)
    opened.refresh_from_db()
    assert opened.due_at == at("2026-11-25T00:00")
    assert DueChange.objects.count() == 1


@pytest.mark.django_db
def test_a_paused_clock_is_recounted_with_the_outage_when_it_runs_again(opened: NotesRequest, lead: User) -> None:
    paused(lead, opened, FRIDAY)
    record(lead, THURSDAY, THURSDAY + HOUR, FRIDAY + HOUR)
    row = services.resume_clock(of_user(lead), opened.pk, FRIDAY + 2 * HOUR)
    assert row.due_at == at("2026-11-26T00:00")


@pytest.mark.django_db
def test_a_lapse_before_the_outage_was_recorded_stays_and_an_answer_in_the_time_it_leaves_is_in_time(
    lapsed: NotesRequest, lead: User, send: Callable[..., services.Outcome]
) -> None:
    record(lead, MONDAY, DUE + HOUR, DUE + 8 * HOUR)
    lapsed.refresh_from_db()
    assert (lapsed.status, lapsed.due_at, lapsed.lapsed_at) == ("lapsed", DUE, DUE)
    assert lapsed.excused_until == at("2026-11-26T00:00")  # Monday and Tuesday were touched
    assert Event.objects.filter(name="notes.lapse_excused").count() == 1
    telling_clocks.tell_outage(Event.objects.get(name="notes.outage_told"), DUE + 9 * HOUR)
    assert "counts as in time" in mail.outbox[-1].body
    note = send(lapsed, at("2026-11-25T20:00")).note
    lapsed.refresh_from_db()
    assert (note.late, lapsed.status, lapsed.lapsed_at) == (False, "answered", DUE)
    assert facts.note_request_facts(lapsed.session_id)["due_at"] == lapsed.excused_until.isoformat()


@pytest.mark.django_db
def test_an_outage_in_the_time_that_another_one_left_is_given_back_too(lapsed: NotesRequest, lead: User) -> None:
    record(lead, MONDAY, DUE + HOUR, DUE + 8 * HOUR)
    left = at("2026-11-26T00:00")
    record(lead, left - 12 * HOUR, left - 11 * HOUR, left - 10 * HOUR)
    lapsed.refresh_from_db()
    assert (lapsed.due_at, lapsed.excused_until) == (DUE, at("2026-11-28T00:00"))  # the 26th is Thanksgiving
    record(lead, lapsed.excused_until, lapsed.excused_until + HOUR, lapsed.excused_until + HOUR)
    lapsed.refresh_from_db()
    assert lapsed.excused_until == at("2026-11-28T00:00")  # began when it was over


@pytest.mark.django_db
def test_reminders_of_an_excused_request_speak_of_the_time_it_has(lapsed: NotesRequest, lead: User) -> None:
    record(lead, MONDAY, DUE + HOUR, DUE + 8 * HOUR)
    services.tell_of_lapse(lapsed.pk, DUE + 8 * HOUR)
    assert services.remind_due(DUE + 9 * HOUR) == 0  # the word of the lapse is out of date
    morning = at("2026-11-25T08:00")
    assert services.remind_due(morning) == 1
    services.send_reminder(Event.objects.get(name="notes.reminder_due"), morning)
    assert mail.outbox[-1].subject == "Reminder: one session needs a document by Wed 25 Nov"
    assert "is over" not in mail.outbox[-1].body
    lapsed.refresh_from_db()
    assert services.remind_due(at("2026-11-25T16:00")) == 1
    services.send_reminder(Event.objects.filter(name="notes.reminder_due").latest("pk"), at("2026-11-26T08:00"))


@pytest.mark.django_db
def test_after_the_time_an_outage_left_an_answer_is_late(
    lapsed: NotesRequest, lead: User, send: Callable[..., services.Outcome]
) -> None:
    record(lead, MONDAY, DUE + HOUR, DUE + 8 * HOUR)
    assert send(lapsed, at("2026-11-26T00:00")).note.late
    lapsed.refresh_from_db()
    assert lapsed.status == "answered_late"


@pytest.mark.django_db
def test_an_answer_that_was_late_is_counted_in_time_once_the_outage_is_recorded(
    lapsed: NotesRequest, lead: User, priya: User, send: Callable[..., services.Outcome]
) -> None:
    send(lapsed, DUE + 3 * HOUR)
    record(lead, MONDAY, DUE + HOUR, DUE + 8 * HOUR)
    lapsed.refresh_from_db()
    assert (lapsed.status, lapsed.lapsed_at, lapsed.answered_late) == ("answered", DUE, False)
    kept = selectors.deadlines_kept(of_user(priya), DUE + 9 * HOUR)
    assert (kept.kept, kept.of) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "end"),
    [
        (THURSDAY, THURSDAY + dt.timedelta(minutes=14)),
        (THURSDAY, FRIDAY + HOUR),  # not over yet
        (THURSDAY + HOUR, THURSDAY),
        (THURSDAY - dt.timedelta(days=61), THURSDAY - dt.timedelta(days=60)),
        (THURSDAY - dt.timedelta(days=15), THURSDAY),
    ],
)
def test_an_outage_is_over_and_of_some_length(lead: User, start: dt.datetime, end: dt.datetime) -> None:
    with pytest.raises(Refused):
        record(lead, start, end, FRIDAY)


@pytest.mark.django_db
def test_leads_record_outages_and_nobody_changes_them(
    opened: NotesRequest, lead: User, rui: User, administrator: User
) -> None:
    for user in (rui, administrator):
        with pytest.raises(NotAllowed):
            record(user, THURSDAY, FRIDAY, FRIDAY)
    record(lead, THURSDAY, FRIDAY, FRIDAY)
    for change in (lambda: Outage.objects.update(reason="x"), lambda: Outage.objects.all().delete()):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            change()
