"""Each ground of the policy, on both sides of each boundary. Innocent and unclear rows come first in each table.

A row reads: facts as the API takes them → the clause. ``open.…`` always means that nothing was guessed.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clawguard.domain.attribution import Attribution, Confidence, Party, attribute
from clawguard.domain.case_facts_json import read_case_facts
from tests.domain.attribution_clock_rows import DELIVERED, DUE, IN_TIME, LATE, RECORDS, REQUESTS, Row, request

NOW = dt.datetime(2026, 6, 30, 12, tzinfo=dt.UTC)
RATE = {"contracted_rate": "142.50"}
DOS = {"date_of_service": "2026-03-18"}


def look(facts: dict[str, Any], now: dt.datetime = NOW) -> Attribution:
    return attribute(read_case_facts(facts), now)


ELIGIBILITY: list[Row] = [
    ({"eligibility_shown": "active", "eligibility_actual": "active"}, "open.no_ground"),
    ({"eligibility_shown": "active"}, "open.facts_missing"),
    ({"eligibility_actual": "inactive"}, "open.facts_missing"),
    ({"eligibility_actual": "active"}, "open.no_ground"),
    ({"carc": ["27"]}, "open.facts_missing"),
    ({"eligibility_shown": "inactive", "eligibility_actual": "inactive"}, "open.no_ground"),
    ({"eligibility_shown": "inactive", "carc": ["27"]}, "open.no_ground"),
    ({"eligibility_shown": "active", "eligibility_actual": "active", "carc": ["27"]}, "open.facts_at_odds"),
    ({"eligibility_shown": "active", "eligibility_actual": "inactive"}, "network.eligibility_not_caught"),
    ({"eligibility_shown": "active", "carc": ["27"]}, "network.eligibility_not_caught"),
    ({"eligibility_shown": "active", "rarc": ["N30"]}, "network.eligibility_not_caught"),
    (
        {"eligibility_shown": "active", "eligibility_actual": {"value": "inactive", "retroactive": True}},
        "network.eligibility_not_caught",
    ),
    (
        {**DOS, "eligibility_shown": "active", "eligibility_actual": "inactive", "ended_on": "2026-03-18"},
        "network.eligibility_not_caught",
    ),
    (
        {**DOS, "eligibility_shown": "active", "eligibility_actual": "inactive", "ended_on": "2026-03-19"},
        "open.facts_at_odds",
    ),
]
STATUS: list[Row] = [
    ({"network_status_told": "in", "network_status_actual": "in"}, "open.no_ground"),
    ({"network_status_told": "out", "network_status_actual": "in"}, "open.no_ground"),
    ({"network_status_told": "out", "network_status_actual": "out"}, "open.no_ground"),
    ({"network_status_told": "in"}, "open.facts_missing"),
    ({"network_status_actual": "out"}, "open.facts_missing"),
    ({"carc": ["242"]}, "open.facts_missing"),
    ({"network_status_told": "in", "network_status_actual": "in", "carc": ["242"]}, "open.facts_at_odds"),
    ({"network_status_told": "in", "network_status_actual": "out"}, "network.status_told_wrong"),
    ({"network_status_told": "in", "carc": ["242"]}, "network.status_told_wrong"),
]
NEEDED, UNKNOWN = {"authorization_required": True}, {"authorization_known_at_booking": False}
KNOWN = {"authorization_known_at_booking": True}
AUTHORIZATION: list[Row] = [
    ({"authorization_required": False}, "open.no_ground"),
    ({"authorization_required": False, **UNKNOWN}, "open.no_ground"),
    ({"authorization_required": False, "carc": ["197"]}, "open.facts_at_odds"),
    ({**NEEDED}, "open.facts_missing"),
    ({**UNKNOWN}, "open.facts_missing"),
    ({"carc": ["197"]}, "open.facts_missing"),
    ({**NEEDED, **KNOWN}, "open.facts_missing"),
    ({**NEEDED, **KNOWN, "authorization_obtained": True}, "open.no_ground"),
    ({**NEEDED, **KNOWN, "authorization_obtained": False}, "open.no_ground"),
    ({**NEEDED, **UNKNOWN, "authorization_obtained": True}, "open.no_ground"),
    ({**NEEDED, "authorization_obtained": True, "carc": ["197"]}, "payer.authorization_on_file"),
    ({**NEEDED, **UNKNOWN}, "network.authorization_unknown"),
    ({**NEEDED, **UNKNOWN, "authorization_obtained": False}, "network.authorization_unknown"),
    ({**UNKNOWN, "carc": ["197"]}, "network.authorization_unknown"),
]
CODING: list[Row] = [
    ({"coding_findings": []}, "open.no_ground"),
    ({"carc": ["97"]}, "open.facts_missing"),
    ({"carc": ["97"], "coding_findings": []}, "payer.decision_not_supported"),
    ({"coding_findings": ["CG801"]}, "open.no_ground"),
    ({"coding_findings": ["CG401"]}, "open.facts_missing"),
    ({"carc": ["5"]}, "open.facts_missing"),
    ({"carc": ["5"], "place_of_service_set_by": "network"}, "network.place_of_service"),
    ({"coding_findings": ["CG401"], "place_of_service_set_by": "network"}, "network.place_of_service"),
    ({"coding_findings": ["CG401"], "place_of_service_set_by": "provider"}, "provider.coding"),
    ({"coding_findings": ["CG413"], "place_of_service_set_by": "network"}, "open.no_ground"),
    ({"coding_findings": ["CG412"], "code_offered_by_network": True}, "network.code_offered"),
    ({"coding_findings": ["CG208"], "code_offered_by_network": True}, "network.code_offered"),
    ({"coding_findings": ["CG101"]}, "provider.coding"),
    ({"coding_findings": ["CG101"], "carc": ["97", "45"], "group": ["CO"]}, "provider.coding"),
    ({"coding_findings": ["CG301"]}, "provider.coding"),
    ({"coding_findings": ["CG301"], "code_offered_by_network": False}, "provider.coding"),
    ({"coding_findings": ["CG301"], "code_offered_by_network": True}, "network.code_offered"),
    ({"coding_findings": ["CG501"], "code_offered_by_network": True}, "network.code_offered"),
    ({"coding_findings": ["CG101"], "code_offered_by_network": True}, "open.both_sides"),
    ({"coding_findings": ["CG701"]}, "provider.codes_do_not_match_notes"),
    ({"carc": ["146"]}, "open.facts_missing"),
    ({"carc": ["146"], "code_offered_by_network": True}, "network.code_offered"),
    ({"carc": ["181"], "code_offered_by_network": True}, "network.code_offered"),
    ({"carc": ["182"], "code_offered_by_network": True}, "network.code_offered"),
    ({"carc": ["146"], "code_offered_by_network": False}, "provider.coding"),
    ({"carc": ["182"], "code_offered_by_network": False}, "network.claim_handling"),
    ({"code_offered_by_network": True}, "network.code_offered"),
    ({"code_offered_by_network": False}, "open.no_ground"),
]
NOTES: list[Row] = [
    ({"codes_match_notes": True}, "open.no_ground"),
    ({"carc": ["150"]}, "open.facts_missing"),
    ({"carc": ["150"], "codes_match_notes": True}, "payer.decision_not_supported"),
    ({"carc": ["150"], "codes_match_notes": False}, "provider.codes_do_not_match_notes"),
    ({"codes_match_notes": False}, "provider.codes_do_not_match_notes"),
]


def asked(**clock: Any) -> dict[str, Any]:
    return {"dispute": {"kind": "cancellation_fee", "provider_asked_at": DELIVERED, "due_at": DUE, **clock}}


DISPUTES: list[Row] = [
    (asked(provider_answered_at=IN_TIME), "open.no_ground"),
    ({"dispute": {"kind": "billing"}}, "open.facts_missing"),
    ({"dispute": {"kind": "billing", "provider_answered_at": LATE}}, "open.no_ground"),
    ({"dispute": {"provider_asked_at": DELIVERED}}, "open.facts_missing"),
    (asked(provider_answered_at="2026-03-31T09:00:00-04:00"), "open.facts_at_odds"),
    (asked(), "provider.dispute_no_response"),
    (asked(provider_answered_at=LATE), "provider.dispute_no_response"),
]

LIMIT = {"filing_limit_at": "2026-06-16T23:59:59-04:00"}
TOO_LATE, FILED = "2026-06-17T00:00:00-04:00", "2026-06-16T23:59:59-04:00"
DAY_30, DAY_31 = "2026-04-17T23:59:00-04:00", "2026-04-18T00:01:00-04:00"
AT_LIMIT, CONFIRMED = FILED, {"session_confirmed_at": DAY_30}


def denied_at(moment: str) -> dict[str, Any]:
    return {"carc": {"value": ["29"], "at": moment}}


FILING: list[Row] = [
    ({**LIMIT, "claim_submitted_at": FILED}, "open.no_ground"),
    ({"claim_submitted_at": TOO_LATE}, "open.no_ground"),
    ({"carc": ["29"]}, "open.facts_missing"),
    ({"carc": ["29"], **DOS}, "open.facts_missing"),
    ({"carc": ["29"], "session_confirmed_at": DAY_30}, "open.facts_missing"),
    ({**LIMIT, "claim_submitted_at": FILED, "carc": ["29"]}, "payer.filed_in_time"),
    # A denial alone does not say that the claim came late: it is asked when it was sent, and what the limit is.
    ({**DOS, "carc": ["29"], "session_confirmed_at": DAY_30}, "open.facts_missing"),
    ({**DOS, "carc": ["B4"], "session_confirmed_at": DAY_30}, "open.facts_missing"),
    ({**DOS, **LIMIT, "carc": ["29"], "session_confirmed_at": DAY_30}, "open.facts_missing"),
    ({**DOS, "claim_submitted_at": TOO_LATE, "carc": ["29"], "session_confirmed_at": DAY_30}, "open.facts_missing"),
    ({**DOS, **LIMIT, "claim_submitted_at": FILED, "carc": ["29"], **CONFIRMED}, "payer.filed_in_time"),
    ({**DOS, **LIMIT, "claim_submitted_at": TOO_LATE, "carc": ["29"], **CONFIRMED}, "network.late_filing"),
    ({**DOS, **LIMIT, "claim_submitted_at": TOO_LATE, **denied_at(AT_LIMIT), **CONFIRMED}, "open.facts_missing"),
    ({**DOS, **LIMIT, "claim_submitted_at": TOO_LATE, **denied_at(TOO_LATE), **CONFIRMED}, "network.late_filing"),
    ({**DOS, **LIMIT, **denied_at(AT_LIMIT), **CONFIRMED}, "open.facts_missing"),
    ({**DOS, **LIMIT, **denied_at(TOO_LATE), **CONFIRMED}, "open.facts_missing"),
    ({**DOS, **LIMIT, "carc": ["29"], "session_confirmed_at": DAY_31}, "open.facts_missing"),
    ({**DOS, **LIMIT, "carc": ["29"], "session_confirmed_at": FILED}, "open.facts_missing"),
    ({**DOS, **LIMIT, "carc": ["29"], "session_confirmed_at": TOO_LATE}, "provider.late_confirmation"),
    ({**DOS, **LIMIT, **denied_at(AT_LIMIT), "session_confirmed_at": TOO_LATE}, "open.facts_missing"),
    ({**DOS, **LIMIT, "claim_submitted_at": TOO_LATE, "session_confirmed_at": DAY_30}, "network.late_filing"),
    ({**DOS, "carc": ["29"], "session_confirmed_at": DAY_31}, "open.facts_missing"),
    (
        {**DOS, **LIMIT, "claim_submitted_at": TOO_LATE, "session_confirmed_at": TOO_LATE},
        "provider.late_confirmation",
    ),
    ({**DOS, **LIMIT, "claim_submitted_at": TOO_LATE, "session_confirmed_at": DAY_31}, "open.both_sides"),
    ({**DOS, **LIMIT, "claim_submitted_at": TOO_LATE, "session_confirmed_at": FILED}, "open.both_sides"),
]
STANDING: list[Row] = [
    ({"carc": ["18"]}, "open.facts_missing"),
    ({"duplicate_of": "S-1"}, "open.facts_missing"),
    ({"carc": ["18"], "duplicate_origin": "provider"}, "provider.duplicate_confirmation"),
    ({"carc": ["B13"], "duplicate_origin": "network"}, "network.duplicate_transmission"),
    ({"duplicate_of": "S-1", "duplicate_origin": "network"}, "network.duplicate_transmission"),
    ({"license_valid_on_service_date": True}, "open.no_ground"),
    ({"credentialing_go_ahead": True}, "open.no_ground"),
    ({"credentialing_go_ahead": False}, "open.no_ground"),
    ({"carc": ["B7"]}, "open.facts_missing"),
    ({"carc": ["B7"], "license_valid_on_service_date": True}, "open.facts_missing"),
    ({"carc": ["B7"], "credentialing_go_ahead": False}, "open.facts_missing"),
    ({"carc": ["B7"], "license_valid_on_service_date": True, "credentialing_go_ahead": False}, "open.no_ground"),
    ({"license_valid_on_service_date": False}, "provider.license_lapsed"),
    (
        {"carc": ["185"], "license_valid_on_service_date": False, "credentialing_go_ahead": False},
        "provider.license_lapsed",
    ),
    ({"carc": ["185"], "license_valid_on_service_date": False}, "open.facts_missing"),
    ({"carc": ["B7"], "credentialing_go_ahead": True}, "network.credentialing_go_ahead"),
    (
        {"carc": ["170"], "license_valid_on_service_date": True, "credentialing_go_ahead": True},
        "network.credentialing_go_ahead",
    ),
    ({"license_valid_on_service_date": False, "credentialing_go_ahead": True}, "open.both_sides"),
]
CODES: list[Row] = [
    ({"carc": ["45"]}, "none.accounting"),
    ({"carc": ["45"], "group": ["CO"]}, "none.accounting"),
    ({"carc": ["1", "45"], "group": ["PR", "CO"]}, "client.cost_share"),
    ({"carc": ["227"]}, "client.information"),
    ({"rarc": ["N419"]}, "payer.own_change"),
    ({"carc": ["129"]}, "open.facts_missing"),
    ({"carc": ["206"]}, "network.claim_handling"),
    ({"carc": ["136"]}, "open.facts_missing"),
    ({"carc": ["13"]}, "open.facts_missing"),
    ({"carc": ["16"]}, "open.facts_missing"),
    ({"group": ["CO"]}, "open.facts_missing"),
    ({"plb": ["WO"]}, "open.facts_missing"),
    ({"carc": ["45"], "group": ["CO"], "plb": ["WO"]}, "open.facts_missing"),
    ({"rarc": ["MA01"], "plb": ["WO"]}, "open.facts_missing"),
    ({"carc": ["1"], "group": ["PR"], "plb": ["WO"]}, "open.facts_missing"),
    ({"carc": ["45", "11"], "plb": ["WO"], "coding_findings": ["CG101"]}, "provider.coding"),  # 11 says why
    ({"carc": ["45"], "plb": ["72"]}, "none.accounting"),
    ({"plb": ["72"]}, "none.accounting"),
    ({"carc": ["999"]}, "open.facts_missing"),
    ({"rarc": ["N9999"]}, "open.facts_missing"),
    ({"plb": ["ZZ"]}, "open.facts_missing"),
    ({}, "open.facts_missing"),
]
MIXED: list[Row] = [
    ({"carc": ["227"], "rarc": ["N419"]}, "open.parties_mixed"),
    ({"coding_findings": ["CG101"], "rarc": ["N419"]}, "open.parties_mixed"),
    ({"coding_findings": ["CG101"], "carc": ["27"]}, "open.facts_missing"),
    ({"coding_findings": ["CG101"], "carc": ["999"]}, "open.facts_missing"),
    ({"coding_findings": ["CG101"], "carc": ["150"]}, "provider.coding"),
    ({"coding_findings": ["CG101"], "carc": ["1"]}, "provider.coding"),
    ({"eligibility_shown": "active", "carc": ["27", "999"]}, "network.eligibility_not_caught"),
    ({"eligibility_shown": "active", "carc": ["27", "150"]}, "network.eligibility_not_caught"),
    ({"eligibility_shown": "active", "carc": ["27"], "coding_findings": ["CG101"]}, "open.both_sides"),
    ({"eligibility_shown": "active", "carc": ["27"], **request()}, "open.both_sides"),
    ({"carc": ["226"], "rarc": ["N419"]}, "payer.own_change"),
    ({"carc": ["227", "999"]}, "open.facts_missing"),
]
ALL = [*ELIGIBILITY, *STATUS, *AUTHORIZATION, *CODING, *NOTES, *REQUESTS, *RECORDS, *DISPUTES, *FILING, *STANDING]
ALL += [*CODES, *MIXED]


@pytest.mark.parametrize(("facts", "clause"), ALL, ids=[f"{index}-{row[1]}" for index, row in enumerate(ALL)])
def test_ground(facts: dict[str, Any], clause: str) -> None:
    found = look({**RATE, **facts} if facts else facts)
    assert found.clause == clause
    assert found.party.value == clause.partition(".")[0]
    assert found.explanation_provider
    network_part = [ground for ground in found.grounds if ground.startswith("network.")]
    provider_part = [ground for ground in found.grounds if ground.startswith("provider.")]
    assert found.guarantee.applies is bool(network_part)
    assert (found.guarantee.amount is not None) is found.guarantee.applies
    assert found.needs_second_person is (bool(provider_part) and found.party in (Party.PROVIDER, Party.OPEN))
    if found.clause == "open.facts_missing":
        assert found.missing
    if found.party is not Party.OPEN:
        assert found.evidence
    else:
        assert found.confidence is Confidence.LOW
