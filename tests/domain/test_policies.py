"""Policy values by payer, plan and day: the narrower scope wins, and every value says why it is what it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields

import pytest

from clawguard.domain.codesets.policies import DEFAULT, LABELS, REASONS, Policies, Policy, PolicyPeriod, pair_name

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 6, 30)


def period(days: int, **scope: str) -> PolicyPeriod:
    return PolicyPeriod(FIRST, LAST, {"confirm_within_days": days}, **scope)


def confirm(
    policies: Policies, day: dt.date = FIRST, *, kind: str = "commercial", payer: str = "1", plan: str = ""
) -> int:
    return policies.on(kind, payer, plan, day).confirm_within_days


def test_without_periods_the_defaults_hold() -> None:
    assert Policies().on("commercial", "1", "", FIRST) is DEFAULT


def test_the_narrower_scope_wins_in_whatever_order_the_periods_stand() -> None:
    rows = (period(4, payer_id="1", plan="gold"), period(1), period(3, payer_id="1"), period(2, payer_kind="medicare"))
    for order in (rows, rows[::-1]):
        policies = Policies(order)
        assert confirm(policies, payer="9") == 1
        assert confirm(policies, payer="9", kind="medicare") == 2
        assert confirm(policies, kind="medicare") == 3
        assert confirm(policies, plan="silver") == 3
        assert confirm(policies, plan="gold") == 4


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (FIRST - dt.timedelta(days=1), DEFAULT.confirm_within_days),
        (FIRST, 7),
        (LAST, 7),
        (LAST + dt.timedelta(days=1), DEFAULT.confirm_within_days),
    ],
)
def test_a_period_holds_on_its_first_and_last_day_and_not_beyond(day: dt.date, expected: int) -> None:
    assert confirm(Policies((period(7),)), day) == expected


def test_a_period_without_an_end_holds_until_further_notice() -> None:
    policies = Policies((PolicyPeriod(FIRST, None, {"confirm_within_days": 7}),))
    assert confirm(policies, dt.date(2099, 1, 1)) == 7


def test_what_a_period_does_not_change_stays_as_the_wider_scope_has_it() -> None:
    narrow = PolicyPeriod(FIRST, LAST, {"largest_group": 8}, payer_id="1")
    found = Policies((period(7), narrow)).on("commercial", "1", "", FIRST)
    assert (found.confirm_within_days, found.largest_group) == (7, 8)


@pytest.mark.parametrize(
    "scope",
    [{"plan": "gold"}, {"payer_kind": "medicare", "payer_id": "1"}, {"payer_kind": "medicare", "plan": "gold"}],
)
def test_a_period_of_no_clear_scope_is_refused(scope: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="belongs to"):
        period(1, **scope)


def test_a_value_nobody_knows_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="confirm_within_weeks"):
        PolicyPeriod(FIRST, LAST, {"confirm_within_weeks": 4})


def test_the_version_changes_with_any_value_scope_or_day_and_with_nothing_else() -> None:
    one = period(7, payer_id="1")
    same = Policies((period(7, payer_id="1"),))
    others = [
        period(8, payer_id="1"),
        period(7, payer_id="2"),
        period(7),
        PolicyPeriod(FIRST, None, {"confirm_within_days": 7}, payer_id="1"),
    ]
    assert Policies((one,)).version == same.version
    assert len({Policies((one,)).version, Policies().version, *(Policies((row,)).version for row in others)}) == 6


def test_sets_of_codes_have_one_version_whatever_their_order() -> None:
    codes = ["90837", "90834", "90832", "90791", "90853"]
    made = {
        Policies((PolicyPeriod(FIRST, LAST, {"blocked_codes": frozenset(order)}),)).version
        for order in (codes, codes[::-1])
    }
    assert len(made) == 1


def test_every_value_has_a_name_and_a_reason_for_people() -> None:
    for entry in fields(Policy):
        assert LABELS[entry.name].strip() and REASONS[entry.name].endswith("."), entry.name


def test_limits_and_pairs_are_found_by_code() -> None:
    assert Policy(units_a_day=(("90837", 1),)).units_limit("90837") == 1
    assert DEFAULT.units_limit("90837") is None
    assert pair_name("90853", "90837") == pair_name("90837", "90853") == "90837+90853"
