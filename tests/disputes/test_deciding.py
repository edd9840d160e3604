"""Deciding, the second look, the appeal, closing; and who may do which."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import Role, User
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import WrongState
from disputes import policies, services
from disputes.models import Case, Decision, Message, ProposedAdjustment
from disputes.selectors.clocks import clocks
from disputes.selectors.closing import closing_checklist
from tests import builders
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(hours=5)
MUCH_LATER = NOW + dt.timedelta(days=40)


AT_ODDS = {"contracted_rate": "99.00"}  # the session says otherwise


def both_sides(case: Case, rui: User, **more: Any) -> Case:
    """The same case with a part of the network's and one of the provider's made out."""
    facts = {
        "eligibility_shown": {"value": "active", "checked_at": "2026-09-10T10:00:00Z"},
        "eligibility_actual": "inactive",
        "coding_findings": ["CG101"],
        **more,
    }
    services.add_facts(of_user(rui), case.pk, facts, LATER)
    services.attribute(case.pk, LATER)
    case.refresh_from_db()
    return case


class TestDecision:
    @pytest.mark.parametrize(
        ("changes", "pointer"),
        [
            ({"evidence": ()}, "/evidence"),
            ({"evidence": ("eligibility_shown",)}, "/evidence"),
            ({"clause": "network.code_offered"}, "/clause"),
            ({"clause": "no.such_clause"}, "/clause"),
            ({"party": "open"}, "/party"),
            ({"party": "somebody"}, "/party"),
            ({"outcome": "fine"}, "/outcome"),
            ({"explanation": "  "}, "/explanation"),
            ({"explanation": "x" * 4001}, "/explanation"),
        ],
    )
    def test_what_is_missing_is_named(self, rui: User, priya: User, changes: dict[str, Any], pointer: str) -> None:
        case = makers.answered(rui, priya)
        with pytest.raises(Refused) as said:
            services.decide(of_user(rui), case.pk, makers.verdict(**changes), LATER)
        assert said.value.pointer == pointer

    @pytest.mark.parametrize("amount", [None, Decimal(0), Decimal("142.51")])
    def test_no_more_is_recovered_than_was_paid(self, rui: User, priya: User, amount: Decimal | None) -> None:
        case = makers.answered(rui, priya)
        with pytest.raises(Refused, match="recover"):
            services.decide(of_user(rui), case.pk, makers.verdict(amount=amount), LATER)

    def test_the_facts_are_kept_as_they_stood(self, rui: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        decision = services.decide(of_user(rui), case.pk, makers.verdict("payer"), LATER)
        assert decision.evidence == [
            {"fact": "date_of_service", "value": "2026-09-16", "at": None, "source": "Session, revision 1"}
        ]

    def test_only_people_who_work_cases_decide(
        self, rui: User, priya: User, auditor: User, faraway: User, administrator: User
    ) -> None:
        case = makers.answered(rui, priya)
        for user, why in ((priya, NotAllowed), (auditor, NotAllowed), (faraway, NotFound), (administrator, NotFound)):
            with pytest.raises(why):
                services.decide(of_user(user), case.pk, makers.verdict(), LATER)

    def test_a_second_decision_cannot_slip_in(self, rui: User, lead: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        services.decide(of_user(rui), case.pk, makers.verdict(), LATER)
        with pytest.raises(Refused, match="does not wait"):
            services.decide(of_user(lead), case.pk, makers.verdict("none"), LATER)

    @pytest.mark.parametrize(("more", "clause"), [({}, "open.both_sides"), (AT_ODDS, "open.facts_at_odds")])
    def test_both_sides_at_fault_takes_two_people_whoever_is_named(
        self, rui: User, priya: User, more: dict[str, Any], clause: str
    ) -> None:
        case = both_sides(makers.answered(rui, priya), rui, **more)
        assert case.clause == clause
        services.decide(of_user(rui), case.pk, makers.verdict("payer"), LATER)
        case.refresh_from_db()
        assert case.status == "second_look"

    def test_nothing_is_recovered_for_what_the_network_had_a_part_in(self, rui: User, priya: User) -> None:
        case = both_sides(makers.answered(rui, priya), rui)
        with pytest.raises(Refused, match="The guarantee applies"):
            services.decide(of_user(rui), case.pk, makers.verdict("provider"), LATER)

    def test_with_both_sides_at_fault_the_provider_is_heard_first(self, rui: User, priya: User) -> None:
        assert priya.provider is not None
        case = both_sides(makers.opened(rui, makers.session(priya.provider)), rui)
        with pytest.raises(Refused, match="has not been told yet: a decision where both sides had a part"):
            services.decide(of_user(rui), case.pk, makers.verdict("payer"), LATER)
        services.open_conversation(case.pk, LATER)
        with pytest.raises(Refused, match="their time to answer is still running"):
            services.decide(of_user(rui), case.pk, makers.verdict("payer"), LATER)


class TestSecondPerson:
    def test_nobody_approves_their_own_proposal(self, lead: User, priya: User) -> None:
        case = makers.answered(lead, priya)
        services.decide(of_user(lead), case.pk, makers.verdict(), LATER)
        with pytest.raises(NotAllowed):
            services.approve(of_user(lead), case.pk, LATER)

    def test_billing_staff_propose_and_leads_approve(self, rui: User, lead: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        services.decide(of_user(lead), case.pk, makers.verdict(), LATER)
        with pytest.raises(NotAllowed):
            services.approve(of_user(rui), case.pk, LATER)

    def test_two_approvers_make_one_decision(self, rui: User, lead: User, second_lead: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        services.decide(of_user(rui), case.pk, makers.verdict(), LATER)
        services.approve(of_user(lead), case.pk, LATER)
        with pytest.raises((Refused, WrongState)):
            services.approve(of_user(second_lead), case.pk, LATER)
        assert ProposedAdjustment.objects.count() == 1

    def test_sent_back_it_returns_with_the_reason_and_can_be_proposed_anew(
        self, rui: User, lead: User, priya: User
    ) -> None:
        case = makers.answered(rui, priya)
        services.decide(of_user(rui), case.pk, makers.verdict(), LATER)
        with pytest.raises(Refused, match="Say what"):
            services.send_back(of_user(lead), case.pk, " ", LATER)
        services.send_back(of_user(lead), case.pk, "The calendar shows 53 minutes.", LATER)
        case.refresh_from_db()
        assert case.status == "answered"
        services.decide(of_user(rui), case.pk, makers.verdict("none"), LATER)
        kept = Decision.objects.get(number=1)
        assert (kept.returned_reason, kept.final_at) == ("The calendar shows 53 minutes.", None)

    def test_an_answer_during_the_second_look_is_weighed_first(self, rui: User, lead: User, priya: User) -> None:
        case = makers.in_conversation(rui, priya)
        services.lapse_answers(MUCH_LATER)
        services.decide(of_user(rui), case.pk, makers.verdict(), MUCH_LATER)
        services.post_message(of_user(priya), case.pk, "I was ill.", MUCH_LATER + dt.timedelta(minutes=1))
        case.refresh_from_db()
        assert (case.status, case.answer_late) == ("second_look", True)
        with pytest.raises(Refused, match="Send it back"):
            services.approve(of_user(lead), case.pk, MUCH_LATER + dt.timedelta(minutes=2))
        services.send_back(of_user(lead), case.pk, "An answer came.", MUCH_LATER + dt.timedelta(minutes=3))
        case.refresh_from_db()
        assert case.status == "answered"


class TestAppeal:
    def test_somebody_else_looks_and_the_first_proposal_is_taken_back(
        self, rui: User, lead: User, second_lead: User, priya: User
    ) -> None:
        case = makers.decided(rui, lead, priya)
        services.appeal(of_user(priya), case.pk, "My note shows 55 minutes.", LATER + dt.timedelta(days=1))
        at = LATER + dt.timedelta(days=2)
        case.refresh_from_db()
        decisions = list(case.decisions.all())
        for first in (rui, lead):
            assert "decision" not in policies.allowed_actions(of_user(first), case, decisions)
            with pytest.raises(Refused, match="took part"):
                services.decide(of_user(first), case.pk, makers.verdict("none"), at)
        assert "decision" in policies.allowed_actions(of_user(second_lead), case, decisions)
        services.decide(of_user(second_lead), case.pk, makers.verdict("none"), at)
        first, second = ProposedAdjustment.objects.order_by("created_at")
        assert (second.kind, second.replaces, second.amount) == ("take_back", first, first.amount)
        case.refresh_from_db()
        assert case.status == "decided"
        assert case.appeals.get().decided_at == at

    def test_nobody_who_decided_before_sends_the_answer_back_or_judges_a_second_appeal(
        self, rui: User, lead: User, second_lead: User, priya: User
    ) -> None:
        case = makers.decided(rui, lead, priya)
        at = LATER + dt.timedelta(days=1)
        services.appeal(of_user(priya), case.pk, "My note shows 55 minutes.", at)
        other, third = (builders.user(Role.BILLING, "Other Test"), builders.user(Role.LEAD, "Third Test"))
        services.decide(of_user(other), case.pk, makers.verdict(), at)
        case.refresh_from_db()
        decisions = list(case.decisions.all())
        assert "approve" not in policies.allowed_actions(of_user(lead), case, decisions)
        assert "approve" in policies.allowed_actions(of_user(second_lead), case, decisions)
        with pytest.raises(Refused, match="took part"):
            services.send_back(of_user(lead), case.pk, "It was right as it was.", at)
        services.approve(of_user(second_lead), case.pk, at)
        services.appeal(of_user(priya), case.pk, "Please look at page 2.", at + dt.timedelta(days=1))
        for before in (rui, lead, other, second_lead):
            with pytest.raises(Refused, match="took part"):
                services.decide(of_user(before), case.pk, makers.verdict("none"), at + dt.timedelta(days=2))
        services.decide(of_user(third), case.pk, makers.verdict("none"), at + dt.timedelta(days=2))

    def test_only_the_provider_appeals_and_only_in_time(
        self, rui: User, lead: User, priya: User, colleague: User
    ) -> None:
        case = makers.decided(rui, lead, priya)
        with pytest.raises(NotAllowed):
            services.appeal(of_user(rui), case.pk, "x", LATER)
        with pytest.raises(NotFound):
            services.appeal(of_user(colleague), case.pk, "x", LATER)
        with pytest.raises(Refused, match="business days"):
            services.appeal(of_user(priya), case.pk, "x", case.appeal_until)
        just = case.appeal_until - dt.timedelta(microseconds=1)
        running = [
            clock["running"]
            for at in (just, case.appeal_until)
            for clock in clocks(of_user(rui), case, at)
            if clock["what"] == "Appeal"
        ]
        assert running == [True, False]
        services.appeal(of_user(priya), case.pk, "x", just)

    def test_there_is_nothing_to_appeal_before_a_decision(self, rui: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        with pytest.raises(Refused, match="no decision"):
            services.appeal(of_user(priya), case.pk, "x", LATER)


class TestClosing:
    def test_only_after_the_letter_and_the_time_to_appeal(self, rui: User, lead: User, priya: User) -> None:
        case = makers.decided(rui, lead, priya)
        with pytest.raises(Refused, match="told of the decision"):
            services.close(of_user(rui), case.pk, LATER)
        makers.work(LATER)
        with pytest.raises(Refused, match="time to appeal"):
            services.close(of_user(rui), case.pk, LATER)
        services.close(of_user(rui), case.pk, case.appeal_until)
        case.refresh_from_db()
        assert case.status == "closed"
        assert all(check.done for check in closing_checklist(case, case.appeal_until))

    def test_the_letter_of_a_network_error_opens_with_the_apology_and_the_amount(self, rui: User, priya: User) -> None:
        case = makers.decided(rui, rui, priya, "network")
        makers.work(LATER)
        from disputes.sealed import open_words

        letter = Message.objects.get(case=case, kind="decision")
        words = open_words("case message", letter.pk, letter.body)
        assert words.splitlines()[2].startswith("This was our error, and we are sorry for it. You are paid")
        assert "$142.50" in words.splitlines()[2]

    def test_letters_never_accuse(self, rui: User, lead: User, priya: User) -> None:
        from disputes.sealed import open_words

        makers.decided(rui, lead, priya)
        makers.work(LATER)
        rows = Message.objects.filter(kind__in=["notice", "decision"])
        words = " ".join(open_words("case message", row.pk, row.body).lower() for row in rows)
        assert not [word for word in ("violation", "fraud", "failed to", "immediately") if word in words]


def test_a_case_is_assigned_within_reach(rui: User, faraway: User, lead: User, priya: User) -> None:
    case = makers.answered(rui, priya)
    assert services.assign(of_user(rui), case.pk, lead.pk, LATER).assignee_id == lead.pk
    with pytest.raises(Refused, match="people who work"):
        services.assign(of_user(rui), case.pk, faraway.pk, LATER)
    with pytest.raises(Refused, match="people who work"):
        services.assign(of_user(rui), case.pk, priya.pk, LATER)
    assert services.assign(of_user(rui), case.pk, None, LATER).assignee_id is None
