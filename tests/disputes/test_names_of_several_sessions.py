"""Takebacks whose reference names claims of several sessions: they count for none of them before somebody says so."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from disputes.ledger import ledgers
from disputes.models import AccountMatch, Case, ClaimMatch, RemittanceClaim
from disputes.selectors import takebacks as selectors
from disputes.services import remittances
from sessions.models import TherapySession
from tests.builders import NOW
from tests.disputes import makers
from tests.disputes.remit_files import claim, imported, payment, plb
from tests.disputes.test_claims_of_several_days import DAY, NEXT, Two, line, several, two
from tests.disputes.test_takebacks_divided import WHY, halves, taken

pytestmark = pytest.mark.django_db
__all__ = ["two"]  # a fixture that is shared
LATE, LATER_STILL = dt.date(2026, 11, 20), dt.date(2026, 11, 27)


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path / "data"


def still_open(session: TherapySession) -> Decimal:
    return ledgers([session.pk])[session.pk].money.open


@pytest.fixture
def of_split(two: Two) -> AccountMatch:
    """The payer made two claims of one; a takeback of 200.00 names both."""
    taken("T-1", claim("S-9", date=DAY), claim("S-9", date=NEXT))
    taken("T-2", plb("WO", "200.00", "S-9"))
    return AccountMatch.objects.get()


class TestSplitClaims:
    def test_it_waits_and_counts_for_neither(self, two: Two, of_split: AccountMatch) -> None:
        assert [match.session for match in ClaimMatch.objects.order_by("claim_id")] == list(two)
        assert (of_split.waits, of_split.provider) == (True, two[0].provider)
        found = ledgers([session.pk for session in two])
        assert [found[session.pk].money.open for session in two] == [0, 0]
        assert [still_open(session) for session in two] == [0, 0]
        assert not Case.objects.exists()

    def test_both_sessions_are_offered(self, of_split: AccountMatch, two: Two, rui: User, browser_of: Any) -> None:
        offered = selectors.may_be(selectors.claims_named(of_user(rui), of_split))
        assert [(each.session, each.paid) for each in offered] == [(session, Decimal("142.50")) for session in two]
        page = browser_of(rui).get(f"/remittances/takebacks/{of_split.pk}").content.decode()
        assert "is about several sessions" in page
        assert all(f'value="{session.external_id}"' in page for session in two)

    def test_a_row_left_without_an_amount_is_not_needed(
        self, of_split: AccountMatch, two: Two, rui: User, browser_of: Any
    ) -> None:
        form = {"session": [session.external_id for session in two], "amount": ["", "200.00"], "reason": WHY}
        answer = browser_of(rui).post(f"/remittances/takebacks/{of_split.pk}/divide", form)
        assert answer.status_code == 302
        assert [share.session for share in selectors.shares_of(of_split)] == [two[1]]

    def test_divided_it_counts_as_said(self, of_split: AccountMatch, two: Two, rui: User) -> None:
        remittances.divide(of_user(rui), of_split.pk, halves(two, "142.50", "57.50"), WHY, NOW)
        makers.work(NOW)
        assert [still_open(session) for session in two] == [Decimal("142.50"), Decimal("57.50")]
        assert Case.objects.count() == 2

    @pytest.mark.parametrize("reference", ["P-S-9", "S-9 20260916", "S-9-A/S-9-B"])
    def test_by_whatever_name(self, two: Two, reference: str) -> None:
        numbers = ("S-9-A", "S-9-B") if "/" in reference else ("P-S-9", "P-S-9")
        parts = [
            claim("S-9", date=day, payer_claim_id=number) for day, number in zip((DAY, NEXT), numbers, strict=True)
        ]
        taken("T-1", *parts, plb("WO", "20.00", reference))
        assert AccountMatch.objects.get().waits
        assert [still_open(session) for session in two] == [0, 0]

    def test_a_refund_that_names_both_is_no_refund_of_either(self, two: Two) -> None:
        taken("T-1", claim("S-9", date=DAY), claim("S-9", date=NEXT), plb("72", "-20.00", "S-9"))
        assert [ledgers([session.pk])[session.pk].money.refunded for session in two] == [0, 0]

    def test_one_day_by_itself_and_all_by_their_lines(self, two: Two) -> None:
        taken("T-1", several("S-9", line(DAY), line(NEXT)))
        taken("T-2", claim("S-9", "0.00", "4", date=DAY), plb("WO", "20.00", "S-9"), on=LATE)
        assert AccountMatch.objects.get().waits
        assert still_open(two[0]) == 0


class TestOneAfterTheOther:
    def test_what_was_paid_afterwards_is_not_what_was_taken(self, two: Two) -> None:
        taken("T-1", claim("S-9", date=DAY))
        taken("T-2", claim("else", "100.00", member_id=None), plb("WO", "50.00", "S-9"), on=dt.date(2026, 10, 8))
        assert Case.objects.get().session == two[0]
        taken("T-3", claim("S-9", date=NEXT), on=LATE)
        assert still_open(two[0]) == Decimal(50)
        assert not AccountMatch.objects.exists()

    def test_an_earlier_payment_that_comes_late_makes_it_wait(self, two: Two, rui: User) -> None:
        taken("T-1", claim("S-9", date=DAY))
        taken("T-2", plb("WO", "50.00", "S-9"), on=LATE)
        assert Case.objects.get().amount_at_risk == Decimal(50)
        taken("T-3", claim("S-9", date=NEXT))
        assert AccountMatch.objects.get().waits
        assert still_open(two[0]) == 0
        plb_facts = [fact.attribution for fact in Case.objects.get().proposals.order_by("number")]
        assert "WO" not in str(plb_facts[-1])

    def test_it_counts_again_once_the_other_claim_is_about_something_else(self, two: Two, lead: User) -> None:
        taken("T-1", claim("S-9", date=DAY), claim("S-9", date=NEXT), plb("WO", "50.00", "S-9"))
        assert AccountMatch.objects.get().waits
        second = RemittanceClaim.objects.get(first_day=NEXT)
        remittances.match_by_hand(of_user(lead), second.pk, two[0].external_id, "The payer's slip of the pen.", NOW)
        makers.work(NOW)
        assert AccountMatch.objects.get().how == "name"
        assert still_open(two[0]) == Decimal(50)

    def test_and_waits_again_when_it_is_not(self, two: Two, priya: User, lead: User) -> None:
        self.test_it_counts_again_once_the_other_claim_is_about_something_else(two, lead)
        second = RemittanceClaim.objects.get(first_day=NEXT)
        remittances.match_by_hand(of_user(lead), second.pk, two[1].external_id, WHY, NOW)
        makers.work(NOW)
        match = AccountMatch.objects.get()
        assert (match.waits, match.at) == (True, None)
        assert [still_open(session) for session in two] == [0, 0]


def test_those_that_were_read_before_wait_too(two: Two, of_split: AccountMatch) -> None:
    """What the migration finds in payments that nothing followed from yet, or by what was said until then."""
    AccountMatch.objects.update(how="name", at=NOW)
    imported(payment("T-3", claim("S-9", date=DAY, payer_claim_id="P-1"), plb("WO", "1.00", "P-1"), on=LATE))
    imported(payment("T-4", claim("S-9", date=NEXT, payer_claim_id="P-1"), plb("WO", "2.00", "P-1"), on=LATER_STILL))
    imported(payment("T-5", claim("S-9", date=DAY, payer_claim_id="P-2"), plb("L6", "3.00", "S-9")))
    imported(payment("T-6", several("S-9", line(DAY), line(NEXT), payer_claim_id="P-3"), plb("WO", "4.00", "P-3")))
    migration = import_module("disputes.migrations.0016_names_of_several_sessions")
    with connection.cursor() as cursor:
        cursor.execute(migration.SEVERAL)
    listed = AccountMatch.objects.order_by("adjustment__amount")
    assert [(match.adjustment.amount, match.waits, match.provider) for match in listed] == [
        (amount, True, two[0].provider) for amount in (2, 4, 200)
    ]
