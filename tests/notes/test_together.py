"""What is asked of one provider at the same time comes in one mail, and comes back with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from clawguard.events.models import SentMail
from notes import services
from notes.models import NotesRequest
from tests.notes.test_calendar_file import entries, entry, told

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 24, 5, tzinfo=dt.UTC)  # the end of Monday 23 November in New York


@pytest.fixture
def asked(make_session: Callable[..., Any], now: dt.datetime) -> list[NotesRequest]:
    """Three sessions asked about by policy at once, none delivered."""
    services.open_for_findings([make_session().pk for _ in range(3)], now)
    return list(NotesRequest.objects.order_by("pk"))


def states() -> list[str]:
    return list(NotesRequest.objects.order_by("pk").values_list("status", flat=True))


def test_forty_requests_are_one_mail(asked: list[NotesRequest], now: dt.datetime) -> None:
    mail.outbox.clear()
    for request in asked:
        services.deliver(request.pk, SYSTEM, now)
    assert [sent.subject for sent in mail.outbox] == ["3 sessions need a document, the first by Mon 23 Nov"]
    assert "3 due Mon 23 Nov, end of day" in mail.outbox[0].body
    assert "/my" in mail.outbox[0].body
    assert set(NotesRequest.objects.values_list("status", "due_at")) == {("open", MONDAY)}


def test_its_calendar_file_has_an_entry_for_each_and_one_reminder(asked: list[NotesRequest], now: dt.datetime) -> None:
    mail.outbox.clear()
    services.deliver(asked[0].pk, SYSTEM, now)
    method, found = entries(mail.outbox[0])
    assert method == "PUBLISH"
    assert {str(each["UID"]).split("@")[0] for each in found} == {str(request.pk) for request in asked}
    assert {each["DTSTART"].dt for each in found} == {dt.date(2026, 11, 23)}
    assert [str(each["SUMMARY"]).rpartition(" (")[2] for each in found] == ["1 of 3)", "2 of 3)", "3 of 3)"]
    assert [len(each.walk("VALARM")) for each in found] == [1, 0, 0]


def test_what_was_asked_together_is_moved_and_removed_each_by_itself(
    asked: list[NotesRequest], lead: User, now: dt.datetime
) -> None:
    mail.outbox.clear()
    services.deliver(asked[0].pk, SYSTEM, now)
    first = {str(each["UID"]): each for each in entries(mail.outbox[0])[1]}
    services.grant_extension(of_user(lead), asked[1].pk, 2, "A conference", now)
    _, moved = entry(told("notes.extended", "notes_extended", now))
    assert moved["DTSTART"].dt == dt.date(2026, 11, 25)
    services.withdraw(of_user(lead), asked[2].pk, "Asked by mistake", now)
    method, gone = entry(told("notes.withdrawn", "notes_withdrawn", now))
    assert method == "CANCEL"
    for later in (moved, gone):
        assert later["SEQUENCE"] > first[str(later["UID"])]["SEQUENCE"]


def test_unlike_answer_times_are_told_each(asked: list[NotesRequest], now: dt.datetime) -> None:
    NotesRequest.objects.filter(pk=asked[2].pk).update(business_days=5)
    mail.outbox.clear()
    services.deliver(asked[0].pk, SYSTEM, now)
    body = mail.outbox[0].body
    assert "2 due Mon 23 Nov" in body
    assert "1 due Wed 25 Nov" in body


def test_what_waits_for_another_provider_waits(asked: list[NotesRequest], colleague: User, now: dt.datetime) -> None:
    NotesRequest.objects.filter(pk=asked[2].pk).update(provider=colleague.provider)
    services.deliver(asked[0].pk, SYSTEM, now)
    assert states() == ["open", "open", "requested"]


def test_what_could_not_be_delivered_before_stays_with_staff(asked: list[NotesRequest], now: dt.datetime) -> None:
    NotesRequest.objects.filter(pk=asked[2].pk).update(status="undeliverable", undeliverable_reason="mail_refused")
    services.deliver(asked[0].pk, SYSTEM, now)
    assert states() == ["open", "open", "undeliverable"]


def test_an_address_that_is_refused_starts_no_clock(
    asked: list[NotesRequest], now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: Any, **_more: Any) -> None:
        raise SMTPRecipientsRefused({})

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
    services.deliver(asked[0].pk, SYSTEM, now)
    assert set(NotesRequest.objects.values_list("status", "undeliverable_reason", "due_at")) == {
        ("undeliverable", "mail_refused", None)
    }


def test_a_mail_that_came_back_takes_all_its_requests_with_it(
    asked: list[NotesRequest], rui: User, priya: User, now: dt.datetime
) -> None:
    services.deliver(asked[0].pk, SYSTEM, now)
    services.mark_viewed(of_user(priya), asked[2].pk, now)
    services.report_bounce(of_user(rui), asked[0].pk, now)
    assert states() == ["undeliverable", "undeliverable", "open"]  # who looked at it in the portal has it
    assert SentMail.objects.get(template="notes_requests").bounced_at == now
    services.deliver_again(of_user(rui), asked[0].pk, now + dt.timedelta(hours=1))
    assert states() == ["open", "undeliverable", "open"]
    services.report_bounce(of_user(rui), asked[0].pk, now + dt.timedelta(hours=2))  # of its own mail, not of the first
    assert states() == ["undeliverable", "undeliverable", "open"]


def test_more_than_one_mail_holds_leaves_nobody_out(
    asked: list[NotesRequest], now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notes.services.delivery.MOST_TOGETHER", 2)
    services.deliver(asked[2].pk, SYSTEM, now)  # the last of them, whose task happens to come first
    assert states() == ["open", "requested", "open"]
    services.deliver(asked[1].pk, SYSTEM, now)
    assert states() == ["open"] * 3


def test_running_again_after_a_crash_mails_nobody_twice(asked: list[NotesRequest], now: dt.datetime) -> None:
    services.deliver(asked[0].pk, SYSTEM, now)
    NotesRequest.objects.update(status="requested", delivered_at=None, due_at=None, deadline=None)  # never committed
    mail.outbox.clear()
    services.deliver(asked[1].pk, SYSTEM, now)
    assert mail.outbox == []
    assert states() == ["open"] * 3
