"""Coverage and authorizations as stated: read for the day of a session and for its payer."""

from __future__ import annotations

from typing import Any

import pytest

from sessions import facts, stated
from tests.sessions.test_stated_facts import say, screened, standing, work

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("said", "actual"),
    [
        ({"status": "active", "from": "2026-09-16"}, "active"),
        ({"status": "active", "to": "2026-09-16"}, "active"),
        ({"status": "active", "from": "2026-09-17"}, "inactive"),
        ({"status": "inactive", "from": "2026-09-17"}, "active"),
        ({"status": "inactive", "to": "2026-09-15"}, "active"),
        ({"status": "inactive"}, "inactive"),
    ],
)
def test_coverage_is_read_for_the_day(said: dict[str, Any], actual: str) -> None:
    session = screened()
    say("eligibility", client="C-1", **said)
    row = facts.load("WHERE s.id = %s", [session.pk])
    assert stated.of(row)[str(session.pk)]["eligibility"]["actual"] == actual


def test_the_latest_statement_of_the_payer_counts() -> None:
    session = screened()
    say("eligibility", client="C-1", status="inactive")
    say("eligibility", client="C-1", status="inactive", payer_id="90001")
    say("eligibility", client="C-1", status="active", payer_id="60054")
    work()
    assert "CG512" not in standing(session)


YEAR = {"status": "active", "from": "2026-01-01", "to": "2026-12-31"}
NEXT_YEAR = {"status": "active", "from": "2027-01-01"}
YEAR_BEFORE = {"status": "active", "from": "2025-01-01", "to": "2025-12-31"}


@pytest.mark.parametrize(
    ("statements", "actual", "ended"),
    [
        ([YEAR, NEXT_YEAR], "active", None),  # a renewal takes nothing from the year before
        ([NEXT_YEAR, YEAR], "active", None),
        ([YEAR, YEAR_BEFORE], "active", None),  # told late, of a year before
        ([YEAR_BEFORE, NEXT_YEAR], "inactive", None),  # neither covers the day
        ([{"status": "active"}, NEXT_YEAR], "active", None),
        ([YEAR, {"status": "inactive", "from": "2026-09-01"}], "inactive", "2026-08-31"),
        ([YEAR, {"status": "inactive", "from": "2026-09-01"}, NEXT_YEAR], "inactive", "2026-08-31"),
        ([{"status": "inactive", "from": "2026-09-01"}, YEAR], "active", None),  # the latest about the day counts
        ([YEAR, {**YEAR, "to": "2026-09-15"}], "inactive", "2026-09-15"),  # the same coverage, ended early
        ([{"status": "active"}, {"status": "active", "to": "2026-09-15"}], "inactive", "2026-09-15"),
        ([YEAR, {**YEAR, "to": "2026-09-16"}], "active", None),
        ([YEAR, {**YEAR, "to": "2026-09-15"}, {"status": "active", "from": "2026-09-16"}], "active", None),
    ],
)
def test_each_period_of_coverage_keeps_what_it_says(
    statements: list[dict[str, Any]], actual: str, ended: str | None
) -> None:
    session = screened()
    for said in statements:
        say("eligibility", client="C-1", **said)
    row = facts.load("WHERE s.id = %s", [session.pk])
    said = stated.of(row)[str(session.pk)]["eligibility"]
    assert (said["actual"], said["ended_on"]) == (actual, ended)


def test_a_renewed_coverage_leaves_the_sessions_of_last_year_alone() -> None:
    session = screened()
    say("eligibility", client="C-1", **YEAR)
    say("eligibility", client="C-1", **NEXT_YEAR)
    work()
    assert "CG512" not in standing(session)


def test_an_authorization_of_another_payer_says_nothing() -> None:
    session = screened()
    say("authorization", client="C-1", required=True, obtained=False, payer_id="90001")
    work()
    assert "CG513" not in standing(session)
    say("authorization", client="C-1", required=True, obtained=False, payer_id="60054")
    say("authorization", client="C-1", obtained=True, payer_id="90001")
    work()
    assert "CG513" in standing(session)
