"""A correction removes exactly the finding it cures: of who and how (CG5xx) and of sessions beside each other (CG6xx).

What is corrected is the session itself, a session beside it, or what is stated about it. The families before these
have their corrections in their own tables (``cured=``).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest

from clawguard.domain.checks import ALL, Context, screen
from clawguard.domain.codesets import CodeTables
from clawguard.domain.facts import SessionFacts
from tests.domain.checks.builders import DAY, FY2025, NEW_YORK, TABLES, line, other, session, tables_with
from tests.domain.checks.test_properties import gone_and_new

COLLEAGUE = "1999999992"
OTHER_WRONG = "the times of the other were wrong"


@dataclass(frozen=True)
class Cure:
    """A session with its finding, and both again after the correction. What is None stays as it was."""

    check: str
    story: str
    given: SessionFacts
    cured: SessionFacts | None = None
    beside: dict[str, Any] = field(default_factory=dict)
    corrected: dict[str, Any] = field(default_factory=dict)  # of ``beside``: what is stated now


def days_on(count: int) -> dt.datetime:
    """Noon in New York, so many days after the session."""
    return dt.datetime.combine(DAY + dt.timedelta(days=count), dt.time(12), NEW_YORK).astimezone(dt.UTC)


def before(days: int, *codes: str, **facts: Any) -> SessionFacts:
    """A session of the same client, so many days earlier."""
    return session(*codes, external_id=f"S-{days}", date_of_service=DAY - dt.timedelta(days=days), **facts)


def elsewhere(*codes: str, **facts: Any) -> SessionFacts:
    """A session of the same provider with another client."""
    return other(*codes, **{"client_key": "C-78", **facts})


def colleague(*codes: str, **facts: Any) -> SessionFacts:
    """A session of the same client with another provider."""
    return other(*codes, **{"provider_npi": COLLEAGUE, **facts})


def stated(**facts: Any) -> dict[str, Any]:
    return {"facts": facts}


def phone_visit(day: dt.date) -> SessionFacts:
    """Of a code that ended with 2024."""
    by_phone = {"place_of_service": "10", "telehealth": "audio", "client_location": "home"}
    return session("99442", provider_license="MD", at="10:00-10:15", date_of_service=day, **by_phone)


CURES = [
    Cure("CG501", "the code was wrong", session("99214"), session("90837")),
    Cure("CG501", "the licence was wrong", session("99214"), session("99214", provider_license="MD")),
    Cure("CG502", "the day of confirmation", session(confirmed_at=days_on(31)), session(confirmed_at=days_on(30))),
    Cure(
        "CG503",
        "it was the day before",
        phone_visit(dt.date(2025, 1, 1)),
        phone_visit(dt.date(2024, 12, 31)),
        beside={"tables": CodeTables(icd=(FY2025,))},
    ),
    Cure(
        "CG505",
        "a code the network takes",
        session("96130", provider_license="PhD"),
        session("90837", provider_license="PhD"),
    ),
    Cure("CG506", "another licence", session("97155"), session("97155", provider_license="BCBA")),
    Cure("CG507", "a code that is known", session("99395"), session("90837")),
    Cure("CG508", "the licence in full", session(provider_license="AMFT"), session(provider_license="LMFT")),
    Cure(
        "CG509",
        "the number was wrong",
        session("90853", group_size=13),
        session("90853", group_size=12),
        beside={"tables": tables_with(largest_group=12)},
    ),
    Cure(
        "CG510",
        "a visit of a known client",
        session("99203", provider_license="MD"),
        session("99213", provider_license="MD"),
        beside={"history": (before(30, "99213", provider_license="MD"),)},
    ),
    Cure(
        "CG511",
        "the discharge was on another day",
        session(),
        beside=stated(events=[{"kind": "discharge", "date": "2026-03-17T09:00:00-04:00"}]),
        corrected=stated(events=[{"kind": "discharge", "date": "2026-03-19T09:00:00-04:00"}]),
    ),
    Cure(
        "CG512",
        "eligible until the day itself",
        session(),
        beside=stated(eligibility={"ended_on": "2026-03-17", "shown": "active"}),
        corrected=stated(eligibility={"ended_on": "2026-03-18", "shown": "active"}),
    ),
    Cure(
        "CG513",
        "it was there after all",
        session(),
        beside=stated(authorization={"required": True, "obtained": False}),
        corrected=stated(authorization={"required": True, "obtained": True}),
    ),
    Cure(
        "CG514",
        "filed a day earlier",
        session(),
        beside={"tables": tables_with(filing_days=90), **stated(claim={"filed_on": "2026-06-17"})},
        corrected=stated(claim={"filed_on": "2026-06-16"}),
    ),
    Cure(
        "CG515",
        "the licence holds a day longer",
        session(),
        beside=stated(licenses=[{"kind": "LCSW", "to": "2026-03-17"}]),
        corrected=stated(licenses=[{"kind": "LCSW", "to": "2026-03-18"}]),
    ),
    Cure(
        "CG516",
        "the client was elsewhere",
        session(),
        session(client_state="NJ"),
        beside=stated(licenses=[{"kind": "LCSW", "state": "NJ"}]),
    ),
    Cure(
        "CG517",
        "the appointment was kept",
        session(),
        beside=stated(appointment={"status": "cancelled"}),
        corrected=stated(appointment={"status": "completed"}),
    ),
    Cure(
        "CG518",
        "enrolled from the day itself",
        session(),
        beside=stated(enrollments=[{"payer_id": "60054", "from": "2026-03-19"}]),
        corrected=stated(enrollments=[{"payer_id": "60054", "from": "2026-03-18"}]),
    ),
    Cure(
        "CG519",
        "a cent was missing",
        session(line("90837", charge=Decimal("142.49"))),
        session(line("90837", charge=Decimal("142.50"))),
    ),
    Cure(
        "CG520",
        "the payer was another",
        session(provider_license="LMFT", payer_kind="medicare", date_of_service=dt.date(2023, 12, 29)),
        session(provider_license="LMFT", payer_kind="commercial", date_of_service=dt.date(2023, 12, 29)),
    ),
    Cure(
        "CG601",
        OTHER_WRONG,
        session(),
        beside={"same_day": (elsewhere(at="10:30-11:25"),)},
        corrected={"same_day": (elsewhere(at="10:55-11:50"),)},
    ),
    Cure(
        "CG602",
        "five minutes earlier",
        session(at="10:00-10:55"),
        session(at="09:55-10:50"),
        beside={"same_day": (colleague("99213", at="10:50-11:10", provider_license="MD"),)},
    ),
    Cure(
        "CG602",
        OTHER_WRONG,
        session(),
        beside={"same_day": (colleague("99213", at="10:50-11:10", provider_license="MD"),)},
        corrected={"same_day": (colleague("99213", at="10:55-11:15", provider_license="MD"),)},
    ),
    Cure(
        "CG603",
        "the other was another day's",
        session(),
        beside={"same_day": (other(),)},
        corrected={"same_day": (other(date_of_service=DAY - dt.timedelta(days=1)),)},
    ),
    Cure(
        "CG605",
        "therapy, not an evaluation",
        session("90791"),
        session("90837"),
        beside={"history": (before(180, "90791"),)},
    ),
    Cure(
        "CG606",
        "therapy, not a crisis",
        session("90839"),
        session("90837"),
        beside={"history": (before(29, "90839"), before(1, "90839"))},
    ),
    Cure(
        "CG607",
        "the other was with another client",
        session(),
        beside={"same_day": (colleague("90834", at="12:00-12:45"),)},
        corrected={"same_day": (colleague("90834", at="12:00-12:45", client_key="C-78"),)},
    ),
    Cure(
        "CG608",
        "the size was wrong",
        session("90853", group_size=4),
        session("90853", group_size=5),
        beside={"same_day": (elsewhere("90853", group_size=5, at="10:00-10:55"),)},
    ),
]


@pytest.mark.parametrize("cure", CURES, ids=lambda cure: f"{cure.check}: {cure.story}")
def test_a_correction_removes_exactly_the_finding_it_cures(cure: Cure) -> None:
    before = screen(cure.given, Context(**{"tables": TABLES, **cure.beside}))
    after = screen(cure.cured or cure.given, Context(**{"tables": TABLES, **cure.beside, **cure.corrected}))
    assert gone_and_new(before, after) == ({cure.check}, set())


def test_every_check_of_who_and_how_and_of_sessions_beside_each_other_has_one() -> None:
    mine = {cure.check for cure in CURES}
    in_tables = {"CG504", "CG521", "CG522", "CG523", "CG609"}  # have ``cured=`` in their own tables
    assert {identifier for identifier in ALL if identifier[2] in "56"} - mine == in_tables
