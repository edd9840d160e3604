"""CG604: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from typing import Any

from clawguard.domain.facts import SessionFacts
from tests.domain.checks.builders import began, other, passes, session, tables_for, trips


def elsewhere(*lines: str, **facts: Any) -> SessionFacts:
    """A session of the same provider with another client."""
    return other(*lines, **{"client_key": "C-78", **facts})


def day_of(hours: int, **facts: Any) -> tuple[SessionFacts, ...]:
    """Full hours one after the other, from eight in the morning on."""
    return tuple(
        elsewhere(external_id=f"S-{hour}", at=f"{hour:02}:00-{(hour + 1) % 24:02}:00", **facts)
        for hour in range(8, 8 + hours)
    )


def totals_of(hours: int) -> tuple[SessionFacts, ...]:
    """As many sessions of an hour, their clock times not stated."""
    return tuple(elsewhere(external_id=f"S-{number}", minutes=60) for number in range(hours))


ROWS = [
    passes("an ordinary day", session(), same_day=day_of(7)),
    passes("twelve hours are the limit", session(at="07:00-08:00"), same_day=day_of(11)),
    passes(
        "a group counts once",
        session("90853", at="08:00-09:00"),
        same_day=tuple(elsewhere("90853", external_id=f"S-{n}", at="08:00-09:00") for n in range(20)),
    ),
    passes(
        "other providers' hours do not count", session(at="07:00-08:00"), same_day=day_of(14, provider_npi="1999999992")
    ),
    passes("twelve hours in totals", session(minutes=60), same_day=totals_of(11)),
    passes(
        "rows without times may be one group",
        session("90853", minutes=60),
        same_day=tuple(elsewhere("90853", external_id=f"S-{n}", minutes=60) for n in range(20)),
    ),
    passes(
        "a month's minutes are not the day's",
        session(),
        same_day=tuple(elsewhere("99484", external_id=f"S-{n}", minutes=60) for n in range(20)),
    ),
    passes(
        "work on tests may have been done on other days",
        session(),
        same_day=tuple(elsewhere("96130", external_id=f"S-{n}", minutes=300) for n in range(5)),
    ),
    trips(
        "totals without clock times",
        session(minutes=60),
        {"severity": "warning", "minutes": 840, "sessions": 14},
        same_day=totals_of(13),
    ),
    trips(
        "totals and clock times together",
        session(at="08:00-09:00"),
        {"minutes": 721, "sessions": 13},
        same_day=(*totals_of(11), elsewhere(external_id="S-80", at="09:00-09:01")),
    ),
    trips(
        "starts and minutes without ends",
        session(at="06:59-08:00"),
        {"minutes": 721},
        same_day=tuple(
            began("90837", minutes=60, at=f"{hour:02}:00-{hour:02}:30", external_id=f"S-{hour}", client_key="C-78")
            for hour in range(8, 19)
        ),
    ),
    trips(
        "more than twelve hours",
        session(at="06:59-08:00"),
        {"severity": "warning", "minutes": 721, "risk": "0.00"},
        same_day=day_of(11),
    ),
    trips(
        "more than sixteen hours", session(at="06:59-08:00"), {"severity": "error", "minutes": 961}, same_day=day_of(15)
    ),
    trips("sixteen hours", session(at="07:00-08:00"), {"severity": "warning", "minutes": 960}, same_day=day_of(15)),
]

test_passes, test_trips = tables_for("CG604", ROWS)
