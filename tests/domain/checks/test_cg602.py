"""CG602: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from typing import Any

from clawguard.domain.facts import SessionFacts
from tests.domain.checks.builders import began, other, passes, session, tables_for, trips


def colleague(*lines: str, **facts: Any) -> SessionFacts:
    """A session of the same client with another provider."""
    return other(*lines, **{"external_id": "S-9", "provider_npi": "1999999992", **facts})


ROWS = [
    passes("nobody else that day", session()),
    passes("one after the other", session(), same_day=(colleague(at="10:55-11:50"),)),
    passes("another client", session(), same_day=(colleague(client_key="C-78", at="10:00-10:55"),)),
    passes("family work may have two therapists", session("90847"), same_day=(colleague(at="10:00-10:55"),)),
    passes("the other is a group", session(), same_day=(colleague("90853", at="10:00-10:55"),)),
    passes(
        "analyst and technician work side by side", session("97155"), same_day=(colleague("97153", at="10:00-10:55"),)
    ),
    passes("this one begins as the other ends", session(), same_day=(colleague(at="09:05-10:00"),)),
    trips(
        "the other states its start and its minutes",
        session(),
        {"overlap_minutes": 10},
        same_day=(began("90837", minutes=55, at="09:15-10:10", external_id="S-9", provider_npi="1999999992"),),
    ),
    trips(
        "five minutes",
        session(),
        {"severity": "error", "overlap_minutes": 5, "related": ("S-9",)},
        same_day=(colleague(at="10:50-11:45"),),
    ),
    trips("four minutes are looked at", session(), {"severity": "warning"}, same_day=(colleague(at="10:51-11:45"),)),
]

test_passes, test_trips = tables_for("CG602", ROWS)
