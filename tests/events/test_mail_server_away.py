"""A mail server that is away is asked again for as long as it takes; one that refuses for good is not."""

from __future__ import annotations

import datetime as dt
import errno
import smtplib
import socket
import ssl
from typing import Any

import pytest
from django.core import mail

from clawguard import clock
from clawguard.accounts.models import User
from clawguard.events.handling import MOST_STARTS, NotYet, run_delivery
from clawguard.events.mailing import ASK_AGAIN, MAIL_AWAY, send
from clawguard.events.models import Delivery, SentMail
from notes.tasks import deliver
from tests.builders import NOW
from tests.world import asked

pytestmark = pytest.mark.django_db
PATIENCE = [
    ConnectionRefusedError(),
    TimeoutError(),
    OSError(errno.EHOSTUNREACH, "No route to host"),
    OSError(errno.ENETUNREACH, "Network is unreachable"),
    socket.gaierror(-3, "Temporary failure in name resolution"),
    smtplib.SMTPServerDisconnected(),
    smtplib.SMTPConnectError(421, b"busy"),
    smtplib.SMTPDataError(451, b"later"),
    smtplib.SMTPRecipientsRefused({"a@example.com": (450, b"greylisted")}),
]
FOR_GOOD = [
    smtplib.SMTPAuthenticationError(535, b"no"),
    smtplib.SMTPDataError(554, b"no"),
    smtplib.SMTPRecipientsRefused({"a@example.com": (550, b"no such person")}),
    smtplib.SMTPRecipientsRefused({}),
    smtplib.SMTPNotSupportedError("STARTTLS"),
    ssl.SSLCertVerificationError("self-signed"),
    PermissionError(errno.EACCES, "mail folder"),
    OSError(errno.ENOSPC, "No space left on device"),
]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Any:
    def answer(error: Exception) -> None:
        def fail(self: Any) -> None:
            raise error

        monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", fail)

    return answer


@pytest.mark.parametrize("error", PATIENCE, ids=repr)
def test_it_is_asked_again(answers: Any, rui: User, error: Exception) -> None:
    answers(error)
    with pytest.raises(NotYet) as early:
        send("case_message", rui.email, {"name": "Rui", "page": "/"}, "<a@example.com>", NOW, rui)
    assert (early.value.until, early.value.why) == (NOW + ASK_AGAIN, MAIL_AWAY)
    assert not SentMail.objects.exists()


@pytest.mark.parametrize("error", FOR_GOOD, ids=repr)
def test_a_refusal_is_told_to_the_caller(answers: Any, rui: User, error: Exception) -> None:
    answers(error)
    with pytest.raises(type(error)):
        send("case_message", rui.email, {"name": "Rui", "page": "/"}, "<a@example.com>", NOW, rui)


def test_a_request_waits_through_a_long_outage_and_its_clock_starts_when_the_mail_is_taken(
    answers: Any, priya: User, lead: User, browser_of: Any, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    request = asked()
    owed = Delivery.objects.get(task="notes.tasks.deliver", done_at=None)
    back = NOW + dt.timedelta(hours=3)
    with monkeypatch.context() as away:
        away.setattr("django.core.mail.EmailMultiAlternatives.send", _refuse_the_connection)
        for round_ in range(3 * MOST_STARTS):
            at = NOW + round_ * ASK_AGAIN
            with clock.pretend(at):
                assert not run_delivery(owed.pk, deliver)
            owed.refresh_from_db()
            assert (owed.parked_at, owed.run_after, owed.attempts) == (None, at + ASK_AGAIN, 0)
    page = browser_of(lead).get("/deliveries").content.decode()
    assert "The mail server is away" in page and "1 mail waits, the oldest" in page
    assert "All background work is done" not in page
    with clock.pretend(back):
        assert run_delivery(owed.pk, deliver)
    request.refresh_from_db()
    assert (request.status, request.delivered_at) == ("open", back)
    assert len(mail.outbox) == 1
    page = browser_of(lead).get("/deliveries").content.decode()
    assert "The mail server is away" not in page and "All background work is done" in page


def _refuse_the_connection(_mail: Any) -> None:
    raise ConnectionRefusedError
