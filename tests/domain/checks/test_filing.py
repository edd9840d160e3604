"""The payer's time to file: of the client's state, else of the payer, else unknown."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from clawguard.domain.checks.filing import MEDICARE_FEWEST, MEDICARE_MOST, filing_days, filing_limits, last_day_to_file
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


@pytest.mark.parametrize(
    ("served", "last"),
    [
        ("2026-03-18", "2027-03-18"),
        ("2023-03-01", "2024-03-01"),  # a leap day between
        ("2024-02-29", "2025-02-28"),
        ("2024-03-23", "2025-03-24"),  # a Sunday
        ("2025-05-25", "2026-05-26"),  # Memorial Day
        ("2010-01-01", "2011-01-03"),  # the first day of the rule; New Year's Day is a Saturday
        ("2009-12-31", None),
    ],
)
def test_medicare_takes_a_claim_for_a_calendar_year(served: str, last: str | None) -> None:
    given = session(date_of_service=dt.date.fromisoformat(served), payer_kind="medicare")
    assert last_day_to_file(DEFAULT, given) == (dt.date.fromisoformat(last) if last else None)
    assert filing_days(DEFAULT, session(date_of_service=given.date_of_service)) is None
    off = replace(DEFAULT, medicare_filing_year_from=None)
    assert filing_days(off, given) is None


def test_what_is_stated_comes_before_the_year_of_medicare() -> None:
    given = session(payer_kind="medicare", client_state="TX")
    assert filing_days(TEXAS, given) == 95
    assert filing_days(TEXAS, replace(given, client_state="CA")) == 180
    assert filing_days(replace(TEXAS, filing_days=None), replace(given, client_state="CA")) == 365


def test_the_year_of_medicare_is_never_shorter_or_longer_than_the_daily_look_expects() -> None:
    days = set()
    for number in range(28 * 366):
        served = dt.date(2010, 1, 1) + dt.timedelta(days=number)
        days.add(filing_days(DEFAULT, session(date_of_service=served, payer_kind="medicare")))
    assert days == set(range(MEDICARE_FEWEST, MEDICARE_MOST + 1))


def test_every_limit_of_every_policy_is_known_whenever_it_holds() -> None:
    periods = (
        PolicyPeriod(dt.date(2024, 1, 1), dt.date(2024, 12, 31), {"filing_days": 90}, payer_id="60054"),
        PolicyPeriod(dt.date(2026, 1, 1), None, {"filing_days_in_states": (("TX", 95), ("NY", 120))}),
        PolicyPeriod(dt.date(2026, 1, 1), None, {"filing_days": 0, "filing_days_in_states": (("OH", 365),)}),
        PolicyPeriod(dt.date(2026, 1, 1), None, {"filing_days": None}, payer_id="90001"),
    )
    assert filing_limits(replace(TABLES, policies=Policies(periods))) == {0, 90, 95, 120, 365}
    assert filing_limits(TABLES) == set()
