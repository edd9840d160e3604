"""On appeal a case goes by the contracted rate that the facts have now. It is said in the conversation, and what was
decided and proposed before stays as it is."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import Role, User
from clawguard.events.errors import Refused
from clawguard.events.models import Event
from disputes import services
from disputes.models import Case, ProposedAdjustment
from disputes.selectors.thread import thread
from sessions.models import TherapySession
from tests import builders
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
APPEAL = NOW + dt.timedelta(days=1)
OLD, NEW = Decimal("142.50"), Decimal("150.00")
WHY = "The rate of my contract is another one."


@pytest.fixture
def case(rui: User, priya: User) -> Case:
    """The network's error: the contracted rate of $142.50 is proposed to be paid."""
    return makers.decided(rui, rui, priya, "network")


def corrected(case: Case, rate: Decimal | None, at: dt.datetime) -> None:
    """The session is corrected, and its case is weighed as after every such change."""
    TherapySession.objects.filter(pk=case.session_id).update(contracted_rate=rate)
    services.attribute(case.pk, at)
    case.refresh_from_db()


def appealed(case: Case, priya: User) -> None:
    services.appeal(of_user(priya), case.pk, WHY, APPEAL)
    case.refresh_from_db()


def told(case: Case, reader: User) -> list[str]:
    """What the system itself said in the thread beside its letters."""
    entries = thread(of_user(reader), case)
    return [entry["text"] for entry in entries if "contracted rate of this session" in entry["text"]]


def test_it_is_looked_at_by_the_rate_that_the_facts_have_and_both_sides_read_so(
    case: Case, rui: User, lead: User, priya: User
) -> None:
    corrected(case, NEW, NOW + 6 * HOUR)
    assert (case.contracted_rate, told(case, rui)) == (OLD, [])  # decided: nothing moves by itself
    appealed(case, priya)
    assert case.contracted_rate == NEW
    for reader in (rui, priya):
        (said,) = told(case, reader)
        assert "is $150.00. Before, it was $142.50." in said
        assert "Nothing is paid or taken because of this message" in said
    assert case.adjustments.get().amount == OLD  # no surprise: people decide
    services.decide(of_user(lead), case.pk, makers.verdict("network"), APPEAL + HOUR)
    first, second = ProposedAdjustment.objects.order_by("created_at")
    assert (first.amount, second.amount, second.replaces) == (OLD, NEW, first)


def test_the_mail_tells_that_something_was_written_and_no_amount(case: Case, priya: User) -> None:
    corrected(case, NEW, NOW + 6 * HOUR)
    makers.work(NOW + 7 * HOUR)
    mail.outbox.clear()
    appealed(case, priya)
    makers.work(APPEAL)
    ours = [each for each in mail.outbox if each.to == [priya.email]]
    assert len(ours) == 1
    assert "150.00" not in ours[0].message().as_string()


def test_a_rate_that_changes_during_the_appeal_is_followed_and_said_once(case: Case, rui: User, priya: User) -> None:
    appealed(case, priya)
    assert told(case, priya) == []  # nothing had changed
    corrected(case, NEW, APPEAL + HOUR)
    corrected(case, NEW, APPEAL + 2 * HOUR)
    assert case.contracted_rate == NEW
    assert len(told(case, priya)) == 1
    services.decide(of_user(builders.user(Role.LEAD, "Third Test")), case.pk, makers.verdict("none"), APPEAL + 3 * HOUR)
    corrected(case, OLD, APPEAL + 4 * HOUR)
    assert case.contracted_rate == NEW  # decided again: it keeps the rate it was decided with
    assert len(told(case, priya)) == 1


def test_a_rate_that_nobody_knows_any_more_is_said_and_nothing_can_be_paid_by_it(
    case: Case, lead: User, priya: User
) -> None:
    corrected(case, None, NOW + 6 * HOUR)
    appealed(case, priya)
    (said,) = told(case, priya)
    assert "is not known. Before, it was $142.50." in said
    with pytest.raises(Refused, match="contracted rate is not known"):
        services.decide(of_user(lead), case.pk, makers.verdict("network"), APPEAL + HOUR)
    corrected(case, NEW, APPEAL + 2 * HOUR)
    assert "is $150.00. Before, it was not known." in told(case, priya)[1]


def test_no_more_is_recovered_on_appeal_than_the_rate_that_holds(rui: User, lead: User, priya: User) -> None:
    case = makers.decided(rui, lead, priya)  # $40.00 are to be recovered
    corrected(case, Decimal("39.99"), NOW + 6 * HOUR)
    appealed(case, priya)
    third, fourth = (builders.user(Role.LEAD, name) for name in ("Third Test", "Fourth Test"))
    with pytest.raises(Refused, match=r"contracted rate that was paid: 39\.99"):
        services.decide(of_user(third), case.pk, makers.verdict(), APPEAL + HOUR)
    corrected(case, Decimal("40.00"), APPEAL + HOUR)
    services.decide(of_user(third), case.pk, makers.verdict(), APPEAL + 2 * HOUR)
    corrected(case, Decimal("39.99"), APPEAL + 3 * HOUR)  # while the second person looks
    with pytest.raises(Refused, match=r"contracted rate that was paid: 39\.99"):
        services.approve(of_user(fourth), case.pk, APPEAL + 4 * HOUR)


def test_before_the_first_decision_it_follows_in_silence(rui: User, priya: User) -> None:
    case = makers.answered(rui, priya)
    corrected(case, NEW, NOW + 3 * HOUR)
    assert (case.contracted_rate, told(case, priya)) == (NEW, [])


def test_the_database_keeps_the_rate_of_a_decided_case_and_lets_an_appeal_change_it(case: Case, priya: User) -> None:
    with pytest.raises(DatabaseError, match="decided case is kept"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(contracted_rate=NEW)
    appealed(case, priya)
    Case.objects.filter(pk=case.pk).update(contracted_rate=NEW)
    posted = Event.objects.filter(name="case.message_posted", subject_id=str(case.pk), actor_kind="system")
    assert not posted.exists()
