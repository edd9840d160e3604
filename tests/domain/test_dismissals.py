"""The reasons a finding may be dismissed for, and the share that says what they mean for a check."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clawguard.domain.checks.dismissals import AGAINST, BY_CODE, REASONS, offered
from clawguard.domain.proportions import FEWEST, share


def test_the_exception_of_excludes1_is_offered_where_it_belongs_and_first() -> None:
    assert offered("CG305")[0].code == "unrelated_conditions"
    assert "unrelated_conditions" not in {reason.code for reason in offered("CG101")}


@pytest.mark.parametrize(("check", "there"), [("CG203", True), ("CG603", True), ("CG101", False), ("CG607", False)])
def test_separate_services_answer_checks_about_pairs_and_overlaps(check: str, there: bool) -> None:
    assert ("separate_services" in {reason.code for reason in offered(check)}) is there


def test_every_check_can_be_dismissed_for_another_reason_in_words() -> None:
    assert BY_CODE["other"].needs_words and all(BY_CODE["other"] in offered(check) for check in ("CG101", "CG702"))


def test_codes_are_told_once_and_fit_their_column() -> None:
    assert len(BY_CODE) == len(REASONS) and all(len(code) <= 24 for code in BY_CODE)
    assert {"corrected", "told_already"}.isdisjoint(AGAINST) and "check_mistaken" in AGAINST


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 20, 0.0, 0.1611), (20, 20, 0.8389, 1.0), (10, 20, 0.2993, 0.7007), (81, 263, 0.2553, 0.3662)],
)
def test_the_interval_is_wilsons(part: int, whole: int, low: float, high: float) -> None:
    found = share(part, whole)
    assert found.value == part / whole
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def test_small_numbers_say_nothing() -> None:
    assert share(FEWEST - 1, FEWEST - 1)[2:] == (None, None, None)
    assert share(0, 0, fewest=0).value is None
    assert share(FEWEST, FEWEST).value == 1.0


@pytest.mark.parametrize(("part", "whole"), [(-1, 3), (4, 3)])
def test_no_share_of_more_than_there_is(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        share(part, whole)


@given(st.integers(FEWEST, 100_000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_the_interval_holds_the_share_and_stays_within_bounds(pair: tuple[int, int]) -> None:
    found = share(*pair)
    assert found.low is not None and found.value is not None and found.high is not None
    assert 0 <= found.low <= found.value + 1e-12 and found.value <= found.high + 1e-12 <= 1 + 1e-9
