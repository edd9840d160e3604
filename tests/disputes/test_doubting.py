"""Facts that come after a decision: proposals are kept and compared, the decision stands, and the doubt is shown."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import Event
from disputes import facts, proposal_words, services
from disputes.models import AdjustmentConfirmation, Case, Decision
from disputes.selectors.cases import decisions_of
from disputes.selectors.proposals import proposals_of
from disputes.selectors.triage import BY_KEY
from disputes.services import Confirmation
from sessions.models import TherapySession
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
AFTER = NOW + dt.timedelta(days=1)
COVERED = {"eligibility_shown": {"value": "active", "source": "Our check"}}
ENDED = {"eligibility_actual": {"value": "inactive", "source": "Payer portal"}}


def test_each_proposal_says_what_changed_and_which_fact_had_come_in(rui: User, priya: User) -> None:
    case = makers.answered(rui, priya)
    services.add_facts(of_user(rui), case.pk, COVERED, AFTER)
    services.attribute(case.pk, AFTER)
    services.add_facts(of_user(rui), case.pk, ENDED, AFTER + dt.timedelta(hours=1))
    services.attribute(case.pk, AFTER + dt.timedelta(hours=1))
    newest, before, *_ = proposals_of(case)
    said = [proposal_words.sentence(change, "America/New_York") for change in newest["changes"]]
    assert "Now network error; before, open." in said
    assert "The guarantee now applies: $142.50." in said
    assert [fact.name for fact in newest["facts"]] == ["eligibility_actual"]
    assert [fact.name for fact in before["facts"]] == ["eligibility_shown"]


def test_a_decision_that_no_longer_fits_stands_and_is_pointed_out_once(rui: User, lead: User, priya: User) -> None:
    case = makers.decided(rui, lead, priya)
    services.add_facts(of_user(rui), case.pk, {**COVERED, **ENDED}, AFTER)
    services.attribute(case.pk, AFTER)
    case.refresh_from_db()
    assert (case.status, case.party, case.decision_doubted_at) == ("decided", "provider", AFTER)
    assert list(BY_KEY["doubted"].rows(of_user(rui), AFTER)) == [case]
    newest = proposals_of(case)[0]["proposal"]
    assert "guarantee applies" in proposal_words.doubted(case, decisions_of(case), newest, facts.evidence(case))
    services.add_facts(of_user(rui), case.pk, {"carc": ["27"]}, AFTER)
    services.attribute(case.pk, AFTER + dt.timedelta(hours=1))
    assert Event.objects.filter(name="case.decision_doubted").count() == 1
    assert Decision.objects.filter(case=case, final_at__isnull=False).count() == 1


def test_a_fact_that_fits_raises_no_doubt(rui: User, lead: User, priya: User) -> None:
    case = makers.decided(rui, lead, priya)
    services.add_facts(of_user(rui), case.pk, {"coding_findings": ["CG101"]}, AFTER)
    services.attribute(case.pk, AFTER)
    case.refresh_from_db()
    assert case.decision_doubted_at is None


class TestTheRateOfADecidedCase:
    def test_a_rate_changed_afterwards_is_pointed_out_and_overrides_nothing(self, rui: User, priya: User) -> None:
        case = makers.decided(rui, rui, priya, "network")
        new_rate(case, "150.00")
        assert services.attribute(case.pk, AFTER) is None  # no answer of the engine depends on it
        case.refresh_from_db()
        assert (case.status, case.decision_doubted_at) == ("decided", AFTER)
        assert (case.contracted_rate, case.adjustments.get().amount) == (Decimal("142.50"), Decimal("142.50"))
        assert list(BY_KEY["doubted"].rows(of_user(rui), AFTER)) == [case]
        newest = proposals_of(case)[0]["proposal"]
        said = proposal_words.doubted(case, decisions_of(case), newest, facts.evidence(case))
        assert said.startswith("The contracted rate was changed after the decision")
        services.attribute(case.pk, AFTER + dt.timedelta(hours=1))
        assert Event.objects.get(name="case.decision_doubted").payload["why"] == "rate"
        new_rate(case, "142.50")
        services.attribute(case.pk, AFTER + dt.timedelta(hours=2))
        case.refresh_from_db()
        assert case.decision_doubted_at is None

    def test_where_the_guarantee_stands_too(self, rui: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        services.add_facts(of_user(rui), case.pk, {**COVERED, **ENDED}, NOW + dt.timedelta(hours=3))
        services.attribute(case.pk, NOW + dt.timedelta(hours=3))
        services.decide(of_user(rui), case.pk, makers.verdict("network"), NOW + dt.timedelta(hours=4))
        new_rate(case, "150.00")
        services.attribute(case.pk, AFTER)
        case.refresh_from_db()
        assert case.decision_doubted_at == AFTER

    @pytest.mark.parametrize(("rate", "doubted"), [("40.00", False), ("39.99", True), ("150.00", False)])
    def test_a_recovery_is_in_doubt_above_the_rate(
        self, rui: User, lead: User, priya: User, rate: str, doubted: bool
    ) -> None:
        case = makers.decided(rui, lead, priya)  # 40 dollars are recovered
        new_rate(case, rate)
        services.attribute(case.pk, AFTER)
        case.refresh_from_db()
        assert (case.decision_doubted_at is not None) is doubted

    def test_what_means_no_money_is_not(self, rui: User, priya: User) -> None:
        case = makers.decided(rui, rui, priya, "none")
        new_rate(case, "1.00")
        services.attribute(case.pk, AFTER)
        case.refresh_from_db()
        assert case.decision_doubted_at is None


def new_rate(case: Case, rate: str) -> None:
    """The session is corrected."""
    TherapySession.objects.filter(pk=case.session_id).update(contracted_rate=Decimal(rate))


class TestConfirmation:
    def test_the_newest_report_counts_and_none_is_changed(self, rui: User, lead: User, priya: User) -> None:
        adjustment = makers.decided(rui, lead, priya).adjustments.get()
        declined = Confirmation("declined", reason="The account is closed.")
        services.confirm_adjustment(of_user(rui), adjustment.pk, declined, AFTER)
        posted = Confirmation("posted", reference="GL-1")
        first = services.confirm_adjustment(of_user(rui), adjustment.pk, posted, AFTER)
        assert services.confirm_adjustment(of_user(rui), adjustment.pk, posted, AFTER) == first
        assert (first.amount, first.by_name) == (adjustment.amount, "Rui Test")
        assert adjustment.confirmations.count() == 2
        table = "disputes_adjustmentconfirmation"
        for sql in (f"UPDATE {table} SET reference = 'x'", f"DELETE FROM {table}"):  # noqa: S608 - a table's name
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)

    @pytest.mark.parametrize(
        ("told", "pointer"),
        [
            (Confirmation("paid"), "/done"),
            (Confirmation("posted"), "/reference"),
            (Confirmation("declined", reference="GL-1"), "/reason"),
            (Confirmation("posted", on=dt.date(2020, 1, 1), reference="GL-1"), "/on"),
            (Confirmation("posted", on=dt.date(2030, 1, 1), reference="GL-1"), "/on"),
        ],
    )
    def test_what_is_missing_is_named(
        self, rui: User, lead: User, priya: User, told: Confirmation, pointer: str
    ) -> None:
        adjustment = makers.decided(rui, lead, priya).adjustments.get()
        with pytest.raises(Refused) as said:
            services.confirm_adjustment(of_user(rui), adjustment.pk, told, AFTER)
        assert said.value.pointer == pointer
        assert not AdjustmentConfirmation.objects.exists()

    def test_who_may_record_it(self, rui: User, lead: User, priya: User, auditor: User, faraway: User) -> None:
        adjustment = makers.decided(rui, lead, priya).adjustments.get()
        posted = Confirmation("posted", reference="GL-1")
        for user, why in ((priya, NotAllowed), (auditor, NotAllowed), (faraway, NotFound)):
            with pytest.raises(why):
                services.confirm_adjustment(of_user(user), adjustment.pk, posted, AFTER)
