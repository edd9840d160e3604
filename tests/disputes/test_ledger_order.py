"""The order in which the rows of a session are read: what was paid comes before its reversal, and that before its
correction, in whatever order a file lists them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from clawguard.domain.takebacks import Entry, Reason
from disputes.ledger import Ledger, Row
from disputes.models import Remittance
from tests.builders import NOW

FIRST, THEN = dt.date(2026, 10, 1), dt.date(2026, 11, 1)
REVERSED, CORRECTED = ("-142.50", "22"), ("50.00", "1")


def payment(paid_on: dt.date | None = FIRST, number: int = 1, **changes: Any) -> Remittance:
    return Remittance(**{"paid_on": paid_on, "number": number, "created_at": NOW, **changes})


def said(paid: Remittance, number: int, amount: str, status: str = "1", carc: str = "45", plb: str = "") -> Row:
    reasons = () if plb else (Reason("CO", carc, Decimal("37.50")),)
    return Row(paid, Entry(Decimal(amount), "" if plb else status, plb, reasons), NOW, number)


def sums(*rows: Row) -> tuple[str, str, str, str]:
    money = Ledger(rows).money
    return f"{money.paid:.2f}", f"{money.taken:.2f}", f"{money.restored:.2f}", f"{money.open:.2f}"


class TestInOnePayment:
    @pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
    def test_a_correction_may_stand_before_its_reversal(self, order: tuple[int, ...]) -> None:
        then = payment(THEN)
        rows = [said(then, order[0], *REVERSED), said(then, order[1], *CORRECTED, carc="97")]
        rows.append(said(then, order[2], "20.00", "1", "97"))
        ledger = Ledger([said(payment(), 1, "142.50"), *rows])
        assert (ledger.money.paid, ledger.money.restored, ledger.money.open) == (
            Decimal("142.50"), Decimal("70.00"), Decimal("72.50"),
        )  # fmt: skip
        assert ledger.why.carc == ("97",)

    def test_corrected_to_the_same_nothing_is_open(self) -> None:
        then = payment(THEN)
        found = sums(said(payment(), 1, "142.50"), said(then, 1, "142.50"), said(then, 2, *REVERSED))
        assert found == ("142.50", "142.50", "142.50", "0.00")

    def test_what_was_paid_and_reversed_in_one_payment_is_taken(self) -> None:
        now = payment()
        assert sums(said(now, 1, "142.50"), said(now, 2, *REVERSED)) == ("142.50", "142.50", "0.00", "142.50")
        corrected = said(now, 3, *CORRECTED)
        assert sums(said(now, 1, "142.50"), said(now, 2, *REVERSED), corrected) == (
            "142.50", "142.50", "50.00", "92.50",
        )  # fmt: skip

    def test_paid_reversed_and_corrected_in_any_order(self) -> None:
        now = payment()
        rows = [said(now, 1, *CORRECTED), said(now, 2, "142.50"), said(now, 3, *REVERSED)]
        assert sums(*rows) == ("142.50", "142.50", "50.00", "92.50")

    def test_paid_and_reversed_twice_in_one_payment_is_taken_once(self) -> None:
        now = payment()
        rows = [said(now, number, *(REVERSED if number % 2 == 0 else ("142.50",))) for number in (1, 2, 3, 4)]
        assert sums(*rows) == ("142.50", "285.00", "142.50", "142.50")

    def test_without_the_first_payment_the_correction_still_restores(self) -> None:
        then = payment(THEN)
        assert sums(said(then, 1, *CORRECTED), said(then, 2, *REVERSED)) == ("0.00", "142.50", "50.00", "92.50")

    def test_a_denial_that_is_reversed_comes_before_what_is_paid_instead(self) -> None:
        then = payment(THEN)
        ledger = Ledger([said(payment(), 1, "0.00", "4"), said(then, 1, "100.00"), said(then, 2, "0.00", "22")])
        assert [step.value for step in ledger.money.steps] == ["denied", "reversed", "restored"]

    def test_a_reversal_of_a_reversal_stays_where_it_stands(self) -> None:
        now = payment()
        rows = [said(now, 1, "142.50"), said(now, 2, *REVERSED), said(now, 3, "142.50", "22")]
        assert [step.value for step in Ledger(rows).money.steps] == ["paid", "reversed", "restored"]

    def test_the_account_comes_last(self) -> None:
        then = payment(THEN)
        ledger = Ledger([said(then, 1, "10.00", plb="WO"), said(then, 2, *CORRECTED), said(then, 3, *REVERSED)])
        assert [step.value for step in ledger.money.steps] == ["reversed", "restored", "withheld"]


class TestAcrossPayments:
    @pytest.mark.parametrize("day", [FIRST, None])
    def test_two_payments_of_a_file_on_one_day_are_read_as_they_stand(self, day: dt.date | None) -> None:
        paid, turned = said(payment(day, 1), 5, "142.50"), said(payment(day, 2), 2, *REVERSED)
        assert sums(turned, paid) == ("142.50", "142.50", "0.00", "142.50")

    def test_without_a_date_of_payment_the_day_of_the_file_counts(self) -> None:
        paid = said(payment(None, 2, produced_on=FIRST), 1, "142.50")
        turned = said(payment(None, 1, produced_on=THEN), 1, *REVERSED)
        assert sums(turned, paid) == ("142.50", "142.50", "0.00", "142.50")

    def test_the_days_of_the_payments_come_first(self) -> None:
        paid, turned = said(payment(FIRST, 9), 1, "142.50"), said(payment(THEN, 1), 1, *REVERSED)
        assert sums(turned, paid) == ("142.50", "142.50", "0.00", "142.50")
