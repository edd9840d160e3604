"""A takeback opens or joins a case, gives its codes to the weighing, and says what is still open; nothing is posted."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from clawguard.events.models import Event
from disputes import facts, learning, services
from disputes.ledger import ledgers
from disputes.models import Case, ProposedAdjustment, Remittance
from disputes.selectors.thread import thread
from disputes.services import remittances
from sessions.models import Finding, TherapySession
from tests.builders import NOW
from tests.disputes import makers
from tests.disputes.remit_files import DAY, claim, imported, payment, plb
from tests.disputes.test_opening import finding

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(days=30)
PAID = payment("T-1", claim("S-1"))
TURNED = payment("T-2", claim("S-1", "-142.50", "22", "CO:45:-37.50"), claim("S-2", "142.50"), on=dt.date(2026, 11, 1))
CORRECTED = claim("S-1", "0.00", "4", "CO:97:180.00", remarks=("N122",))


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path / "data"


@pytest.fixture
def about(priya: User) -> TherapySession:
    makers.session(priya.provider, external_id="S-2", client="C-2")
    return makers.session(priya.provider, external_id="S-1")


def bring(*payments: Any, now: dt.datetime = NOW) -> None:
    imported(*payments, now=now)
    makers.work(now)


def reversal(trace: str = "T-2", *more: Any, on: dt.date = dt.date(2026, 11, 1), reasons: str = "CO:45:-37.50") -> Any:
    filler = claim("S-2", "142.50", payer_claim_id=f"P-{trace}")
    return payment(trace, claim("S-1", "-142.50", "22", reasons), filler, *more, on=on)


class TestOpening:
    def test_a_reversal_opens_a_case_about_the_money_taken(self, about: TherapySession) -> None:
        bring(PAID, reversal("T-2", CORRECTED))
        case = Case.objects.get()
        assert (case.session, case.origin, case.amount_at_risk) == (about, "takeback", Decimal("142.50"))
        stated = {fact["fact"]: fact for fact in facts.evidence(case)}
        assert stated["carc"]["value"] == ["97"] and stated["rarc"]["value"] == ["N122"]
        assert stated["carc"]["source"] == "Remittance T-2 of 2026-11-01"
        assert case.proposals.get().attribution["party"] == case.party
        assert not ProposedAdjustment.objects.exists()

    def test_the_notice_says_what_was_taken_when_and_why(self, about: TherapySession) -> None:
        bring(PAID, reversal("T-2", CORRECTED))
        case = Case.objects.get()
        services.open_conversation(case.pk, NOW)
        (said,) = thread(SYSTEM, case)
        notice = said["text"]
        assert "The payer took $142.50 back on Sun 1 Nov 2026, giving the reason 97: " in notice
        assert "A person asked" not in notice

    def test_the_code_reaches_the_weighing(self, about: TherapySession) -> None:
        bring(PAID, reversal("T-2", reasons="CO:97:-37.50"))
        assert Case.objects.get().party != ""
        assert "CARC 97" in str(Case.objects.get().proposals.get().attribution)

    def test_a_payment_and_a_denial_open_nothing(self, about: TherapySession) -> None:
        bring(PAID, payment("T-3", claim("S-2", "0.00", "4", "CO:97:180.00")))
        assert not Case.objects.exists()

    def test_a_reversal_corrected_to_the_same_opens_nothing(self, about: TherapySession) -> None:
        bring(PAID, reversal("T-2", claim("S-1")))
        assert not Case.objects.exists()

    def test_the_same_file_twice_leads_to_one_case(self, about: TherapySession) -> None:
        for _ in range(2):
            bring(PAID, reversal())
        assert Case.objects.count() == 1
        assert Event.objects.filter(name="case.opened").count() == 1

    def test_a_standing_case_is_joined_and_told(self, rui: User, about: TherapySession) -> None:
        case = makers.opened(rui, about)
        bring(PAID, reversal())
        assert Case.objects.get() == case
        told = Event.objects.get(name="case.takeback_told")
        assert (told.payload["taken"], told.payload["open"]) == ("142.50", "142.50")
        case.refresh_from_db()
        assert case.amount_at_risk == Decimal("142.50")

    def test_withheld_without_a_reversal_by_its_reference(self, about: TherapySession) -> None:
        bring(PAID, payment("T-5", claim("S-2", "200.00", "1", "CO:45:-20.00"), plb("WO", "142.50", "S-1 20260916")))
        case = Case.objects.get()
        assert (case.session, case.amount_at_risk) == (about, Decimal("142.50"))
        assert {fact["fact"]: fact["value"] for fact in facts.evidence(case)}["plb"] == ["WO"]

    def test_interest_and_a_forwarded_balance_open_nothing(self, about: TherapySession) -> None:
        bring(PAID, payment("T-5", claim("S-2"), plb("L6", "-1.00", "S-1"), plb("FB", "10.00", "S-1")))
        assert not Case.objects.exists()


class TestSumsThatDisagree:
    def test_they_wait_for_a_person_and_then_open(self, rui: User, about: TherapySession) -> None:
        bring(PAID, payment("T-2", claim("S-1", "-142.50", "22", "CO:97:-37.50"), amount="-100.00"))
        assert not Case.objects.exists()
        assert ledgers([about.pk])[about.pk].money.taken == 0
        off = Remittance.objects.get(trace="T-2")
        remittances.accept_balance(of_user(rui), off.pk, "The payer confirmed the reversal.", NOW)
        makers.work(NOW)
        assert Case.objects.get().origin == "takeback"


class TestTracing:
    def test_a_debt_recorded_here_and_collected_there_is_one_takeback(self, rui: User, about: TherapySession) -> None:
        recorded = payment("T-2", claim("S-1", "-142.50", "22", "CO:97:-37.50"), plb("WO", "-142.50", "P-S-1"))
        bring(PAID, recorded)
        case = Case.objects.get()
        money = ledgers([about.pk])[about.pk].money
        assert (money.taken, money.deferred, money.open) == (Decimal(0), Decimal("142.50"), Decimal("142.50"))
        services.decide(of_user(rui), case.pk, makers.verdict("none"), NOW)
        Case.objects.filter(pk=case.pk).update(status="closed")
        collected = payment("T-9", claim("S-2"), plb("WO", "142.50", "P-S-1"), on=dt.date(2026, 12, 1))
        bring(collected, now=LATER)
        assert Case.objects.count() == 1
        money = ledgers([about.pk])[about.pk].money
        assert (money.taken, money.deferred, money.open) == (Decimal("142.50"), Decimal(0), Decimal("142.50"))

    def test_files_in_the_wrong_order_come_to_the_same(self, about: TherapySession) -> None:
        bring(reversal())
        bring(PAID)
        money = ledgers([about.pk])[about.pk].money
        assert (money.paid, money.taken, money.restored) == (Decimal("142.50"), Decimal("142.50"), Decimal(0))
        assert Case.objects.count() == 1

    def test_the_case_page_says_paid_taken_restored_and_open(
        self, browser_of: Any, rui: User, about: TherapySession
    ) -> None:
        bring(PAID, reversal(), payment("T-7", claim("S-1", "78.00"), on=dt.date(2026, 11, 20)))
        case = Case.objects.get()
        page = " ".join(re.sub(r"<[^>]+>", " ", browser_of(rui).get(f"/cases/{case.pk}").content.decode()).split())
        for words in ("Paid $142.50", "Taken back $142.50", "Paid again $78.00", "Still open $64.50"):
            assert words in page
        shown = browser_of(rui).get(f"/api/v1/cases/{case.pk}").json()["money"]
        assert (shown["taken"], shown["open"]) == ("142.50", "64.50")

    def test_a_balance_forwarded_here_leads_to_where_it_was_applied(self, browser_of: Any, lead: User) -> None:
        first = payment("T-1", claim("S-1", "-142.50", "22", "CO:97:-37.50"), plb("FB", "-142.50", "T-1"))
        second = payment("T-2", claim("S-2", "200.00", "1", "CO:45:-20.00"), plb("FB", "142.50", "T-1"))
        bring(first, second)
        page = browser_of(lead).get(f"/remittances/{Remittance.objects.get(trace='T-1').pk}").content.decode()
        there = Remittance.objects.get(trace="T-2")
        assert "Carried forward to a later payment" in page and f"/remittances/{there.pk}" in page


class TestDecided:
    def test_a_decided_case_is_told_and_not_reopened(
        self, rui: User, lead: User, priya: User, about: TherapySession
    ) -> None:
        case = makers.decided(rui, lead, priya)
        TherapySession.objects.filter(pk=about.pk).update(external_id="S-else")
        TherapySession.objects.filter(pk=case.session_id).update(external_id="S-1")
        bring(PAID, reversal(), now=LATER)
        case.refresh_from_db()
        assert (case.status, Case.objects.count()) == ("decided", 1)
        assert Event.objects.filter(name="case.takeback_told", subject_id=str(case.pk)).count() == 1
        assert case.decisions.count() == 1

    def test_a_second_takeback_after_the_case_was_closed_opens_another(self, rui: User, about: TherapySession) -> None:
        bring(PAID, reversal())
        case = Case.objects.get()
        services.decide(of_user(rui), case.pk, makers.verdict("none"), NOW)
        Case.objects.filter(pk=case.pk).update(status="closed")
        bring(payment("T-7", claim("S-1"), on=dt.date(2026, 11, 20)), now=LATER)
        assert Case.objects.count() == 1
        bring(reversal("T-8", on=dt.date(2026, 12, 20)), now=LATER)
        assert Case.objects.count() == 2


class TestFoundLater:
    def test_a_reversal_that_a_person_matched_opens_its_case(self, rui: User, about: TherapySession) -> None:
        day = DAY + dt.timedelta(days=30)
        odd = claim("odd", "-142.50", "22", "CO:97:-37.50", date=day)
        bring(payment("T-2", odd))
        assert not Case.objects.exists()
        waiting = Remittance.objects.get().claims.get()
        remittances.match_by_hand(of_user(rui), waiting.pk, "S-1", "The day is the payer's slip.", NOW)
        makers.work(NOW)
        assert Case.objects.get().session == about


class TestLearning:
    def test_findings_before_a_takeback_are_counted_by_check_and_payer(
        self, browser_of: Any, rui: User, faraway: User, about: TherapySession
    ) -> None:
        finding(about, created_at=NOW - dt.timedelta(days=3))
        finding(about, check_id="CG301", created_at=LATER)
        finding(TherapySession.objects.get(external_id="S-2"), created_at=NOW - dt.timedelta(days=3))
        bring(PAID, reversal())
        outcome = learning.of_check(of_user(rui), "CG101", NOW)
        assert outcome is not None
        [row] = outcome["rows"]
        assert (row.payer, row.predicted, row.happened, row.confirmed) == ("Example Health", 2, 1, 0)
        late = learning.of_check(of_user(rui), "CG301", NOW)
        assert late is not None and (late["all"].predicted, late["all"].happened) == (1, 0)
        assert learning.of_check(of_user(faraway), "CG101", NOW) is None
        assert "Predicted and happened" in browser_of(rui).get("/checks/CG101").content.decode()
        assert Finding.objects.count() == 3

    def test_what_counts_for_nothing_yet_teaches_nothing(self, lead: User, about: TherapySession) -> None:
        finding(about, created_at=NOW - dt.timedelta(days=3))
        bring(PAID, payment("T-2", claim("S-1", "-142.50", "22", "CO:97:-37.50"), amount="-100.00"))
        outcome = learning.of_check(of_user(lead), "CG101", NOW)
        assert outcome is not None and (outcome["all"].predicted, outcome["all"].happened) == (1, 0)
        off = Remittance.objects.get(trace="T-2")
        remittances.accept_balance(of_user(lead), off.pk, "The payer confirmed the reversal.", NOW)
        outcome = learning.of_check(of_user(lead), "CG101", NOW)
        assert outcome is not None and outcome["all"].happened == 1
