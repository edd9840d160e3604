"""What the mail service reports of mails about notes requests; what staff report is in test_requests.py."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import Role, User
from clawguard.events import mail_reports
from clawguard.events.models import Event, SentMail
from notes import services
from notes.facts import note_request_facts
from notes.models import NotesRequest
from notes.selectors import deadlines_kept
from notes.wording import undeliverable
from tests import builders

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def bounce(now: dt.datetime, **which: str) -> None:
    for row in SentMail.objects.filter(bounced_at=None, **which):
        mail_reports.take(mail_reports.Report(f"msg-{row.pk}", row.message_id, "bounced", now), now)
    for event in Event.objects.filter(name="mail.bounced").order_by("pk"):
        for _ in range(2):
            services.mail_came_back(event, now)


def test_it_stops_the_clock_and_a_new_mail_starts_it_afresh(opened: NotesRequest, rui: User, now: dt.datetime) -> None:
    bounce(now + HOUR)
    opened.refresh_from_db()
    assert (opened.status, opened.due_at, opened.undeliverable_reason) == ("undeliverable", None, "mail_bounced")
    services.deliver(opened.pk, SYSTEM, now + 2 * HOUR)  # the task of its opening comes again: the address is as it was
    opened.refresh_from_db()
    assert (opened.status, SentMail.objects.count()) == ("undeliverable", 1)
    services.deliver_again(of_user(rui), opened.pk, now + 2 * HOUR)
    opened.refresh_from_db()
    assert opened.status == "open"


def test_a_new_mail_that_is_taken_after_midnight_starts_the_clock_then(
    opened: NotesRequest, rui: User, browser_of: Any, frozen: Any, monkeypatch: pytest.MonkeyPatch, now: dt.datetime
) -> None:
    bounce(now + HOUR)
    before, after = (
        dt.datetime(2026, 11, 19, 4, 59, 59, tzinfo=dt.UTC),
        dt.datetime(2026, 11, 19, 5, 0, tzinfo=dt.UTC),
    )
    frozen(before)
    monkeypatch.setattr("notes.views.staff.read_clock", lambda: after)  # in New York it is the next day by then
    browser_of(rui).post(reverse("request-deliver", args=[opened.pk]))
    opened.refresh_from_db()
    assert opened.deadline is not None
    assert (opened.delivered_at, opened.deadline["due_date"]) == (after, "2026-11-24")


def test_it_stands_while_one_of_its_mails_does(requested: NotesRequest, priya: User, now: dt.datetime) -> None:
    builders.user(Role.PROVIDER, "Partner Test", provider=priya.provider)
    services.deliver(requested.pk, SYSTEM, now)
    bounce(now + HOUR, to=priya.email)
    requested.refresh_from_db()
    assert requested.status == "open"
    assert Event.objects.filter(name="notes.bounced").count() == 1  # noted, once
    bounce(now + 2 * HOUR)
    requested.refresh_from_db()
    assert requested.status == "undeliverable"


def test_one_mail_for_many_takes_all_of_them_with_it(make_session: object, now: dt.datetime) -> None:
    sessions = [make_session() for _ in range(3)]  # type: ignore[operator]
    services.open_for_findings([row.pk for row in sessions], now)
    rows = list(NotesRequest.objects.order_by("pk"))
    services.deliver(rows[0].pk, SYSTEM, now)
    assert SentMail.objects.get().template == "notes_requests"
    bounce(now + HOUR)
    assert {row.status for row in NotesRequest.objects.all()} == {"undeliverable"}


def test_after_the_answer_time_the_lapse_stays_and_nobody_was_late(
    lapsed: NotesRequest, priya: User, now: dt.datetime
) -> None:
    before = lapsed.lapsed_at
    assert deadlines_kept(of_user(priya), before).of == 1  # type: ignore[arg-type]
    bounce(before + HOUR)  # type: ignore[operator]
    lapsed.refresh_from_db()
    assert (lapsed.status, lapsed.lapsed_at) == ("lapsed", before)
    assert note_request_facts(lapsed.session_id)["bounced"] is True
    assert undeliverable(lapsed).startswith("The mail that asked came back")
    assert deadlines_kept(of_user(priya), before).of == 0  # type: ignore[arg-type]


def test_a_reminder_that_came_back_changes_nothing(opened: NotesRequest, now: dt.datetime) -> None:
    services.remind_due(opened.remind_at)
    services.send_reminder(Event.objects.get(name="notes.reminder_due"), opened.remind_at)
    bounce(opened.remind_at, template="notes_reminder")
    opened.refresh_from_db()
    assert opened.status == "open"
