"""The catalogue of checks: found by words, by a billed code, by what a payer decided; its examples answer."""

from __future__ import annotations

import datetime as dt

import pytest

from clawguard.domain.codesets import CodeTables, Policies, PolicyPeriod
from clawguard.domain.codesets.procedure_list import PACKAGED
from clawguard.domain.patterns import PATTERNS
from sessions import catalogue, check_pages
from sessions.services import tables
from tests.sessions.test_pages import words

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 18)


def tables_with(**period):
    given = {"first_day": dt.date(2026, 1, 1), "last_day": None, "changes": {"filing_days": 90}, **period}
    return CodeTables(policies=Policies((PolicyPeriod(**given),)))


def test_by_code_a_check_is_found_when_it_can_concern_it():
    found = {info.id for info in catalogue.catalogue(PACKAGED, code=" 90837 ")}
    assert "CG101" in found and "CG301" in found  # of this code, and of every session
    assert "CG105" not in found and "CG105" in {info.id for info in catalogue.catalogue(PACKAGED, code="90791")}


def test_every_word_narrows():
    assert {info.id for info in catalogue.catalogue(PACKAGED, "session short")} >= {"CG101"}
    assert catalogue.catalogue(PACKAGED, "nonsense") == []


def test_a_payer_that_decided_differently_is_told_where_it_bears():
    own = tables_with(payer_id="60054")
    assert "CG514" in catalogue.decided_differently(own, "60054", DAY)
    assert "CG101" not in catalogue.decided_differently(own, "60054", DAY)
    assert catalogue.decided_differently(own, "62308", DAY) == set()
    assert catalogue.decided_differently(own, "60054", dt.date(2025, 12, 31)) == set()
    [choice] = catalogue.choices("CG514", own)
    assert (choice.scope, choice.value, choice.period) == ("payer 60054", "90", "from 2026-01-01")
    assert catalogue.choices("CG514", tables_with(payer_kind="medicare"))[0].scope == "medicare"


def test_every_policy_value_a_page_names_is_found():
    assert check_pages.policy_values("CG514") == (
        "filing_days",
        "filing_days_in_states",
        "medicare_filing_year_from",
    )
    assert check_pages.policy_values("CG999") == ()


def test_a_page_prints_its_examples_with_what_the_check_answers(rui, priya, browser_of):
    page = words(browser_of(rui).get("/checks/CG101"))
    assert "90837 with 52 minutes" in page and "10:00–10:52" in page
    [shown] = check_pages.examples("CG101", "Trips", tables.current())
    [(for_staff, for_provider)] = shown.said
    assert for_staff in page and for_provider not in page.split("Passes")[0]
    own = words(browser_of(priya).get("/checks/CG101"))
    assert for_provider in own and for_staff not in own


def test_what_was_read_in_a_note_is_told_by_the_names_of_its_elements():
    [shown] = check_pages.examples("CG704", "Trips", tables.current())
    assert ("Read in the note", "Stop time: missing") in shown.rows


def test_codes_keep_their_modifiers_and_times_get_a_dash(rui, browser_of):
    assert "90837-76" in words(browser_of(rui).get("/checks/CG603"))


@pytest.mark.parametrize("check", sorted(catalogue.ENTRIES))
def test_every_page_is_drawn(check, rui, browser_of):
    answer = browser_of(rui).get(f"/checks/{check}")
    assert answer.status_code == 200
    for heading in ("What it looks at", "How to answer", "Versions", "As JSON"):
        assert heading in words(answer)


def test_patterns_are_found_beside_the_checks(rui, priya, browser_of, api_of):
    assert {info.id for info in catalogue.catalogue(PACKAGED, "same minute again")} == {"CG624"}
    assert "CG624" not in {info.id for info in catalogue.catalogue(PACKAGED, code="90834")}
    assert set(PATTERNS) <= {info.id for info in catalogue.catalogue(PACKAGED, category="patterns", code="90837")}
    page = words(browser_of(rui).get("/checks?category=patterns&severity=warning"))
    assert "CG620" in page and "CG623" not in page and "CG101" not in page
    programs = api_of("sessions:read")
    rows = {row["id"]: row for row in programs.get("/api/v1/checks?q=month").json()["results"]}
    assert rows["CG620"]["kind"] == "pattern" and rows["CG620"]["dismissal_reasons"] == []
    one = programs.get("/api/v1/checks/cg624").json()
    assert (one["codes"], one["scope"]) == (["90837"], "months")


def test_a_pattern_shows_months_that_trip_and_pass(rui, priya, browser_of):
    page = words(browser_of(rui).get("/checks/CG620"))
    assert "1 day with more than 16 sessions; the most: 17." in page
    assert "17 of 90834, 45 minutes from 06:00" in page and "Sixteen sessions on one day" in page
    assert PATTERNS["CG620"].provider_message in words(browser_of(priya).get("/checks/CG620"))


def test_what_a_payer_decided_does_not_bear_on_a_pattern_and_what_the_network_did_does():
    changes = {"usual_sessions_a_day": 20}
    own = tables_with(payer_id="60054", changes=changes)
    assert catalogue.choices("CG620", own) == [] and "CG620" not in catalogue.decided_differently(own, "60054", DAY)
    [choice] = catalogue.choices("CG620", tables_with(changes=changes))
    assert (choice.scope, choice.value) == ("the network", "20")


def test_the_list_is_filtered_by_code_and_payer(rui, browser_of, monkeypatch):
    staff = browser_of(rui)
    assert "CG105" not in words(staff.get("/checks?code=90837"))
    assert "No check matches" in words(staff.get("/checks?payer=60054"))
    monkeypatch.setattr(tables, "current", lambda: tables_with(payer_id="60054"))
    page = words(staff.get("/checks?payer=60054"))
    assert "CG514" in page and "CG101" not in page
    assert "Payer 60054" in words(staff.get("/checks/CG514"))


def test_programs_filter_by_code_too(api_of):
    found = api_of("sessions:read").get("/api/v1/checks?code=90791").json()["results"]
    assert "CG105" in {row["id"] for row in found}
    own = next(row for row in found if row["id"] == "CG105")
    assert {"code": "corrected", "label": "Corrected on the claim already"} in own["dismissal_reasons"]
