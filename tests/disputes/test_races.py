"""Two people, or a person and a sweep, at the same moment on real connections: one wins, and says so."""

from __future__ import annotations

import dataclasses
import datetime as dt
import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.events.errors import Refused
from clawguard.events.models import Event
from clawguard.events.services import WrongState
from disputes import services
from disputes.models import Case, Dispute, ProposedAdjustment
from disputes.services import NewDispute
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOW + dt.timedelta(hours=5)
DUE = dt.datetime(2026, 11, 24, 5, 0, tzinfo=dt.UTC)


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """Run the jobs on a thread and connection each, started together; results or the exceptions they ended with."""
    gate, results = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(number: int, job: Callable[[], Any]) -> None:
        try:
            gate.wait(10)
            results[number] = job()
        except Exception as error:
            results[number] = error  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number, job)) for number, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def test_two_approvers_make_one_decision_and_one_adjustment(
    rui: User, lead: User, second_lead: User, priya: User
) -> None:
    case = makers.answered(rui, priya)
    services.decide(of_user(rui), case.pk, makers.verdict(), LATER)
    ended = at_once(
        *[lambda user=user: services.approve(of_user(user), case.pk, LATER) for user in (lead, second_lead)]
    )
    losers = [result for result in ended if isinstance(result, Exception)]
    assert [type(loser) for loser in losers] in ([Refused], [WrongState])
    assert ProposedAdjustment.objects.count() == 1
    assert Event.objects.filter(name="case.decided").count() == 1


def test_an_answer_and_the_sweep_at_the_due_moment_both_stand(rui: User, priya: User) -> None:
    in_time = DUE - dt.timedelta(microseconds=1)
    for number in range(5):
        case = makers.in_conversation(rui, priya)
        ended = at_once(
            lambda case=case: services.post_message(of_user(priya), case.pk, "Here it is.", in_time),
            lambda: services.lapse_answers(DUE),
        )
        assert not [result for result in ended if isinstance(result, Exception)], number
        case.refresh_from_db()
        assert (case.status, case.answer_late, case.answered_at) == ("answered", False, in_time)
        assert Event.objects.filter(name="case.answer_lapsed", subject_id=str(case.pk)).count() <= 1


def test_sweepers_side_by_side_lapse_each_case_once(rui: User, priya: User) -> None:
    for _ in range(6):
        makers.in_conversation(rui, priya)
    at_once(*[lambda: services.lapse_answers(DUE)] * 3)
    services.lapse_answers(DUE)  # what a sweeper skipped because another held it
    assert Event.objects.filter(name="case.answer_lapsed").count() == 6
    assert set(Case.objects.values_list("status", flat=True)) == {"answer_lapsed"}


def test_a_case_opened_from_two_sides_is_one(rui: User, lead: User, priya: User) -> None:
    about = makers.session(priya.provider)
    ended = at_once(*[lambda user=user: makers.opened(user, about) for user in (rui, lead)])
    assert ended[0] == ended[1]
    assert Event.objects.filter(name="case.opened").count() == 1


def test_pressing_send_twice_is_one_answer_and_one_message_more(rui: User, priya: User) -> None:
    case = makers.in_conversation(rui, priya)
    at_once(*[lambda: services.post_message(of_user(priya), case.pk, "Here it is.", LATER)] * 2)
    assert sorted(case.messages.values_list("kind", flat=True)) == ["answer", "message", "notice"]
    assert Event.objects.filter(name="case.answered").count() == 1


def test_one_dispute_told_twice_at_once_is_one(rui: User, priya: User) -> None:
    told = NewDispute(
        kind="cancellation_fee",
        amount=Decimal("75.00"),
        statement="I cancelled two days before.",
        service_date=dt.date(2026, 11, 12),
        provider=priya.provider.npi,  # type: ignore[union-attr]
        external_id="D-77",
    )
    for number in range(5):
        again = dataclasses.replace(told, external_id=f"D-{number}")
        rows = at_once(*[lambda again=again: services.open_dispute(of_user(rui), again, NOW)] * 3)
        assert not [row for row in rows if isinstance(row, Exception)]
        assert len({row.pk for row in rows}) == 1
    assert Dispute.objects.count() == 5
    assert Event.objects.filter(name="dispute.opened").count() == 5
