"""Values of a policy as JSON and typed text: what can be read comes back unchanged, what cannot is named."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clawguard.domain.codesets.policies import DEFAULTS, LABELS
from clawguard.domain.codesets.policy_values import (
    SHAPES,
    Kind,
    PolicyValuesError,
    from_json,
    from_text,
    to_json,
    to_text,
)

GOOD: list[tuple[str, Any, Any]] = [
    ("confirm_within_days", 14, 14),
    ("confirm_within_days", 0, 0),
    ("filing_days", None, None),
    ("clock_times_needed", True, True),
    ("testing_blocked_from", "2027-01-31", dt.date(2027, 1, 31)),
    ("testing_blocked_from", None, None),
    ("blocked_codes", ["90837", "90834"], frozenset({"90834", "90837"})),
    ("telehealth_places", [], frozenset()),
    ("telehealth_places", None, None),
    ("pairs_refused", ["90853+90837"], frozenset({"90837+90853"})),
    ("units_a_day", {"96158": 2, "90837": 1}, (("90837", 1), ("96158", 2))),
    ("most_sessions_a_week", {"90837+90834": 2, "90853": 1}, ((("90834", "90837"), 2), (("90853",), 1))),
    ("most_sessions_a_week", {"90834+90837": 2, "90837+90834": 2}, ((("90834", "90837"), 2),)),
]
BAD: list[tuple[str, Any]] = [
    ("confirm_within_days", True),
    ("confirm_within_days", -1),
    ("confirm_within_days", 100_001),
    ("confirm_within_days", 1.5),
    ("confirm_within_days", "14"),
    ("confirm_within_days", None),
    ("clock_times_needed", 1),
    ("clock_times_needed", None),
    ("testing_blocked_from", "31 January"),
    ("testing_blocked_from", 20270131),
    ("blocked_codes", "90837"),
    ("blocked_codes", ["9083?"]),
    ("blocked_codes", [90837]),
    ("blocked_codes", ["123456789"]),
    ("blocked_codes", [""]),
    ("pairs_refused", ["90837"]),
    ("pairs_refused", ["90837+"]),
    ("units_a_day", ["90837"]),
    ("units_a_day", {"90837": "one"}),
    ("units_a_day", {"90837": True}),
    ("most_sessions_a_week", ["90837"]),
    ("most_sessions_a_week", {"90837+": 2}),
    ("most_sessions_a_week", {"90837": "two"}),
    ("most_sessions_a_week", {"90834+90837": 2, "90837+90834": 3}),
    ("no_such_value", 1),
]


def test_every_value_of_a_policy_can_be_read_and_typed() -> None:
    assert set(SHAPES) == set(LABELS)
    for name, default in DEFAULTS.items():
        plain = to_json({name: default})
        assert from_json(plain) == {name: default}
        if default is not None:
            assert from_json({name: from_text(name, to_text(name, plain[name]))}) == {name: default}


@pytest.mark.parametrize(("name", "given", "wanted"), GOOD)
def test_a_good_value_is_read_and_printed_in_one_order(name: str, given: Any, wanted: Any) -> None:
    assert from_json({name: given}) == {name: wanted}
    assert from_json(to_json({name: wanted})) == {name: wanted}


@pytest.mark.parametrize(("name", "given"), BAD)
def test_a_bad_value_is_named(name: str, given: Any) -> None:
    with pytest.raises(PolicyValuesError) as refused:
        from_json({name: given, "long_session_minutes": 100})
    assert [problem.name for problem in refused.value.problems] == [name]


def test_every_bad_value_is_named_at_once() -> None:
    with pytest.raises(PolicyValuesError) as refused:
        from_json(dict(BAD))
    assert {problem.name for problem in refused.value.problems} == {name for name, _ in BAD}


@pytest.mark.parametrize(
    ("name", "text", "plain"),
    [
        ("blocked_codes", "90837, 90834;90832", ["90837", "90834", "90832"]),
        ("blocked_codes", " ", []),
        ("units_a_day", "90837=1, 96158=2", {"90837": 1, "96158": 2}),
        ("units_a_day", "90837", {"90837": ""}),
        ("most_sessions_a_week", "90834+90837=2 90853=1", {"90834+90837": 2, "90853": 1}),
        ("confirm_within_days", " 14 ", 14),
        ("confirm_within_days", "two weeks", "two weeks"),
        ("confirm_within_days", "1" * 30, "1" * 30),
        ("clock_times_needed", "Yes", True),
        ("clock_times_needed", "perhaps", "perhaps"),
        ("testing_blocked_from", " 2027-01-31", "2027-01-31"),
    ],
)
def test_typed_text_becomes_json(name: str, text: str, plain: Any) -> None:
    assert from_text(name, text) == plain


def test_pairs_are_told_by_their_name() -> None:
    assert SHAPES["pairs_allowed"].kind is Kind.PAIRS
    assert SHAPES["blocked_codes"].kind is Kind.CODES
