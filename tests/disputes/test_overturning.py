"""A decision that does not stand on appeal takes the findings it rested on with it, and no others."""

from __future__ import annotations

import datetime as dt

import pytest

from clawguard.accounts.actors import of_user
from clawguard.events.models import Event
from disputes import services
from disputes.facts import evidence
from sessions import services as sessions
from sessions.models import Finding
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
DECIDED = NOW + 5 * HOUR
ANSWERED = NOW + 8 * HOUR


def confirmed(case, rui):
    sessions.look_again(case.session_id, NOW)
    finding = Finding.objects.get(session=case.session, check_id="CG101")
    sessions.confirm_finding(of_user(rui), finding.pk, "", NOW)
    services.attribute(case.pk, NOW)
    return finding


def decided_on(cited, rui, lead, priya):
    """A provider-error decision of a case with a confirmed finding, resting on the facts named."""
    case = makers.answered(rui, priya)
    finding = confirmed(case, rui)
    assert {"coding_findings", "date_of_service"} <= {fact["fact"] for fact in evidence(case)}
    services.decide(of_user(rui), case.pk, makers.verdict(evidence=cited), NOW + 4 * HOUR)
    services.approve(of_user(lead), case.pk, DECIDED)
    services.appeal(of_user(priya), case.pk, "The times are on page 2.", DECIDED + HOUR)
    return case, finding


def answer_appeal(case, party, second, third):
    services.decide(of_user(second), case.pk, makers.verdict(party), ANSWERED)
    if party == "provider":
        services.approve(of_user(third), case.pk, ANSWERED)
    event = Event.objects.filter(name="case.decided", subject_id=str(case.pk)).latest("pk")
    return services.overturn_findings(event.payload["decision"], ANSWERED + HOUR)


@pytest.fixture
def third(db):
    from clawguard.accounts.models import Role
    from tests import builders

    return builders.user(Role.LEAD, "Third Test")


def test_what_it_rested_on_is_overturned_as_of_the_decision(rui, lead, second_lead, third, priya):
    case, finding = decided_on(("coding_findings",), rui, lead, priya)
    assert answer_appeal(case, "none", second_lead, third) == 1
    finding.refresh_from_db()
    assert finding.status == "overturned"
    assert Event.objects.get(name="finding.overturned").at == ANSWERED
    event = Event.objects.filter(name="case.decided").latest("pk")
    assert services.overturn_findings(event.payload["decision"], ANSWERED + HOUR) == 0


def test_a_finding_it_did_not_rest_on_stays(rui, lead, second_lead, third, priya):
    case, finding = decided_on(("date_of_service",), rui, lead, priya)
    assert answer_appeal(case, "none", second_lead, third) == 0
    finding.refresh_from_db()
    assert finding.status == "confirmed"


def test_a_decision_that_stands_leaves_its_findings_standing(rui, lead, second_lead, third, priya):
    case, finding = decided_on(("coding_findings",), rui, lead, priya)
    assert answer_appeal(case, "provider", second_lead, third) == 0
    finding.refresh_from_db()
    assert finding.status == "confirmed"


def test_a_first_decision_overturns_nothing(rui, priya):
    case = makers.answered(rui, priya)
    confirmed(case, rui)
    decision = services.decide(of_user(rui), case.pk, makers.verdict("none"), NOW + 4 * HOUR)
    assert services.overturn_findings(decision.pk, NOW) == 0


def test_the_background_hears_of_it(rui, lead, second_lead, priya):
    case, finding = decided_on(("coding_findings",), rui, lead, priya)
    services.decide(of_user(second_lead), case.pk, makers.verdict("none"), ANSWERED)
    makers.work(ANSWERED)
    finding.refresh_from_db()
    assert finding.status == "overturned"


def test_dismissing_a_finding_weighs_its_case_anew(rui, priya):
    case = makers.in_conversation(rui, priya)
    finding = confirmed(case, rui)
    before = case.proposals.count()
    sessions.dismiss_finding(of_user(rui), finding.pk, "", NOW + HOUR, code="check_mistaken")
    makers.work(NOW + HOUR)
    assert case.proposals.count() == before + 1
