"""The payer's time to file: of the client's state, else of the payer, else unknown."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from clawguard.domain.checks.filing import filing_days, filing_limits, last_day_to_file
from clawguard.domain.codesets import Policies, PolicyPeriod
from clawguard.domain.codesets.policies import DEFAULT
from tests.domain.checks.builders import TABLES, session

NONE_STATED = replace(DEFAULT, filing_days=None, filing_days_in_states=())
TEXAS = replace(NONE_STATED, filing_days=180, filing_days_in_states=(("TX", 95), ("NY", 0)))


@pytest.mark.parametrize(
    ("state", "days", "last"),
    [
        ("TX", 95, "2026-06-21"),
        ("NY", 0, "2026-03-18"),  # a limit of none at all is one
        ("CA", 180, "2026-09-14"),
        (None, 180, "2026-09-14"),
    ],
)
def test_the_state_decides_before_the_payer(state: str | None, days: int, last: str) -> None:
    given = session(client_state=state)
    assert filing_days(TEXAS, given) == days
    assert last_day_to_file(TEXAS, given) == dt.date.fromisoformat(last)


def test_a_limit_that_nobody_stated_ends_no_day() -> None:
    assert filing_days(NONE_STATED, session()) is None
    assert last_day_to_file(NONE_STATED, session()) is None


def test_every_limit_of_every_policy_is_known_whenever_it_holds() -> None:
    periods = (
        PolicyPeriod(dt.date(2024, 1, 1), dt.date(2024, 12, 31), {"filing_days": 90}, payer_id="60054"),
        PolicyPeriod(dt.date(2026, 1, 1), None, {"filing_days_in_states": (("TX", 95), ("NY", 120))}),
        PolicyPeriod(dt.date(2026, 1, 1), None, {"filing_days": 0, "filing_days_in_states": (("OH", 365),)}),
        PolicyPeriod(dt.date(2026, 1, 1), None, {"filing_days": None}, payer_id="90001"),
    )
    assert filing_limits(replace(TABLES, policies=Policies(periods))) == {0, 90, 95, 120, 365}
    assert filing_limits(TABLES) == set()
