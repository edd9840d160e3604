"""Appeals where few people are left who took no part: who may is told, and where nobody may, whom to ask."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import Role, User
from clawguard.events.errors import Refused
from disputes import services
from disputes.models import Case, Decision
from disputes.selectors.timeline import timeline
from tests import builders
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(hours=5)
STUCK = "Nobody is left who could look at it."


def test_whoever_may_not_look_at_it_is_told_who_may(
    rui: User, lead: User, second_lead: User, faraway: User, priya: User
) -> None:
    case = makers.decided(rui, lead, priya)
    services.appeal(of_user(priya), case.pk, "My note shows 55 minutes.", LATER + dt.timedelta(days=1))
    with pytest.raises(Refused) as refused:
        services.decide(of_user(rui), case.pk, makers.verdict("none"), LATER + dt.timedelta(days=2))
    assert str(refused.value) == (
        f"You took part in a decision of this case. Somebody else looks at the appeal: {second_lead.name}."
    )  # of another team, faraway has no reach


def test_with_nobody_left_the_page_and_the_refusal_say_whom_to_ask(
    rui: User, lead: User, priya: User, browser_of: Any
) -> None:
    case = makers.decided(rui, lead, priya)
    services.appeal(of_user(priya), case.pk, "My note shows 55 minutes.", LATER + dt.timedelta(days=1))
    with pytest.raises(Refused, match=r"Nobody is left to look at the appeal\. Ask an administrator to add"):
        services.decide(of_user(lead), case.pk, makers.verdict("none"), LATER + dt.timedelta(days=2))
    page = browser_of(lead).get(f"/cases/{case.pk}").content.decode()
    assert "Nobody is left to look at the appeal" in page


def test_where_no_two_are_left_a_provider_error_is_not_proposed_and_any_other_decision_is_open(
    rui: User, lead: User, second_lead: User, priya: User, browser_of: Any
) -> None:
    case = makers.decided(rui, lead, priya)
    at = LATER + dt.timedelta(days=1)
    services.appeal(of_user(priya), case.pk, "My note shows 55 minutes.", at)
    page = browser_of(second_lead).get(f"/cases/{case.pk}").content.decode()
    assert "A provider error cannot be confirmed here" in page and f"Left: {second_lead.name}." in page
    with pytest.raises(Refused, match="no lead is left") as refused:
        services.decide(of_user(second_lead), case.pk, makers.verdict(), at)
    assert refused.value.code == "no_second_person"
    case.refresh_from_db()
    assert case.status == "appealed"
    third = builders.user(Role.LEAD, "Third Test")
    page = browser_of(second_lead).get(f"/cases/{case.pk}").content.decode()
    assert "cannot be confirmed" not in page
    services.decide(of_user(second_lead), case.pk, makers.verdict(), at)
    case.refresh_from_db()
    assert case.status == "second_look"
    User.objects.filter(pk=third.pk).update(is_active=False)
    page = browser_of(rui).get(f"/cases/{case.pk}").content.decode()
    assert "Nobody is left who may agree" in page and f"Or {second_lead.name} takes the proposal back." in page
    services.withdraw_proposal(of_user(second_lead), case.pk, STUCK, at)
    case.refresh_from_db()
    assert case.status == "appealed"  # where it was, with its appeal still open
    services.decide(of_user(second_lead), case.pk, makers.verdict("none"), at)


class TestAProposalWhoseLastSecondPersonLeft:
    @pytest.fixture
    def case(self, rui: User, lead: User, priya: User) -> Case:
        """Proposed by Rui; the one lead there is leaves before looking at it."""
        row = makers.answered(rui, priya)
        services.decide(of_user(rui), row.pk, makers.verdict(), LATER)
        User.objects.filter(pk=lead.pk).update(is_active=False)
        row.refresh_from_db()
        return row

    def test_the_page_says_whom_it_takes_whom_to_ask_and_who_may_do_what(
        self, case: Case, rui: User, browser_of: Any
    ) -> None:
        page = browser_of(rui).get(f"/cases/{case.pk}").content.decode()
        assert "It takes a lead who did not propose it" in page and "Ask an administrator to add one" in page
        assert f"Or {rui.name} takes the proposal back." in page
        assert f"Who may decide what needs no second person, once it is back: {rui.name}." in page
        assert "A lead who did not propose it looks at it" not in page

    def test_nothing_of_it_is_said_while_somebody_may_agree(self, case: Case, rui: User, browser_of: Any) -> None:
        builders.user(Role.LEAD, "Third Test")
        page = browser_of(rui).get(f"/cases/{case.pk}").content.decode()
        assert "Nobody is left" not in page
        assert "A lead who did not propose it looks at it" in page

    def test_with_the_proposer_gone_as_well_an_administrator_is_all_that_is_left(
        self, case: Case, rui: User, auditor: User, browser_of: Any
    ) -> None:
        User.objects.filter(pk=rui.pk).update(is_active=False)
        page = browser_of(auditor).get(f"/cases/{case.pk}").content.decode()
        assert "Ask an administrator to add one" in page
        assert "takes the proposal back" not in page and "once it is back" not in page

    def test_whoever_proposed_it_takes_it_back_and_the_history_keeps_it(
        self, case: Case, rui: User, browser_of: Any
    ) -> None:
        browser, page = browser_of(rui), f"/cases/{case.pk}"
        form = f"{page}/withdraw-proposal"
        assert f'action="{form}"' in browser.get(page).content.decode()
        assert browser.post(form, {"reason": " "}).status_code == 422
        browser.post(form, {"reason": STUCK})
        case.refresh_from_db()
        assert case.status == "answered" and case.decide_by is not None
        row = Decision.objects.get()
        assert (row.returned_reason, row.second_by, row.final_at) == (STUCK, None, None)
        shown = browser.get(page).content.decode()
        assert "Taken back" in shown and STUCK in shown and form not in shown
        last = [entry for entry in timeline(of_user(rui), case) if entry["name"] == "case.decision_returned"]
        assert [(entry["actor"], entry["detail"]) for entry in last] == [(rui.name, "whoever proposed it withdrew it")]
        services.decide(of_user(rui), case.pk, makers.verdict("none"), LATER + dt.timedelta(hours=2))
        case.refresh_from_db()
        assert case.status == "decided"

    def test_nobody_else_does_and_not_twice(self, case: Case, rui: User, priya: User) -> None:
        other = builders.user(Role.LEAD, "Third Test")
        for actor in (of_user(other), of_user(priya)):
            with pytest.raises(NotAllowed):
                services.withdraw_proposal(actor, case.pk, STUCK, LATER)
        services.withdraw_proposal(of_user(rui), case.pk, STUCK, LATER)
        with pytest.raises(Refused) as refused:
            services.withdraw_proposal(of_user(rui), case.pk, STUCK, LATER)
        assert refused.value.code == "nothing_waits"

    def test_a_proposal_that_was_agreed_to_is_a_decision_and_stays(self, case: Case, rui: User) -> None:
        other = builders.user(Role.LEAD, "Third Test")
        services.approve(of_user(other), case.pk, LATER)
        with pytest.raises(Refused, match="No decision of this case waits"):
            services.withdraw_proposal(of_user(rui), case.pk, STUCK, LATER)
