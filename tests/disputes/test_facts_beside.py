"""What is stated beside a session, its payer's terms and its remittances, as facts of its case."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from clawguard.domain.case_facts import CaseFacts
from disputes import services
from disputes.facts import gather
from disputes.models import Case
from disputes.selectors.cases import latest_proposal
from sessions import services as sessions
from tests.builders import NOW, npi
from tests.disputes import makers, remit_files
from tests.sessions.rules_makers import published

pytestmark = pytest.mark.django_db


def say(kind: str, **said: Any) -> None:
    sessions.state_body(SYSTEM, {"kind": kind, "source": "roster", **said}, NOW)


@pytest.fixture
def case(rui: User, priya: User) -> Case:
    assert priya.provider is not None
    return makers.opened(rui, makers.session(priya.provider))


def weighed(case: Case, rui: User, **more: Any) -> str:
    if more:
        services.add_facts(of_user(rui), case.pk, more, NOW)
    services.attribute(case.pk, NOW)
    case.refresh_from_db()
    return case.clause


class TestFiling:
    @pytest.fixture(autouse=True)
    def _limit(self, lead: User, second_lead: User) -> None:
        published(lead, second_lead, {"filing_days": 30})  # until 16 October

    @pytest.mark.parametrize(
        ("filed", "clause"), [("2026-10-16", "payer.filed_in_time"), ("2026-10-17", "network.late_filing")]
    )
    def test_a_stated_day_of_filing_decides_a_denial_for_being_late(
        self, case: Case, rui: User, filed: str, clause: str
    ) -> None:
        assert case.session is not None
        say("claim", session=case.session.external_id, filed_on=filed)
        assert weighed(case, rui, carc=["29"]) == clause
        known = gather(case)
        assert known.filing_limit_at == dt.datetime(2026, 10, 17, 3, 59, 59, tzinfo=dt.UTC)

    def test_the_day_the_payer_received_it_comes_before_what_we_say(self, case: Case, rui: User) -> None:
        assert case.session is not None
        said = case.session.external_id
        say("claim", session=said, filed_on="2026-10-20")
        first = remit_files.claim(said, "142.50", "1", received=dt.date(2026, 10, 12))
        again = remit_files.claim(said, "0.00", "4", "CO:29:180.00", received=dt.date(2026, 10, 20))
        remit_files.imported(remit_files.payment("T-1", first), remit_files.payment("T-2", again))
        assert weighed(case, rui, carc=["29"]) == "payer.filed_in_time"
        assert gather(case).evidence("claim_submitted_at").source == "Remittance: the day the payer received the claim"

    def test_a_moment_that_a_person_adds_is_surer_than_the_day(self, case: Case, rui: User) -> None:
        assert case.session is not None
        say("claim", session=case.session.external_id, filed_on="2026-10-10")
        facts = {"claim_submitted_at": "2026-10-10T15:00:00-04:00", "filing_limit_at": "2026-10-12T23:59:59-04:00"}
        assert weighed(case, rui, carc=["29"], **facts) == "payer.filed_in_time"
        assert gather(case).conflicts == ()

    def test_without_a_limit_and_a_day_nothing_is_said(self, case: Case, rui: User, lead: User) -> None:
        assert gather(case).claim_submitted_at is None


def test_without_a_limit_of_the_payer_there_is_none(case: Case) -> None:
    assert gather(case).filing_limit_at is None


class TestTheRate:
    def test_the_contracts_rate_is_known_where_the_session_tells_none(self, rui: User, priya: User) -> None:
        assert priya.provider is not None
        case = makers.opened(rui, makers.session(priya.provider, contracted_rate=None))
        say("rate", provider=npi(1), code="90837", amount="130.00", payer_id="99999")
        assert gather(case).contracted_rate is None
        say("rate", provider=npi(1), code="90837", amount="150.00", payer_id="60054")
        weighed(case, rui)
        assert case.contracted_rate == gather(case).contracted_rate == Decimal("150.00")

    def test_the_sessions_own_comes_first(self, case: Case) -> None:
        say("rate", provider=npi(1), code="90837", amount="150.00")
        known = gather(case)
        assert (known.contracted_rate, known.conflicts) == (Decimal("142.50"), ())


def authorized(case: Case) -> CaseFacts:
    said = {"client": "C-1", "required": True, "obtained": True, "known_at_booking": True}
    say("authorization", **said, payer_id="99999")
    return gather(case)


def test_an_authorization_of_another_payer_is_none_of_this_one(case: Case, rui: User) -> None:
    assert authorized(case).authorization_obtained is None
    assert weighed(case, rui, carc=["197"]) == "open.facts_missing"
    say("authorization", client="C-1", obtained=True, payer_id="60054")
    assert weighed(case, rui) == "payer.authorization_on_file"


@pytest.mark.parametrize(
    ("said", "actual", "ended_on"),
    [
        ([{"from": "2026-01-01", "to": "2026-09-30"}, {"from": "2026-10-01"}], "active", None),  # a renewal
        ([{"from": "2026-10-01"}], "inactive", None),
        ([{"from": "2026-01-01"}, {"to": "2026-09-01"}], "inactive", dt.date(2026, 9, 1)),  # it ended after all
        ([{"from": "2026-01-01"}, {"from": "2026-09-01", "status": "inactive"}], "inactive", dt.date(2026, 8, 31)),
        ([{"from": "2026-01-01"}, {"from": "2026-10-01", "status": "inactive"}], "active", None),
    ],
)
def test_a_renewal_says_nothing_of_the_days_before_it(
    case: Case, said: list[dict[str, str]], actual: str, ended_on: dt.date | None
) -> None:
    for each in said:
        say("eligibility", **{"client": "C-1", "status": "active", **each})
    known = gather(case)
    assert (known.eligibility_actual, known.ended_on) == (actual, ended_on)


class TestEnrollment:
    @pytest.mark.parametrize(
        ("said", "actual"),
        [
            ({"from": "2026-09-17"}, "out"),
            ({"to": "2026-09-15"}, "out"),
            ({"status": "not_enrolled"}, "out"),
            ({"from": "2026-09-16", "to": "2026-09-16"}, None),  # of the client's plan that says nothing
            ({"from": "2026-09-17", "payer_id": "99999"}, None),
        ],
    )
    def test_who_is_not_enrolled_is_out_of_network(self, case: Case, said: dict[str, str], actual: str | None) -> None:
        say("enrollment", **{"provider": npi(1), "payer_id": "60054", **said})
        assert gather(case).network_status_actual == actual

    def test_it_decides_what_the_client_was_told_wrongly(self, case: Case, rui: User) -> None:
        say("enrollment", provider=npi(1), payer_id="60054", status="not_enrolled")
        assert weighed(case, rui) == "open.facts_missing"  # what was the client told?
        assert weighed(case, rui, network_status_told="in") == "network.status_told_wrong"
        assert gather(case).evidence("network_status_actual").source == "Stated facts"


class TestTheCodePicker:
    @pytest.mark.parametrize(
        ("said", "offered"),
        [
            ([{"offered": True}], True),
            ([{"offered": True, "code": "90837"}], True),
            ([{"offered": True, "code": "F33.1"}], True),
            ([{"offered": True, "code": "90834"}], None),  # not billed, or no more since a correction
            ([{"offered": False}], False),
            ([{"offered": False, "code": "90837"}], None),  # of the diagnosis nobody said anything
            ([{"offered": False, "code": "90837"}, {"offered": False, "code": "F331"}], False),
            ([{"offered": False, "code": "90837"}, {"offered": True, "code": "F331"}], True),
            ([{"offered": True, "code": "90837"}, {"offered": False, "code": "90837"}], None),
        ],
    )
    def test_what_it_offered_of_the_codes_billed(
        self, case: Case, said: list[dict[str, Any]], offered: bool | None
    ) -> None:
        assert case.session is not None
        for each in said:
            say("picker", session=case.session.external_id, **each)
        assert gather(case).code_offered_by_network is offered

    def test_a_stated_pick_is_read_with_its_source_and_weighs_the_case(self, case: Case, rui: User) -> None:
        assert case.session is not None
        assert weighed(case, rui, carc=["181"]) == "open.facts_missing"
        say("picker", session=case.session.external_id, offered=True, code="90837")
        makers.work(NOW)  # stating has the session looked at again, and its case weighed
        proposal = latest_proposal(case)
        assert proposal is not None
        assert "network.code_offered" in proposal.attribution["grounds"]
        assert gather(case).evidence("code_offered_by_network").source == "Stated facts"
