"""A claim of several days, taken in as a session a day: each of its lines finds its session, or none of them does."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.domain.x12.remittance import Adjustment, RemitClaim, RemitLine
from clawguard.events.errors import Refused
from clawguard.events.models import Event
from disputes import learning
from disputes.ledger import ledgers
from disputes.models import Case, ClaimMatch, LineMatch
from disputes.selectors import remittances as selectors
from disputes.services import remittances
from sessions.models import TherapySession
from tests.builders import NOW, npi
from tests.disputes import makers
from tests.disputes.remit_files import CHARGE, DAY, claim, imported, payment, plb
from tests.disputes.test_opening import finding

pytestmark = pytest.mark.django_db
NEXT = DAY + dt.timedelta(days=7)
PAID = Decimal("142.50")
LATER = NOW + dt.timedelta(days=30)
Two = tuple[TherapySession, TherapySession]


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path / "data"


def line(
    day: dt.date | None, paid: Decimal = PAID, charge: Decimal = CHARGE, carc: str = "45", **more: Any
) -> RemitLine:
    reasons = (Adjustment("CO", carc, charge - paid),)
    return RemitLine("90837", ("95",), "HC", charge, paid, Decimal(1), date=day, adjustments=reasons, **more)


def several(claim_id: str, *lines: RemitLine, **changes: Any) -> RemitClaim:
    charge = sum((each.charge or Decimal(0) for each in lines), Decimal(0))
    paid = sum((each.paid or Decimal(0) for each in lines), Decimal(0))
    whole = {"charge": charge, "paid": paid, "date": None, "lines": lines, **changes}
    return replace(claim(claim_id), **whole)


@pytest.fixture
def two(priya: User) -> Two:
    """As a claim 837P S-9 of two days is taken in."""
    first = makers.session(priya.provider, external_id=f"S-9-{DAY:%Y%m%d}")
    return first, makers.session(priya.provider, external_id=f"S-9-{NEXT:%Y%m%d}", date_of_service=NEXT)


def lines_of(match: ClaimMatch) -> dict[int, TherapySession | None]:
    return {row.number: row.session for row in LineMatch.objects.filter(claim=match.claim_id)}


class TestMatching:
    def test_each_line_finds_the_session_of_its_day(self, two: Two) -> None:
        first, second = two
        imported(payment("T-1", several("S-9", line(DAY), line(NEXT), line(NEXT, Decimal(9), Decimal(10)))))
        match = ClaimMatch.objects.get()
        assert (match.session, match.how, match.provider, match.candidates) == (None, "lines", first.provider, [])
        assert lines_of(match) == {1: first, 2: second, 3: second}
        assert not match.waits

    def test_by_likeness_where_no_number_tells(self, two: Two) -> None:
        imported(payment("T-1", several("theirs", line(DAY), line(NEXT))))
        assert lines_of(ClaimMatch.objects.get()) == {1: two[0], 2: two[1]}

    def test_by_the_ids_of_the_lines(self, two: Two) -> None:
        named = [line(each.date_of_service, control_number=each.external_id) for each in two]
        imported(payment("T-1", several("theirs", *named, member_id="C-else", rendering_npi=npi(5))))
        assert lines_of(ClaimMatch.objects.get()) == {1: two[0], 2: two[1]}

    def test_a_reversal_under_another_id_follows_the_payers_number(self, two: Two) -> None:
        number = {"payer_claim_id": "ICN-9"}
        imported(payment("T-1", several("S-9", line(DAY), line(NEXT), **number)))
        turned = [line(day, -PAID, -CHARGE) for day in (NEXT, DAY)]
        strange = {**number, "status": "22", "member_id": "C-else", "rendering_npi": npi(5)}
        imported(payment("T-2", several("else", *turned, **strange)))
        assert lines_of(ClaimMatch.objects.get(claim__claim_id="else")) == {1: two[1], 2: two[0]}

    @pytest.mark.parametrize(
        "lines",
        [
            (line(DAY), line(NEXT + dt.timedelta(days=1))),  # a day without a session
            (line(DAY), line(None)),  # a line without a day
            (line(DAY), line(NEXT, date_to=NEXT + dt.timedelta(days=1))),  # a line of two days
        ],
    )
    def test_doubt_stays_doubt(self, two: Two, lines: tuple[RemitLine, ...]) -> None:
        imported(payment("T-1", several("S-9", *lines)))
        match = ClaimMatch.objects.get()
        assert match.waits
        assert match.session is None
        assert not LineMatch.objects.exists()
        assert str(two[0].pk) in {each["session"] for each in match.candidates}

    def test_two_sessions_alike_on_one_of_the_days(self, priya: User, two: Two) -> None:
        makers.session(priya.provider, external_id="S-10", date_of_service=NEXT)
        imported(payment("T-1", several("theirs", line(DAY), line(NEXT))))
        assert ClaimMatch.objects.get().waits

    def test_sessions_of_two_providers_are_for_a_person(self, priya: User, colleague: User) -> None:
        makers.session(priya.provider, external_id=f"S-9-{DAY:%Y%m%d}")
        makers.session(colleague.provider, external_id=f"S-9-{NEXT:%Y%m%d}", date_of_service=NEXT)
        imported(payment("T-1", several("S-9", line(DAY), line(NEXT))))
        assert ClaimMatch.objects.get().waits

    def test_money_of_the_claim_as_a_whole_cannot_be_divided(self, two: Two) -> None:
        whole = several("S-9", line(DAY), line(NEXT), paid=2 * PAID - 5)
        imported(payment("T-1", replace(whole, adjustments=(Adjustment("PR", "3", Decimal(5)),))))
        assert ClaimMatch.objects.get().waits

    def test_a_claim_of_several_days_is_not_taken_for_one_session_that_is_like_it(self, priya: User) -> None:
        makers.session(priya.provider, external_id="S-1")
        odd = several("theirs", line(None), line(None), date=DAY, date_to=NEXT)
        imported(payment("T-1", odd))
        match = ClaimMatch.objects.get()
        assert match.waits and len(match.candidates) == 1

    def test_a_session_that_comes_later_completes_it(self, priya: User) -> None:
        first = makers.session(priya.provider, external_id=f"S-9-{DAY:%Y%m%d}")
        imported(payment("T-1", several("S-9", line(DAY), line(NEXT))))
        assert ClaimMatch.objects.get().waits
        second = makers.session(priya.provider, external_id=f"S-9-{NEXT:%Y%m%d}", date_of_service=NEXT)
        assert remittances.match_waiting(NOW + dt.timedelta(hours=2)) == 1
        match = ClaimMatch.objects.get()
        assert (match.how, lines_of(match)) == ("lines", {1: first, 2: second})
        assert Event.objects.filter(name="remittance.claim_matched").count() == 1
        assert remittances.match_waiting(NOW + dt.timedelta(hours=9)) == 0


class TestMoney:
    def bring(self, *payments: Any, now: dt.datetime = NOW) -> None:
        imported(*payments, now=now)
        makers.work(now)

    def test_each_session_has_the_money_of_its_lines(self, two: Two) -> None:
        self.bring(payment("T-1", several("S-9", line(DAY), line(NEXT, Decimal(100)))))
        found = ledgers([session.pk for session in two])
        assert [found[session.pk].money.paid for session in two] == [PAID, Decimal(100)]

    def test_a_reversal_of_one_line_opens_a_case_for_its_session_alone(self, two: Two) -> None:
        finding(two[1], created_at=NOW - dt.timedelta(days=3))
        self.bring(payment("T-1", several("S-9", line(DAY), line(NEXT))))
        assert not Case.objects.exists()
        filler = claim("S-9-filler", member_id="C-else", rendering_npi=npi(5))
        turned = several("S-9", line(DAY, -PAID, -CHARGE), line(NEXT, -PAID, -CHARGE, "97"), status="22")
        again = several("S-9", line(DAY))
        self.bring(payment("T-2", turned, again, filler, on=dt.date(2026, 11, 1)), now=LATER)
        case = Case.objects.get()
        assert (case.session, case.origin, case.amount_at_risk) == (two[1], "takeback", PAID)
        found = ledgers([session.pk for session in two])
        assert [found[session.pk].money.open for session in two] == [Decimal(0), PAID]
        assert found[two[1].pk].why.carc == ("97",)

    def test_screening_learns_from_it(self, rui: User, two: Two) -> None:
        finding(two[1], created_at=NOW - dt.timedelta(days=3))
        self.bring(payment("T-1", several("S-9", *[line(day, -PAID, -CHARGE) for day in (DAY, NEXT)], status="22")))
        outcome = learning.of_check(of_user(rui), "CG101", NOW)
        assert outcome is not None and outcome["all"].happened == 1

    def test_an_account_adjustment_that_names_the_claim_is_not_divided(self, two: Two) -> None:
        filler = claim("S-9-filler", member_id="C-else", rendering_npi=npi(5))
        self.bring(payment("T-1", several("S-9", line(DAY), line(NEXT)), filler, plb("WO", "20.00", "S-9")))
        assert [found.money.taken for found in ledgers([session.pk for session in two]).values()] == [0, 0]
        assert not Case.objects.exists()


class TestPeople:
    def test_a_person_may_say_something_else_of_the_whole_claim(self, rui: User, priya: User, two: Two) -> None:
        other = makers.session(priya.provider, external_id="S-other")
        imported(payment("T-1", several("S-9", *[line(day, -PAID, -CHARGE) for day in (DAY, NEXT)], status="22")))
        makers.work(NOW)
        assert Case.objects.count() == 2
        match = ClaimMatch.objects.get()
        with pytest.raises(Refused):
            remittances.set_aside(of_user(rui), match.pk, "None of ours.", NOW)
        remittances.match_by_hand(of_user(rui), match.pk, "S-other", "One long session.", NOW)
        makers.work(NOW)
        match.refresh_from_db()
        assert (match.session, match.how, set(lines_of(match).values())) == (other, "person", {None})
        told = Event.objects.get(name="remittance.claim_matched")
        assert set(told.payload["before"].split()) == {str(session.pk) for session in two}
        assert set(ledgers([other.pk, *[session.pk for session in two]])) == {other.pk}

    def test_pages_and_api_name_the_session_of_each_line(self, browser_of: Any, rui: User, two: Two) -> None:
        imported(payment("T-1", several("S-9", line(DAY), line(NEXT))))
        match = ClaimMatch.objects.select_related("claim").get()
        assert selectors.waiting_count(of_user(rui)) == 0
        for path in (f"/remittances/{match.claim.remittance_id}", f"/remittances/claims/{match.pk}"):
            page = browser_of(rui).get(path).content.decode()
            assert all(f"/sessions/{session.pk}" in page for session in two), path
        assert "is about 2 sessions" in page
        shown = browser_of(rui).get(f"/api/v1/remittances/claims/{match.pk}").json()
        assert [each["session"] for each in shown["lines"]] == [str(session.pk) for session in two]
        assert (shown["session"], shown["matched_by"], shown["match"]["waits"]) == (None, "lines", False)

    def test_what_line_is_about_which_is_never_taken_away(self, two: Two) -> None:
        imported(payment("T-1", several("S-9", line(DAY), line(NEXT))))
        with pytest.raises(DatabaseError, match=r"kept|refused"), transaction.atomic():
            connection.cursor().execute("DELETE FROM disputes_linematch")
