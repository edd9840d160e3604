"""Whole cases, told in order, from a submitted session to a closed case."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from clawguard.events.models import Delivery, Event
from disputes import services
from disputes.models import Case, ProposedAdjustment
from disputes.selectors.thread import thread
from disputes.selectors.timeline import timeline
from notes import services as note_services
from notes.models import NotesRequest
from sessions import services as session_services
from tests import builders
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def nothing_is_stuck() -> bool:
    return not Delivery.objects.filter(done_at__isnull=True).exists()


TOLD = [
    "notes.lapsed",
    "case.opened",
    "case.notice_delivered",
    "case.letter_written",
    "case.answer_lapsed",
    "case.decision_proposed",
    "case.decided",
    "case.adjustment_proposed",
    "case.letter_written",
    "case.appealed",
    "case.decided",
    "case.adjustment_proposed",
    "case.letter_written",
    "case.closed",
]


def a_request_without_answer(priya: User) -> Case:
    """A short session is screened, its notes are asked for, nobody answers, and a case opens on that ground."""
    assert priya.provider is not None
    provider = {"npi": priya.provider.npi, "license": "LCSW", "time_zone": "America/New_York"}
    session_services.submit(SYSTEM, builders.short_session(provider=provider), NOW)
    makers.work(NOW)
    request = NotesRequest.objects.get()
    assert request.status == "open"
    assert not Case.objects.exists()  # what a document can cure is asked for first
    lapsed = request.due_at + dt.timedelta(seconds=5)
    note_services.sweep(lapsed)
    makers.work(lapsed)
    assert Case.objects.get().status == "open"  # its notice waits for the morning
    makers.work(lapsed + 8 * HOUR)
    return Case.objects.get()


def test_silence_is_heard_before_it_is_decided(rui: User, lead: User, second_lead: User, priya: User) -> None:
    """No answer to a request, none to the notice, two people, an appeal that is heard, and the proposal taken back."""
    case = a_request_without_answer(priya)
    assert (case.origin, case.party, case.clause) == ("lapse", "provider", "provider.no_response")
    assert case.status == "in_conversation"  # told before anything is decided
    silent = case.answer_due_at
    services.lapse_answers(silent)
    makers.work(silent)
    verdict = makers.verdict(
        clause="provider.no_response", evidence=("note_request.delivered_at", "note_request.due_at")
    )
    services.decide(of_user(rui), case.pk, verdict, silent + HOUR)
    services.approve(of_user(lead), case.pk, silent + 2 * HOUR)
    makers.work(silent + 2 * HOUR)
    first = ProposedAdjustment.objects.get()
    assert (first.kind, first.amount) == ("recover", Decimal("40.00"))

    services.appeal(of_user(priya), case.pk, "I was in hospital; the note is with the request now.", silent + DAY)
    makers.work(silent + DAY)
    services.decide(of_user(second_lead), case.pk, makers.verdict("none"), silent + 2 * DAY)
    makers.work(silent + 2 * DAY)
    assert ProposedAdjustment.objects.get(replaces=first).kind == "take_back"

    case.refresh_from_db()
    services.close(of_user(rui), case.pk, case.appeal_until)
    makers.work(case.appeal_until)
    story = [entry["name"] for entry in timeline(of_user(rui), case) if entry["name"].startswith(("notes.l", "case."))]
    assert [name for name in story if name not in {"case.attributed", "case.message_posted"}] == TOLD
    assert nothing_is_stuck()


def test_what_the_network_caused_never_costs_the_provider(rui: User, priya: User) -> None:
    """Coverage shown as active had ended: opened by a person, weighed, answered with one word, paid in full."""
    case = makers.opened(rui, makers.session(priya.provider))
    facts = {
        "carc": {"value": ["27"], "source": "Remittance of 2 Nov"},
        "eligibility_shown": {
            "value": "active",
            "checked_at": "2026-09-10T10:00:00-04:00",
            "source": "Eligibility log",
        },
        "eligibility_actual": {"value": "inactive", "ended_on": "2026-08-31", "source": "Payer"},
    }
    services.add_facts(of_user(rui), case.pk, facts, NOW)
    makers.work(NOW)
    case.refresh_from_db()
    assert (case.party, case.clause) == ("network", "network.eligibility_not_caught")
    assert case.proposals.order_by("number").last().attribution["guarantee"] == {"applies": True, "amount": "142.50"}

    services.post_message(of_user(priya), case.pk, "I have nothing to add.", NOW + HOUR)
    services.decide(of_user(rui), case.pk, makers.verdict("network", evidence=("eligibility_shown",)), NOW + 2 * HOUR)
    makers.work(NOW + 2 * HOUR)
    paid = ProposedAdjustment.objects.get()
    assert (paid.kind, paid.amount, [who["name"] for who in paid.names]) == (
        "pay_contracted_rate",
        Decimal("142.50"),
        ["Rui Test"],
    )
    case.refresh_from_db()
    services.close(of_user(rui), case.pk, case.appeal_until)
    makers.work(case.appeal_until)
    letters = [entry["kind"] for entry in thread(of_user(priya), case)]
    assert letters == ["notice", "answer", "decision"]
    assert nothing_is_stuck()


def test_a_disputed_fee_is_let_go(rui: User, priya: User) -> None:
    """A client disputes a cancellation fee; the provider lets it go; nobody owes anything and no money is proposed."""
    row = makers.dispute(of_user(rui), priya.provider)
    makers.work(NOW)
    row.refresh_from_db()
    assert row.status == "open"
    services.concede(of_user(priya), row.pk, NOW + HOUR)
    services.decide_dispute(of_user(rui), row.pk, "waived", None, "The provider let the fee go.", NOW + 2 * HOUR)
    makers.work(NOW + 2 * HOUR)
    row.refresh_from_db()
    assert (row.status, row.outcome_amount) == ("decided", Decimal(0))
    assert not ProposedAdjustment.objects.exists()
    names = Event.objects.filter(subject_id=str(row.pk)).order_by("id").values_list("name", flat=True)
    assert list(names) == ["dispute.opened", "dispute.delivered", "dispute.conceded", "dispute.decided"]
    assert nothing_is_stuck()


def test_every_handler_may_run_twice(rui: User, lead: User, priya: User) -> None:
    """A redelivered task changes nothing: cases, messages, mails and adjustments stay as they are."""
    from django.core import mail

    from disputes import tasks
    from disputes.models import Message, Proposal

    makers.decided(rui, lead, priya)
    makers.work(NOW + 6 * HOUR)

    def counted() -> tuple[int, ...]:
        tables = (Case, Message, Proposal, ProposedAdjustment, Event)
        return (*(table.objects.count() for table in tables), len(mail.outbox))

    before = counted()
    again = [row for row in Delivery.objects.select_related("event") if row.task.startswith("disputes.")]
    assert {row.task.rpartition(".")[2] for row in again} >= {
        "attribute",
        "open_conversation",
        "notify",
        "tell_decision",
    }
    for row in again:
        getattr(tasks, row.task.rpartition(".")[2])(row.event, NOW + 7 * HOUR)
    assert counted() == before
