"""An outage of our own pages gives its days back to the answer times of cases and disputes, too."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, InternalError, transaction

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.events import outbox
from clawguard.events.errors import Refused
from clawguard.events.models import Delivery, Event
from disputes import services
from disputes.models import Case
from disputes.selectors.clocks import clocks
from notes.models import Outage, PageWatch
from notes.page_watch import PAGES
from notes.services import record_outage
from tests.builders import NOW
from tests.disputes import makers

HOUR, MINUTE, SECOND = dt.timedelta(hours=1), dt.timedelta(minutes=1), dt.timedelta(seconds=1)
DAY = dt.timedelta(days=1)


def recorded(lead: User, start: dt.datetime, now: dt.datetime) -> None:
    record_outage(of_user(lead), start, start + HOUR, "The web servers were unreachable.", now)
    for _ in range(2):  # whatever runs twice moves nothing further
        services.count_outage(Outage.objects.latest("recorded_at").pk, now)
    Delivery.objects.filter(task="disputes.tasks.count_outage").update(done_at=now)


@pytest.fixture
def case(rui: User, priya: User) -> Case:
    return makers.in_conversation(rui, priya)


@pytest.mark.django_db
def test_an_answer_time_that_ran_in_an_outage_has_a_business_day_more(case: Case, lead: User) -> None:
    before = case.answer_due_at
    recorded(lead, NOW + DAY, NOW + DAY + 2 * HOUR)
    case.refresh_from_db()
    assert case.answer_due_at == case.breach_at == before + DAY  # Wednesday's notice: Monday became Tuesday
    assert case.deadline["due_date"] == "2026-11-24"
    assert Event.objects.filter(name="case.outage_counted").count() == 1
    services.tell_outage(Event.objects.get(name="case.outage_counted"), NOW + DAY + 2 * HOUR)
    assert mail.outbox[-1].subject.startswith("Our pages were away: you have more time to answer, until Tue 24 Nov")
    assert services.lapse_answers(before) == 0
    assert services.lapse_answers(before + DAY) == 1


@pytest.mark.django_db
def test_a_lapse_recorded_before_its_outage_stays_and_leaves_time(case: Case, lead: User, priya: User) -> None:
    due = case.answer_due_at
    services.lapse_answers(due)
    recorded(lead, due - 2 * HOUR, due + HOUR)
    case.refresh_from_db()
    assert (case.status, case.answer_due_at, case.answer_lapsed_at) == ("answer_lapsed", due, due)
    assert case.answer_excused_until == due + DAY
    shown = clocks(of_user(priya), case, due + 2 * HOUR)[0]
    assert (shown["running"], shown["mine"], shown["due_at"]) == (True, True, due + DAY)
    services.post_message(of_user(priya), case.pk, "The times are in my note.", due + DAY - HOUR)
    case.refresh_from_db()
    assert (case.status, case.answer_late) == ("answered", False)


@pytest.mark.django_db
def test_an_outage_in_the_time_that_another_one_left_is_given_back_too(case: Case, lead: User) -> None:
    due = case.answer_due_at
    services.lapse_answers(due)
    recorded(lead, due - 2 * HOUR, due + HOUR)
    recorded(lead, due + 8 * HOUR, due + 10 * HOUR)
    case.refresh_from_db()
    assert (case.answer_due_at, case.answer_excused_until) == (due, due + 2 * DAY)
    first, second = Event.objects.filter(name="case.outage_counted").order_by("pk")
    assert first.payload["due_after"] == second.payload["due_before"]


@pytest.mark.django_db
def test_nor_does_a_dispute_lose_a_day_of_it(rui: User, priya: User, lead: User) -> None:
    dispute = makers.dispute(of_user(rui), priya.provider)
    services.deliver(dispute.pk, NOW)
    dispute.refresh_from_db()
    due = dispute.due_at
    services.lapse_disputes(due)
    recorded(lead, due - 2 * HOUR, due + HOUR)
    recorded(lead, due + 8 * HOUR, due + 10 * HOUR)
    dispute.refresh_from_db()
    assert (dispute.status, dispute.due_at, dispute.excused_until) == ("lapsed", due, due + 2 * DAY)


@pytest.mark.django_db
def test_nobody_is_found_in_error_while_the_time_given_back_runs(case: Case, lead: User, rui: User) -> None:
    due = case.answer_due_at
    services.lapse_answers(due)
    recorded(lead, due - 2 * HOUR, due + HOUR)
    with pytest.raises(Refused, match="still has until Tue 24 Nov"):
        services.decide(of_user(rui), case.pk, makers.verdict("provider"), due + DAY - HOUR)
    services.decide(of_user(rui), case.pk, makers.verdict("provider"), due + DAY)
    recorded(lead, due + 2 * HOUR, due + DAY + HOUR)  # a Tuesday more that nobody knew of when it was proposed
    case.refresh_from_db()
    assert (case.status, case.answer_excused_until) == ("second_look", due + 2 * DAY)
    with pytest.raises(Refused, match="still has until Wed 25 Nov"):
        services.approve(of_user(lead), case.pk, due + 2 * DAY - HOUR)
    services.approve(of_user(lead), case.pk, due + 2 * DAY)


@pytest.mark.django_db
def test_a_clock_is_shown_to_who_owes_it_and_a_date_to_others(case: Case, priya: User, rui: User) -> None:
    mine = {(clock["what"], clock["mine"]) for clock in clocks(of_user(priya), case, NOW)}
    theirs = {(clock["what"], clock["mine"]) for clock in clocks(of_user(rui), case, NOW)}
    assert mine == {("Answer to our notice", True)}
    assert theirs == {("Answer to our notice", False)}


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"answer_due_at": NOW}, {"answer_due_at": None}])
def test_the_database_refuses_a_due_moment_that_moves_back(case: Case, change: dict[str, Any]) -> None:
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**change)


@pytest.mark.django_db
def test_the_database_keeps_a_due_moment_that_is_over(case: Case) -> None:
    services.lapse_answers(case.answer_due_at)
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(answer_due_at=case.answer_due_at + DAY)


@pytest.fixture
def decided(rui: User, lead: User, priya: User) -> Case:
    """Decided on the Wednesday: ten business days, Thanksgiving not among them, end with Thursday 3 December."""
    return makers.decided(rui, lead, priya)


@pytest.mark.django_db
def test_the_time_to_appeal_has_a_business_day_more_for_each_that_an_outage_touched(
    decided: Case, lead: User, priya: User
) -> None:
    before = decided.appeal_until
    assert before is not None
    recorded(lead, NOW + 2 * DAY, NOW + 2 * DAY + 2 * HOUR)
    decided.refresh_from_db()
    assert decided.appeal_until == decided.breach_at == before + DAY
    assert (decided.appeal_deadline["due_date"], decided.appeal_deadline["business_days"]) == ("2026-12-04", 10)
    event = Event.objects.get(name="case.appeal_outage_counted")
    services.tell_outage(event, NOW + 2 * DAY + 2 * HOUR)
    assert mail.outbox[-1].subject.startswith("Our pages were away: you have more time to appeal, until Fri 4 Dec")
    services.appeal(of_user(priya), decided.pk, "The times were read wrongly.", before + HOUR)


@pytest.mark.django_db
def test_a_time_to_appeal_that_was_over_runs_again(decided: Case, lead: User, priya: User) -> None:
    over = decided.appeal_until
    assert over is not None
    with pytest.raises(Refused, match="business days"):
        services.appeal(of_user(priya), decided.pk, "The times were read wrongly.", over)
    recorded(lead, over - 2 * HOUR, over + HOUR)
    services.appeal(of_user(priya), decided.pk, "The times were read wrongly.", over + HOUR)


@pytest.mark.django_db
@pytest.mark.parametrize("days", [-1, 3])  # before the decision; on the Saturday after it
def test_an_outage_that_touched_no_day_of_it_moves_nothing(decided: Case, lead: User, days: int) -> None:
    recorded(lead, NOW + days * DAY, NOW + 4 * DAY)
    assert Case.objects.get(pk=decided.pk).appeal_until == decided.appeal_until


@pytest.mark.django_db
def test_nothing_lapses_while_our_pages_are_away_nor_before_the_outage_is_counted(case: Case, lead: User) -> None:
    """The watch records an outage in one moment; what it gives back here, a task counts in the next."""
    due = case.answer_due_at
    noticed = due + 10 * MINUTE
    PageWatch.objects.create(name=PAGES, checked_at=noticed, down_since=due - MINUTE)
    assert services.lapse_answers(noticed - 3 * SECOND, noticed) == 0
    PageWatch.objects.update(checked_at=due + 20 * MINUTE, down_since=None)
    record_outage(of_user(lead), due - MINUTE, due + 20 * MINUTE, "The web servers were unreachable.", due + HOUR)
    assert services.sweep(due + HOUR) == 0
    outbox.run_waiting(due + HOUR)
    case.refresh_from_db()
    assert case.answer_due_at > due and services.sweep(due + HOUR) == 0
    assert services.sweep(case.answer_due_at + HOUR) == 1


@pytest.mark.django_db
def test_what_was_due_before_our_pages_went_away_lapses(case: Case) -> None:
    due = case.answer_due_at
    PageWatch.objects.create(name=PAGES, checked_at=due + MINUTE, down_since=due)
    assert services.lapse_answers(due, due + MINUTE) == 1
