"""Facts of a case from and to JSON, and two sets of facts in one."""

from __future__ import annotations

import datetime as dt
import json
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clawguard.domain.case_facts import FACT_NAMES, CaseFacts, DisputeFacts, NoteRequestFacts, Origin, combine
from clawguard.domain.case_facts_json import CaseFactsError, case_facts_as_dict, read_case_facts

EVERY_FACT: dict[str, Any] = {
    "date_of_service": "2026-03-18",
    "contracted_rate": "142.50",
    "network_status_told": "in",
    "network_status_actual": "out",
    "eligibility_shown": "active",
    "eligibility_actual": "inactive",
    "checked_at": "2026-03-10T09:00:00-04:00",
    "ended_on": "2026-02-28",
    "retroactive": True,
    "authorization_required": True,
    "authorization_known_at_booking": False,
    "authorization_obtained": False,
    "carc": ["16", "45"],
    "rarc": ["N706"],
    "group": ["CO"],
    "plb": ["WO"],
    "coding_findings": ["CG101"],
    "codes_match_notes": False,
    "code_offered_by_network": False,
    "place_of_service_set_by": "provider",
    "note_request": {
        "delivered_at": "2026-04-01T09:00:00-04:00",
        "due_at": "2026-04-07T00:00:00-04:00",
        "responded_at": None,
        "notes_received_at": None,
        "bounced": False,
        "notes_owed": True,
        "on_file_at": "2026-03-19T09:00:00-04:00",
        "paused": False,
    },
    "records_forwarded_at": "2026-04-08T09:00:00-04:00",
    "payer_records_due_at": "2026-04-30T00:00:00-04:00",
    "dispute": {
        "kind": "billing",
        "provider_asked_at": "2026-04-01T09:00:00-04:00",
        "due_at": "2026-04-07T00:00:00-04:00",
        "provider_answered_at": None,
    },
    "session_confirmed_at": "2026-03-18T17:40:00-04:00",
    "claim_submitted_at": "2026-03-19T02:00:00+00:00",
    "filing_limit_at": "2026-06-16T04:00:00+00:00",
    "duplicate_of": "S-2026-000122",
    "duplicate_origin": "network",
    "license_valid_on_service_date": True,
    "credentialing_go_ahead": True,
}


def problems(data: object) -> list[tuple[str, str]]:
    with pytest.raises(CaseFactsError) as caught:
        read_case_facts(data)
    return [(problem.pointer, problem.code) for problem in caught.value.problems]


def test_every_fact_is_read_and_written_back() -> None:
    assert set(EVERY_FACT) == set(FACT_NAMES)
    facts = read_case_facts(EVERY_FACT)
    assert facts.contracted_rate == Decimal("142.50")
    assert facts.note_request is not None
    assert facts.note_request.due_at == dt.datetime(2026, 4, 7, 4, tzinfo=dt.UTC)
    assert facts.carc == ("16", "45")
    shown = case_facts_as_dict(facts)
    assert json.loads(json.dumps(shown)) == EVERY_FACT
    assert read_case_facts(shown) == facts


def test_nothing_and_null_are_both_not_stated() -> None:
    assert read_case_facts({}) == CaseFacts()
    assert read_case_facts(dict.fromkeys(FACT_NAMES)) == CaseFacts()
    assert case_facts_as_dict(CaseFacts()) == {}


def test_a_fact_may_carry_its_source_and_time() -> None:
    given = {"eligibility_shown": {"value": "active", "at": "2026-03-10T09:00:00-04:00", "source": "eligibility log"}}
    facts = read_case_facts(given)
    shown = facts.evidence("eligibility_shown")
    assert (shown.value, shown.source) == ("active", "eligibility log")
    assert shown.at == dt.datetime(2026, 3, 10, 13, tzinfo=dt.UTC)
    assert case_facts_as_dict(facts) == given
    clock = {"note_request": {"bounced": True, "at": "2026-03-10T09:00:00-04:00", "source": "portal"}}
    assert read_case_facts(clock).evidence("note_request.bounced").source == "portal"
    assert read_case_facts(case_facts_as_dict(read_case_facts(clock))) == read_case_facts(clock)


