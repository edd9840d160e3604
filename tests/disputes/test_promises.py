"""Promises 1 to 4, in the services and, for direct SQL, in the database itself."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.events.errors import Refused
from disputes import services
from disputes.models import Decision, ProposedAdjustment
from tests.disputes import makers
from tests.disputes.plain_sql import AFTER_DUE, LATER, insert_adjustment, insert_decision, refused

pytestmark = pytest.mark.django_db


class TestPromise1ANetworkErrorEndsOnlyWithTheProviderPaidTheContractedRate:
    def test_the_decision_proposes_the_contracted_rate_in_full(self, rui: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        services.decide(of_user(rui), case.pk, makers.verdict("network"), LATER)
        adjustment = ProposedAdjustment.objects.get()
        assert (adjustment.kind, adjustment.amount) == ("pay_contracted_rate", Decimal("142.50"))
        assert [person["name"] for person in adjustment.names] == ["Rui Test"]

    @pytest.mark.parametrize("outcome", ["recover", "waived", "no_issue", "corrected_claim", "client_responsibility"])
    def test_no_other_outcome_is_accepted(self, rui: User, priya: User, outcome: str) -> None:
        case = makers.answered(rui, priya)
        with pytest.raises(Refused, match="only with the provider paid the contracted rate"):
            services.decide(of_user(rui), case.pk, makers.verdict("network", outcome=outcome), LATER)
        assert not Decision.objects.exists()

    def test_an_amount_typed_beside_it_changes_nothing(self, rui: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        services.decide(of_user(rui), case.pk, makers.verdict("network", amount=Decimal("1.00")), LATER)
        assert ProposedAdjustment.objects.get().amount == Decimal("142.50")

    def test_without_a_known_rate_it_waits(self, rui: User, priya: User) -> None:
        case = makers.answered(rui, priya, contracted_rate=None)
        with pytest.raises(Refused, match="contracted rate is not known"):
            services.decide(of_user(rui), case.pk, makers.verdict("network"), LATER)

    @pytest.mark.parametrize(
        "fields",
        [{"outcome": "no_issue", "amount": None}, {"outcome": "pay_contracted_rate", "amount": Decimal("100.00")}],
    )
    def test_sql_that_pays_less_or_nothing_is_refused(self, rui: User, priya: User, fields: dict[str, Any]) -> None:
        case = makers.answered(rui, priya)
        with pytest.raises(DatabaseError, match="only with the provider paid the contracted rate"):
            insert_decision(case, rui, party="network", clause="network.eligibility_not_caught", **fields)

    def test_sql_that_forgets_the_adjustment_is_refused_at_commit(self, rui: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        with pytest.raises(DatabaseError, match="only with the provider paid the contracted rate"):
            insert_decision(case, rui, party="network", outcome="pay_contracted_rate", amount=case.contracted_rate)

    def test_the_rate_of_a_decided_case_cannot_be_lowered(self, rui: User, priya: User) -> None:
        case = makers.decided(rui, rui, priya, "network")
        assert "contracted rate" in refused("UPDATE disputes_case SET contracted_rate = 1 WHERE id = %s", case.pk)


class TestPromise2NothingEditsAPayment:
    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE disputes_proposedadjustment SET amount = 1",
            "DELETE FROM disputes_proposedadjustment",
            "TRUNCATE disputes_proposedadjustment CASCADE",
        ],
    )
    def test_an_adjustment_is_never_changed_or_removed(self, rui: User, lead: User, priya: User, sql: str) -> None:
        makers.decided(rui, lead, priya)
        assert "is refused" in refused(sql)

    def test_an_adjustment_without_peoples_names_is_refused(self, rui: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        decision = services.decide(of_user(rui), case.pk, makers.verdict("none"), LATER)
        for names in ("[]", json.dumps([{"name": ""}]), json.dumps([{}])):
            with pytest.raises(DatabaseError, match="names of people"):
                insert_adjustment(case, decision.pk, names=names)

    def test_only_a_final_decision_of_the_same_case_proposes(self, rui: User, priya: User) -> None:
        case, other = makers.answered(rui, priya), makers.answered(rui, priya)
        waiting = services.decide(of_user(rui), case.pk, makers.verdict(), LATER)
        with pytest.raises(DatabaseError, match="only by a final decision"):
            insert_adjustment(case, waiting.pk, kind="recover", amount=Decimal("40.00"))
        final = services.decide(of_user(rui), other.pk, makers.verdict("none"), LATER)
        with pytest.raises(DatabaseError, match="only by a final decision of the same case"):
            insert_adjustment(case, final.pk)

    def test_no_address_of_the_product_writes_a_payment(self) -> None:
        from django.urls import get_resolver

        written = {str(entry.pattern) for entry in get_resolver().url_patterns}
        assert not [address for address in written if "payment" in address]


class TestPromise3NothingIsProposedBeforeTheProviderWasHeard:
    @pytest.mark.parametrize("party", ["provider", "network"])
    def test_while_the_answer_time_runs(self, rui: User, priya: User, party: str) -> None:
        case = makers.in_conversation(rui, priya)
        with pytest.raises(Refused, match="answer"):
            services.decide(of_user(rui), case.pk, makers.verdict(party), LATER)
        assert not Decision.objects.exists()

    @pytest.mark.parametrize("party", ["provider", "network"])
    def test_before_the_notice_was_delivered(self, rui: User, priya: User, party: str) -> None:
        case = makers.opened(rui, makers.session(priya.provider))
        with pytest.raises(Refused, match="has not been told"):
            services.decide(of_user(rui), case.pk, makers.verdict(party), LATER)

    def test_a_lapsed_answer_time_is_enough(self, rui: User, lead: User, priya: User) -> None:
        case = makers.in_conversation(rui, priya)
        services.lapse_answers(AFTER_DUE)
        services.decide(of_user(rui), case.pk, makers.verdict(), AFTER_DUE)
        services.approve(of_user(lead), case.pk, AFTER_DUE)
        assert ProposedAdjustment.objects.get().kind == "recover"

    def test_sql_is_refused_before_notice_and_before_an_answer(self, rui: User, lead: User, priya: User) -> None:
        second = {"second_by_id": lead.pk, "second_at": LATER}
        for case in (makers.opened(rui, makers.session(priya.provider)), makers.in_conversation(rui, priya)):
            with pytest.raises(DatabaseError, match="no provider-error decision before a delivered notice"):
                insert_decision(case, rui, **second)
            harmless = insert_decision(case, rui, party="none", clause="none.no_error", outcome="no_issue", amount=None)
            with pytest.raises(DatabaseError, match="no proposed adjustment before a delivered notice"):
                insert_adjustment(case, harmless)

    def test_the_history_that_opens_the_way_cannot_be_rewritten(self, rui: User, priya: User) -> None:
        case = makers.in_conversation(rui, priya)
        early = "UPDATE disputes_case SET answer_lapsed_at = answer_due_at - interval '1 second' WHERE id = %s"
        with pytest.raises(IntegrityError, match="never_lapses_early"), transaction.atomic():
            connection.cursor().execute(early, [case.pk])
        moved = "UPDATE disputes_case SET notice_delivered_at = notice_delivered_at - interval '9 days' WHERE id = %s"
        assert "set once" in refused(moved, case.pk)
        assert "set once" in refused("UPDATE disputes_case SET answer_due_at = now() WHERE id = %s", case.pk)

    def test_what_takes_nothing_from_anybody_may_end_a_case_at_once(self, rui: User, priya: User) -> None:
        case = makers.opened(rui, makers.session(priya.provider))
        services.decide(of_user(rui), case.pk, makers.verdict("none"), LATER)
        case.refresh_from_db()
        assert case.status == "decided"
        assert not ProposedAdjustment.objects.exists()


class TestPromise4AProviderErrorNeedsASecondPerson:
    def test_it_waits_and_proposes_nothing(self, rui: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        decision = services.decide(of_user(rui), case.pk, makers.verdict(), LATER)
        case.refresh_from_db()
        assert (case.status, decision.final_at) == ("second_look", None)
        assert not ProposedAdjustment.objects.exists()

    def test_a_network_error_does_not(self, rui: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        assert services.decide(of_user(rui), case.pk, makers.verdict("network"), LATER).final_at == LATER

    def test_both_names_stand_behind_the_adjustment(self, rui: User, lead: User, priya: User) -> None:
        makers.decided(rui, lead, priya)
        names = [(person["name"], person["part"]) for person in ProposedAdjustment.objects.get().names]
        assert names == [("Rui Test", "proposed"), ("Lead Test", "approved")]

    def test_sql_by_one_person_is_refused(self, rui: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        with pytest.raises(DatabaseError, match="needs a second person"):
            insert_decision(case, rui)
        with pytest.raises(DatabaseError, match=r"second person|two_people"):
            insert_decision(case, rui, second_by_id=rui.pk, second_at=LATER)

    def test_sql_cannot_recover_without_two_people(self, rui: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        final = insert_decision(case, rui, party="none", clause="none.no_error", outcome="no_issue", amount=None)
        with pytest.raises(DatabaseError, match="by two people"):
            insert_adjustment(case, final, kind="recover", amount=Decimal("40.00"))

    def test_what_the_second_person_sees_cannot_change_under_them(self, rui: User, lead: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        decision = services.decide(of_user(rui), case.pk, makers.verdict(), LATER)
        assert "cannot be changed" in refused("UPDATE disputes_decision SET amount = 142 WHERE id = %s", decision.pk)
        services.approve(of_user(lead), case.pk, LATER)
        assert "kept as it is" in refused("UPDATE disputes_decision SET clause = 'x' WHERE id = %s", decision.pk)
        assert "is refused" in refused("DELETE FROM disputes_decision")

    def test_a_case_cannot_be_called_decided_without_a_decision(self, rui: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        assert "final decision" in refused("UPDATE disputes_case SET status = 'decided' WHERE id = %s", case.pk)


@pytest.mark.parametrize("table", ["disputes_casefact", "disputes_proposal", "disputes_message", "disputes_appeal"])
def test_what_was_said_and_stated_only_grows(rui: User, lead: User, priya: User, table: str) -> None:
    case = makers.decided(rui, lead, priya)
    services.add_facts(of_user(rui), case.pk, {"carc": ["27"]}, LATER)
    services.attribute(case.pk, LATER)
    services.appeal(of_user(priya), case.pk, "Please look again.", LATER)
    assert "is refused" in refused(f"DELETE FROM {table}")  # noqa: S608 - names of this test
    assert "is refused" in refused(f"TRUNCATE {table} CASCADE")


def test_words_of_a_thread_are_kept_while_their_key_may_be_wrapped_anew(rui: User, priya: User) -> None:
    from clawguard import sealing
    from disputes.models import Message
    from disputes.sealed import open_words

    makers.answered(rui, priya)
    message = Message.objects.get(kind="answer")
    bound = sealing.binding("case message", message.pk)
    Message.objects.filter(pk=message.pk).update(body=sealing.rewrap(bytes(message.body), bound))
    message.refresh_from_db()
    assert open_words("case message", message.pk, message.body) == "The times are in my note."
    with pytest.raises(DatabaseError, match="sealed once"), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(body=sealing.seal(b"Something else.", bound))
