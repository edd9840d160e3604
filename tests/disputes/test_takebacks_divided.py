"""Takebacks that name no claim of one session: they wait for people, who say how much is about which session."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import Event
from disputes.ledger import ledgers
from disputes.models import AccountMatch, AccountShare, Case, ClaimMatch
from disputes.selectors import takebacks as selectors
from disputes.services import remittances
from disputes.services.remittances import Said
from tests.builders import NOW
from tests.disputes import makers
from tests.disputes.remit_files import claim, imported, payment, plb
from tests.disputes.test_claims_of_several_days import DAY, NEXT, Two, line, several, two

pytestmark = pytest.mark.django_db
__all__ = ["two"]  # a fixture that is shared
WHY = "The payer's letter of 2 October."


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path / "data"


def taken(*parts: Any, **changes: Any) -> None:
    """A payment that is read, with everything that follows from it."""
    imported(payment(*parts, **changes))
    makers.work(NOW)


def parts(**amounts: str) -> list[Said]:
    """``S_9="10.00"`` for session S-9."""
    return [Said(name.replace("_", "-"), Decimal(amount)) for name, amount in amounts.items()]


@pytest.fixture
def of_two(two: Two) -> AccountMatch:
    """A takeback of 200.00 that names a claim of both sessions."""
    taken("T-1", several("S-9", line(DAY), line(NEXT)))
    taken("T-2", plb("WO", "200.00", "S-9"))
    return AccountMatch.objects.get()


def halves(two: Two, first: str = "100.00", second: str = "100.00") -> list[Said]:
    return [Said(two[0].external_id, Decimal(first)), Said(two[1].external_id, Decimal(second))]


class TestWaiting:
    def test_what_names_a_claim_of_one_session_waits_for_nobody(self, priya: User) -> None:
        makers.session(priya.provider, external_id="S-1")
        taken("T-1", claim("S-1"))
        taken("T-2", plb("WO", "142.50", "S-1"))
        assert not AccountMatch.objects.exists()
        assert Case.objects.get().amount_at_risk == Decimal("142.50")

    @pytest.mark.parametrize("reason", ["WO", "WU", "RA", "OB", "CS", "J1"])
    @pytest.mark.parametrize("amount", ["10.00", "-10.00"])
    def test_every_kind_and_sign_that_takes_or_will_take_waits(self, db: None, reason: str, amount: str) -> None:
        imported(payment("T-1", claim("S-else", "100.00"), plb(reason, amount, "nothing of ours")))
        makers.work(NOW)
        match = AccountMatch.objects.get()
        assert (match.waits, match.provider) == (True, None)
        assert not Case.objects.exists()

    @pytest.mark.parametrize("reason", ["72", "FB", "L6"])
    def test_what_takes_nothing_does_not(self, db: None, reason: str) -> None:
        taken("T-1", claim("S-else", "100.00"), plb(reason, "10.00", "nothing of ours"))
        assert not AccountMatch.objects.exists()

    def test_a_claim_of_several_days_tells_whose_team_works_on_it(self, two: Two, of_two: AccountMatch) -> None:
        assert (of_two.waits, of_two.provider) == (True, two[0].provider)
        assert not Case.objects.exists()

    def test_read_twice_it_waits_once(self, of_two: AccountMatch) -> None:
        remittances.open_for_takebacks(of_two.adjustment.remittance_id, NOW)
        assert AccountMatch.objects.get() == of_two

    def test_the_claim_may_find_its_session_later(self, priya: User, lead: User) -> None:
        taken("T-1", claim("odd", member_id="C-else"), plb("WO", "50.00", "odd"))
        assert AccountMatch.objects.get().waits
        session = makers.session(priya.provider, external_id="S-1")
        remittances.match_by_hand(of_user(lead), ClaimMatch.objects.get().claim_id, "S-1", WHY, NOW)
        makers.work(NOW)
        assert AccountMatch.objects.get().how == "name"
        assert Case.objects.get(session=session).amount_at_risk == Decimal("50.00")

    def test_the_claim_may_come_later(self, priya: User) -> None:
        makers.session(priya.provider, external_id="S-1")
        taken("T-1", claim("else", "100.00"), plb("WO", "50.00", "S-1"))
        assert AccountMatch.objects.get().waits
        taken("T-2", claim("S-1"))
        assert AccountMatch.objects.get().how == "name"
        assert Case.objects.get().amount_at_risk == Decimal("50.00")


class TestDividing:
    def test_each_session_has_its_part_and_a_case(self, two: Two, of_two: AccountMatch, rui: User) -> None:
        remittances.divide(of_user(rui), of_two.pk, halves(two, "120.00", "80.00"), WHY, NOW)
        makers.work(NOW)
        of_two.refresh_from_db()
        assert (of_two.how, of_two.by_name, of_two.reason) == ("person", "Rui Test", WHY)
        at_risk = dict(Case.objects.values_list("session__external_id", "amount_at_risk"))
        assert at_risk == {two[0].external_id: Decimal("120.00"), two[1].external_id: Decimal("80.00")}
        assert {case.origin for case in Case.objects.all()} == {"takeback"}

    def test_a_debt_keeps_its_sign(self, two: Two, lead: User) -> None:
        taken("T-1", several("S-9", line(DAY), line(NEXT)))
        taken("T-2", claim("else", "100.00"), plb("WO", "-60.00", "S-9"))
        match = AccountMatch.objects.get()
        remittances.divide(of_user(lead), match.pk, halves(two, "20.00", "40.00"), WHY, NOW)
        money = ledgers([two[1].pk])[two[1].pk].money
        assert (money.withheld, money.deferred) == (Decimal(-40), Decimal(40))

    def test_fractions_of_a_cent_get_lost_nowhere(self, two: Two, lead: User) -> None:
        taken("T-1", several("S-9", line(DAY), line(NEXT)))
        taken("T-2", claim("else", "100.00"), plb("WO", "10.0050", "S-9"), amount="89.9950")
        match = AccountMatch.objects.get()
        remittances.divide(of_user(lead), match.pk, halves(two, "5.00", "5.00"), WHY, NOW)
        assert sum(AccountShare.objects.values_list("amount", flat=True)) == Decimal("10.0050")

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ([], "sum"),
            ([("S-9-20260916", "199.99")], "sum"),
            ([("S-9-20260916", "200.01")], "sum"),
            ([("S-9-20260916", "0.00"), ("S-9-20260923", "200.00")], "amount"),
            ([("S-9-20260916", "-1.00"), ("S-9-20260923", "201.00")], "amount"),
            ([("S-9-20260916", "100.00"), ("S-9-20260916", "100.00")], "twice"),
            ([("S-none", "200.00")], "session_unknown"),
        ],
    )
    def test_parts_that_do_not_make_the_whole_are_refused(
        self, of_two: AccountMatch, rui: User, said: list[tuple[str, str]], code: str
    ) -> None:
        given = [Said(session, Decimal(amount)) for session, amount in said]
        with pytest.raises(Refused) as refused:
            remittances.divide(of_user(rui), of_two.pk, given, WHY, NOW)
        assert (refused.value.code, refused.value.pointer) == (code, "/shares")
        assert not AccountShare.objects.exists()
        assert not Event.objects.filter(name="remittance.takeback_divided").exists()

    def test_a_reason_is_needed(self, two: Two, of_two: AccountMatch, rui: User) -> None:
        with pytest.raises(Refused, match="Say why"):
            remittances.divide(of_user(rui), of_two.pk, halves(two), " ", NOW)

    def test_said_otherwise_later(self, two: Two, of_two: AccountMatch, rui: User, lead: User) -> None:
        remittances.divide(of_user(rui), of_two.pk, halves(two), WHY, NOW)
        makers.work(NOW)
        remittances.divide(of_user(lead), of_two.pk, [Said(two[1].external_id, Decimal(200))], WHY, NOW)
        makers.work(NOW)
        assert [share.session for share in selectors.shares_of(of_two)] == [two[1]]
        assert two[0].pk not in ledgers([two[0].pk]) or not ledgers([two[0].pk])[two[0].pk].money.touched
        assert Case.objects.get(session=two[1]).amount_at_risk == Decimal(200)
        told = Event.objects.filter(name="remittance.takeback_divided").latest("id")
        assert told.payload["before"] == str(two[0].pk)

    def test_what_was_said_counts_and_no_longer_what_the_name_means(self, priya: User, lead: User) -> None:
        taken("T-1", claim("else", "100.00"), plb("WO", "50.00", "S-1"))
        other = makers.session(priya.provider, external_id="S-2")
        match = AccountMatch.objects.get()
        remittances.divide(of_user(lead), match.pk, parts(S_2="50.00"), WHY, NOW)
        named = makers.session(priya.provider, external_id="S-1", date_of_service=NEXT)
        taken("T-2", claim("S-1", date=NEXT))
        assert not ledgers([named.pk])[named.pk].money.touched
        assert ledgers([other.pk])[other.pk].money.open == Decimal(50)
        assert [case.session for case in Case.objects.all()] == [other]

    def test_where_sums_disagree_it_counts_once_somebody_accepts_that(self, two: Two, lead: User) -> None:
        taken("T-1", several("S-9", line(DAY), line(NEXT)))
        taken("T-2", plb("WO", "200.00", "S-9"), amount="-199.00")
        match = AccountMatch.objects.get()
        remittances.divide(of_user(lead), match.pk, halves(two), WHY, NOW)
        makers.work(NOW)
        assert not Case.objects.exists()
        remittances.accept_balance(of_user(lead), match.adjustment.remittance_id, WHY, NOW)
        makers.work(NOW)
        assert Case.objects.count() == 2


class TestAside:
    def test_it_leaves_the_list_and_opens_nothing(self, of_two: AccountMatch, rui: User) -> None:
        remittances.set_takeback_aside(of_user(rui), of_two.pk, "Paid to another practice.", NOW)
        makers.work(NOW)
        assert selectors.takebacks_page(of_user(rui), "") == ([], "")
        assert not Case.objects.exists()

    def test_what_was_divided_may_be_set_aside(self, two: Two, of_two: AccountMatch, rui: User) -> None:
        remittances.divide(of_user(rui), of_two.pk, halves(two), WHY, NOW)
        remittances.set_takeback_aside(of_user(rui), of_two.pk, WHY, NOW)
        assert selectors.shares_of(of_two) == []
        assert not ledgers([two[0].pk])[two[0].pk].money.touched


class TestReach:
    def test_each_team_has_its_own_list_and_leads_have_all(
        self, of_two: AccountMatch, rui: User, faraway: User, lead: User
    ) -> None:
        taken("T-3", claim("else", "100.00", rendering_npi=""), plb("WO", "9.00", "nobody's"))
        assert [selectors.waiting_takebacks_count(of_user(who)) for who in (rui, faraway, lead)] == [1, 0, 2]

    def test_out_of_reach_is_not_there(self, two: Two, of_two: AccountMatch, faraway: User) -> None:
        with pytest.raises(NotFound):
            remittances.divide(of_user(faraway), of_two.pk, halves(two), WHY, NOW)

    def test_auditors_read_only(self, two: Two, of_two: AccountMatch, auditor: User) -> None:
        assert selectors.get_takeback(of_user(auditor), of_two.pk) == of_two
        with pytest.raises(NotAllowed):
            remittances.divide(of_user(auditor), of_two.pk, halves(two), WHY, NOW)

    def test_the_lines_of_the_claim_offer_their_sessions(self, two: Two, of_two: AccountMatch, rui: User) -> None:
        claims = selectors.claims_named(of_user(rui), of_two)
        offered = selectors.may_be(claims)
        assert [(each.session, each.amount, each.paid) for each in offered] == [
            (session, None, Decimal("142.50")) for session in two
        ]


def test_rows_are_never_taken_away(two: Two, of_two: AccountMatch, rui: User) -> None:
    remittances.divide(of_user(rui), of_two.pk, halves(two), WHY, NOW)
    for rows in (AccountShare.objects.all(), AccountMatch.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()
