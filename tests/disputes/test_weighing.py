"""What the rows of a case become in its facts, and that a case is weighed again when one of them changes."""

from __future__ import annotations

import datetime as dt

import pytest

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from disputes import services
from disputes.models import Case, Dispute
from notes.models import Outage
from notes.services import record_outage
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def disputed(rui: User, priya: User) -> tuple[Case, Dispute]:
    """The standing case of a session, and the dispute about that session that its provider was asked about."""
    case = makers.in_conversation(rui, priya)
    assert case.session is not None
    row = makers.dispute(of_user(rui), case.provider, session=case.session.external_id)
    services.deliver(row.pk, NOW)
    row.refresh_from_db()
    return case, row


def clause(case: Case, at: dt.datetime) -> str:
    services.attribute(case.pk, at)
    case.refresh_from_db()
    return case.clause


class TestADisputeOfItsSession:
    def test_one_that_the_client_took_back_is_held_against_nobody(self, rui: User, priya: User) -> None:
        case, row = disputed(rui, priya)
        assert row.due_at is not None
        services.withdraw(of_user(rui), row.pk, "The client called it off.", NOW + DAY)
        assert clause(case, row.due_at + DAY) != "provider.dispute_no_response"

    def test_an_earlier_one_counts_when_the_newest_was_taken_back(self, rui: User, priya: User) -> None:
        case, row = disputed(rui, priya)
        assert row.due_at is not None
        assert case.session is not None
        second = makers.dispute(of_user(rui), case.provider, NOW + HOUR, session=case.session.external_id)
        services.withdraw(of_user(rui), second.pk, "Sent twice.", NOW + DAY)
        assert clause(case, row.due_at + DAY) == "provider.dispute_no_response"

    def test_a_case_about_a_dispute_that_was_taken_back_says_nothing_of_its_clock(self, rui: User, priya: User) -> None:
        row = makers.dispute(of_user(rui), priya.provider)  # type: ignore[arg-type]
        services.deliver(row.pk, NOW)
        row.refresh_from_db()
        assert row.due_at is not None
        services.lapse_disputes(row.due_at)
        case = services.open_for_dispute(row.pk, row.due_at)
        services.report_dispute_bounce(of_user(rui), row.pk, row.due_at + HOUR)
        services.deliver_again(of_user(rui), row.pk, row.due_at + DAY)
        services.withdraw(of_user(rui), row.pk, "The client called it off.", row.due_at + 2 * DAY)
        assert clause(case, row.due_at + 20 * DAY) == "open.facts_missing"

    def test_an_answer_in_the_time_an_outage_gave_back_is_in_time(self, rui: User, lead: User, priya: User) -> None:
        case, row = disputed(rui, priya)
        due = row.due_at
        assert due is not None
        services.lapse_disputes(due)
        record_outage(of_user(lead), due - 2 * HOUR, due - HOUR, "The web servers were unreachable.", due + HOUR)
        services.count_outage(Outage.objects.get().pk, due + HOUR)
        assert clause(case, due + 2 * HOUR) == "open.waiting_for_answer"
        services.answer(of_user(priya), row.pk, services.Said(text="The notice was short."), due + 3 * HOUR)
        row.refresh_from_db()
        assert (row.status, row.answered_late) == ("answered", False)
        assert clause(case, due + 9 * DAY) == "open.no_ground"
