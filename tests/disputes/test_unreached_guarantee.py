"""Promise 3 and its one exception: the guarantee of a network error does not wait for a notice that reached nobody."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound, Refused
from disputes import selectors, services
from disputes.models import Case, Decision, ProposedAdjustment
from disputes.selectors import triage
from disputes.selectors.closing import closing_checklist
from disputes.selectors.thread import thread
from tests.builders import NOW
from tests.disputes import makers
from tests.disputes.plain_sql import AFTER_DUE, LATER, insert_adjustment, insert_decision, insert_paid

pytestmark = pytest.mark.django_db


class TestPromise3TheGuaranteeDoesNotWaitForANoticeThatCannotBeDelivered:
    """Docs: decision 15. Both sides of it, through the services and past them."""

    def test_one_person_decides_it_and_it_is_exported_with_their_name(self, rui: User, unreached: Case) -> None:
        decision = services.decide(of_user(rui), unreached.pk, makers.verdict("network"), LATER)
        adjustment = ProposedAdjustment.objects.get(decision=decision)
        assert (adjustment.kind, adjustment.amount) == ("pay_contracted_rate", Decimal("142.50"))
        assert [person["name"] for person in adjustment.names] == ["Rui Test"]
        assert [row.pk for row in services.export_adjustments(of_user(rui), LATER)] == [adjustment.pk]

    def test_before_the_notice_was_tried_it_waits(self, rui: User, priya: User) -> None:
        case = makers.opened(rui, makers.session(priya.provider))
        with pytest.raises(Refused, match="has not been told"):
            services.decide(of_user(rui), case.pk, makers.verdict("network"), LATER)
        network = {"party": "network", "outcome": "pay_contracted_rate", "amount": case.contracted_rate}
        with pytest.raises(DatabaseError, match="no proposed adjustment before a delivered notice"):
            insert_paid(case, rui, network)

    @pytest.mark.parametrize("outcome", ["recover", "waived", "corrected_claim"])
    def test_a_provider_error_is_as_far_away_as_ever(self, rui: User, unreached: Case, outcome: str) -> None:
        amount = Decimal("40.00") if outcome == "recover" else None
        with pytest.raises(Refused, match="has not been told"):
            services.decide(of_user(rui), unreached.pk, makers.verdict(outcome=outcome, amount=amount), LATER)
        assert not Decision.objects.exists()

    def test_nor_is_anybody_elses_error_paid(self, rui: User, unreached: Case) -> None:
        with pytest.raises(Refused, match="has not been told"):
            services.decide(of_user(rui), unreached.pk, makers.verdict("payer", outcome="pay_contracted_rate"), LATER)

    def test_sql_pays_the_guarantee_and_nothing_else(self, rui: User, lead: User, unreached: Case) -> None:
        rate = unreached.contracted_rate
        two = {"second_by_id": lead.pk, "second_at": LATER}
        with pytest.raises(DatabaseError, match="no provider-error decision before a delivered notice"):
            insert_decision(unreached, rui, **two)
        for number, party in enumerate(("payer", "client", "none"), start=91):
            final = insert_decision(
                unreached, rui, number=number, party=party, outcome="pay_contracted_rate", amount=rate
            )
            for kind in ("pay_contracted_rate", "recover"):
                with pytest.raises(DatabaseError, match="no proposed adjustment before a delivered notice"):
                    insert_adjustment(unreached, final, kind=kind)
        network = {"party": "network", "outcome": "pay_contracted_rate", "amount": rate}
        for wrong in ({"kind": "recover"}, {"names": "[]"}, {"amount": Decimal("100.00")}):
            with pytest.raises(DatabaseError, match=r"delivered notice|names of people|paid the contracted rate"):
                insert_paid(unreached, rui, network, **wrong)
        insert_paid(unreached, rui, network)
        assert ProposedAdjustment.objects.get().amount == rate

    def test_what_was_proposed_is_not_taken_back_unheard(
        self, rui: User, second_lead: User, priya: User, unreached: Case
    ) -> None:
        services.decide(of_user(rui), unreached.pk, makers.verdict("network"), LATER)
        User.objects.filter(pk=priya.pk).update(is_active=True)
        makers.work(LATER)
        services.appeal(of_user(priya), unreached.pk, "I see it differently.", LATER + dt.timedelta(hours=1))
        at = LATER + dt.timedelta(hours=2)
        with pytest.raises(Refused, match="has not been told"):
            services.decide(of_user(second_lead), unreached.pk, makers.verdict("none"), at)
        final = insert_decision(unreached, rui, party="none", outcome="no_issue", amount=None)
        standing = ProposedAdjustment.objects.get()
        with pytest.raises(DatabaseError, match="no proposed adjustment before a delivered notice"):
            insert_adjustment(unreached, final, kind="take_back", replaces_id=standing.pk)
        services.decide(of_user(second_lead), unreached.pk, makers.verdict("network"), at)
        assert ProposedAdjustment.objects.filter(kind="pay_contracted_rate").count() == 2

    def test_the_provider_finds_it_in_their_pages_and_staff_still_owe_the_letter(
        self, rui: User, priya: User, colleague: User, unreached: Case
    ) -> None:
        provider = of_user(priya)
        with pytest.raises(NotFound):
            selectors.get_case(provider, unreached.pk)
        services.decide(of_user(rui), unreached.pk, makers.verdict("network"), LATER)
        makers.work(LATER)
        unreached.refresh_from_db()
        assert [row.pk for row in triage.BY_KEY["undeliverable"].rows(of_user(rui), LATER)] == [unreached.pk]
        waits = [check.words for check in closing_checklist(unreached, AFTER_DUE) if not check.done]
        assert "The provider was told of the decision" in waits
        User.objects.filter(pk=priya.pk).update(is_active=True)
        services.tell_decision_again(of_user(rui), unreached.pk, LATER)
        assert selectors.get_case(provider, unreached.pk).pk == unreached.pk
        (letter,) = [entry["text"] for entry in thread(provider, unreached) if entry["kind"] == "decision"]
        assert "What we owe for our own error does not wait for that." in letter
        with pytest.raises(NotFound):
            selectors.get_case(of_user(colleague), unreached.pk)
        unreached.refresh_from_db()
        assert unreached.appeal_until is not None
        assert services.close(of_user(rui), unreached.pk, unreached.appeal_until).status == "closed"

    def test_what_ends_without_money_stays_unknown_to_the_provider(
        self, rui: User, priya: User, unreached: Case
    ) -> None:
        services.decide(of_user(rui), unreached.pk, makers.verdict("none"), LATER)
        with pytest.raises(NotFound):
            selectors.get_case(of_user(priya), unreached.pk)

    def test_a_notice_that_came_back_later_counts_as_one_that_never_arrived(self, rui: User, priya: User) -> None:
        case = makers.in_conversation(rui, priya)
        services.report_notice_bounce(of_user(rui), case.pk, LATER)
        services.decide(of_user(rui), case.pk, makers.verdict("network"), LATER)
        assert ProposedAdjustment.objects.get().kind == "pay_contracted_rate"


@pytest.fixture
def unreached(rui: User, priya: User) -> Case:
    """A case whose notice was tried while nobody could be written to."""
    User.objects.filter(pk=priya.pk).update(is_active=False)
    case = makers.opened(rui, makers.session(priya.provider))
    makers.work(NOW)
    case.refresh_from_db()
    assert case.notice_undeliverable_at is not None
    return case
