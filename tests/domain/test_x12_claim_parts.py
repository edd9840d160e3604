"""Single parts of an 837P claim: who is who, what is damaged, repeated or too much, and how numbers are written."""

from __future__ import annotations

import pytest

from clawguard.domain.x12.claim837 import read_claims
from clawguard.domain.x12.claim_parts import MAX_LINES, MAX_PROBLEMS
from clawguard.domain.x12.segments import SegmentProblem
from tests.domain.x12_samples import CLAIM, CLAIM_HEAD, claims, envelope

PATIENT = ["HL*3*2*23*0", "PAT*19", "NM1*QC*1*CLIENT*TED", "DMG*D8*20100501*M"]


def sessions(*segments, head=CLAIM_HEAD):
    return [item for item in read_claims([envelope("837", [*head, *segments])]) if not isinstance(item, SegmentProblem)]


def session(*segments, head=CLAIM_HEAD):
    (found,) = sessions(*segments, head=head)
    assert all(problem.message.endswith(".") and "None" not in problem.message for problem in found.problems)
    return found


def changed(old, new, body=CLAIM):
    assert any(old in segment for segment in body)
    return [each for segment in body for each in segment.replace(old, new).split("~")]


def told(found):
    return [(problem.code, problem.position, problem.severity) for problem in found.problems]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("*180***10", "*181***10", ("charges_differ", 16, "warning")),
        ("10:B:1", "10:B:8", ("claim_void", 16, "error")),
        ("LX*1", "LX*1~SV1*HC:90834*180*UN*1***1", ("segment_repeated", 20, "error")),
        ("UN*1", "UN*1.5", ("quantity_unreadable", 19, "error")),
        ("UN*1", "F2*1", ("quantity_unit", 19, "error")),
        ("SV1*HC", "SV1*ER", ("code_qualifier", 19, "error")),
        ("D8*20260318", "RD8*20260318-20260319", ("date_range", 20, "error")),
        ("HI*ABK:F331", "JONES*X~HI*ABK:F331", ("segment_unexpected", 17, "error")),
    ],
)
def test_a_problem_stands_at_its_segment_with_its_weight(old, new, problem):
    assert problem in told(session(*changed(old, new)))


def test_a_line_without_a_service_is_told_at_its_opener():
    found = session(*CLAIM, "LX*2", "DTP*472*D8*20260318")
    assert ("service_missing", 21, "error") in told(found)
    assert found.raw["service_lines"][1] == {}


def test_a_service_line_outside_a_claim_and_a_level_that_is_unknown_are_told():
    items = list(read_claims([claims("LX*1")]))
    assert ("segment_misplaced", 16) in [(item.code, item.position) for item in items]
    (unknown, found) = list(read_claims([claims("HL*9*1*24*0", *CLAIM)]))
    assert (unknown.code, unknown.position, unknown.transaction) == ("level_unknown", 16, "0001")
    assert told(found)[0][0] == "context_damaged"


def test_a_transaction_without_a_claim_is_a_remark():
    (only,) = read_claims([claims()])
    assert (only.code, only.severity, only.transaction) == ("no_claims", "warning", "0001")


def test_a_transaction_behind_one_that_is_not_read_is_read():
    other = envelope("837", [*CLAIM_HEAD, *CLAIM]).replace("005010X222A1", "005010X223A2")
    second = envelope("837", [*CLAIM_HEAD, *CLAIM])
    first, found = list(read_claims([other + second]))
    assert first.code == "transaction_unsupported"
    assert found.raw["external_id"] == "S-1"


def test_a_claim_has_at_most_fifty_lines():
    many = [
        each.replace("LX*1", f"LX*{number}")
        for number in range(1, MAX_LINES + 2)
        for each in ("LX*1", "SV1*HC:90837:95*1*UN*1***1", "DTP*472*D8*20260318")
    ]
    whole = session(*changed("*180***10", "*50***10", CLAIM[:2]), *many[:-3])
    assert (len(whole.raw["service_lines"]), whole.problems) == (50, [])
    found = session(*changed("*180***10", "*50***10", CLAIM[:2]), *many)
    assert len(found.raw["service_lines"]) == 50
    assert ("too_many_lines", 18 + 3 * MAX_LINES, "error") in told(found)


def test_of_a_hostile_claim_a_hundred_problems_are_kept():
    found = session(*CLAIM, *["HI*BK:29632"] * (MAX_PROBLEMS + 5))
    assert [code for code, _, _ in told(found)].count("diagnosis_icd9") == 100


def test_who_is_named_by_another_number_than_an_npi_has_none():
    head = changed("XX*1999999984", "24*123456789", CLAIM_HEAD)
    assert session(*CLAIM, head=head).raw["provider"] == {"name": "ADA EXAMPLE", "license": "LCSW"}


def test_the_taxonomy_of_the_biller_is_not_that_of_whom_the_claim_names():
    rendering = ["NM1*82*1*OTHER*BEA****XX*1999999992"]
    found = session(CLAIM[0], *rendering, *CLAIM[1:])
    assert found.raw["provider"] == {"npi": "1999999992", "name": "BEA OTHER"}
    referring = ["NM1*DN*1*OTHER*CEE****XX*1999999992", "PRV*PE*PXC*106H00000X"]
    assert session(CLAIM[0], *referring, *CLAIM[1:]).raw["provider"]["license"] == "LCSW"


