"""What the writers write, segment by segment as the guides 005010X222A1 and 005010X221A1 order it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from clawguard.domain.x12.remittance import (
    Adjustment,
    Payment,
    ProviderAdjustment,
    RemitClaim,
    RemitLine,
    RemitParty,
    Remittance,
)
from clawguard.domain.x12.writers import segment, write_835, write_837p

CREATED = dt.datetime(2026, 4, 1, 9, 5, tzinfo=dt.UTC)
STATED: dict[str, Any] = {
    "external_id": "S-1",
    "provider": {"npi": "1999999984", "name": "ADA B EXAMPLE", "license": "LCSW"},
    "client": {"external_id": "C-77", "birth_date": "1991-04-11", "sex": "F", "state": "NY"},
    "payer": {"id": "60054", "name": "EXAMPLE HEALTH", "kind": "commercial"},
    "date_of_service": "2026-03-18",
    "place_of_service": "10",
    "service_lines": [
        {
            "code": "90837",
            "modifiers": ["95", "HO"],
            "charge": "180.00",
            "units": 2,
            "diagnosis_pointers": [1, 2],
        },
        {"code": "90785"},
    ],
    "diagnoses": ["F33.1", "F41.1"],
}
BARE: dict[str, Any] = {
    "external_id": "S-2",
    "provider": {"npi": "1999999992"},
    "client": {"external_id": "C-78"},
    "payer": {"id": "1"},
    "date_of_service": dt.date(2026, 3, 19),
    "place_of_service": "11",
    "service_lines": [{"code": "90834", "charge": "120.50"}],
}
SESSIONS = [
    STATED,
    {**STATED, "external_id": "S-1b"},  # of the same provider: under the same billing level
    BARE,
    {**BARE, "external_id": "S-3", "client": {"external_id": "C-79", "sex": "X"}},
]
CLAIMS = """\
ISA*00*          *00*          *ZZ*CLAWGUARD      *ZZ*PAYER          *260401*0905*^*00501*000000001*0*T*:~
GS*HC*CLAWGUARD*PAYER*20260401*0905*1*X*005010X222A1~
ST*837*0001*005010X222A1~
BHT*0019*00*1*20260401*0905*CH~
NM1*41*2*CLAWGUARD*****46*CLAWGUARD~
PER*IC*INTAKE*TE*5550100000~
NM1*40*2*PAYER*****46*PAYER~
HL*1**20*1~
PRV*BI*PXC*1041C0700X~
NM1*85*1*EXAMPLE*ADA B****XX*1999999984~
N3*1 EXAMPLE STREET~
N4*EXAMPLE*NY*100010000~
REF*EI*000000000~
HL*2*1*22*0~
SBR*P*18*******CI~
NM1*IL*1*CLIENT*****MI*C-77~
N4*EXAMPLE*NY*000000000~
DMG*D8*19910411*F~
NM1*PR*2*EXAMPLE HEALTH*****PI*60054~
CLM*S-1*180.00***10:B:1*Y*A*Y*Y~
HI*ABK:F331*ABF:F411~
LX*1~
SV1*HC:90837:95:HO*180.00*UN*2***1:2~
DTP*472*D8*20260318~
LX*2~
SV1*HC:90785*0.00*UN*1~
DTP*472*D8*20260318~
HL*3*1*22*0~
SBR*P*18*******CI~
NM1*IL*1*CLIENT*****MI*C-77~
N4*EXAMPLE*NY*000000000~
DMG*D8*19910411*F~
NM1*PR*2*EXAMPLE HEALTH*****PI*60054~
CLM*S-1b*180.00***10:B:1*Y*A*Y*Y~
HI*ABK:F331*ABF:F411~
LX*1~
SV1*HC:90837:95:HO*180.00*UN*2***1:2~
DTP*472*D8*20260318~
LX*2~
SV1*HC:90785*0.00*UN*1~
DTP*472*D8*20260318~
HL*4**20*1~
NM1*85*1*1999999992*****XX*1999999992~
N3*1 EXAMPLE STREET~
N4*EXAMPLE*NY*100010000~
REF*EI*000000000~
HL*5*4*22*0~
SBR*P*18*******ZZ~
NM1*IL*1*CLIENT*****MI*C-78~
NM1*PR*2*1*****PI*1~
CLM*S-2*120.50***11:B:1*Y*A*Y*Y~
LX*1~
SV1*HC:90834*120.50*UN*1~
DTP*472*D8*20260319~
SE*53*0001~
ST*837*0002*005010X222A1~
BHT*0019*00*1*20260401*0905*CH~
NM1*41*2*CLAWGUARD*****46*CLAWGUARD~
PER*IC*INTAKE*TE*5550100000~
NM1*40*2*PAYER*****46*PAYER~
HL*1**20*1~
NM1*85*1*1999999992*****XX*1999999992~
N3*1 EXAMPLE STREET~
N4*EXAMPLE*NY*100010000~
REF*EI*000000000~
HL*2*1*22*0~
SBR*P*18*******ZZ~
NM1*IL*1*CLIENT*****MI*C-79~
DMG*D8**U~
NM1*PR*2*1*****PI*1~
CLM*S-3*120.50***11:B:1*Y*A*Y*Y~
K3*CG1 SEX=X~
LX*1~
SV1*HC:90834*120.50*UN*1~
DTP*472*D8*20260319~
SE*21*0002~
GE*2*1~
IEA*1*000000001~
"""

PAID = RemitClaim(
    "S-1",
    "1",
    charge=Decimal("180.00"),
    paid=Decimal("150.00"),
    patient_responsibility=Decimal("30.00"),
    filing="CI",
    payer_claim_id="P-1",
    place="10",
    frequency="1",
    member_id="C-77",
    rendering_npi="1999999984",
    date=dt.date(2026, 3, 18),
    date_to=dt.date(2026, 3, 19),
    received=dt.date(2026, 3, 20),
    adjustments=(Adjustment("CO", "45", Decimal("10.00"), Decimal(1)),),
    remarks=("MA01", "MA02", "MA03", "MA04", "MA05", "MA06"),
    references=(("1L", "G-1"),),
    lines=(
        RemitLine(
            "90837",
            ("95",),
            charge=Decimal("180.00"),
            paid=Decimal("150.00"),
            units=Decimal(1),
            billed_code="90834",
            date=dt.date(2026, 3, 18),
            date_to=dt.date(2026, 3, 19),
            adjustments=(Adjustment("PR", "3", Decimal("20.00")),),
            remarks=("N130", "M15"),
            control_number="L-1",
            allowed=Decimal("170.00"),
        ),
        RemitLine("90785", date=dt.date(2026, 3, 18)),
    ),
)
PAYMENT = Remittance(
    "",
    "",
    Payment(Decimal("150.00"), "ACH", date=dt.date(2026, 4, 3), trace="TR-1", originator="1999999999"),
    RemitParty("EXAMPLE HEALTH", "XV", "60054", (("2U", "60054"),)),
    RemitParty("EXAMPLE NETWORK", "XX", "1999999984"),
    claims=(PAID, RemitClaim("S-2", "4")),
    provider_adjustments=(ProviderAdjustment("1999999984", "WO", Decimal("12.00"), "REF-1", dt.date(2026, 12, 31)),),
    production_date=dt.date(2026, 4, 2),
)
EMPTY = Remittance("", "", Payment(None, credit=False), RemitParty("A"), RemitParty("B"))
REMITTANCES = """\
ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLAWGUARD      *260401*0905*^*00501*000000001*0*T*:~
GS*HP*PAYER*CLAWGUARD*20260401*0905*1*X*005010X221A1~
ST*835*0001~
BPR*I*150.00*C*ACH************20260403~
TRN*1*TR-1*1999999999~
DTM*405*20260402~
N1*PR*EXAMPLE HEALTH*XV*60054~
N3*1 EXAMPLE STREET~
N4*EXAMPLE*NY*100010000~
REF*2U*60054~
PER*BL*EXAMPLE EDI DESK*TE*5550100000*EM*edi@example.com~
N1*PE*EXAMPLE NETWORK*XX*1999999984~
LX*1~
CLP*S-1*1*180.00*150.00*30.00*CI*P-1*10*1~
CAS*CO*45*10.00*1~
NM1*QC*1*CLIENT*****MI*C-77~
NM1*82*1*PROVIDER*****XX*1999999984~
MOA***MA01*MA02*MA03*MA04*MA05~
MOA***MA06~
REF*1L*G-1~
DTM*232*20260318~
DTM*233*20260319~
DTM*050*20260320~
SVC*HC:90837:95*180.00*150.00**1*HC:90834~
DTM*150*20260318~
DTM*151*20260319~
CAS*PR*3*20.00~
REF*6R*L-1~
AMT*B6*170.00~
LQ*HE*N130~
LQ*HE*M15~
SVC*HC:90785~
DTM*472*20260318~
CLP*S-2*4~
NM1*QC*1*CLIENT~
PLB*1999999984*20261231*WO:REF-1*12.00~
SE*35*0001~
ST*835*0002~
BPR*I**D~
TRN*1~
N1*PR*A~
N3*1 EXAMPLE STREET~
N4*EXAMPLE*NY*100010000~
PER*BL*EXAMPLE EDI DESK*TE*5550100000*EM*edi@example.com~
N1*PE*B~
SE*9*0002~
GE*2*1~
IEA*1*000000001~
"""


def test_claims_segment_by_segment() -> None:
    text = "".join(write_837p(SESSIONS, created=CREATED, claims_per_transaction=3))
    assert text.splitlines() == CLAIMS.splitlines()


def test_remittances_segment_by_segment() -> None:
    assert "".join(write_835([PAYMENT, EMPTY], created=CREATED)).splitlines() == REMITTANCES.splitlines()


def test_a_hundred_claims_share_a_transaction_unless_told_otherwise() -> None:
    sessions = [{**BARE, "external_id": f"S-{number}"} for number in range(101)]
    assert "".join(write_837p(sessions, created=CREATED)).count("\nST*") == 2
    assert "".join(write_837p(sessions[1:], created=CREATED)).count("\nST*") == 1


def test_names_in_the_envelope_are_cut_and_filled_to_fifteen() -> None:
    first = next(write_835([], created=CREATED, sender="A" * 20, receiver="B"))
    assert first.split("*")[6] == "A" * 15
    assert first.split("*")[8] == f"B{'':14}"
    assert len(first) == len(f"{'':106}\n")


@pytest.mark.parametrize("mark", "*:^~\r\n")
def test_a_separator_in_a_value_is_refused(mark: str) -> None:
    with pytest.raises(ValueError, match="separator"):
        segment("REF", "EI", f"1{mark}2")
    with pytest.raises(ValueError, match="separator"):
        segment("REF", ("EI", f"1{mark}2"))


@pytest.mark.parametrize(
    ("elements", "written"),
    [
        (("A", None, 0, ""), "X*A**0~\n"),
        ((("A", None, ""), None), "X*A~\n"),
        ((("", "B"),), "X*:B~\n"),
        ((), "X~\n"),
    ],
)
def test_empty_ends_are_left_out(elements: tuple[object, ...], written: str) -> None:
    assert segment("X", *elements) == written
