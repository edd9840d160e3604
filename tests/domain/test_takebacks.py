"""The money of a session across payments, in the right signs; and the codes by which it was taken."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clawguard.domain.takebacks import Entry, Reason, Step, trace, why


def claim(amount: str, status: str = "1", *reasons: str, remarks: tuple[str, ...] = ()) -> Entry:
    found = [reason.split(":") for reason in reasons]
    return Entry(
        Decimal(amount), status, "", tuple(Reason(group, carc, Decimal(said)) for group, carc, said in found), remarks
    )


def plb(reason: str, amount: str) -> Entry:
    return Entry(Decimal(amount), plb=reason)


PAID = claim("100", "1", "CO:45:25")
TURNED = claim("-100", "22", "CO:45:-25")
# told, entries, (paid, taken, deferred, refunded, restored, open)
ROWS = [
    ("only paid", [PAID], "100 0 0 0 0 0"),
    ("denied from the start is no takeback", [claim("0", "4", "CO:27:125")], "0 0 0 0 0 0"),
    ("reversed in full", [PAID, TURNED], "100 100 0 0 0 100"),
    ("reversed and corrected to less", [PAID, TURNED, claim("60", "1")], "100 100 0 0 60 40"),
    ("reversed and corrected to the same", [PAID, TURNED, PAID], "100 100 0 0 100 0"),
    ("corrected to more leaves nothing open", [PAID, TURNED, claim("120", "1")], "100 100 0 0 120 0"),
    ("reversed, and the debt put off", [PAID, TURNED, plb("WO", "-100")], "100 0 100 0 0 100"),
    ("put off and collected later", [PAID, TURNED, plb("WO", "-100"), plb("WO", "100")], "100 100 0 0 0 100"),
    ("collected in part", [PAID, TURNED, plb("WO", "-100"), plb("WO", "30")], "100 30 70 0 0 100"),
    ("withheld without a reversal", [PAID, plb("WO", "100")], "100 100 0 0 0 100"),
    ("withheld and given back", [PAID, plb("WO", "100"), plb("WO", "-100")], "100 0 0 0 0 0"),
    ("our refund is acknowledged", [PAID, TURNED, plb("72", "-100")], "100 100 0 100 0 100"),
    ("interest takes nothing", [PAID, plb("L6", "-1.20")], "100 0 0 0 0 0"),
    ("a forwarded balance is of the payment, not of the claim", [PAID, TURNED, plb("FB", "-40")], "100 100 0 0 0 100"),
    ("CS and J1 count with their sign where they name the claim", [PAID, plb("CS", "30"), plb("J1", "20")],
     "100 50 0 0 0 50"),
    ("a reversal of the reversal gives back", [PAID, TURNED, claim("100", "22")], "100 100 0 0 100 0"),
    ("taken a second time", [PAID, TURNED, PAID, TURNED], "100 200 0 0 100 100"),
    ("a negative payment takes whatever its status", [PAID, claim("-100", "1")], "100 100 0 0 0 100"),
    ("paid in two parts", [PAID, claim("20"), claim("0.01")], "120.01 0 0 0 0 0"),
    ("restored in two parts", [PAID, TURNED, claim("60"), claim("1")], "100 100 0 0 61 39"),
    ("a dollar given back by a reversal of the reversal", [PAID, TURNED, claim("1", "22")], "100 100 0 0 1 99"),
    ("refunded in two parts", [PAID, TURNED, plb("72", "-60"), plb("72", "-40")], "100 100 0 100 0 100"),
]  # fmt: skip


@pytest.mark.parametrize(("entries", "sums"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_sums(entries: list[Entry], sums: str) -> None:
    money = trace(entries)
    found = (money.paid, money.taken, money.deferred, money.refunded, money.restored, money.open)
    assert found == tuple(map(Decimal, sums.split()))
    assert len(money.steps) == len(entries)


def test_what_only_looks_like_a_takeback_touches_nothing() -> None:
    assert not trace([PAID, plb("L6", "-1"), plb("FB", "10"), plb("WO", "-0.00"), claim("0", "4")]).touched
    assert trace([PAID, TURNED, PAID]).touched


@pytest.mark.parametrize(
    ("reason", "amount", "step"),
    [
        ("WO", "0.50", Step.WITHHELD), ("FB", "0.50", Step.APPLIED),
        ("WO", "10", Step.WITHHELD), ("WO", "-10", Step.DEFERRED),
        ("FB", "-10", Step.CARRIED), ("FB", "10", Step.APPLIED),
        ("72", "-10", Step.REFUNDED), ("L6", "-10", Step.INTEREST),
        ("CS", "10", Step.WITHHELD), ("J1", "10", Step.WITHHELD), ("CV", "10", Step.OTHER), ("XX", "10", Step.OTHER),
        ("WO", "0.00", Step.OTHER), ("WO", "-0", Step.OTHER), ("FB", "-0.00", Step.OTHER),
    ],
)  # fmt: skip
def test_the_sign_of_an_account_adjustment(reason: str, amount: str, step: Step) -> None:
    assert trace([plb(reason, amount)]).steps == [step]


def test_interest_is_summed_apart() -> None:
    money = trace([PAID, plb("L6", "-1.20"), plb("L6", "-0.30"), plb("L6", "0.10")])
    assert (money.interest, money.paid, money.open) == (Decimal("1.40"), Decimal(100), 0)


@pytest.mark.parametrize(
    ("amount", "status", "step"),
    [("0", "22", Step.REVERSED), ("0", "1", Step.DENIED), ("1", "22", Step.RESTORED), ("-1", "4", Step.REVERSED)],
)
def test_the_sign_of_a_claim(amount: str, status: str, step: Step) -> None:
    assert trace([claim(amount, status)]).steps == [step]


class TestWhy:
    def test_the_correction_says_it_and_the_turned_contract_does_not(self) -> None:
        found = why([PAID, TURNED, claim("0", "4", "CO:45:25", "CO:97:100", remarks=("N122",))])
        assert (found.group, found.carc, found.rarc) == (("CO",), ("97",), ("N122",))

    def test_a_reason_on_the_reversal_itself_counts(self) -> None:
        assert why([PAID, claim("-100", "22", "CO:27:-25")]).carc == ("27",)

    def test_without_the_first_payment_ordinary_codes_are_left_out(self) -> None:
        assert why([claim("-100", "22", "CO:45:-25", "CO:29:-100")]).carc == ("29",)

    def test_the_last_takeback_counts(self) -> None:
        entries = [PAID, claim("-100", "22", "CO:27:-25"), PAID, claim("-100", "22", "CO:16:-25", remarks=("N706",))]
        assert (why(entries).carc, why(entries).rarc) == (("16",), ("N706",))

    def test_account_adjustments_that_took_are_named(self) -> None:
        assert why([PAID, plb("WO", "50"), plb("L6", "-1")]).plb == ("WO",)
        assert why([PAID, plb("L6", "-1")]) == why([PAID])

    def test_what_gives_back_is_no_takeback_and_hides_no_reason(self) -> None:
        assert why([PAID, claim("-100", "22", "CO:27:-100"), claim("100", "22", "CO:45:25")]).carc == ("27",)

    def test_a_reversal_that_only_repeats_what_was_known_names_its_codes_all_the_same(self) -> None:
        paid = claim("100", "1", "CO:45:25", "CO:B7:0")
        assert why([paid, claim("-100", "22", "CO:45:-25", "CO:B7:0")]).carc == ("B7",)

    def test_remarks_of_the_first_payment_are_not_heard_again_and_each_code_once(self) -> None:
        paid = claim("100", "1", "CO:45:25", remarks=("N1",))
        turned = claim("-100", "22", "CO:16:-25", "CO:16:-75", remarks=("N1", "N2", "N2"))
        found = why([paid, turned, claim("0", "4", "OA:16:100", remarks=("N3",))])
        assert (found.group, found.carc, found.rarc) == (("OA", "CO"), ("16",), ("N3", "N2"))

    def test_the_correction_before_the_last_takeback_is_what_is_known(self) -> None:
        entries = [PAID, TURNED, claim("60", "1", "CO:97:40"), claim("-60", "22", "CO:97:-40", "CO:50:-20")]
        assert why(entries).carc == ("50",)

    def test_account_adjustments_are_named_beside_a_reversal_too(self) -> None:
        found = why([PAID, claim("-100", "22", "CO:27:-25"), plb("WO", "100"), plb("WO", "-30"), plb("FB", "30")])
        assert (found.carc, found.plb) == (("27",), ("WO",))
