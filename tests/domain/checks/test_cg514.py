"""CG514: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks import builders as b
from tests.domain.checks.builders import passes, session, tables_for, tables_with, trips

NINETY = tables_with(filing_days=90)  # of a session on 2026-03-18 the last day is 2026-06-16
TEXAS = tables_with(filing_days=180, filing_days_in_states=(("TX", 95),))  # there the last day is 2026-06-21


def at(text: str, hour: int = 12) -> dt.datetime:
    """That hour in New York, as UTC."""
    return dt.datetime.combine(dt.date.fromisoformat(text), dt.time(hour, 30), b.NEW_YORK).astimezone(dt.UTC)


def filed(day: str) -> dict[str, object]:
    return {"claim": {"filed_on": day}}


ROWS = [
    passes("no limit is stated for the payer", session(), facts=filed("2027-01-01")),
    passes("filed on the last day", session(), facts=filed("2026-06-16"), tables=NINETY),
    passes("confirmed on the last day, late in New York", session(confirmed_at=at("2026-06-16", 23)), tables=NINETY),
    passes("not confirmed, on the last day", session(), now=at("2026-06-16", 23), tables=NINETY),
    passes("not confirmed, and no moment to compare with", session(), tables=NINETY),
    passes(
        "filed in time although confirmed late",
        session(confirmed_at=at("2026-07-01")),
        facts=filed("2026-06-01"),
        tables=NINETY,
    ),
    passes(
        "confirmed in time, not stated whether it was filed",
        session(confirmed_at=at("2026-03-19")),
        now=at("2027-01-01"),
        tables=NINETY,
    ),
    passes("the longer limit where the state has none", session(), facts=filed("2026-06-22"), tables=TEXAS),
    passes("the limit of another payer", session(payer_id="90001"), facts=filed("2026-12-01"), tables=NINETY),
    passes("the last day in Texas", session(client_state="TX"), facts=filed("2026-06-21"), tables=TEXAS),
    passes("Medicare on the last day", session(payer_kind="medicare"), facts=filed("2027-03-18")),
    passes(
        "a Medicare plan with a longer limit of its own",
        session(payer_kind="medicare"),
        facts=filed("2027-03-19"),
        tables=tables_with(filing_days=400),
    ),
    passes(
        "Medicare's year is switched off",
        session(payer_kind="medicare"),
        facts=filed("2028-01-01"),
        tables=tables_with(medicare_filing_year_from=None),
    ),
    passes("Medicaid has no limit of its own here", session(payer_kind="medicaid"), facts=filed("2028-01-01")),
    trips(
        "Medicare a day later",
        session(payer_kind="medicare"),
        {"limit_days": 365, "last_day": "2027-03-18"},
        facts=filed("2027-03-19"),
    ),
    trips(
        "Medicare across a leap day",
        session(payer_kind="medicare", date_of_service=dt.date(2023, 3, 1)),
        {"limit_days": 366, "last_day": "2024-03-01"},
        facts=filed("2024-03-02"),
    ),
    trips(
        "a Medicare plan with a shorter limit of its own",
        session(payer_kind="medicare"),
        {"limit_days": 90},
        facts=filed("2026-06-17"),
        tables=NINETY,
    ),
    trips(
        "filed a day late",
        session(confirmed_at=at("2026-03-19")),
        {"limit_days": 90, "last_day": "2026-06-16"},
        facts=filed("2026-06-17"),
        tables=NINETY,
    ),
    trips(
        "confirmed after the limit",
        session(confirmed_at=at("2026-06-17", 0)),
        {"confirmed_on": "2026-06-17"},
        tables=NINETY,
    ),
    trips("still not confirmed", session(), {"confirmed_on": None}, now=at("2026-06-17", 0), tables=NINETY),
    trips(
        "a day late in Texas", session(client_state="TX"), {"limit_days": 95}, facts=filed("2026-06-22"), tables=TEXAS
    ),
]

test_passes, test_trips = tables_for("CG514", ROWS)