def test_a_rendering_provider_of_another_payer_s_loop_is_not_the_claim_s():
    other = ["SBR*S*18*******MB", "NM1*82*1*OTHER*BEA****XX*1999999992"]
    assert session(*CLAIM[:2], *other, *CLAIM[2:]).raw["provider"]["npi"] == "1999999984"


def test_a_new_subscriber_begins_anew_and_keeps_the_biller():
    second = ["HL*3*1*22*0", "SBR*P*18*******MB", "NM1*IL*1*OTHER*****MI*C-78", "DMG*D8*19800101*M"]
    first, other = sessions(*CLAIM, *second, *changed("S-1", "S-2"))
    assert other.raw["provider"] == first.raw["provider"]
    assert other.raw["client"] == {"external_id": "C-78", "birth_date": "1980-01-01", "sex": "M"}
    assert other.raw["payer"] == {}


def test_a_dependent_with_a_number_of_its_own_has_that_and_without_a_subscriber_s_none():
    own = [*PATIENT[:2], "NM1*QC*1*CLIENT*TED****MI*D-5", PATIENT[3]]
    assert session(*own, *CLAIM).raw["client"]["external_id"] == "D-5"
    nameless = changed("MI*C-77", "*", CLAIM_HEAD)
    assert session(*PATIENT, *CLAIM, head=nameless).raw["client"] == {"birth_date": "2010-05-01", "sex": "M"}
    none = [*CLAIM_HEAD[:8], *CLAIM_HEAD[11:]]
    assert "external_id" not in session(*PATIENT, *CLAIM, head=none).raw["client"]


@pytest.mark.parametrize("lost", ["NM1*85", "NM1*IL", "NM1*PR"])
def test_who_is_not_named_is_not_invented(lost):
    head = [segment for segment in CLAIM_HEAD if not segment.startswith(lost)]
    raw = session(*CLAIM, head=head).raw
    assert raw[{"NM1*85": "provider", "NM1*IL": "client", "NM1*PR": "payer"}[lost]] == {}


@pytest.mark.parametrize(
    ("written", "charge"),
    [
        ("180", "180.00"),
        ("180.", "180.00"),
        (".5", "0.50"),
        ("180.5", "180.50"),
        ("180.500", "180.50"),
        ("-180", "-180.00"),
        ("180.125", "180.125"),
        ("0", "0.00"),
        (".", "."),
        ("abc", "abc"),
        ("", None),
    ],
)
def test_a_charge_is_written_out_or_left_for_the_parser_to_refuse(written, charge):
    assert session(*changed("*180*UN", f"*{written}*UN")).raw["service_lines"][0]["charge"] == charge


@pytest.mark.parametrize(
    ("written", "pointers"),
    [("1:2", [1, 2]), ("1::2", [1, 2]), ("A", ["A"]), ("999", [999]), ("1000", ["1000"]), ("²", ["²"])],
)
def test_pointers_are_small_numbers_or_left_for_the_parser_to_refuse(written, pointers):
    assert session(*changed("***1:2", f"***{written}")).raw["service_lines"][0]["diagnosis_pointers"] == pointers


def test_a_code_has_at_most_four_modifiers_and_no_description():
    (line,) = session(*changed("90837:95", "90837:95:HO::GT:A LONG SESSION")).raw["service_lines"]
    assert (line["code"], line["modifiers"]) == ("90837", ["95", "HO", "GT"])


@pytest.mark.parametrize(
    ("written", "day"), [("20260318", "2026-03-18"), ("202603181002", "2026-03-18"), ("2026318", "2026318")]
)
def test_a_day_is_iso_where_it_is_one(written, day):
    assert session(*changed("D8*20260318", f"D8*{written}")).raw["date_of_service"] == day


def test_lines_in_two_places_are_one_session_that_nobody_can_place():
    second = ["LX*2", "SV1*HC:90785*0*UN*1*11**1", "DTP*472*D8*20260318"]
    found = session(*CLAIM, *second)
    assert ("places_differ", 16, "error") in told(found)
    assert found.raw["place_of_service"] == "10"


def test_times_of_a_claim_that_is_several_sessions_are_not_divided():
    second = ["LX*2", "SV1*HC:90834*0*UN*1***1", "DTP*472*D8*20260319"]
    for found in sessions(CLAIM[0], "K3*CG1 START=20260318T100200-0400;TELE=video", *CLAIM[1:], *second):
        assert told(found) == [("extras_not_divided", 16, "warning")]
        assert "start" not in found.raw
        assert found.raw["telehealth"] == "video"


def test_diagnoses_begin_at_the_first_code_of_the_segment():
    found = session(*changed("HI*ABK:F331*ABF:F411", "HI*BE:24*ABK:F331*ABF:F411"))
    assert found.raw["diagnoses"] == ["F331", "F411"]
    assert found.positions["/diagnoses"] == 17
