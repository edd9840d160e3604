"""A small crowd of invented sessions: few clients, providers and days, so that nearly all stand beside each other."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from tests.builders import npi, session_body

FIRST = dt.date(2026, 9, 14)  # a Monday
CODES = (
    *("90791", "90832", "90834", "90837", "90837", "90846", "90847", "90839", "90785", "90833", "90836"),
    *("99213", "99214", "98966", "98967", "96130", "96158", "97153", "97155", "90853", "90853", "90853"),
)
LICENSES = ("LCSW", "MD", "PhD")


def crowd(seed: int, count: int, days: int = 2) -> list[dict[str, Any]]:
    """``count`` sessions in the shape of the interface, in no order. Some state no times."""
    rng = random.Random(seed)
    return [_body(rng, number, days) for number in rng.sample(range(1000), count)]


def _body(rng: random.Random, number: int, days: int) -> dict[str, Any]:
    day = FIRST + dt.timedelta(days=rng.randrange(days))
    provider = rng.randrange(len(LICENSES))
    begin = dt.datetime.combine(day, dt.time(13 + rng.randrange(4), 15 * rng.randrange(4)), dt.UTC)
    end = begin + dt.timedelta(minutes=rng.choice((20, 30, 45, 55, 60)))
    timed = rng.random() < 0.85
    codes = rng.sample(CODES, rng.choice((1, 1, 1, 2)))
    if "90853" in codes:  # one provider's, at the same hour
        provider, begin = 0, begin.replace(hour=13, minute=0)
        end = begin + dt.timedelta(minutes=60)
    return session_body(
        external_id=f"S-{number}",
        provider={"npi": npi(1 + provider), "license": LICENSES[provider], "time_zone": "America/New_York"},
        client={"external_id": f"C-{rng.randrange(3)}", "birth_date": "1991-04-11", "sex": "F", "state": "NY"},
        date_of_service=day.isoformat(),
        start=begin.isoformat() if timed else None,
        end=end.isoformat() if timed else None,
        minutes=None if timed else 45,
        group_size=rng.choice((None, 4, 6)),
        service_lines=[
            {"code": code, "modifiers": [], "units": 1, "charge": "180.00", "diagnosis_pointers": [1]} for code in codes
        ],
        confirmed_at=f"{day + dt.timedelta(days=1)}T23:00:00Z",
    )
