"""The written files of ``test_x12_writers``, read: every value, and the segment that each came from."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from clawguard.domain.x12.claim837 import read_claims
from clawguard.domain.x12.remit835 import read_remittances
from clawguard.domain.x12.remittance import Adjustment, Imbalance, Payment, ProviderAdjustment, RemitParty
from clawguard.domain.x12.segments import SegmentProblem
from tests.domain.test_x12_writers import CLAIMS, PAID, PAYMENT, REMITTANCES
from tests.domain.x12_samples import CLAIM, claims

STATED = {
    "external_id": "S-1",
    "provider": {"npi": "1999999984", "name": "ADA B EXAMPLE", "license": "LCSW"},
    "client": {"external_id": "C-77", "birth_date": "1991-04-11", "sex": "F", "state": "NY"},
    "payer": {"id": "60054", "name": "EXAMPLE HEALTH", "kind": "commercial"},
    "date_of_service": "2026-03-18",
    "service_lines": [
        {"code": "90837", "modifiers": ["95", "HO"], "charge": "180.00", "units": 2, "diagnosis_pointers": [1, 2]},
        {"code": "90785", "modifiers": [], "charge": "0.00", "units": 1, "diagnosis_pointers": []},
    ],
    "place_of_service": "10",
    "diagnoses": ["F331", "F411"],
}
BARE = {
    "external_id": "S-2",
    "provider": {"npi": "1999999992"},
    "client": {"external_id": "C-78"},
    "payer": {"id": "1"},
    "date_of_service": "2026-03-19",
    "service_lines": [
        {"code": "90834", "modifiers": [], "charge": "120.50", "units": 1, "diagnosis_pointers": []},
    ],
    "place_of_service": "11",
    "diagnoses": [],
}
POSITIONS = [
    {
        "": 20,
        "/provider": 10,
        "/client": 16,
        "/client/birth_date": 18,
        "/client/sex": 18,
        "/payer": 19,
        "/date_of_service": 24,
        "/service_lines/0": 23,
        "/service_lines/1": 26,
        "/diagnoses": 21,
    },
    {
        "": 34,
        "/provider": 10,
        "/client": 30,
        "/client/birth_date": 32,
        "/client/sex": 32,
        "/payer": 33,
        "/date_of_service": 38,
        "/service_lines/0": 37,
        "/service_lines/1": 40,
        "/diagnoses": 35,
    },
    {"": 51, "/provider": 43, "/client": 49, "/payer": 50, "/date_of_service": 54, "/service_lines/0": 53},
    {
        "": 71,
        "/provider": 62,
        "/client": 68,
        "/client/birth_date": 69,
        "/client/sex": 72,
        "/payer": 70,
        "/date_of_service": 75,
        "/service_lines/0": 74,
    },
]


def test_every_value_of_a_claim_comes_back_with_its_segment() -> None:
    found = [session for session in read_claims([CLAIMS]) if not isinstance(session, SegmentProblem)]
    assert [session.raw for session in found] == [
        STATED,
        {**STATED, "external_id": "S-1b"},
        BARE,
        {**BARE, "external_id": "S-3", "client": {"external_id": "C-79", "sex": "X"}},
    ]
    assert [dict(session.positions) for session in found] == POSITIONS
    assert [session.position for session in found] == [each[""] for each in POSITIONS]
    assert [session.problems for session in found] == [[], [], [], []]


def test_every_value_of_a_remittance_comes_back_with_its_segment() -> None:
    found, _ = read_remittances([REMITTANCES])
    first, second = PAID.lines
    lines = (
        replace(first, position=24, adjustments=(Adjustment("PR", "3", Decimal("20.00"), position=27),)),
        replace(second, position=32),
    )
    adjusted = (Adjustment("CO", "45", Decimal("10.00"), Decimal(1), position=15),)
    assert found.claims == (
        replace(PAID, position=14, lines=lines, adjustments=adjusted),
        replace(PAYMENT.claims[1], position=34),
    )
    assert (found.payment, found.payer, found.payee) == (PAYMENT.payment, PAYMENT.payer, PAYMENT.payee)
    assert found.provider_adjustments == (
        ProviderAdjustment("1999999984", "WO", Decimal("12.00"), "REF-1", dt.date(2026, 12, 31), 36),
    )
    assert (found.interchange, found.transaction, found.position) == ("000000001", "0001", 3)
    assert found.production_date == dt.date(2026, 4, 2)


def test_amounts_that_are_not_there_and_sums_that_disagree_are_told_where_they_stand() -> None:
    found, empty = read_remittances([REMITTANCES])
    assert [(problem.segment_id, problem.position, problem.message) for problem in found.problems] == [
        ("SVC", 32, "SVC02 is not an amount."),
        ("SVC", 32, "SVC03 is not an amount."),
        ("CLP", 34, "CLP03 is not an amount."),
        ("CLP", 34, "CLP04 is not an amount."),
    ]
    assert found.imbalances == (
        Imbalance("line", 24, Decimal("160.00"), Decimal("150.00")),
        Imbalance("payment", 3, Decimal("138.00"), Decimal("150.00")),
    )
    (problem,) = empty.problems
    assert problem == SegmentProblem(
        "000000001", "0002", 39, "BPR", "amount_unreadable", "BPR02 is not an amount.", problem.offset, "error"
    )
    assert REMITTANCES[problem.offset :].startswith("BPR*I**D")
    assert (empty.payment, empty.payer) == (Payment(None, credit=False), RemitParty("A"))


def test_lines_of_one_session_at_two_places_are_told_at_the_claim() -> None:
    second = ["LX*2", "SV1*HC:90785*20*UN*1*11**1", "DTP*472*D8*20260318"]
    whole = [each.replace("*180***10", "*200***10") for each in CLAIM]
    (found,) = read_claims([claims(*whole, *second)])
    assert not isinstance(found, SegmentProblem)
    assert [(problem.code, problem.position, problem.severity) for problem in found.problems] == [
        ("places_differ", found.position, "error")
    ]
    assert found.raw["place_of_service"] == "10"


def test_what_is_of_one_session_alone_is_not_taken_for_two() -> None:
    second = ["LX*2", "SV1*HC:90834*120*UN*1***1", "DTP*472*D8*20260319"]
    extras = "K3*CG1 START=20260318T100200-0400;LIC=LMHC;RATE=142.50"
    whole = [each.replace("*180***10", "*300***10") for each in (CLAIM[0], extras, *CLAIM[1:])]
    for found in read_claims([claims(*whole, *second)]):
        assert not isinstance(found, SegmentProblem)
        assert "start" not in found.raw
        assert found.raw["provider"]["license"] == "LMHC"
