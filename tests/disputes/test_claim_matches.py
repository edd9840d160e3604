"""Which session a claim is about: by numbers, by likeness, by people; and what people said is remembered."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound, Refused
from disputes.models import ClaimMatch, RememberedMatch
from disputes.selectors import remittances as selectors
from disputes.services import remittances
from sessions.models import TherapySession
from tests.builders import NOW, npi
from tests.disputes import makers
from tests.disputes.remit_files import DAY, claim, imported, payment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path / "data"


@pytest.fixture
def about(priya: User) -> TherapySession:
    return makers.session(priya.provider, external_id="S-1")


def match_of(claim_id: str = "", **changes: Any) -> ClaimMatch:
    """The match of the one claim of a new payment."""
    imported(payment(f"T-{claim_id}-{ClaimMatch.objects.count()}", claim(claim_id, **changes)))
    return ClaimMatch.objects.select_related("claim").order_by("-claim_id").first()


class TestNumbers:
    def test_the_claim_id_is_the_sessions_id(self, about: TherapySession) -> None:
        match = match_of("S-1")
        assert (match.session, match.how, match.score, match.provider) == (about, "claim_id", 100, about.provider)

    def test_a_claim_of_several_days_became_a_session_a_day(self, priya: User) -> None:
        first = makers.session(priya.provider, external_id=f"S-7-{DAY:%Y%m%d}")
        assert match_of("S-7").session == first

    def test_the_right_number_on_another_day_is_for_a_person(self, about: TherapySession) -> None:
        match = match_of("S-1", date=DAY + dt.timedelta(days=30), member_id="C-else", rendering_npi=npi(5))
        assert match.session is None and match.candidates == [{"session": str(about.pk), "score": 50}]

    def test_the_payers_number_of_an_earlier_claim(self, about: TherapySession) -> None:
        match_of("S-1", payer_claim_id="ICN-1")
        match = match_of("other", payer_claim_id="ICN-1", member_id="C-else", rendering_npi=npi(5))
        assert (match.session, match.how) == (about, "payer_claim_id")

    def test_the_same_number_of_another_payer_is_another_number(self, about: TherapySession) -> None:
        match_of("S-1", payer_claim_id="ICN-1")
        other = claim("other", payer_claim_id="ICN-1", member_id="C-else", rendering_npi=npi(5))
        from clawguard.domain.x12.remittance import RemitParty

        imported(payment("T-other", other, payer=RemitParty("ANOTHER", "XV", "11111")))
        assert ClaimMatch.objects.get(claim__claim_id="other").session is None

    def test_the_id_of_a_service_line(self, about: TherapySession) -> None:
        from dataclasses import replace

        plain = claim("batch-77", member_id="C-else", rendering_npi=npi(5))
        line = replace(plain.lines[0], control_number="S-1")
        imported(payment("T-l", replace(plain, lines=(line,))))
        match = ClaimMatch.objects.get()
        assert (match.session, match.how) == (about, "line_ref")


class TestLikeness:
    def test_the_same_client_day_code_and_charge(self, about: TherapySession) -> None:
        match = match_of("ours-1")
        assert (match.session, match.how, match.score) == (about, "likeness", 100)

    def test_two_alike_are_for_a_person(self, priya: User, about: TherapySession) -> None:
        second = makers.session(priya.provider, external_id="S-2")
        match = match_of("ours-1")
        assert match.session is None
        assert {each["session"] for each in match.candidates} == {str(about.pk), str(second.pk)}

    def test_without_the_client_it_is_doubtful(self, about: TherapySession) -> None:
        match = match_of("ours-1", member_id=None)
        assert match.session is None and match.candidates == [{"session": str(about.pk), "score": 55}]
        assert match.provider == about.provider

    def test_nothing_alike(self, about: TherapySession) -> None:
        match = match_of("ours-1", member_id="C-else", rendering_npi=npi(5))
        assert (match.session, match.candidates, match.provider) == (None, [], None)

    def test_a_reversal_is_compared_by_the_size_of_its_charge(self, about: TherapySession) -> None:
        assert match_of("ours-1", paid="-142.50", status="22").score == 100

    def test_a_thousand_claims_take_no_more_statements_than_ten(
        self, priya: User, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(30):
            makers.session(priya.provider, external_id=f"S-{number}", client=f"C-{number}")
        claims = [claim(f"x-{number}", member_id=f"C-{number}") for number in range(30)]
        with django_assert_max_num_queries(45):
            imported(payment("T-many", *claims))
        assert ClaimMatch.objects.filter(how="likeness").count() == 30


class TestLater:
    def test_a_session_that_comes_after_its_payment_is_found(self, priya: User) -> None:
        match_of("S-1")
        about = makers.session(priya.provider, external_id="S-1")
        assert remittances.match_waiting(NOW + dt.timedelta(minutes=59)) == 0
        assert remittances.match_waiting(NOW + dt.timedelta(minutes=61)) == 1
        assert ClaimMatch.objects.get().session == about
        assert remittances.match_waiting(NOW + dt.timedelta(hours=9)) == 0

    def test_what_waits_for_long_is_tried_once_a_day(self) -> None:
        match = match_of("S-404")
        later = NOW + dt.timedelta(days=3)
        for moment, tried in ((later, later), (later + dt.timedelta(hours=2), later)):
            remittances.match_waiting(moment)
            match.refresh_from_db()
            assert match.tried_at == tried


class TestPeople:
    def test_what_a_person_chose_holds_for_the_payers_later_files(self, rui: User, about: TherapySession) -> None:
        match = match_of("odd", date=DAY + dt.timedelta(days=30), payer_claim_id="ICN-9")
        remittances.match_by_hand(of_user(rui), match.pk, "S-1", "The payer moved the date.", NOW)
        match.refresh_from_db()
        assert (match.session, match.how, match.by_name, match.reason, match.at) == (
            about, "person", "Rui Test", "The payer moved the date.", NOW,
        )  # fmt: skip
        later = match_of("odd", paid="-142.50", status="22", date=DAY + dt.timedelta(days=30), payer_claim_id="ICN-9")
        assert (later.session, later.how) == (about, "remembered")
        assert RememberedMatch.objects.count() == 2

    def test_others_that_wait_with_the_same_number_follow_at_once(self, rui: User, about: TherapySession) -> None:
        day = DAY + dt.timedelta(days=30)
        first, second = match_of("odd", date=day), match_of("odd", paid="-142.50", status="22", date=day)
        remittances.match_by_hand(of_user(rui), first.pk, "S-1", "Looked it up.", NOW)
        second.refresh_from_db()
        assert (second.session, second.how) == (about, "remembered")

    def test_setting_aside_is_remembered_too(self, lead: User) -> None:
        match = match_of("not-ours", member_id="C-else", rendering_npi="")
        remittances.set_aside(of_user(lead), match.pk, "Seen outside the network.", NOW)
        assert selectors.waiting_count(of_user(lead)) == 0
        assert match_of("not-ours", member_id="C-else", rendering_npi="").how == "set_aside"

    def test_an_account_that_claims_share_means_the_session_on_its_day_only(
        self, lead: User, about: TherapySession
    ) -> None:
        of_account = {"member_id": "C-else", "rendering_npi": npi(5)}
        said, waits = (
            match_of("account", payer_claim_id=f"ICN-{day}", date=DAY + dt.timedelta(days=day), **of_account)
            for day in (30, 37)
        )
        remittances.match_by_hand(of_user(lead), said.pk, "S-1", "Looked it up; the payer moved the date.", NOW)
        waits.refresh_from_db()
        assert waits.waits
        for day, session in ((DAY + dt.timedelta(days=30), about), (DAY, about), (DAY + dt.timedelta(days=37), None)):
            assert match_of("account", payer_claim_id=f"ICN-{day}", date=day, **of_account).session == session
        of_another = {**of_account, "member_id": "C-another"}
        assert match_of("account", payer_claim_id="ICN-another", **of_another).waits

    @pytest.mark.parametrize(
        ("other", "follows"),
        [
            ({}, True),  # a correction under a new number of the payer
            ({"date": DAY + dt.timedelta(days=1)}, False),
            ({"member_id": "C-another"}, False),
            ({"date": None, "lines": ()}, False),
            ({"payer_claim_id": "ICN-1"}, True),
            ({"payer_claim_id": "ICN-1", "date": DAY + dt.timedelta(days=1)}, False),
        ],
    )
    def test_setting_aside_one_claim_0_sets_no_other_claim_0_aside(
        self, lead: User, other: dict[str, Any], follows: bool
    ) -> None:
        not_ours = {"member_id": "C-else", "rendering_npi": npi(5)}
        said = match_of("0", payer_claim_id="ICN-1", **not_ours)
        stands = match_of("0", **{"payer_claim_id": "ICN-2", **not_ours, **other})
        remittances.set_aside(of_user(lead), said.pk, "Seen outside the network.", NOW)
        stands.refresh_from_db()
        assert stands.how == ("set_aside" if follows else "")
        assert match_of("0", **{"payer_claim_id": "ICN-3", **not_ours, **other}).how == stands.how

    def test_reach_roles_and_reasons(
        self, rui: User, faraway: User, auditor: User, colleague: User, about: TherapySession
    ) -> None:
        match = match_of("odd", date=DAY + dt.timedelta(days=30))
        with pytest.raises(NotFound):
            remittances.match_by_hand(of_user(faraway), match.pk, "S-1", "Mine.", NOW)
        with pytest.raises(NotAllowed):
            remittances.match_by_hand(of_user(auditor), match.pk, "S-1", "Mine.", NOW)
        with pytest.raises(Refused):
            remittances.match_by_hand(of_user(rui), match.pk, "S-1", "", NOW)
        theirs = makers.session(colleague.provider, external_id="S-west")
        with pytest.raises(Refused):
            remittances.match_by_hand(of_user(rui), match.pk, theirs.external_id, "Mine.", NOW)

    def test_the_page_offers_what_may_be_meant_and_keeps_what_was_typed(
        self, browser_of: Any, rui: User, about: TherapySession
    ) -> None:
        match = match_of("S-1", date=DAY + dt.timedelta(days=30))
        page = browser_of(rui).get(f"/remittances/claims/{match.pk}").content.decode()
        assert "likeness 50 of 100" in page
        path = f"/remittances/claims/{match.pk}/match"
        refused = browser_of(rui).post(path, {"other": "S-404", "reason": "Typed words."})
        assert refused.status_code == 422 and "Typed words." in refused.content.decode()
        assert browser_of(rui).post(path, {"session": "S-1", "reason": "Same client."}).status_code == 302
        assert "Every claim has its session" in browser_of(rui).get("/remittances/waiting").content.decode()
        assert Decimal(ClaimMatch.objects.get().score) == 100


def test_of_which_claim_something_was_said_before_is_found_out(rui: User, lead: User, about: TherapySession) -> None:
    """What the migration makes of numbers that were remembered without their claim."""
    said = match_of("odd", date=DAY + dt.timedelta(days=30), payer_claim_id="ICN-9")
    match_of("odd", date=DAY + dt.timedelta(days=30), payer_claim_id="ICN-10")
    remittances.match_by_hand(of_user(rui), said.pk, "S-1", "Looked it up.", NOW)
    other = match_of("not-ours", member_id="C-else", rendering_npi="")
    remittances.set_aside(of_user(lead), other.pk, "Seen outside the network.", NOW)
    RememberedMatch.objects.update(claim=None)
    assert match_of("odd", date=DAY + dt.timedelta(days=30), payer_claim_id="ICN-11").waits
    migration = import_module("disputes.migrations.0017_remembered_of_a_claim")
    with connection.cursor() as cursor:
        cursor.execute(migration.OF_CLAIM)
    found = {(row.kind, row.value): row.claim_id for row in RememberedMatch.objects.all()}
    assert found == {
        ("claim_id", "odd"): said.pk, ("payer_claim_id", "ICN-9"): said.pk,
        ("claim_id", "not-ours"): other.pk, ("payer_claim_id", "P-not-ours"): other.pk,
    }  # fmt: skip