def test_details_beside_eligibility_may_stand_inside_it() -> None:
    nested = {
        "eligibility_shown": {"value": "active", "checked_at": "2026-03-10T09:00:00-04:00"},
        "eligibility_actual": {"value": "inactive", "ended_on": "2026-02-28", "retroactive": True},
    }
    flat = {name: EVERY_FACT[name] for name in ("checked_at", "ended_on", "retroactive")}
    facts = read_case_facts(nested)
    assert facts == read_case_facts({"eligibility_shown": "active", "eligibility_actual": "inactive", **flat})
    assert facts.evidence("eligibility_shown").at == facts.checked_at
    assert problems({**nested, "ended_on": "2026-02-27"}) == [("/ended_on", "stated_twice")]


def test_a_moment_dates_itself() -> None:
    facts = read_case_facts({"claim_submitted_at": "2026-03-19T02:00:00Z"})
    assert facts.evidence("claim_submitted_at").at == dt.datetime(2026, 3, 19, 2, tzinfo=dt.UTC)
    assert read_case_facts({"ended_on": "2026-02-28"}).evidence("ended_on").at is None


@pytest.mark.parametrize("data", [None, [], "x", 3, True])
def test_facts_are_an_object(data: object) -> None:
    assert problems(data) == [("", "wrong_type")]


@pytest.mark.parametrize(
    ("name", "value", "pointer", "code"),
    [
        ("fault", "provider", "/fault", "unknown_fact"),
        ("a/b~c", 1, "/a~1b~0c", "unknown_fact"),
        ("origins", {}, "/origins", "unknown_fact"),
        ("conflicts", [], "/conflicts", "unknown_fact"),
        ("network_status_told", "maybe", "/network_status_told", "not_a_choice"),
        ("network_status_told", True, "/network_status_told", "not_a_choice"),
        ("eligibility_shown", ["active"], "/eligibility_shown", "not_a_choice"),
        ("eligibility_shown", {"value": "on"}, "/eligibility_shown/value", "not_a_choice"),
        ("eligibility_shown", {"value": "active", "by": "x"}, "/eligibility_shown/by", "unknown_fact"),
        ("eligibility_shown", {"value": "active", "at": "now"}, "/eligibility_shown/at", "wrong_type"),
        ("eligibility_shown", {"value": "active", "source": "x" * 201}, "/eligibility_shown/source", "invalid_text"),
        ("retroactive", "yes", "/retroactive", "wrong_type"),
        ("retroactive", 1, "/retroactive", "wrong_type"),
        ("ended_on", "2026-02-30", "/ended_on", "invalid_date"),
        ("ended_on", "2026-W09-6", "/ended_on", "invalid_date"),
        ("ended_on", 20260228, "/ended_on", "invalid_date"),
        ("checked_at", "2026-03-10T09:00:00", "/checked_at", "invalid_datetime"),
        ("checked_at", "2026-03-10", "/checked_at", "wrong_type"),
        ("checked_at", "2026-W09-6T09:00:00Z", "/checked_at", "wrong_type"),
        ("checked_at", "2026-13-10T09:00:00Z", "/checked_at", "invalid_datetime"),
        ("checked_at", "0001-01-01T00:00:00+14:00", "/checked_at", "invalid_datetime"),
        ("contracted_rate", 142.5, "/contracted_rate", "invalid_money"),
        ("contracted_rate", "-1.00", "/contracted_rate", "invalid_money"),
        ("contracted_rate", "1.005", "/contracted_rate", "invalid_money"),
        ("contracted_rate", "١", "/contracted_rate", "invalid_money"),
        ("contracted_rate", "NaN", "/contracted_rate", "invalid_money"),
        ("carc", 27, "/carc", "wrong_type"),
        ("carc", ["CO-27-LONG"], "/carc", "invalid_code"),
        ("carc", ["27", None], "/carc", "invalid_code"),
        ("carc", ["27"] * 51, "/carc", "wrong_type"),
        ("coding_findings", ["101"], "/coding_findings", "invalid_code"),
        ("coding_findings", {"CG101": True}, "/coding_findings/CG101", "unknown_fact"),
        ("duplicate_of", " ", "/duplicate_of", "invalid_text"),
        ("duplicate_of", "a\nb", "/duplicate_of", "invalid_text"),
        ("duplicate_origin", "payer", "/duplicate_origin", "not_a_choice"),
        ("note_request", "yes", "/note_request", "wrong_type"),
        ("note_request", {"due": "x"}, "/note_request/due", "unknown_fact"),
        ("note_request", {"due_at": "2026-04-07"}, "/note_request/due_at", "wrong_type"),
        ("dispute", {"kind": "other"}, "/dispute/kind", "not_a_choice"),
    ],
)
def test_wrong_facts_are_named(name: str, value: Any, pointer: str, code: str) -> None:
    with pytest.raises(CaseFactsError) as caught:
        read_case_facts({name: value})
    told = {(problem.pointer, problem.code): problem.message for problem in caught.value.problems}
    assert (pointer, code) in told
    assert all(re.fullmatch(r"(Must|Is) .+\.", message) for message in told.values())
    assert all(f"{pointer}: {message}" in str(caught.value) for (pointer, _), message in told.items())


