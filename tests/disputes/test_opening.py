"""What opens a case, what does not, and that one stands per session."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound
from clawguard.events.models import Event
from disputes import services
from disputes.models import Case
from sessions.models import Finding, RulePack, Screening, TherapySession
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(hours=5)


def finding(about: TherapySession, **fields: Any) -> Finding:
    pack = RulePack.objects.get_or_create(digest="p", defaults={"checks": {}, "tables": {}, "first_used_at": NOW})[0]
    number = Finding.objects.filter(session=about).count() + 1
    screening, _ = Screening.objects.get_or_create(
        session=about, revision=1, pack=pack, defaults={"at": NOW, "findings_count": 1}
    )
    given = {
        "check_id": "CG101",
        "check_version": 1,
        "title": "Session too short for the billed code",
        "category": "time",
        "severity": "error",
        "message": "47 minutes are documented.",
        "provider_message": "The session shows 47 minutes.",
        "evidence": {},
        "amount_at_risk": Decimal("142.50"),
        "party_if_confirmed": "provider",
        "suggested_step": "Ask.",
        "source_name": "A source",
        "created_at": NOW,
        "updated_at": NOW,
        **fields,
    }
    return Finding.objects.create(session=about, screening=screening, number=number, **given)


class TestFindings:
    def test_an_error_that_no_document_cures_opens_a_case(self, priya: User) -> None:
        about = makers.session(priya.provider)
        finding(about)
        (case,) = services.open_for_findings([about.pk], NOW)
        assert (case.session_id, case.origin, case.amount_at_risk) == (about.pk, "findings", Decimal("142.50"))

    @pytest.mark.parametrize(
        "fields",
        [{"severity": "warning"}, {"severity": "info"}, {"request_items": ["times"]}, {"status": "dismissed"}],
    )
    def test_anything_less_does_not(self, priya: User, fields: dict[str, Any]) -> None:
        about = makers.session(priya.provider)
        finding(about, **fields)
        assert services.open_for_findings([about.pk], NOW) == []

    def test_several_findings_on_one_claim_do_not_add_up(self, priya: User) -> None:
        about = makers.session(priya.provider)
        finding(about, amount_at_risk=Decimal("90.00"))
        finding(about, check_id="CG201")
        assert services.open_for_findings([about.pk], NOW)[0].amount_at_risk == Decimal("142.50")

    def test_the_same_event_twice_opens_one(self, priya: User) -> None:
        about = makers.session(priya.provider)
        finding(about)
        first = services.open_for_findings([about.pk], NOW)
        assert services.open_for_findings([about.pk], LATER) == []
        assert Case.objects.get() == first[0]
        assert Event.objects.filter(name="case.opened").count() == 1

    def test_a_closed_case_is_not_opened_again_by_what_it_covered(self, rui: User, priya: User) -> None:
        about = makers.session(priya.provider)
        old = finding(about)
        (case,) = services.open_for_findings([about.pk], NOW)
        services.decide(of_user(rui), case.pk, makers.verdict("none"), NOW)
        Case.objects.filter(pk=case.pk).update(status="closed")
        assert services.open_for_findings([about.pk], LATER) == []
        finding(about, check_id="CG301", created_at=LATER)
        assert len(services.open_for_findings([about.pk], LATER)) == 1
        assert old.created_at < LATER

    def test_a_confirmed_finding_opens_one_even_if_a_document_was_asked_for(self, rui: User, priya: User) -> None:
        about = makers.session(priya.provider)
        row = finding(about, request_items=["times"], status="confirmed")
        services.open_for_confirmed(row.pk, NOW)
        case = Case.objects.get()
        assert case.proposals.count() == 1
        assert case.proposals.get().attribution["evidence"]

    def test_a_thousand_sessions_take_no_more_statements_than_ten(
        self, priya: User, django_assert_max_num_queries: Any
    ) -> None:
        sessions = [makers.session(priya.provider) for _ in range(10)]
        for about in sessions:
            finding(about)
        with django_assert_max_num_queries(14):
            assert len(services.open_for_findings([about.pk for about in sessions], NOW)) == 10


class TestByHand:
    def test_pressing_twice_leads_to_the_same_case(self, rui: User, lead: User, priya: User) -> None:
        about = makers.session(priya.provider)
        assert makers.opened(rui, about) == makers.opened(lead, about, LATER)

    def test_out_of_reach_is_not_found_and_readers_do_not_open(self, faraway: User, auditor: User, priya: User) -> None:
        about = makers.session(priya.provider)
        with pytest.raises(NotFound):
            makers.opened(faraway, about)
        for user in (auditor, priya):
            with pytest.raises(NotAllowed):
                makers.opened(user, about)


class TestDisputes:
    def test_no_answer_opens_a_case_on_that_ground(self, rui: User, priya: User) -> None:
        about = makers.session(priya.provider)
        row = makers.dispute(of_user(rui), priya.provider, session=about.external_id)
        services.deliver(row.pk, NOW)
        row.refresh_from_db()
        assert services.lapse_disputes(row.due_at - dt.timedelta(microseconds=1)) == 0
        assert [services.lapse_disputes(row.due_at) for _ in range(2)] == [1, 0]
        makers.work(row.due_at + dt.timedelta(seconds=1))
        case = Case.objects.get()
        assert (case.dispute, case.session, case.clause) == (row, about, "provider.dispute_no_response")

    def test_a_case_without_a_session_has_its_page_too(self, browser_of: Any, rui: User, priya: User) -> None:
        row = makers.dispute(of_user(rui), priya.provider)
        services.deliver(row.pk, NOW)
        services.answer(of_user(priya), row.pk, services.Said(text="They came late."), NOW)
        makers.work(NOW)
        case = Case.objects.get(dispute=row)
        assert "Cancellation fee" in browser_of(rui).get(f"/cases/{case.pk}").content.decode()
        assert browser_of(priya).get(f"/my/cases/{case.pk}").status_code == 200

    def test_a_late_answer_is_kept_and_the_lapse_stays(self, rui: User, priya: User) -> None:
        row = makers.dispute(of_user(rui), priya.provider)
        services.deliver(row.pk, NOW)
        row.refresh_from_db()
        services.lapse_disputes(row.due_at)
        services.answer(of_user(priya), row.pk, services.Said(text="I was away."), row.due_at + dt.timedelta(hours=1))
        row.refresh_from_db()
        assert (row.status, row.answered_late, row.lapsed_at) == ("answered_late", True, row.due_at)

    def test_it_joins_the_standing_case_of_its_session(self, rui: User, priya: User) -> None:
        case = makers.in_conversation(rui, priya)
        row = makers.dispute(of_user(rui), priya.provider, session=case.session.external_id)
        assert services.open_for_dispute(row.pk, LATER) == case

    def test_a_session_out_of_reach_is_told_like_an_unknown_one(self, faraway: User, priya: User) -> None:
        from clawguard.events.errors import Refused

        about = makers.session(priya.provider)
        said = []
        for number in (about.external_id, "S-none"):
            with pytest.raises(Refused) as refused:
                makers.dispute(of_user(faraway), priya.provider, session=number)
            said.append(str(refused.value))
        assert said[0] == said[1]


class TestFacts:
    def test_what_is_stated_later_takes_the_place_of_what_was(self, rui: User, priya: User) -> None:
        from disputes import facts

        case = makers.answered(rui, priya)
        services.add_facts(of_user(rui), case.pk, {"codes_match_notes": True}, LATER)
        services.add_facts(of_user(rui), case.pk, {"codes_match_notes": False}, LATER + dt.timedelta(minutes=1))
        assert facts.gather(case).codes_match_notes is False
        assert case.added_facts.count() == 2

    def test_a_fact_against_the_record_is_a_conflict_people_settle(self, rui: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        services.add_facts(of_user(rui), case.pk, {"contracted_rate": "99.00"}, LATER)
        services.attribute(case.pk, LATER)
        case.refresh_from_db()
        assert case.clause == "open.facts_at_odds"
        assert case.contracted_rate == Decimal("142.50")

    def test_weighing_again_without_news_stores_nothing(self, rui: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        before = case.proposals.count()
        assert services.attribute(case.pk, LATER) is None
        assert case.proposals.count() == before

    def test_the_rate_of_a_case_without_session_can_be_stated(self, rui: User, priya: User) -> None:
        row = makers.dispute(of_user(rui), priya.provider)
        services.deliver(row.pk, NOW)
        case = services.open_for_dispute(row.pk, NOW)
        assert case.contracted_rate is None
        services.add_facts(of_user(rui), case.pk, {"contracted_rate": "75.00"}, LATER)
        services.attribute(case.pk, LATER)
        case.refresh_from_db()
        assert case.contracted_rate == Decimal("75.00")
