"""Every value of the policy that a pattern names changes what it says, and a pattern asks for no other value."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from clawguard.domain.codesets import policy_patterns
from clawguard.domain.codesets.policies import DEFAULTS, LABELS
from clawguard.domain.patterns import PATTERNS, Peers, Period
from tests.domain.patterns.builders import day, found, period, stretch

RULES = Path(policy_patterns.__file__).parents[1] / "patterns" / "rules"
PEERS = Peers({"commercial": (200, 500)}, ((40, 100),) * 5)


def year(**policy: Any) -> Period:
    """95 of 100 sessions are the longest code, which five peers bill in 40 of 100."""
    return period(day("2026-03-02", tiers={"commercial": (0, 5, 95)}), peers=PEERS, policy=policy)


def weeks(**policy: Any) -> Period:
    return period(stretch("2026-01-07", 9, step=7, clients={"c": 3}), policy=policy)


# value: the pattern, a month that it speaks of, and the decision with which it says something else
DECISIONS: dict[str, tuple[str, Any, Any]] = {
    "usual_sessions_a_day": ("CG620", lambda **p: period(day("2026-03-02", visits=17), policy=p), 17),
    "long_day_minutes": ("CG628", lambda **p: period(day("2026-03-02", minutes=721), policy=p), 721),
    "very_long_day_minutes": ("CG628", lambda **p: period(day("2026-03-02", minutes=721), policy=p), 720),
    "days_off_window": ("CG621", lambda **p: period(stretch("2025-12-27", 95), policy=p), 120),
    "days_worked_percent": ("CG621", lambda **p: period(stretch("2025-12-27", 95), policy=p), 100),
    "share_least_sessions": ("CG622", year, 101),
    "share_least_peers": ("CG622", year, 6),
    "share_noted_percent": ("CG622", year, 95),
    "share_high_percent": ("CG622", year, 89),
    "sessions_without_gap": ("CG623", lambda **p: period(day("2026-03-02", unbroken=7), policy=p), 7),
    "exact_minute_percent": ("CG624", lambda **p: period(day("2026-03-02", long_minutes={53: 20}), policy=p), 100),
    "exact_minute_sessions": ("CG624", lambda **p: period(day("2026-03-02", long_minutes={53: 20}), policy=p), 21),
    "night_from": ("CG625", lambda **p: period(day("2026-03-02", hours={22: 1}), policy=p), 23),
    "night_until": ("CG625", lambda **p: period(day("2026-03-02", hours={5: 1}), policy=p), 5),
    "sessions_a_week": ("CG626", weeks, 3),
    "weeks_of_frequency": ("CG626", weeks, 9),
    "sessions_in_eight_months": (
        "CG626",
        lambda **p: period(stretch("2025-12-06", 31, step=3, clients={"c": 1}), policy=p),
        31,
    ),
}


@pytest.mark.parametrize("value", sorted(DECISIONS))
def test_a_decision_changes_what_is_said(value: str) -> None:
    pattern, month, decided = DECISIONS[value]
    usual = found(pattern, month())
    assert usual and value in PATTERNS[pattern].thresholds
    assert found(pattern, month(**{value: DEFAULTS[value]})) == usual
    assert found(pattern, month(**{value: decided})) != usual


def test_every_threshold_is_decided_above_and_belongs_to_patterns() -> None:
    named = {name for info in PATTERNS.values() for name in info.thresholds}
    assert named == set(DECISIONS)
    own = set(policy_patterns.PatternValues.__annotations__)
    assert own == policy_patterns.NETWORK_ONLY
    assert named == own - {"patterns_shown_to_providers"}


@pytest.mark.parametrize("pattern", sorted(PATTERNS))
def test_a_pattern_names_all_the_values_it_asks_for(pattern: str) -> None:
    (rule,) = RULES.glob(f"{pattern.lower()}_*.py")
    asked = set(re.findall(r"policy\.(\w+)", rule.read_text(encoding="utf-8")))
    assert asked == set(PATTERNS[pattern].thresholds) and asked <= set(LABELS)
