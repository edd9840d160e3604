"""Reminders: at which moments, never at night, never too often, one mail for all."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from clawguard.events.models import Event
from notes import clock, services
from notes.models import NotesRequest

pytestmark = pytest.mark.django_db  # working hours are those of the stored calendar

NEW_YORK = ZoneInfo("America/New_York")


def local(text: str, zone: str = "America/New_York") -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("delivered", "ladder"),
    [
        # Wednesday at 10: next business day at the same time, the due Monday at 8 and at 16
        ("2026-11-18T10:00", ["2026-11-19T10:00", "2026-11-23T08:00", "2026-11-23T16:00"]),
        # late at night and early in the morning are moved into working hours
        ("2026-11-18T23:30", ["2026-11-19T16:00", "2026-11-23T08:00", "2026-11-23T16:00"]),
        ("2026-11-18T02:00", ["2026-11-19T08:00", "2026-11-23T08:00", "2026-11-23T16:00"]),
        # over Thanksgiving (26 November 2026): Friday counts
        ("2026-11-24T13:00", ["2026-11-25T13:00", "2026-11-30T08:00", "2026-11-30T16:00"]),
    ],
)
def test_the_ladder(delivered: str, ladder: list[str]) -> None:
    found = clock.deadline_in("America/New_York", local(delivered), 3)
    assert clock.reminder_moments(found) == [local(step) for step in ladder]


def test_a_clock_of_one_day_has_each_step_once() -> None:
    found = clock.deadline_in("America/New_York", local("2026-11-18T10:00"), 1)
    assert clock.reminder_moments(found) == [
        local("2026-11-19T08:00"),
        local("2026-11-19T10:00"),
        local("2026-11-19T16:00"),
    ]


@pytest.mark.parametrize(
    "zone", ["America/New_York", "America/Los_Angeles", "Pacific/Honolulu", "America/Phoenix", "Pacific/Guam"]
)
def test_every_step_falls_into_the_recipients_own_working_hours(zone: str) -> None:
    start = dt.datetime(2026, 10, 28, tzinfo=dt.UTC)  # over the end of daylight time, Veterans Day and Thanksgiving
    for hours in range(0, 24 * 40, 5):
        for step in clock.reminder_moments(clock.deadline_in(zone, start + dt.timedelta(hours=hours), 3)):
            there = step.astimezone(ZoneInfo(zone))
            assert dt.time(8) <= there.time() < dt.time(18)
            assert clock.working_moment(step, zone) == step


@pytest.mark.parametrize(
    ("moment", "next_one"),
    [
        ("2026-11-18T07:59", "2026-11-18T08:00"),
        ("2026-11-18T08:00", "2026-11-18T08:00"),
        ("2026-11-18T17:59", "2026-11-18T17:59"),
        ("2026-11-18T18:00", "2026-11-19T08:00"),
        ("2026-11-20T20:00", "2026-11-23T08:00"),  # Friday evening
        ("2026-11-26T12:00", "2026-11-27T08:00"),  # Thanksgiving
    ],
)
def test_working_hours(moment: str, next_one: str) -> None:
    assert clock.working_moment(local(moment), "America/New_York") == local(next_one)


def run(now: dt.datetime) -> int:
    """Remind, and let the mail task do its part at the same moment."""
    before = set(Event.objects.filter(name="notes.reminder_due").values_list("pk", flat=True))
    told = services.remind_due(now)
    for event in Event.objects.filter(name="notes.reminder_due").exclude(pk__in=before):
        services.send_reminder(event, now)
    return told


def test_a_request_is_reminded_of_three_times_and_no_more(opened: NotesRequest) -> None:
    mail.outbox.clear()
    moment, sent = opened.delivered_at, []
    while moment < opened.due_at:
        if run(moment):
            sent.append(moment.astimezone(NEW_YORK).strftime("%a %H:%M"))
        moment += dt.timedelta(minutes=30)
    assert sent == ["Thu 10:00", "Mon 08:00", "Mon 16:00"]
    assert [message.subject for message in mail.outbox] == ["Reminder: one session needs a document by Mon 23 Nov"] * 3
    opened.refresh_from_db()
    assert (opened.reminders_sent, opened.remind_at) == (3, None)


def test_that_the_time_is_over_is_told_in_the_morning_and_not_at_midnight(opened: NotesRequest) -> None:
    mail.outbox.clear()
    midnight = opened.due_at
    services.lapse_due(midnight)
    services.tell_of_lapse(opened.pk, midnight)
    assert [run(midnight + dt.timedelta(hours=hours)) for hours in (0, 7)] == [0, 0]
    assert run(midnight + dt.timedelta(hours=8)) == 1
    (sent,) = mail.outbox
    assert sent.subject == "The answer time for one session is over; you can still answer"
    assert "Mon 23 Nov" in sent.body


def test_a_lapse_is_told_once_more_on_the_next_business_day_and_then_no_more(opened: NotesRequest) -> None:
    midnight = opened.due_at
    services.lapse_due(midnight)
    services.tell_of_lapse(opened.pk, midnight)
    mail.outbox.clear()
    moment, sent = midnight, []
    while moment < midnight + dt.timedelta(days=10):  # Thanksgiving week
        if run(moment):
            sent.append(moment.astimezone(NEW_YORK).strftime("%a %d %H:%M"))
        moment += dt.timedelta(hours=1)
    assert sent == ["Tue 24 08:00", "Wed 25 08:00"]
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(
    ("lapsed", "told"),
    [
        ("2026-11-24T00:00", ["2026-11-24T08:00", "2026-11-25T08:00"]),
        ("2026-11-26T00:00", ["2026-11-27T08:00", "2026-11-30T08:00"]),  # Thanksgiving, then a weekend between
        ("2026-11-21T00:00", ["2026-11-23T08:00", "2026-11-24T08:00"]),  # the last day was a Friday
    ],
)
def test_when_a_lapse_is_told(lapsed: str, told: list[str]) -> None:
    found, after = [], local(lapsed) - dt.timedelta(seconds=1)
    while step := clock.next_word_of_lapse(local(lapsed), "America/New_York", after):
        found.append(step)
        after = step
    assert found == [local(step) for step in told]


def test_who_answers_late_before_the_morning_is_not_written_to(opened: NotesRequest, send: Any) -> None:
    services.lapse_due(opened.due_at)
    services.tell_of_lapse(opened.pk, opened.due_at)
    send(opened, opened.due_at + dt.timedelta(hours=1))
    mail.outbox.clear()
    assert run(opened.due_at + dt.timedelta(hours=9)) == 0
    assert mail.outbox == []


def test_one_mail_tells_of_all_that_waits(make_session: Any, now: dt.datetime) -> None:
    services.open_for_findings([make_session().pk for _ in range(4)], now)
    for row in NotesRequest.objects.all():
        services.deliver(row.pk, SYSTEM, now)
    mail.outbox.clear()
    assert run(now + dt.timedelta(days=1)) == 1
    assert [message.subject for message in mail.outbox] == [
        "Reminder: 4 sessions need a document, the first by Mon 23 Nov"
    ]
    assert "/my" in mail.outbox[0].body


def test_a_reminder_that_comes_due_soon_after_another_waits(make_session: Any, now: dt.datetime) -> None:
    first, second = [make_session().pk for _ in range(2)]
    services.open_for_findings([first], now)
    early = NotesRequest.objects.get()
    services.deliver(early.pk, SYSTEM, now)
    services.open_for_findings([second], now)
    late = NotesRequest.objects.exclude(pk=early.pk).get()
    services.deliver(late.pk, SYSTEM, now + dt.timedelta(hours=1))
    tomorrow = now + dt.timedelta(days=1)
    assert run(tomorrow) == 1
    assert run(tomorrow + dt.timedelta(hours=1)) == 0
    late.refresh_from_db()
    assert late.remind_at == tomorrow + dt.timedelta(hours=4)


@pytest.mark.parametrize(
    ("asked", "due", "sent"),
    [
        ("2026-11-19T10:00", "2026-11-19T10:05", "2026-11-19T14:00"),
        ("2026-11-19T10:00", "2026-11-19T14:00", "2026-11-19T14:00"),
        # the last word before an answer time is over is not put off beyond it
        ("2026-11-23T15:00", "2026-11-23T16:00", "2026-11-23T16:00"),
    ],
)
def test_a_reminder_waits_after_a_mail_that_asks_unless_time_runs_out(
    opened: NotesRequest, make_session: Any, asked: str, due: str, sent: str
) -> None:
    services.open_for_findings([make_session().pk], local(asked))
    services.deliver(NotesRequest.objects.exclude(pk=opened.pk).get().pk, SYSTEM, local(asked))
    NotesRequest.objects.filter(pk=opened.pk).update(remind_at=local(due))
    assert run(local(due)) == (due == sent)
    assert due == sent or run(local(sent)) == 1
    opened.refresh_from_db()
    assert opened.reminded_at == local(sent)


def test_at_night_nothing_is_sent_even_if_the_worker_was_late(opened: NotesRequest) -> None:
    mail.outbox.clear()
    assert run(local("2026-11-19T22:00")) == 0
    opened.refresh_from_db()
    assert opened.remind_at == local("2026-11-20T08:00")
    services.remind_due(local("2026-11-20T17:59"))
    services.send_reminder(Event.objects.get(name="notes.reminder_due"), local("2026-11-20T18:00"))
    assert mail.outbox == []


def test_who_has_answered_is_left_in_peace(opened: NotesRequest, send: Any, now: dt.datetime) -> None:
    services.remind_due(now + dt.timedelta(days=1))
    send(opened, now + dt.timedelta(days=1))
    mail.outbox.clear()
    services.send_reminder(Event.objects.get(name="notes.reminder_due"), now + dt.timedelta(days=1))
    assert mail.outbox == []
    assert run(now + dt.timedelta(days=2)) == 0


def test_a_task_that_runs_twice_mails_once(opened: NotesRequest, now: dt.datetime) -> None:
    mail.outbox.clear()
    services.remind_due(now + dt.timedelta(days=1))
    event = Event.objects.get(name="notes.reminder_due")
    for _ in range(2):
        services.send_reminder(event, now + dt.timedelta(days=1))
    assert len(mail.outbox) == 1


def test_more_time_moves_the_reminders_with_it(opened: NotesRequest, lead: User, now: dt.datetime) -> None:
    services.grant_extension(of_user(lead), opened.pk, 2, "Ill", now + dt.timedelta(days=3))
    opened.refresh_from_db()
    assert opened.remind_at == local("2026-11-25T08:00")


class TestAccepted:
    def accept(self, row: NotesRequest, user: User, now: dt.datetime) -> None:
        for item in row.items.all():
            services.accept_item(of_user(user), row.pk, item.number, now)

    def test_that_an_answer_was_accepted_is_told_in_working_hours_and_once(
        self, opened: NotesRequest, rui: User, send: Any, now: dt.datetime
    ) -> None:
        send(opened, now)
        evening = local("2026-11-18T21:00")
        self.accept(opened, rui, evening)
        mail.outbox.clear()
        assert [run(local(f"2026-11-{moment}")) for moment in ("18T22:00", "19T08:00", "19T16:00")] == [0, 1, 0]
        (sent,) = mail.outbox
        assert sent.subject == "Your answer was accepted"
        assert "answered Wed 18 Nov" in sent.body
        assert str(opened.session.date_of_service) not in sent.body
        opened.refresh_from_db()
        assert (opened.reminders_sent, opened.remind_at) == (0, None)

    def test_several_are_one_mail_and_bring_no_reminder_of_what_is_open(
        self, make_opened: Any, rui: User, send: Any, now: dt.datetime
    ) -> None:
        first, second, _open = make_opened(), make_opened(), make_opened()
        next_day = local("2026-11-19T08:00")  # past the gap after the mail that asked, before the first reminder
        for row in (first, second):
            send(row, now)
            self.accept(row, rui, next_day)
        mail.outbox.clear()
        assert run(next_day) == 1
        assert mail.outbox[0].subject == "2 of your answers were accepted"
        assert "still" not in mail.outbox[0].body

    def test_it_goes_with_the_reminder_that_is_due_anyway(
        self, make_opened: Any, rui: User, send: Any, now: dt.datetime
    ) -> None:
        first, _open = make_opened(), make_opened()
        due = local("2026-11-23T08:00")
        run(local("2026-11-19T10:00"))
        send(first, local("2026-11-20T10:00"))
        self.accept(first, rui, due)
        mail.outbox.clear()
        assert run(due) == 1
        assert mail.outbox[0].subject.startswith("Reminder: one session needs a document")
        assert "Your answer was accepted" in mail.outbox[0].body
        assert Event.objects.filter(name="notes.reminder_due").latest("pk").payload["accepted"] == [str(first.pk)]
