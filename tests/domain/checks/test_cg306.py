"""CG306: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clawguard.domain.checks import ALL
from clawguard.domain.facts import SessionFacts
from tests.domain.checks import builders as b
from tests.domain.checks.builders import Row, findings, passes, session, tables_for, trips

LATER = b.CodeTables(icd=(b.FY2025, b.FY2026))


def on(day: str, *diagnoses: str) -> SessionFacts:
    return session(diagnoses=diagnoses or ("F331",), date_of_service=dt.date.fromisoformat(day))


ROWS = [
    passes("the release covers the day", session()),
    passes("an unknown code on a covered day is another check's", session(diagnoses=("F3399",))),
    passes("the last day of the release", on("2026-09-30")),
    passes("the first day of the release", on("2025-10-01")),
    passes("the last day of the release before it", on("2025-09-30"), tables=LATER),
    passes("nothing to check", session(diagnoses=()), tables=b.CodeTables()),
    trips(
        "a known code on the day after the release ended",
        on("2026-10-01"),
        {"severity": "info", "risk": "0.00", "known": ["F331"], "unknown": [], "says": "FY2026, knows F33.1."},
        cured=on("2026-09-30"),
    ),
    trips("a known code weeks later", on("2026-11-10"), {"severity": "info", "release": "FY2026"}),
    trips(
        "a known code on the day before it began",
        on("2025-09-30"),
        {"severity": "info", "says": "The diagnoses of 2025-09-30 were not checked."},
    ),
    trips("the day before the earlier of two", on("2024-09-30"), {"release": "FY2025"}, tables=LATER),
    trips(
        "an unknown code is told apart from a known one, each once",
        on("2026-10-01", "F331", "F3399", "F331"),
        {
            "severity": "info",
            "count": 1,
            "risk": "0.00",
            "diagnoses": ["F331", "F3399"],
            "known": ["F331"],
            "unknown": ["F3399"],
            "says": "FY2026, knows F33.1 and does not know F33.99.",
        },
    ),
    trips(
        "only unknown codes",
        on("2026-10-01", "F3399"),
        {"severity": "info", "risk": "0.00", "known": [], "says": "FY2026, does not know F33.99."},
    ),
    trips(
        "no release at all is said once",
        session(diagnoses=("F331", "F411")),
        {"severity": "info", "count": 1, "risk": "0.00", "release": None, "says": "No ICD-10-CM release is loaded."},
        tables=b.CodeTables(),
    ),
]

test_passes, test_trips = tables_for("CG306", ROWS)


@pytest.mark.parametrize("row", [row for row in ROWS if row.expected is not None], ids=lambda row: row.story)
def test_it_asks_nobody_and_names_no_money(row: Row) -> None:
    [found] = findings("CG306", row.given, **row.context)
    assert (found.severity, found.amount_at_risk, found.request_items) == ("info", b.Decimal(0), ())
    assert "Nothing is needed from you" in found.provider_message


def test_no_check_names_money_by_a_release_of_other_days() -> None:
    by_list = ("CG301", "CG302", "CG303", "CG305", "CG306", "CG308")
    context: dict[str, Any] = {"tables": b.TABLES}
    given = on("2026-10-01", "F54", "F33", "F319", "F3399")
    found = [each for check in by_list for each in findings(check, given, **context)]
    assert {each.check for each in found} == {"CG303", "CG305", "CG306", "CG308"} <= ALL.keys()
    assert {each.amount_at_risk for each in found} == {b.Decimal(0)}