def test_choices_and_known_facts_are_listed_in_the_message() -> None:
    with pytest.raises(CaseFactsError) as caught:
        read_case_facts({"network_status_told": "maybe", "note_request": {"due": 1}})
    assert str(caught.value) == (
        "/network_status_told: Must be one of: in, out.; /note_request/due: Is not a known fact. "
        "Known: at, bounced, delivered_at, due_at, notes_owed, notes_received_at, on_file_at, paused, responded_at, "
        "source."
    )


def test_all_mistakes_at_once() -> None:
    found = problems({"fault": 1, "retroactive": 1, "note_request": {"due_at": 1, "bounced": "no"}})
    assert [pointer for pointer, _ in found] == [
        "/fault",
        "/retroactive",
        "/note_request/due_at",
        "/note_request/bounced",
    ]


def test_codes_are_tidied() -> None:
    facts = read_case_facts({"carc": " b7 ", "rarc": ["n706", "N706"], "coding_findings": []})
    assert (facts.carc, facts.rarc, facts.coding_findings) == (("B7",), ("N706",), ())
    assert facts.stated("coding_findings")
    assert not CaseFacts().stated("coding_findings")
    assert case_facts_as_dict(CaseFacts(coding_findings=())) == {"coding_findings": []}


def test_two_sets_of_facts_in_one() -> None:
    at = dt.datetime(2026, 4, 2, tzinfo=dt.UTC)
    ours = CaseFacts(
        eligibility_shown="active",
        carc=("27",),
        note_request=NoteRequestFacts(delivered_at=at),
        origins={"eligibility_shown": Origin(None, "log")},
    )
    theirs = CaseFacts(
        eligibility_actual="inactive",
        carc=("45", "27"),
        note_request=NoteRequestFacts(delivered_at=at, bounced=False),
        origins={"eligibility_actual": Origin(None, "payer")},
    )
    both = combine(ours, theirs)
    assert (both.eligibility_shown, both.eligibility_actual, both.carc) == ("active", "inactive", ("27", "45"))
    assert both.note_request == NoteRequestFacts(delivered_at=at, bounced=False)
    assert both.evidence("eligibility_actual").source == "payer"
    assert both.conflicts == ()


def test_what_two_sources_state_differently_is_named() -> None:
    at = dt.datetime(2026, 4, 2, tzinfo=dt.UTC)
    ours = CaseFacts(eligibility_shown="active", dispute=DisputeFacts(kind="billing", due_at=at))
    theirs = CaseFacts(eligibility_shown="inactive", dispute=DisputeFacts(kind="cancellation_fee", due_at=at))
    both = combine(ours, theirs)
    assert both.conflicts == ("eligibility_shown", "dispute.kind")
    assert both.eligibility_shown == "active"
    assert combine(both, theirs).conflicts == both.conflicts
    assert combine(CaseFacts(), ours) == ours


_SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.sampled_from(["active", "27"])
)
_JSON = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
)


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from(FACT_NAMES) | st.text(max_size=9), _JSON, max_size=6) | _JSON)
def test_any_json_is_read_or_refused_by_name(data: Any) -> None:
    try:
        facts = read_case_facts(data)
    except CaseFactsError as error:
        assert error.problems
        assert all(problem.pointer == "" or problem.pointer.startswith("/") for problem in error.problems)
    else:
        assert read_case_facts(case_facts_as_dict(facts)) == facts
