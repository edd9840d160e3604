"""How far back checks look: as far as they say and no further, and a database finds every session they are about."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from clawguard.domain.checks import ALL, Context, Needs, history_days
from clawguard.domain.checks.looking_back import looking_back
from clawguard.domain.codesets import CodeTables, Policies, PolicyPeriod
from clawguard.domain.facts import SessionFacts
from tests.domain.checks.builders import DAY, session, tables_with
from tests.domain.checks.test_reads import Row, rows

LOOKING = sorted(identifier for identifier, info in ALL.items() if info.back)


def test_every_check_of_the_history_says_how_far_back_it_looks() -> None:
    of_history = {identifier for identifier, info in ALL.items() if info.needs is Needs.HISTORY}
    # CG510 is also told of visits beyond the history, the others count the session itself
    assert set(LOOKING) == of_history | {"CG510", "CG523", "CG609"}
    assert all(ALL[identifier].first_diagnoses is None or ALL[identifier].back for identifier in ALL)


def older(given: SessionFacts, days: int) -> list[SessionFacts]:
    """Like the session itself in all that could make a check speak, one day too long ago."""
    day = given.date_of_service - dt.timedelta(days=days + 1)
    like = dataclasses.replace(given, external_id="OLD", date_of_service=day)
    visit = dataclasses.replace(session(), client_key=given.client_key, external_id="OLD-2", date_of_service=day)
    return [like, visit]


def with_history() -> list[tuple[Row, Context]]:
    return [(row, context) for row, context in rows() if context.history]


@pytest.mark.parametrize("identifier", LOOKING)
def test_what_is_older_it_does_not_read(identifier: str) -> None:
    info, spoke = ALL[identifier], 0
    assert info.back is not None
    for row, context in with_history():
        codes = info.billed_in(context.tables.procedures)
        if codes is not None and codes.isdisjoint(row.given.codes):
            continue
        days = info.back(context.policy(row.given))
        since = row.given.date_of_service - dt.timedelta(days=days)
        near = tuple(each for each in context.history if each.date_of_service >= since)
        told = list(info.run(row.given, dataclasses.replace(context, history=near)))
        spoke += bool(told)
        further = dataclasses.replace(context, history=(*older(row.given, days), *context.history))
        assert list(info.run(row.given, further)) == list(info.run(row.given, context)) == told, row.story
    assert spoke


def test_a_database_finds_every_session_that_is_screened_beside_a_history() -> None:
    found = 0
    for row, context in rows():
        days = history_days(row.given, context.tables)
        looking = looking_back(context.tables)
        if days:
            by_code = bool(row.given.codes & looking.codes) or looking.anything
            assert by_code or not looking.diagnoses.isdisjoint(row.given.diagnoses[:1]), row.story
            assert days <= (looking.days if by_code else looking.diagnosis_days) <= looking.days, row.story
            found += 1
    assert found > 20


def test_most_sessions_have_a_mark_and_ordinary_ones_have_none() -> None:
    looking = looking_back(CodeTables())
    assert not looking.anything and looking.days == 3 * 366
    assert "90791" in looking.codes and "90837" not in looking.codes and "F32A" in looking.diagnoses
    assert history_days(session(), CodeTables()) == 0
    assert history_days(session("90839"), CodeTables()) == 29


def test_a_payer_that_asks_for_sessions_in_person_widens_the_look() -> None:
    period = PolicyPeriod(DAY, None, {"in_person_within_days": 365}, payer_kind="medicare")
    tables = CodeTables(policies=Policies((period,)))
    assert looking_back(tables).anything
    home = session("90837-95", telehealth="video", place_of_service="10")
    assert history_days(home, tables) == 0
    assert history_days(dataclasses.replace(home, payer_kind="medicare"), tables) == 365 + 183
    assert history_days(home, tables_with(in_person_within_days=180)) == 180 + 183


def test_a_limit_of_a_payer_is_looked_back_for_where_its_codes_are_billed() -> None:
    changes = {"most_sessions_a_week": ((("90834", "90837"), 2),)}
    period = PolicyPeriod(DAY, None, changes, payer_id="60054")
    tables = CodeTables(policies=Policies((period,)))
    looking = looking_back(tables)
    assert {"90834", "90837"} <= looking.codes and not looking.anything
    assert "90837" not in looking_back(CodeTables()).codes
    assert history_days(session(), tables) == 6
    assert history_days(session("90847"), tables) == 0
    assert history_days(dataclasses.replace(session(), payer_id="87726"), tables) == 0
    before = dataclasses.replace(session(), date_of_service=DAY - dt.timedelta(days=1))
    assert history_days(before, tables) == 0
