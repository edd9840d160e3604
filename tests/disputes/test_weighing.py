"""What the rows of a case become in its facts, and that a case is weighed again when one of them changes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from clawguard import clock
from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from clawguard.domain.case_facts_json import plain
from clawguard.events.errors import Refused
from disputes import facts, services
from disputes.models import Case, Dispute
from notes import services as notes
from notes.models import Outage
from notes.services import record_outage
from sessions import services as sessions
from sessions.models import Finding
from tests import world
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


def waits(case: Case, at: dt.datetime) -> str:
    """The clause of the newest proposal once everything in the background was done at ``at``."""
    makers.work(at)
    case.refresh_from_db()
    return case.proposals.order_by("-number").values_list("attribution__clause", flat=True)[0]


class TestWeighedAgain:
    def test_a_correction_that_cures_what_a_decision_rests_on_is_pointed_out(
        self, rui: User, lead: User, priya: User
    ) -> None:
        about = world.screened(minutes=47)
        finding = Finding.objects.get(session=about, check_id="CG101")
        sessions.confirm_finding(of_user(rui), finding.pk, "", NOW)
        makers.work(NOW)
        case = Case.objects.get(session=about)
        services.open_conversation(case.pk, NOW)
        services.post_message(of_user(priya), case.pk, "The end is wrong.", NOW + HOUR)
        services.decide(of_user(rui), case.pk, makers.verdict(evidence=("coding_findings",)), NOW + 2 * HOUR)
        services.approve(of_user(lead), case.pk, NOW + 3 * HOUR)
        assert waits(case, NOW + 4 * HOUR) == "provider.coding"
        assert case.decision_doubted_at is None
        end = (about.end + 9 * dt.timedelta(minutes=1)).isoformat()
        sessions.correct(SYSTEM, about.pk, {"end": end}, NOW + DAY)
        assert waits(case, NOW + DAY) != "provider.coding"
        assert (case.status, case.party, case.decision_doubted_at) == ("decided", "provider", NOW + DAY)

    def test_each_step_of_a_dispute_of_its_session(self, rui: User, priya: User) -> None:
        case = makers.in_conversation(rui, priya)
        assert case.session is not None
        makers.work(NOW)
        row = makers.dispute(of_user(rui), case.provider, session=case.session.external_id)
        assert waits(case, NOW) == "open.waiting_for_answer"
        services.withdraw(of_user(rui), row.pk, "The client called it off.", NOW + HOUR)
        assert waits(case, NOW + HOUR) != "open.waiting_for_answer"
        makers.dispute(of_user(rui), case.provider, NOW + DAY, session=case.session.external_id)
        assert waits(case, NOW + DAY) == "open.waiting_for_answer"
        services.concede(of_user(priya), Dispute.objects.latest("opened_at").pk, NOW + DAY + HOUR)
        assert waits(case, NOW + DAY + HOUR) == "open.no_ground"

    def test_time_that_an_outage_gave_a_dispute_is_waited_for_and_no_longer(
        self, rui: User, lead: User, priya: User
    ) -> None:
        case, row = disputed(rui, priya)
        due = row.due_at
        assert due is not None
        services.lapse_disputes(due)
        assert waits(case, due) == "provider.dispute_no_response"
        record_outage(of_user(lead), due - 2 * HOUR, due - HOUR, "The web servers were unreachable.", due + HOUR)
        assert waits(case, due + HOUR) == "open.waiting_for_answer"
        row.refresh_from_db()
        assert row.excused_until is not None
        assert waits(case, row.excused_until) == "provider.dispute_no_response"

    def test_a_notes_request_that_is_delivered_and_withdrawn(self, rui: User, priya: User, settings: Any) -> None:
        settings.MOVABLE_CLOCK = True
        about = makers.session(priya.provider)  # type: ignore[arg-type]
        case = makers.opened(rui, about)
        assert waits(case, NOW) == "open.no_ground"
        asked = [notes.Asked("progress_note")]
        request = notes.open_request(of_user(rui), about.pk, asked, "Please send the note.", NOW)
        with clock.pretend(NOW):  # a delivery is dated when the mail server took it
            assert waits(case, NOW) == "open.waiting_for_answer"
        notes.withdraw(of_user(rui), request.pk, "Not needed.", NOW + HOUR)
        assert waits(case, NOW + HOUR) != "open.waiting_for_answer"

    def test_a_pause_of_its_clock_and_an_item_that_was_found_enough(
        self, rui: User, lead: User, priya: User, settings: Any
    ) -> None:
        settings.MOVABLE_CLOCK = True
        about = makers.session(priya.provider)  # type: ignore[arg-type]
        case = makers.opened(rui, about)
        asked = [notes.Asked("progress_note")]
        request = notes.open_request(of_user(rui), about.pk, asked, "Please send the note.", NOW)
        with clock.pretend(NOW):
            makers.work(NOW)
        before = case.proposals.count()
        notes.pause_clock(of_user(lead), request.pk, "our_answer", "", None, NOW + HOUR)
        with clock.pretend(NOW + HOUR):
            makers.work(NOW + HOUR)
        assert case.proposals.count() == before + 1
        words = notes.Answer(uuid4(), explanation="The client arrived late.", attested=True, no_process_notes=True)
        notes.submit_answer(of_user(priya), request.pk, words, NOW + 2 * HOUR)
        assert waits(case, NOW + 2 * HOUR) == "open.waiting_for_answer"
        notes.accept_item(of_user(rui), request.pk, 1, NOW + 3 * HOUR)
        assert waits(case, NOW + 3 * HOUR) == "open.no_ground"

    def test_many_screened_sessions_without_a_case_take_no_more_statements(
        self, priya: User, django_assert_max_num_queries: Any
    ) -> None:
        rows = [makers.session(priya.provider) for _ in range(20)]  # type: ignore[arg-type]
        with django_assert_max_num_queries(5):
            assert services.open_for_findings([row.pk for row in rows], NOW) == []


class TestAddedFacts:
    CHECKED, LATER = "2026-09-15T10:00:00-04:00", "2026-09-16T08:00:00-04:00"

    @pytest.mark.parametrize(
        ("first", "then", "name", "value"),
        [
            (
                {"checked_at": CHECKED},
                {"eligibility_shown": {"value": "active", "checked_at": LATER}},
                "checked_at",
                LATER,
            ),
            (
                {"eligibility_shown": {"value": "active", "checked_at": CHECKED}},
                {"checked_at": LATER},
                "checked_at",
                LATER,
            ),
            (
                {"eligibility_shown": {"value": "active", "checked_at": CHECKED}},
                {"eligibility_shown": "inactive"},
                "checked_at",
                None,
            ),
            ({"checked_at": CHECKED}, {"eligibility_shown": "active"}, "checked_at", CHECKED),
            (
                {"ended_on": "2026-09-01"},
                {"eligibility_actual": {"value": "inactive", "ended_on": "2026-09-02"}},
                "ended_on",
                "2026-09-02",
            ),
            (
                {"eligibility_actual": {"value": "inactive", "retroactive": True}},
                {"retroactive": False},
                "retroactive",
                False,
            ),
        ],
    )
    def test_the_newer_one_counts_also_where_it_was_told_beside_another(
        self, rui: User, priya: User, first: dict[str, Any], then: dict[str, Any], name: str, value: Any
    ) -> None:
        case = makers.in_conversation(rui, priya)
        services.add_facts(of_user(rui), case.pk, first, NOW)
        services.add_facts(of_user(rui), case.pk, then, NOW + HOUR)
        assert plain(facts.gather(case).value(name)) == value
        services.attribute(case.pk, NOW + HOUR)

    @pytest.mark.parametrize(
        "given", [None, {}, {"value": None, "source": "A call"}, {"value": None, "checked_at": None}]
    )
    def test_a_fact_without_a_value_is_refused(self, rui: User, priya: User, given: Any) -> None:
        case = makers.in_conversation(rui, priya)
        with pytest.raises(Refused, match="Give a value for eligibility_shown") as said:
            services.add_facts(of_user(rui), case.pk, {"codes_match_notes": True, "eligibility_shown": given}, NOW)
        assert (said.value.code, said.value.pointer) == ("missing", "/facts/eligibility_shown")
        assert not case.added_facts.exists()


class TestTheRate:
    def test_it_follows_a_correction_until_a_decision_is_final(self, rui: User, priya: User) -> None:
        about = world.screened(contracted_rate="142.50")
        case = makers.opened(rui, about)
        makers.work(NOW)
        services.open_conversation(case.pk, NOW)
        services.post_message(of_user(priya), case.pk, "Nothing to add.", NOW + HOUR)
        sessions.correct(SYSTEM, about.pk, {"contracted_rate": "150.00"}, NOW + HOUR)
        makers.work(NOW + HOUR)
        decision = services.decide(of_user(rui), case.pk, makers.verdict("network"), NOW + 2 * HOUR)
        assert decision.amount == Decimal("150.00")
        sessions.correct(SYSTEM, about.pk, {"contracted_rate": "160.00"}, NOW + DAY)
        makers.work(NOW + DAY)
        case.refresh_from_db()
        assert case.contracted_rate == Decimal("150.00")

    def test_one_that_was_stated_can_be_stated_anew(self, rui: User, priya: User) -> None:
        row = makers.dispute(of_user(rui), priya.provider)  # type: ignore[arg-type]
        services.deliver(row.pk, NOW)
        case = services.open_for_dispute(row.pk, NOW)
        for rate in ("75.00", "80.00"):
            services.add_facts(of_user(rui), case.pk, {"contracted_rate": rate}, NOW)
            assert clause(case, NOW) != "open.facts_at_odds"
            assert case.contracted_rate == Decimal(rate)

    def test_one_stated_after_a_decision_waits_for_none(self, rui: User, priya: User, lead: User) -> None:
        assert priya.provider is not None
        about = makers.session(priya.provider, contracted_rate=None)
        case = makers.opened(rui, about)
        services.decide(of_user(rui), case.pk, makers.verdict("none"), NOW)
        services.add_facts(of_user(rui), case.pk, {"contracted_rate": "75.00"}, NOW + HOUR)
        services.attribute(case.pk, NOW + HOUR)
        case.refresh_from_db()
        assert case.contracted_rate is None
