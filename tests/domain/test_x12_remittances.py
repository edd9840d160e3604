"""835 remittances: read into values, balanced, and never corrected."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clawguard.domain.x12.remit835 import read_remittances
from clawguard.domain.x12.remittance import (
    Adjustment,
    Payment,
    ProviderAdjustment,
    RemitClaim,
    RemitLine,
    RemitParty,
    Remittance,
    imbalances_of,
)
from clawguard.domain.x12.writers import write_835
from tests.domain.x12_samples import CLAIM, REMIT_CLAIM, REMIT_HEAD, claims, envelope, remittance

NOW = dt.datetime(2026, 4, 2, 12, tzinfo=dt.UTC)


def read(text):
    (found,) = read_remittances([text])
    return found


def test_payment_parties_claims_lines_and_adjustments():
    found = read(remittance(*REMIT_CLAIM))
    assert found.readable
    assert found.payment == Payment(
        Decimal("142.50"), "ACH", True, dt.date(2026, 4, 2), "TRACE1", "1999999999", "I"
    )  # fmt: skip
    assert (found.payer.name, found.payee.id) == ("EXAMPLE HEALTH", "1999999984")
    (claim,) = found.claims
    assert (claim.claim_id, claim.status, claim.payer_claim_id, claim.member_id) == ("S-1", "1", "PAYER1", "C-77")
    (line,) = claim.lines
    assert (line.code, line.modifiers, line.date, line.remarks) == ("90837", ("95",), dt.date(2026, 3, 18), ("N130",))
    assert [(a.group, a.reason, a.amount) for a in line.adjustments] == [
        ("CO", "45", Decimal("17.5")),
        ("PR", "3", Decimal("20")),
    ]


def test_a_takeback_is_a_reversal_with_its_own_signs_and_a_debt_at_provider_level():
    reversal = [
        "CLP*S-1*22*-180*-142.5**12*PAYER1*10*8",
        "MOA***MA67*N130",
        "SVC*HC:90837*-180*-142.5",
        "CAS*CO*45*-17.5**29*-20",
    ]
    found = read(remittance(*REMIT_CLAIM, *reversal, "PLB*1999999984*20261231*WO:S-1 20260318*-142.5*FB*0"))
    assert found.imbalances == ()
    assert [claim.claim_id for claim in found.reversals] == ["S-1"]
    assert found.reversals[0].remarks == ("MA67", "N130")
    assert [(a.reason, a.amount) for a in found.reversals[0].lines[0].adjustments][1] == ("29", Decimal("-20"))
    assert [(p.reason, p.reference, p.amount) for p in found.provider_adjustments] == [
        ("WO", "S-1 20260318", Decimal("-142.5")),
        ("FB", None, Decimal("0")),
    ]


@pytest.mark.parametrize(
    ("old", "new", "scopes"),
    [
        ("BPR*I*142.50", "BPR*I*142.51", ["payment"]),
        ("CAS*CO*45*17.5", "CAS*CO*45*17.4", ["line", "claim"]),
        ("180*142.5*20", "180*142.4*20", ["claim", "payment"]),
        ("90837:95*180*142.5", "90837:95*180*140", ["line"]),
        ("LQ*HE*N130", "LQ*HE*N130~PLB*1*20261231*WO*1", ["payment"]),
    ],
)
def test_sums_that_disagree_are_listed_and_the_file_is_not_fit(old, new, scopes):
    found = read(remittance(*REMIT_CLAIM).replace(old, new).replace("SE*15", "SE*16" if "PLB" in new else "SE*15"))
    assert found.problems == ()
    assert [imbalance.scope for imbalance in found.imbalances] == scopes
    assert not found.readable


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("BPR*I*142.50", "BPR*I*abc", "amount_unreadable"),
        ("*180*142.5*20", "*180*1e2*20", "amount_unreadable"),
        ("CAS*CO*45*17.5", "CAS*CO*45*", "amount_unreadable"),
        ("CAS*CO*45*17.5", "CAS*XX*45*17.5", "group_unknown"),
        ("CAS*CO*45*17.5", "CAS*CO**17.5", "reason_missing"),
        ("TRN*1", "REF*1", "trn_missing"),
        ("N1*PR", "N1*XX", "party_missing"),
        ("CLP*S-1*1", "CLP**1", "claim_unnamed"),
        ("CLP*S-1*1", "CLP*S-1*", "claim_unnamed"),
        ("CLP*S-1*1", "CLP*S-1*221", "claim_unnamed"),
        ("TRN*1*TRACE1*1999999999", "TRN*1*TRACE1*1999999999~TRN*1*TRACE2*1999999999", "segment_repeated"),
        ("LX*1", "LX*1~BPR*I*142.50*C*ACH************20260402", "segment_repeated"),
        ("SE*15", "SE*14", "count_wrong"),
        ("LX*1", "LX*1~CAS*CO*45*1", "segment_misplaced"),
        ("LX*1", "LX*1~SVC*HC:90837*1*1", "segment_misplaced"),
        ("LQ*HE", "CLM*HE", "segment_unexpected"),
        ("DTM*472*20260318", "DTM*472*20260231", "date_unreadable"),
        ("HC:90837:95", "HC>90837>95", "component_separator"),
        ("LQ*HE*N130", "LQ*HE*N130~PLB*1*20261231*WO>S-1*1", "component_separator"),
        ("LQ*HE*N130", "LQ*HE*N130~PLB*1*20261231*:S-1*1", "reason_unreadable"),
        ("LQ*HE*N130", "LQ*HE*N130~PLB*1*20261231**1", "reason_unreadable"),
        ("LQ*HE*N130", "LQ*HE*N130~PLB*1*20261231*WO S-1*1", "reason_unreadable"),
        ("LQ*HE*N130", "LQ*HE*N130~PLB*1*20261231*WO>S-1:2*1", "reason_unreadable"),
    ],
)
def test_what_cannot_be_read_is_told_and_never_becomes_zero(old, new, code):
    found = read(remittance(*REMIT_CLAIM).replace(old, new, 1))
    told = next(problem for problem in found.problems if problem.code == code)
    assert told.message.endswith(".")
    assert told.severity == ("warning" if code in ("date_unreadable", "component_separator") else "error")
    if code == "amount_unreadable":
        amounts = [
            found.payment.amount,
            found.claims[0].paid,
            *[a.amount for a in found.claims[0].lines[0].adjustments],
        ]
        assert Decimal(0) not in amounts


def test_a_component_separator_other_than_stated_is_read_with_a_warning():
    found = read(remittance(*REMIT_CLAIM).replace("HC:90837:95", "HC>90837>95"))
    assert (found.claims[0].lines[0].code, found.claims[0].lines[0].modifiers) == ("90837", ("95",))
    assert found.readable


@pytest.mark.parametrize(
    ("written", "reason", "reference"),
    [
        ("WO>S-1", "WO", "S-1"),
        ("WO|S-1|2", "WO", "S-1|2"),
        ("72>s-1 20260318", "72", "s-1 20260318"),
        ("WO:S>1", "WO", "S>1"),
        ("L6", "L6", None),
    ],
)
def test_the_same_for_what_an_account_adjustment_names(written, reason, reference):
    (entry,) = read(remittance(*REMIT_CLAIM, f"PLB*1999999984*20261231*{written}*0")).provider_adjustments
    assert (entry.reason, entry.reference) == (reason, reference)


def test_a_payment_missing_altogether_and_one_cut_off():
    found = read(envelope("835", REMIT_HEAD[1:] + REMIT_CLAIM))
    assert [problem.code for problem in found.problems] == ["bpr_missing"]
    text = remittance(*REMIT_CLAIM)
    found = next(read_remittances([text[: text.index("CAS*PR")]]))
    assert [problem.code for problem in found.problems] == ["se_missing", "ge_missing", "iea_missing"]
    assert not found.readable


def test_claims_are_no_remittance():
    assert [problem.code for problem in read_remittances([claims(*CLAIM)])] == ["transaction_unsupported"]


CENTS = st.integers(-99999, 99999).map(lambda cents: Decimal(cents) / 100)
DATES = st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1))
ADJUSTMENTS = st.lists(
    st.builds(Adjustment, st.sampled_from(["CO", "PR", "OA"]), st.sampled_from(["45", "29", "A2"]), CENTS),
    max_size=3,
).map(tuple)
LINES = st.builds(
    RemitLine,
    code=st.just("90837"),
    modifiers=st.sampled_from([(), ("95",), ("95", "HO")]),
    charge=CENTS,
    paid=CENTS,
    units=st.none() | st.just(Decimal(1)),
    billed_code=st.none() | st.just("90834"),
    date=DATES,
    adjustments=ADJUSTMENTS,
    remarks=st.sampled_from([(), ("N130", "M76")]),
    control_number=st.none() | st.just("L1"),
)
CLAIMS = st.builds(
    RemitClaim,
    claim_id=st.integers(1, 999).map("S-{}".format),
    status=st.sampled_from(["1", "4", "22"]),
    charge=CENTS,
    paid=CENTS,
    patient_responsibility=st.none() | CENTS,
    filing=st.just("12"),
    payer_claim_id=st.none() | st.just("P1"),
    member_id=st.none() | st.just("C-77"),
    rendering_npi=st.none() | st.just("1999999984"),
    date=DATES,
    received=DATES,
    adjustments=ADJUSTMENTS,
    remarks=st.sampled_from([(), ("MA67",), ("N1", "N2", "N3", "N4", "N5", "N6")]),
    references=st.sampled_from([(), (("1L", "G1"),)]),
    lines=st.lists(LINES, max_size=3).map(tuple),
)
REMITTANCES = st.builds(
    Remittance,
    interchange=st.just("000000001"),
    transaction=st.just("0001"),
    payment=st.builds(
        Payment, CENTS, st.sampled_from(["ACH", "CHK"]), st.booleans(), DATES, st.just("T1"), st.just("O1")
    ),
    payer=st.just(RemitParty("EXAMPLE HEALTH")),
    payee=st.just(RemitParty("EXAMPLE NETWORK", "XX", "1999999984", (("TJ", "000000000"),))),
    claims=st.lists(CLAIMS, max_size=3).map(tuple),
    provider_adjustments=st.lists(
        st.builds(ProviderAdjustment, st.just("1999999984"), st.sampled_from(["WO", "FB"]), CENTS,
                  st.none() | st.just("S-1"), st.just(dt.date(2026, 12, 31))),
        max_size=2,
    ).map(tuple),
    production_date=DATES,
)  # fmt: skip


def placeless(found):
    def line(entry):
        return replace(entry, position=0, adjustments=tuple(replace(a, position=0) for a in entry.adjustments))

    entries = [replace(line(claim), lines=tuple(line(entry) for entry in claim.lines)) for claim in found.claims]
    plbs = tuple(replace(entry, position=0) for entry in found.provider_adjustments)
    return replace(found, position=0, claims=tuple(entries), provider_adjustments=plbs, imbalances=())


@settings(max_examples=150)
@given(REMITTANCES)
def test_what_is_written_as_835_is_read_back_the_same(written):
    found = read("".join(write_835([written], created=NOW)))
    assert found.problems == ()
    assert placeless(found) == written
    assert len(found.imbalances) == len(imbalances_of(written))
