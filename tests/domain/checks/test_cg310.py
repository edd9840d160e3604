"""CG310: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clawguard.domain.facts import SessionFacts
from tests.domain.checks import builders as b
from tests.domain.checks.builders import passes, session, tables_for, trips


def before(*days: int, code: str = "F32A", **facts: Any) -> tuple[SessionFacts, ...]:
    """Earlier sessions, so many days ago, with this diagnosis."""
    return tuple(
        session(external_id=f"S-{ago}", diagnoses=(code,), date_of_service=b.DAY - dt.timedelta(days=ago), **facts)
        for ago in days
    )


ROWS = [
    passes("a specific diagnosis for years", session(), history=before(7, 14, 21, 400, code="F331")),
    passes("the first sessions", session(diagnoses=("F32A",)), history=before(7, 14)),
    passes("no history loaded", session(diagnoses=("F32A",))),
    passes("an evaluation may be unspecific", session("90791", diagnoses=("F32A",)), history=before(7, 14, 21)),
    passes("89 days since the first", session(diagnoses=("F32A",)), history=before(89)),
    passes(
        "other providers' sessions do not count",
        session(diagnoses=("F32A",)),
        history=before(7, 14, 21, provider_npi="1999999992"),
    ),
    passes(
        "29 days where thirty count",
        session(diagnoses=("F32A",)),
        history=before(29),
        tables=b.tables_with(unspecified_after_days=30),
    ),
    trips(
        "the fourth session",
        session(diagnoses=("F32A",)),
        {"severity": "info", "earlier_sessions": 3},
        history=before(7, 14, 21),
    ),
    trips("90 days since the first", session(diagnoses=("F32A",)), {"days": 90, "risk": "0.00"}, history=before(90)),
    trips(
        "a more specific code",
        session(diagnoses=("F32A",)),
        cured=session(diagnoses=("F331",)),
        history=before(7, 14, 21),
    ),
    trips(
        "the second session where one is enough",
        session(diagnoses=("F32A",)),
        {"earlier_sessions": 1},
        history=before(7),
        tables=b.tables_with(unspecified_after_sessions=1),
    ),
    trips(
        "thirty days where thirty count",
        session(diagnoses=("F32A",)),
        {"days": 30},
        history=before(30),
        tables=b.tables_with(unspecified_after_days=30),
    ),
]

test_passes, test_trips = tables_for("CG310", ROWS)
