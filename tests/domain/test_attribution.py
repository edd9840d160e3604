"""The engine as a whole: its public shape, what it never does, and the tables it reads."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from clawguard.domain.attribution import ENGINE_VERSION, Party, Tables, attribute
from clawguard.domain.attribution.topics import _TOPICS
from clawguard.domain.case_facts import CaseFacts, Origin
from clawguard.domain.case_facts_json import read_case_facts
from clawguard.domain.checks import ALL as CHECKS
from clawguard.domain.checks.registry import CheckInfo
from clawguard.domain.clauses import CLAUSES, Clause, clause_table
from clawguard.domain.clock_problems import DeadlineError
from clawguard.domain.remit_codes import REMIT_CODES, CodeSet, Reading
from tests.domain.test_attribution_grounds import ALL

NOW = dt.datetime(2026, 6, 30, 12, tzinfo=dt.UTC)
CAUGHT_LATE = CaseFacts(
    eligibility_shown="active",
    eligibility_actual="inactive",
    ended_on=dt.date(2026, 2, 28),
    date_of_service=dt.date(2026, 3, 18),
    contracted_rate=Decimal("142.50"),
    checked_at=dt.datetime(2026, 3, 10, 13, tzinfo=dt.UTC),
    origins={"eligibility_shown": Origin(None, "eligibility log")},
)


def test_public_shape() -> None:
    shown = attribute(CAUGHT_LATE, NOW).as_dict()
    assert json.loads(json.dumps(shown)) == shown
    assert {key: shown[key] for key in ("party", "clause", "confidence", "guarantee", "missing")} == {
        "party": "network",
        "clause": "network.eligibility_not_caught",
        "confidence": "high",
        "guarantee": {"applies": True, "amount": "142.50"},
        "missing": [],
    }
    assert shown["needs_second_person"] is False
    assert shown["evidence"][0] == {
        "fact": "eligibility_shown",
        "value": "active",
        "at": "2026-03-10T13:00:00+00:00",
        "source": "eligibility log",
        "note": "",
    }
    assert [item["fact"] for item in shown["evidence"]] == [
        "eligibility_shown",
        "checked_at",
        "eligibility_actual",
        "ended_on",
    ]
    assert "contracted rate" in shown["explanation"]
    assert "Our check showed active cover" in shown["explanation_staff"]
    assert shown["grounds"] == ["network.eligibility_not_caught"]
    assert shown["versions"] == {
        "engine": ENGINE_VERSION,
        "clauses": CLAUSES.version,
        "remit_codes": REMIT_CODES.version,
    }


def test_a_case_without_facts_has_the_same_shape_and_one_question() -> None:
    nothing = attribute(CaseFacts(), NOW).as_dict()
    assert set(nothing) == set(attribute(CAUGHT_LATE, NOW).as_dict())
    assert (nothing["guarantee"], nothing["grounds"]) == ({"applies": False, "amount": None}, [])
    assert nothing["missing"] == [
        {
            "fact": "carc",
            "who_can_supply": "staff",
            "question": "What happened? No fact of this case is known yet.",
        }
    ]


def test_codes_are_evidence_one_by_one_with_the_table_they_were_read_from() -> None:
    facts = replace(CAUGHT_LATE, eligibility_actual=None, carc=("27",), origins={"carc": Origin(NOW, "835 of 30 June")})
    shown = [item.as_dict() for item in attribute(facts, NOW).evidence if item.fact == "carc"]
    assert shown == [
        {
            "fact": "carc",
            "value": "27",
            "at": NOW.isoformat(),
            "source": f"835 of 30 June; code table {REMIT_CODES.version}",
            "note": "After coverage ended",
        }
    ]


def test_an_unknown_code_stays_open_and_is_shown() -> None:
    found = attribute(CaseFacts(carc=("999",)), NOW)
    assert (found.party, found.clause) == (Party.OPEN, "open.facts_missing")
    assert [(item.fact, item.value, item.note) for item in found.evidence] == [
        ("carc", "999", "CARC 999 is not in our table")
    ]
    assert found.missing[0].question == "What does CARC 999 mean? It is not in our table."


@pytest.mark.parametrize("general", ["16", "96", "216", "226", "252", "A1"])
def test_a_remark_code_is_read_in_place_of_a_reason_code_that_refers_to_it(general: str) -> None:
    alone = REMIT_CODES.effective((general,), ())
    assert [code.code for code in alone] == [general]
    assert [code.code for code in REMIT_CODES.effective((general, "45"), ("N30",))] == ["45", "N30"]
    for silent in ("MA01", "N9999"):  # a notice and an unknown remark say nothing in its place
        assert [code.code for code in REMIT_CODES.effective((general,), (silent,))] == [general, silent]
    found = attribute(CaseFacts(carc=(general,), rarc=("N30",), eligibility_shown="active"), NOW)
    assert found.clause == "network.eligibility_not_caught"


def test_the_guarantee_holds_for_the_networks_part_and_asks_for_an_unknown_rate() -> None:
    both = attribute(replace(CAUGHT_LATE, coding_findings=("CG101",)), NOW)
    assert (both.party, both.clause, both.needs_second_person) == (Party.OPEN, "open.both_sides", True)
    assert (both.guarantee.applies, both.guarantee.amount) == (True, Decimal("142.50"))
    assert both.grounds == ("network.eligibility_not_caught", "provider.coding")
    unknown = attribute(replace(CAUGHT_LATE, contracted_rate=None), NOW)
    assert (unknown.guarantee.applies, unknown.guarantee.amount) == (True, None)
    assert [item.fact for item in unknown.missing] == ["contracted_rate"]


def test_sources_that_differ_are_left_to_people() -> None:
    found = attribute(replace(CAUGHT_LATE, conflicts=("eligibility_shown",)), NOW)
    assert (found.clause, found.guarantee.applies) == ("open.facts_at_odds", True)
    assert "Two sources differ about: eligibility_shown." in found.explanation_staff


def test_what_happened_cannot_lie_ahead() -> None:
    slack = dt.timedelta(minutes=5)
    assert attribute(replace(CAUGHT_LATE, claim_submitted_at=NOW + slack), NOW).party is Party.NETWORK
    ahead = replace(CAUGHT_LATE, claim_submitted_at=NOW + slack + dt.timedelta(microseconds=1))
    assert attribute(ahead, NOW).clause == "open.facts_at_odds"
    clock = {"note_request": {"delivered_at": "2027-01-01T00:00:00Z"}}
    assert attribute(read_case_facts(clock), NOW).clause == "open.facts_at_odds"
    planned = replace(CAUGHT_LATE, payer_records_due_at=NOW + dt.timedelta(days=9))
    assert attribute(planned, NOW).party is Party.NETWORK


def test_the_moment_is_aware() -> None:
    with pytest.raises(DeadlineError, match="UTC offset"):
        attribute(CAUGHT_LATE, NOW.replace(tzinfo=None))


def test_clauses_count_by_the_date_of_service() -> None:
    ended = dt.date(2026, 3, 17)
    rows = [
        replace(row, effective_to=ended) if row.id == "network.eligibility_not_caught" else row for row in CLAUSES.rows
    ]
    tables = Tables(clauses=clause_table("test", rows))
    after = attribute(CAUGHT_LATE, NOW, tables)
    assert (after.clause, after.guarantee.applies) == ("open.no_ground", False)
    assert "was not in force on 2026-03-18" in after.explanation_staff
    on_last_day = replace(CAUGHT_LATE, date_of_service=ended)
    assert attribute(on_last_day, NOW, tables).clause == "network.eligibility_not_caught"
    undated = attribute(replace(CAUGHT_LATE, date_of_service=None), NOW, tables)
    assert undated.clause == "open.no_ground"


def test_a_changed_clause_is_a_new_row_and_rows_of_one_id_do_not_overlap() -> None:
    first = Clause("none.x", Party.NONE, "old", "old", dt.date(2026, 1, 1), dt.date(2026, 6, 30))
    second = Clause("none.x", Party.NONE, "new", "new", dt.date(2026, 7, 1))
    table = clause_table("test", [second, first])
    found = [table.find("none.x", dt.date(2026, *day)) for day in ((6, 30), (7, 1))]
    assert [clause.policy for clause in found if clause] == ["old", "new"]
    assert table.find("none.x", dt.date(2025, 12, 31)) is None
    assert table.find("none.y", dt.date(2026, 7, 1)) is None
    with pytest.raises(ValueError, match=r"Two rows of none\.x"):
        clause_table("test", [first, replace(second, effective_from=dt.date(2026, 6, 30))])


def test_days_allowed_for_confirming_are_a_setting() -> None:
    facts = read_case_facts(
        {
            "date_of_service": "2026-03-18",
            "session_confirmed_at": "2026-04-02T10:00:00-04:00",
            "claim_submitted_at": "2026-04-03T10:00:00-04:00",
            "filing_limit_at": "2026-04-01T23:59:59-04:00",
        }
    )
    assert attribute(facts, NOW).clause == "network.late_filing"
    assert attribute(facts, NOW, Tables(confirmation_limit_days=14)).clause == "provider.late_confirmation"


@pytest.mark.parametrize("info", CHECKS.values(), ids=lambda info: info.id)
def test_a_confirmed_check_is_read_as_the_catalogue_says(info: CheckInfo) -> None:
    found = attribute(CaseFacts(coding_findings=(info.id,)), NOW)
    provider_alone = info.party == "provider" and info.id not in ("CG502", "CG603") and not info.id.startswith("CG8")
    assert (found.party is Party.PROVIDER) is provider_alone
    assert found.party in (Party.PROVIDER, Party.OPEN)


@pytest.mark.parametrize(
    ("check", "more", "clause"),
    [
        ("CG502", {}, "open.no_ground"),  # late alone costs nothing; the filing limit decides
        ("CG602", {}, "open.no_ground"),
        ("CG603", {}, "open.facts_missing"),
        ("CG603", {"duplicate_origin": "network"}, "network.duplicate_transmission"),
        ("CG603", {"duplicate_origin": "provider"}, "provider.duplicate_confirmation"),
        ("CG503", {}, "open.facts_missing"),
        ("CG503", {"code_offered_by_network": False}, "provider.coding"),
        ("CG503", {"code_offered_by_network": True}, "network.code_offered"),
        ("CG305", {"code_offered_by_network": True}, "open.both_sides"),  # no list makes one choose two that exclude
        ("CG401", {}, "open.facts_missing"),
        ("CG402", {}, "provider.coding"),
    ],
)
def test_checks_with_a_ground_of_their_own(check: str, more: dict[str, Any], clause: str) -> None:
    assert attribute(CaseFacts(coding_findings=(check,), **more), NOW).clause == clause


def test_every_clause_can_be_reached_and_has_words_for_both_readers() -> None:
    for_people = {"none.no_error"}  # what a conversation can show, and facts alone cannot
    reached = {clause for _, clause in ALL} | {"open.waiting_for_answer"}
    assert reached | for_people == CLAUSES.ids()
    assert not reached & for_people
    for row in CLAUSES.rows:
        assert row.party.value == row.id.partition(".")[0]
        assert row.policy.endswith(".")
        assert row.for_provider.endswith(".")
        assert len(row.id) <= 60
        for harsh in ("violation", "fraud", "failed to", "immediately"):
            assert harsh not in f"{row.policy} {row.for_provider}".lower()
        if row.party is Party.NETWORK:
            assert "paid your contracted rate" in row.for_provider


def test_the_docs_list_every_clause_with_its_words() -> None:
    text = (Path(__file__).parents[2] / "docs" / "policy" / "attribution.md").read_text()
    listed = [line for line in text.splitlines() if line.startswith("| `")]
    assert sorted(listed) == sorted(f"| `{row.id}` | {row.policy} |" for row in CLAUSES.rows)


def test_every_code_of_a_topic_is_in_the_table() -> None:
    assert _TOPICS.keys() <= REMIT_CODES.rows.keys()


def test_the_code_table_is_whole_and_reads_in_any_case() -> None:
    counts = {code_set: sum(key[0] is code_set for key in REMIT_CODES.rows) for code_set in CodeSet}
    assert counts == {
        CodeSet.CARC: 127,
        CodeSet.RARC: 128,
        CodeSet.GROUP: 5,
        CodeSet.PLB: 41,
        CodeSet.STATUS: 21,
    }
    for row in REMIT_CODES.rows.values():
        assert row.known
        assert row.label
        assert row.confidence in ("high", "medium", "low")
        assert row.signal in ("none", "context", "weak", "medium", "strong")
    assert REMIT_CODES.read(CodeSet.RARC, " n706 ").reading is Reading.PROVIDER_NO_RESPONSE
    unknown = REMIT_CODES.read(CodeSet.CARC, "zz")
    assert (unknown.known, unknown.code, unknown.reading) == (False, "ZZ", Reading.AMBIGUOUS)
