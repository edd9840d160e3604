"""837P claims become sessions; what they cannot say stays unsaid."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clawguard.domain.submission import Defaults, parse, to_dict
from clawguard.domain.x12.claim837 import read_claims
from clawguard.domain.x12.segments import SegmentProblem
from clawguard.domain.x12.writers import write_837p
from tests.domain.session_strategy import SESSIONS
from tests.domain.x12_samples import CLAIM, CLAIM_HEAD, REMIT_CLAIM, claims, envelope, remittance

NOW = dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC)
DEFAULTS = Defaults(time_zone="America/New_York")


def read(text):
    return [item for item in read_claims([text]) if not isinstance(item, SegmentProblem)]


def told(text):
    """Codes of all problems, of the file and of its sessions."""
    found = []
    for item in read_claims([text]):
        found += [item.code] if isinstance(item, SegmentProblem) else [problem.code for problem in item.problems]
    return found


def replaced(*pairs):
    body = list(CLAIM)
    for old, new in pairs:
        body = [segment.replace(old, new) for segment in body]
    return claims(*body)


def test_a_claim_becomes_the_session_it_describes():
    (session,) = read(claims(*CLAIM))
    assert session.problems == []
    assert session.raw == {
        "external_id": "S-1",
        "provider": {"npi": "1999999984", "name": "ADA EXAMPLE", "license": "LCSW"},
        "client": {"external_id": "C-77", "birth_date": "1991-04-11", "sex": "F", "state": "NY"},
        "payer": {"id": "60054", "name": "EXAMPLE HEALTH", "kind": "commercial"},
        "date_of_service": "2026-03-18",
        "place_of_service": "10",
        "service_lines": [
            {"code": "90837", "modifiers": ["95"], "charge": "180.00", "units": 1, "diagnosis_pointers": [1, 2]}
        ],
        "diagnoses": ["F331", "F411"],
    }
    submission, errors = parse(session.raw, now=NOW, defaults=DEFAULTS)
    assert errors == []
    assert submission.facts.start is None


def test_every_part_knows_its_segment():
    (session,) = read(claims(*CLAIM))
    assert session.position == 16
    assert session.positions["/service_lines/0"] == 19
    assert session.positions["/client/birth_date"] == 14


def test_a_claim_over_two_days_and_two_providers_is_one_session_each():
    second = ["LX*2", "SV1*HC:90834*120*UN*1***1", "DTP*472*D8*20260319"]
    third = ["LX*3", "SV1*HC:90853*60*UN*1***1", "DTP*472*D8*20260319", "NM1*82*1*OTHER*BEA****XX*1999999992"]
    found = read(claims(*[s.replace("*180***10", "*360***10") for s in CLAIM], *second, *third))
    assert [(s.raw["external_id"], s.raw["provider"]["npi"]) for s in found] == [
        ("S-1-20260318", "1999999984"),
        ("S-1-20260319-1999999984", "1999999984"),
        ("S-1-20260319-1999999992", "1999999992"),
    ]
    assert [s.problems for s in found] == [[], [], []]


def test_the_rendering_provider_of_the_claim_comes_before_the_billing_one():
    rendering = ["NM1*82*1*OTHER*BEA****XX*1999999992", "PRV*PE*PXC*106H00000X"]
    (session,) = read(claims(CLAIM[0], *rendering, *CLAIM[1:]))
    assert session.raw["provider"] == {"npi": "1999999992", "name": "BEA OTHER", "license": "LMFT"}


def test_an_unknown_taxonomy_states_no_license():
    (session,) = read(envelope("837", [s.replace("1041C0700X", "207X00000X") for s in CLAIM_HEAD] + CLAIM))
    assert "license" not in session.raw["provider"]


def test_what_another_payer_says_is_not_taken_for_this_claim():
    other = ["SBR*S*18*******MB", "NM1*IL*1*OTHER*****MI*X-1", "NM1*PR*2*OTHER PAYER*****PI*99999", "N4*X*CA*9"]
    (session,) = read(claims(CLAIM[0], CLAIM[1], *other, *CLAIM[2:]))
    assert session.raw["payer"]["id"] == "60054"
    assert session.raw["client"]["external_id"] == "C-77"
    assert session.raw["client"]["state"] == "NY"


def test_a_dependent_is_told_apart_without_naming_anyone():
    def dependent(first, birth):
        patient = ["HL*3*2*23*0", "PAT*19", f"NM1*QC*1*CLIENT*{first}", f"DMG*D8*{birth}*M"]
        (session,) = read(envelope("837", [*CLAIM_HEAD, *patient, *CLAIM]))
        return session.raw["client"]

    one, same, sibling = dependent("TED", "20100501"), dependent("TED", "20100501"), dependent("TIM", "20100501")
    assert one["birth_date"] == "2010-05-01"
    assert one["external_id"] == same["external_id"] != sibling["external_id"]
    assert one["external_id"].startswith("C-77.")
    assert "TED" not in one["external_id"]


def test_minutes_are_minutes_and_places_of_lines_count():
    (session,) = read(replaced(("UN*1***", "MJ*55*11**")))
    line = session.raw["service_lines"][0]
    assert (line["minutes"], "units" in line) == (55, False)
    assert session.raw["place_of_service"] == "11"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("ABK:", "BK:", "diagnosis_icd9"),
        ("DTP*472*D8*20260318", "DTP*471*D8*20260318", "date_missing"),
        ("D8*20260318", "RD8*20260318-20260319", "date_range"),
        ("SV1*HC", "SV1*ER", "code_qualifier"),
        ("UN*1", "UN*1.5", "quantity_unreadable"),
        ("UN*1", "UN*x", "quantity_unreadable"),
        ("UN*1", "F2*1", "quantity_unit"),
        ("SV1*HC:90837:95*180*UN*1***1:2", "SV2*0900*HC:90837*180*UN*1", "segment_unexpected"),
        ("*B:1*", "*B:1*", "charges_differ"),
        ("10:B:1", "10:B:8", "claim_void"),
        ("HI*ABK:F331", "HI*ABK:F331~JONES*X", "segment_unexpected"),
        ("LX*1", "LX*1*2", "too_many_elements"),
        ("LX*1", "LX*1~NM1*82*1*A*B*C*D*E*XX*1999999984*F*G*H*I", "too_many_elements"),
        ("LX*1", "K3*CG1 COLOUR=RED~LX*1", "extra_unknown"),
        ("LX*1", "SV1*HC:90837*1*UN*1~LX*1", "segment_misplaced"),
    ],
)
def test_what_is_wrong_with_a_claim_is_told_with_the_claim(old, new, code):
    text = replaced((old, new)) if code != "charges_differ" else replaced(("*180***10", "*181***10"))
    (session,) = read(text)
    assert code in [problem.code for problem in session.problems]
    assert all(problem.transaction == "0001" for problem in session.problems)


def test_a_claim_without_lines_or_cut_off_is_shown_and_unusable():
    assert told(claims(CLAIM[0])) == ["lines_missing"]
    text = claims(*CLAIM)
    (session,) = read(text[: text.index("DTP*472")])
    assert {problem.code for problem in session.problems} >= {"date_missing", "se_missing"}


def test_damage_to_what_claims_refer_to_reaches_those_claims_and_no_others():
    other = ["HL*3*1*22*0", *CLAIM_HEAD[7:], *[s.replace("S-1", "S-2") for s in CLAIM]]
    damaged = [s.replace("CLIENT*", "CLI*ENT*A*B*C*D*E*F*") for s in CLAIM_HEAD]
    first, second = read(envelope("837", [*damaged, *CLAIM, *other]))
    assert [problem.code for problem in first.problems] == ["context_damaged"]
    assert second.problems == []
    broken_billing = [s.replace("EXAMPLE*ADA", "EX*AM*PLE*ADA*X") for s in CLAIM_HEAD]
    found = read(envelope("837", [*broken_billing, *CLAIM, *other]))
    assert [[problem.code for problem in session.problems] for session in found] == [["context_damaged"]] * 2


def test_other_transactions_are_not_read_and_that_is_said():
    assert told(remittance(*REMIT_CLAIM)) == ["transaction_unsupported"]
    assert told(claims(*CLAIM).replace("X222A1", "X223A2")) == ["transaction_unsupported"]
    assert told(claims()) == ["no_claims"]


def test_times_and_facts_beside_the_claim_are_understood():
    extra = "K3*CG1 START=20260318T100200-0400;END=20260318T105700-0400;TELE=video"
    note = "NTE*ADD*LOC=home;PRES=Y"
    (session,) = read(claims(CLAIM[0], extra, note, *CLAIM[1:]))
    assert session.problems == []
    assert session.raw["start"] == "2026-03-18T10:02:00-04:00"
    assert (session.raw["telehealth"], session.raw["client_location"]) == ("video", "home")
    assert session.raw["client_present"] is True


def test_a_note_in_free_words_is_not_read():
    (session,) = read(claims(CLAIM[0], "NTE*ADD*CLIENT SAID A=B", *CLAIM[1:]))
    assert session.problems == []


@pytest.mark.parametrize(("segment", "severity"), [("K3*", "error"), ("NTE*ADD*", "warning")])
def test_an_unknown_key_spoils_a_claim_where_only_keys_belong(segment, severity):
    (session,) = read(replaced(("LX*1", f"{segment}CG1 COLOUR=RED~LX*1")))
    assert [(problem.code, problem.severity) for problem in session.problems] == [("extra_unknown", severity)]


def test_no_problem_repeats_data_of_the_file():
    text = claims(*[segment.replace("F331", "F331~SMITHERS*JANE") for segment in CLAIM])
    for session in read(text):
        for problem in session.problems:
            assert "SMITHERS" not in problem.message + problem.segment_id


@settings(max_examples=150)
@given(st.lists(SESSIONS, min_size=1, max_size=5), st.integers(1, 3))
def test_what_is_written_as_837p_is_read_back_as_the_same_sessions(sessions, block):
    text = "".join(write_837p(sessions, created=NOW, claims_per_transaction=block))
    found = list(read_claims([text]))
    assert [item for item in found if isinstance(item, SegmentProblem)] == []
    assert [problem for session in found for problem in session.problems] == []
    for written, session in zip(sessions, found, strict=True):
        expected, errors = parse(written, now=NOW)
        assert errors == []
        assert to_dict(parse(session.raw, now=NOW)[0]) == to_dict(expected)


def test_a_value_that_would_break_the_file_is_not_written():
    (session,) = read(claims(*CLAIM))
    with pytest.raises(ValueError, match="separator"):
        list(write_837p([{**session.raw, "external_id": "S*1"}], created=NOW))
