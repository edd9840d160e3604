"""Likeness of a claim to sessions: what is certain, what a person looks at, what is nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from clawguard.domain.claim_matching import Candidate, PaidClaim, choose, covers, score

DAY = dt.date(2026, 9, 16)
CLAIM = PaidClaim("C-1", "1999999984", DAY, None, frozenset({"90837"}), Decimal(180))
SAME = Candidate("a", "C-1", "1999999984", DAY, frozenset({"90837"}), Decimal(180))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, 100),
        ({"charge": Decimal(150)}, 90),
        ({"codes": frozenset({"90834"})}, 85),
        ({"provider_npi": "1999999992"}, 85),
        ({"client": "C-2"}, 55),
        ({"client": "C-2", "codes": frozenset({"90834"})}, 40),
        ({"day": DAY + dt.timedelta(days=1)}, 85),
    ],
)
def test_weights(changes: dict[str, object], expected: int) -> None:
    assert score(CLAIM, replace(SAME, **changes)) == expected


def test_what_the_claim_does_not_state_is_never_like() -> None:
    assert score(PaidClaim(None, None, None, None, frozenset(), None), replace(SAME, client="")) == 0


def test_one_near_enough_is_taken() -> None:
    choice = choose(CLAIM, [SAME, replace(SAME, key="b", client="C-2")])
    assert choice.sure is not None and choice.sure.candidate.key == "a"


def test_two_near_enough_are_for_a_person_in_a_fixed_order() -> None:
    choice = choose(CLAIM, [replace(SAME, key="b"), SAME])
    assert choice.sure is None and [each.candidate.key for each in choice.possible] == ["a", "b"]


def test_far_ones_are_not_shown_and_never_more_than_five() -> None:
    far = replace(SAME, client="C-2", provider_npi="x")
    assert choose(CLAIM, [far]).possible == ()
    doubtful = [replace(SAME, key=str(number), client="C-2") for number in range(9)]
    assert choose(CLAIM, doubtful).sure is None and len(choose(CLAIM, doubtful).possible) == 5


def test_days_of_a_claim() -> None:
    week = replace(CLAIM, last_day=DAY + dt.timedelta(days=6))
    assert covers(week, DAY + dt.timedelta(days=6)) and not covers(week, DAY + dt.timedelta(days=7))
    assert covers(replace(CLAIM, first_day=None), DAY) and not covers(CLAIM, DAY - dt.timedelta(days=1))


def test_a_score_of_45_is_shown_and_one_of_40_is_not() -> None:
    shown = replace(
        SAME, key="45", provider_npi="x", day=DAY + dt.timedelta(days=1), codes=frozenset(), charge=Decimal(1)
    )
    hidden = replace(SAME, key="40", client="C-2", codes=frozenset({"90834"}))
    found = choose(CLAIM, [hidden, shown])
    assert [(each.candidate.key, each.score) for each in found.possible] == [("45", 45)]
    assert found.sure is None


def test_the_likeliest_is_shown_first() -> None:
    near = [replace(SAME, key="a", charge=Decimal(1)), replace(SAME, key="b")]
    assert [each.candidate.key for each in choose(CLAIM, near).possible] == ["b", "a"]


def test_a_claim_of_several_days_needs_the_same_charge() -> None:
    """It may be about several sessions, of which one is like it."""
    week = replace(CLAIM, last_day=DAY + dt.timedelta(days=6))
    assert choose(week, [SAME]).sure is not None
    assert choose(week, [replace(SAME, charge=Decimal(150))]).sure is None
    assert choose(replace(CLAIM, last_day=DAY), [replace(SAME, charge=Decimal(150))]).sure is not None


def test_a_takeback_has_the_charge_with_its_sign_turned() -> None:
    assert score(replace(CLAIM, charge=Decimal(-180)), SAME) == 100
