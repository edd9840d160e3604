"""Single parts of an 835: where each value stands, what is misplaced or missing, which sums disagree by how much."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from clawguard.domain.x12.remit835 import read_remittances
from clawguard.domain.x12.remittance import Adjustment, Imbalance, Payment, ProviderAdjustment, RemitParty
from tests.domain.x12_samples import REMIT_CLAIM, REMIT_HEAD, envelope, remittance


def read(*segments, head=REMIT_HEAD):
    (found,) = read_remittances([envelope("835", [*head, *segments])])
    assert all(problem.message.endswith(".") and "None" not in problem.message for problem in found.problems)
    assert {(problem.interchange, problem.transaction) for problem in found.problems} <= {("000000007", "0001")}
    return found


def told(found):
    return [(problem.code, problem.position, problem.severity) for problem in found.problems]


def changed(old, new, body=REMIT_CLAIM):
    assert any(old in segment for segment in body)
    return [each for segment in body for each in segment.replace(old, new).split("~")]


def claim(*segments):
    """The one claim of these segments."""
    (found,) = read(*segments).claims
    return found


@pytest.mark.parametrize(
    ("segments", "problem"),
    [
        (["MOA***MA67"], ("segment_misplaced", 10, "error")),
        (["MIA*****MA67"], ("segment_misplaced", 10, "error")),
        (["LQ*HE*N130"], ("segment_misplaced", 10, "error")),
        (["CAS*CO*45*1"], ("segment_misplaced", 10, "error")),
        (["SVC*HC:90837*1*1"], ("segment_misplaced", 10, "error")),
        ([REMIT_CLAIM[0], "LQ*HE*N130"], ("segment_misplaced", 11, "error")),
        (["BPR*I*1*C*ACH"], ("segment_repeated", 10, "error")),
        (["TRN*1*OTHER*1"], ("segment_repeated", 10, "error")),
        (["DTM*405*2026041"], ("date_unreadable", 10, "warning")),
        (["DTM*405*²0260401"], ("date_unreadable", 10, "warning")),
        (["SVD*X"], ("segment_unexpected", 10, "error")),
    ],
)
def test_what_stands_where_it_cannot_is_told_at_its_segment(segments, problem):
    assert problem in told(read(*segments))


@pytest.mark.parametrize(
    ("lost", "code"),
    [("BPR", "bpr_missing"), ("TRN", "trn_missing"), ("N1*PR", "party_missing"), ("N1*PE", "party_missing")],
)
def test_what_a_payment_lacks_is_told_at_its_opener(lost, code):
    found = read(*REMIT_CLAIM, head=[segment for segment in REMIT_HEAD if not segment.startswith(lost)])
    assert told(found) == [(code, 3, "error")]
    if code == "party_missing":
        who = {"N1*PR": "payer", "N1*PE": "payee"}[lost]
        assert who in found.problems[0].message
        assert getattr(found, who) == RemitParty("")


def test_the_payment_and_the_parties_with_their_numbers():
    head = [*REMIT_HEAD[:4], "REF*2U*60054", *REMIT_HEAD[4:5], "REF*TJ*123456789", REMIT_HEAD[5]]
    found = read(*REMIT_CLAIM, head=changed("142.50*C", "142.50*D", head))
    assert found.payment == Payment(Decimal("142.50"), "ACH", False, dt.date(2026, 4, 2), "TRACE1", "1999999999", "I")
    assert (found.payer.references, found.payee.references) == ((("2U", "60054"),), (("TJ", "123456789"),))
    assert (found.production_date, found.position) == (dt.date(2026, 4, 1), 3)


def test_the_first_of_two_payers_counts():
    assert read("N1*PR*OTHER", *REMIT_CLAIM).payer.name == "EXAMPLE HEALTH"


def test_a_claim_with_everything_it_may_say():
    whole = claim(
        "CLP*S-1*22*-180*-142.5*-20*12*PAYER1*10*8",
        "CAS*CO*45*-17.5*2",
        "NM1*QC*1*CLIENT*****MI*C-77",
        "NM1*IL*1*OTHER*****MI*C-78",
        "NM1*82*1*OTHER*****XX*1999999992",
        "NM1*82*1*OTHER*****BS*OTHER",
        "NM1*TT*2*OTHER*****XX*1999999984",
        "MOA***MA67*N1*N2*N3*N4",
        "REF*1L*G1",
        "DTM*232*20260318",
        "DTM*233*20260319",
        "DTM*050*20260325",
    )
    assert (whole.status, whole.charge, whole.paid, whole.patient_responsibility) == (
        "22",
        Decimal(-180),
        Decimal("-142.5"),
        Decimal(-20),
    )
    assert whole.adjustments == (Adjustment("CO", "45", Decimal("-17.5"), Decimal(2), 11),)
    assert (whole.member_id, whole.rendering_npi, whole.filing, whole.place, whole.frequency) == (
        "C-77",
        "1999999992",
        "12",
        "10",
        "8",
    )
    assert (whole.date, whole.date_to, whole.received) == (
        dt.date(2026, 3, 18),
        dt.date(2026, 3, 19),
        dt.date(2026, 3, 25),
    )
    assert (whole.remarks, whole.references, whole.position) == (("MA67", "N1", "N2", "N3", "N4"), (("1L", "G1"),), 10)


def test_the_insured_is_the_member_where_no_patient_is_named():
    assert claim(REMIT_CLAIM[0], "NM1*IL*1*OTHER*****MI*C-78").member_id == "C-78"
    assert claim(REMIT_CLAIM[0], "NM1*IL*1*A*****MI*C-78", "NM1*IL*1*B*****MI*C-79").member_id == "C-78"
    assert claim(REMIT_CLAIM[0], "NM1*IL*1*A*****MI*C-78", "NM1*QC*1*B*****MI*C-79").member_id == "C-79"


def test_remarks_of_an_inpatient_claim_stand_at_other_places():
    elements = [""] * 24
    for place, code in ((5, "MA67"), (20, "N1"), (21, "N2"), (22, "N3"), (23, "N4"), (3, "NO")):
        elements[place] = code
    assert claim(REMIT_CLAIM[0], "*".join(["MIA", *elements[1:]])).remarks == ("MA67", "N1", "N2", "N3", "N4")


def test_a_line_with_everything_it_may_say():
    (line,) = claim(
        REMIT_CLAIM[0],
        "SVC*HC:90834:95:HO:GT:U1:U2*180*142.5**1*HC:90837",
        "DTM*150*20260318",
        "DTM*151*20260319",
        "REF*6R*L1",
        "REF*LU*10",
        "CAS*CO*45*17.5**29*20",
        "LQ*HE*N130",
        "LQ*RX*77",
        "LQ*HE",
        "NM1*82*1*OTHER*****XX*1999999992",
    ).lines
    assert (line.qualifier, line.code, line.modifiers, line.billed_code) == (
        "HC",
        "90834",
        ("95", "HO", "GT", "U1"),
        "90837",
    )
    assert (line.charge, line.paid, line.units) == (Decimal(180), Decimal("142.5"), Decimal(1))
    assert (line.date, line.date_to, line.control_number) == (dt.date(2026, 3, 18), dt.date(2026, 3, 19), "L1")
    assert [(each.reason, each.amount) for each in line.adjustments] == [("45", Decimal("17.5")), ("29", Decimal(20))]
    assert line.remarks == ("N130",)


def test_a_line_without_a_code_has_none():
    (line,) = claim(REMIT_CLAIM[0], "SVC*HC*180*142.5").lines
    assert (line.qualifier, line.code, line.modifiers, line.billed_code, line.units) == ("HC", "", (), None, None)


def test_an_adjustment_without_an_amount_is_no_adjustment_and_the_next_one_counts():
    found = read(*changed("CAS*CO*45*17.5", "CAS*CO*45*x**29*20*1****96*5"))
    assert [(each.reason, each.amount, each.quantity) for each in found.claims[0].lines[0].adjustments] == [
        ("29", Decimal(20), Decimal(1)),
        ("96", Decimal(5), None),
        ("3", Decimal(20), None),
    ]
    assert ("amount_unreadable", 14, "error") in told(found)


def test_account_adjustments_with_what_they_name_and_gaps_between_them():
    found = read(*REMIT_CLAIM, "PLB*1999999984*20261231*WO:S-1*10***FB::S-2*-4*L6*x")
    assert found.provider_adjustments == (
        ProviderAdjustment("1999999984", "WO", Decimal(10), "S-1", dt.date(2026, 12, 31), 17),
        ProviderAdjustment("1999999984", "FB", Decimal(-4), "S-2", dt.date(2026, 12, 31), 17),
    )
    assert told(found) == [("amount_unreadable", 17, "error")]
    after = read(*REMIT_CLAIM, "PLB*1999999984*20261231*WO:S-1*10", "CAS*CO*45*1", "REF*1L*G1")
    assert told(after) == [("segment_misplaced", 18, "error")]


@pytest.mark.parametrize("text", ["12.", ".5", "-.5", "0", "123456789012345.1234"])
def test_amounts_are_read_as_the_guide_writes_them(text):
    assert claim(*changed("CLP*S-1*1*180", f"CLP*S-1*1*{text}", REMIT_CLAIM[:1])).charge == Decimal(text)


@pytest.mark.parametrize("text", ["", "-", ".", "1,5", "1e2", "+5", "1234567890123456", "1.23456", "²"])
def test_what_is_no_amount_is_none_and_never_zero(text):
    found = read(*changed("CLP*S-1*1*180", f"CLP*S-1*1*{text}", REMIT_CLAIM[:1]))
    assert found.claims[0].charge is None
    assert ("amount_unreadable", 10, "error") in told(found)
    assert not found.readable


@pytest.mark.parametrize(
    ("old", "new", "imbalances"),
    [
        ("180*142.5*20", "180*142.5*20", []),
        ("90837:95*180*142.5", "90837:95*180*140", [Imbalance("line", 12, Decimal("142.5"), Decimal(140))]),
        ("CLP*S-1*1*180", "CLP*S-1*1*190", [Imbalance("claim", 10, Decimal("152.5"), Decimal("142.5"))]),
    ],
)
def test_sums_that_disagree_say_what_follows_and_what_is_stated(old, new, imbalances):
    assert list(read(*changed(old, new)).imbalances) == imbalances


def test_a_payment_is_what_was_paid_less_what_was_taken_and_a_debit_turns_its_sign():
    taken = read(*REMIT_CLAIM, "PLB*1999999984*20261231*WO*200")
    assert list(taken.imbalances) == [Imbalance("payment", 3, Decimal("-57.5"), Decimal("142.5"))]
    debit = changed("142.50*C", "57.50*D", REMIT_HEAD)
    assert read(*REMIT_CLAIM, "PLB*1999999984*20261231*WO*200", head=debit).imbalances == ()
    assert read(head=changed("142.50*C", "0*C", REMIT_HEAD)).imbalances == ()


def test_the_older_guide_is_read_with_a_remark():
    text = remittance(*REMIT_CLAIM).replace("005010X221A1", "004010X091A1")
    (found,) = read_remittances([text])
    assert told(found) == [("older_guide", 3, "warning")]
    assert "004010X091" in found.problems[0].message
    assert (found.problems[0].interchange, found.problems[0].transaction) == ("000000007", "0001")
    assert found.readable


@pytest.mark.parametrize(("old", "new"), [("X221A1", "X223A1"), ("ST*835", "ST*837")])
def test_a_transaction_of_another_kind_or_guide_is_told_and_what_follows_is_read(old, new):
    text = remittance(*REMIT_CLAIM)
    first, second = read_remittances([text.replace(old, new) + text])
    assert (first.code, first.transaction, second.claims[0].claim_id) == ("transaction_unsupported", "0001", "S-1")
    assert "None" not in first.message


def test_a_transaction_that_its_group_closes_ends_there():
    text = remittance(*REMIT_CLAIM)
    found = list(read_remittances([text.replace("SE*15*0001~", "") + text]))
    assert [[claim.claim_id for claim in each.claims] for each in found if hasattr(each, "claims")] == [
        ["S-1"],
        ["S-1"],
    ]
