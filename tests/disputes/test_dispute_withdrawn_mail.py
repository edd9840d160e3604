"""Whoever was asked about a dispute is told, once, that nothing is owed any more when the client took it back."""

from __future__ import annotations

import datetime as dt
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.events import mailing
from clawguard.events.models import Event, SentMail
from disputes import services
from disputes.models import Dispute
from disputes.selectors.timeline import timeline
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(hours=3)
TOLD = "dispute.withdrawal_told"
WHY = "The client, Casey Example, called it off."


def withdrawn(rui: User, row: Dispute) -> Event:
    services.withdraw(of_user(rui), row.pk, WHY, LATER)
    makers.work(LATER)
    return Event.objects.get(name="dispute.withdrawn", subject_id=str(row.pk))


def test_the_provider_who_was_asked_hears_it_once_and_reads_nothing_of_a_client(rui: User, priya: User) -> None:
    assert priya.provider is not None
    row = makers.dispute(of_user(rui), priya.provider)
    makers.work(NOW)
    event = withdrawn(rui, row)
    for _ in range(2):  # a task that comes twice
        services.tell_dispute_withdrawn(event, LATER)
    (told,) = [each for each in mail.outbox if "no longer needed" in each.subject]
    assert told.to == [priya.email]
    assert "nothing is owed any more" in told.body
    whole = told.message().as_string()
    assert not any(part in whole for part in ("Casey", "I cancelled two days before", "75.00"))
    sent = SentMail.objects.get(template="dispute_withdrawn")
    assert (sent.about, sent.about_id) == ("disputes.dispute", str(row.pk))
    (entry,) = Event.objects.filter(name=TOLD)
    assert (entry.subject_id, entry.actor_kind, entry.at, entry.payload) == (str(row.pk), "system", LATER, {})


def test_both_sides_read_in_the_timeline_that_it_was_told(rui: User, priya: User) -> None:
    assert priya.provider is not None
    session = makers.session(priya.provider)
    case = makers.opened(rui, session)
    makers.work(NOW)
    row = makers.dispute(of_user(rui), priya.provider, session=session.external_id)
    makers.work(NOW)
    withdrawn(rui, row)
    for reader in (rui, priya):
        said = [entry["verb"] for entry in timeline(of_user(reader), case)]
        assert "A mail told that nothing is owed any more about the dispute" in said


def test_who_was_never_asked_hears_nothing(rui: User, priya: User) -> None:
    assert priya.provider is not None
    row = makers.dispute(of_user(rui), priya.provider)
    withdrawn(rui, row)  # before it was delivered
    assert not Event.objects.filter(name=TOLD).exists()
    assert not SentMail.objects.filter(template="dispute_withdrawn").exists()


def test_nor_whom_the_asking_did_not_reach(rui: User, priya: User) -> None:
    assert priya.provider is not None
    row = makers.dispute(of_user(rui), priya.provider)
    makers.work(NOW)
    services.report_dispute_bounce(of_user(rui), row.pk, NOW + dt.timedelta(hours=1))
    withdrawn(rui, row)
    assert not SentMail.objects.filter(template="dispute_withdrawn").exists()


def test_a_mail_that_every_address_refused_is_not_said_to_have_told_anybody(
    rui: User, priya: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert priya.provider is not None
    row = makers.dispute(of_user(rui), priya.provider)
    makers.work(NOW)

    def refuses(*_given: object) -> None:
        raise SMTPRecipientsRefused({})

    monkeypatch.setattr(mailing, "send", refuses)
    withdrawn(rui, row)
    assert not Event.objects.filter(name=TOLD).exists()
