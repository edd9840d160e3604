"""A mail server that takes its time, or is away: no clock of a case or dispute starts before its mail was taken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.urls import reverse

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.events.handling import NotYet
from clawguard.events.models import Event, SentMail
from clawguard.events.outbox import run_waiting
from disputes import services
from disputes.models import Case, Dispute, Message
from disputes.selectors.letters import letters_of
from disputes.services.clocks import answer_time
from disputes.services.telling import tell_decision
from tests.disputes import makers

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
LATE = dt.datetime(2026, 11, 19, 4, 59, 30, tzinfo=dt.UTC)  # half a minute before midnight in New York
AFTER = LATE + dt.timedelta(minutes=1)  # and the next day


def taken(moment: dt.datetime = AFTER) -> Callable[[], dt.datetime]:
    """The clock at the door, read after the server took the mail: only then is it later."""
    return lambda: moment if mail.outbox else LATE


@pytest.fixture
def opened(rui: User, priya: User) -> Case:
    case = makers.opened(rui, makers.session(priya.provider))
    services.attribute(case.pk, LATE)
    return case


@pytest.fixture
def asked(rui: User, priya: User) -> Dispute:
    return makers.dispute(of_user(rui), priya.provider)


@pytest.fixture
def away() -> Iterator[list[bool]]:
    """A mail server that is away while its list says so, and takes mails afterwards."""
    gone = [True]
    send = EmailMessage.send

    def maybe(self: EmailMessage, *given: Any, **more: Any) -> int:
        if gone[0]:
            raise ConnectionRefusedError
        return send(self, *given, **more)

    with patch.object(EmailMessage, "send", maybe):
        yield gone


class TestANotice:
    def test_its_time_counts_from_when_the_mail_was_taken(self, opened: Case) -> None:
        services.open_conversation(opened.pk, LATE, taken())
        opened.refresh_from_db()
        assert opened.notice_delivered_at == AFTER
        assert opened.answer_due_at == answer_time(opened.provider, AFTER).lapses_at
        assert opened.answer_due_at == answer_time(opened.provider, LATE).lapses_at + DAY
        notice = Message.objects.get(case=opened, kind="notice")
        assert (notice.at, notice.delivered_at) == (AFTER, AFTER)
        assert "Tue 24 Nov" in letters_of(opened)[0].words
        told = Event.objects.get(name="case.notice_delivered", subject_id=str(opened.pk))
        assert (told.at, told.payload["due_at"]) == (AFTER, opened.answer_due_at.isoformat())

    def test_a_clock_that_stands_behind_starts_nothing_earlier(self, opened: Case) -> None:
        services.open_conversation(opened.pk, LATE, lambda: LATE - HOUR)
        opened.refresh_from_db()
        assert opened.notice_delivered_at == LATE

    def test_the_task_reads_the_clock_after_the_mail(self, opened: Case, settings: Any) -> None:
        evening = dt.datetime(2026, 11, 18, 22, 59, 30, tzinfo=dt.UTC)  # within working hours
        handling, asked = "clawguard.events.handling.read_clock", "disputes.tasks.read_clock"
        with patch(handling, return_value=evening), patch(asked, lambda: taken(evening + HOUR)()):
            while run_waiting(evening + 400 * DAY):
                pass
        opened.refresh_from_db()
        assert opened.notice_delivered_at == evening + HOUR

    def test_while_the_server_is_away_nothing_starts_and_then_from_when_it_took_it(
        self, opened: Case, away: list[bool]
    ) -> None:
        with pytest.raises(NotYet):
            services.open_conversation(opened.pk, LATE, taken())
        opened.refresh_from_db()
        assert (opened.status, opened.answer_due_at) == ("open", None)
        assert not SentMail.objects.exists() and not Message.objects.exists()
        away[0] = False
        services.open_conversation(opened.pk, AFTER + DAY, taken(AFTER + DAY + HOUR))
        opened.refresh_from_db()
        assert opened.notice_delivered_at == AFTER + DAY + HOUR
        services.open_conversation(opened.pk, AFTER + 3 * DAY, taken(AFTER + 3 * DAY))  # a task that comes twice
        again = Case.objects.get(pk=opened.pk)
        assert (again.notice_delivered_at, len(mail.outbox)) == (opened.notice_delivered_at, 1)

    def test_sent_again_by_a_person_too(
        self, opened: Case, rui: User, browser_of: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        later = dt.datetime(2030, 1, 2, 15, tzinfo=dt.UTC)
        monkeypatch.setattr("disputes.views.case.read_clock", lambda: later)
        browser_of(rui).post(reverse("case-retry-notice", args=[opened.pk]))
        opened.refresh_from_db()
        assert opened.notice_delivered_at == later


class TestADispute:
    def test_its_time_counts_from_when_the_mail_was_taken(self, asked: Dispute) -> None:
        services.deliver(asked.pk, LATE, taken())
        asked.refresh_from_db()
        assert asked.delivered_at == AFTER
        assert asked.due_at == answer_time(asked.provider, AFTER).lapses_at
        assert asked.due_at == answer_time(asked.provider, LATE).lapses_at + DAY

    def test_after_an_attempt_that_met_no_server(self, asked: Dispute, away: list[bool]) -> None:
        with pytest.raises(NotYet):
            services.deliver(asked.pk, LATE - DAY, taken())
        asked.refresh_from_db()
        assert (asked.status, asked.due_at) == ("opened", None)
        away[0] = False
        services.deliver(asked.pk, LATE, taken())
        asked.refresh_from_db()
        assert asked.delivered_at == AFTER

    def test_the_task_reads_the_clock_after_the_mail(self, asked: Dispute) -> None:
        handling, task = "clawguard.events.handling.read_clock", "disputes.tasks.read_clock"
        with patch(handling, return_value=LATE), patch(task, lambda: taken()()):
            while run_waiting(LATE + 400 * DAY):
                pass
        asked.refresh_from_db()
        assert asked.delivered_at == AFTER


class TestADecision:
    def test_the_time_to_appeal_counts_from_when_the_mail_was_taken(self, rui: User, lead: User, priya: User) -> None:
        case = makers.decided(rui, lead, priya, now=LATE - 6 * HOUR)
        before = case.appeal_until
        mail.outbox.clear()
        event = Event.objects.get(name="case.decided", subject_id=str(case.pk))
        tell_decision(event, LATE, taken())
        case.refresh_from_db()
        assert before is not None and case.appeal_until == before + DAY
        letter = Message.objects.get(case=case, kind="decision")
        assert (letter.at, letter.delivered_at) == (AFTER, AFTER)
        words = next(each.words for each in letters_of(case) if each.row == letter)
        assert "appeal until Fri 4 Dec" in words
        until = case.appeal_until
        tell_decision(event, AFTER + DAY, taken(AFTER + DAY))  # a task that comes twice
        case.refresh_from_db()
        assert case.appeal_until == until

    def test_mailed_again_too(self, rui: User, lead: User, priya: User) -> None:
        case = makers.decided(rui, lead, priya, now=LATE - 6 * HOUR)
        makers.work(LATE)
        Case.objects.filter(pk=case.pk).update(letter_came_back_at=LATE)
        before = Case.objects.get(pk=case.pk).appeal_until
        mail.outbox.clear()
        again = services.tell_decision_again(of_user(rui), case.pk, LATE, taken())
        assert before is not None and again.appeal_until == before + DAY
