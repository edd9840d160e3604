"""The modifiers that come with the product, with our own labels where a therapy practice has a use for them.

Days of modifiers with letters: the file of CMS, HCPCS of January 2020, its columns for the day a modifier was added and
the day it ended; FQ, FR, FS and FT: published lists of HCPCS since 2022. Days of modifiers in digits, which are the
AMA's: its notice of 93 (2022), and what coders' associations wrote of 95 (2017), 96, 97 (2018) and 33 (2011). Nothing
stands where the day is not known to us, or lies before 2010 and the modifier has no label here: nobody asks any more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from clawguard.domain.codesets.modifiers import OTHER, Modifier

MODIFIER_VERSION = "2026-11.3"

# Modifier, kind, first day and our label.
_LABELLED = """
93 audio 2022-01-01 audio only
95 video 2017-01-01 live video
FQ audio 2022-01-01 audio only, behavioral health
FR other 2022-01-01 supervisor present by video
G0 other 2019-01-01 stroke care at a distance
GQ recorded 2001-10-01 recorded material that was sent
GT video 1999-01-01 live video, the older mark
59 separate - distinct service
XE separate 2015-01-01 separate encounter
XP separate 2015-01-01 separate practitioner
XS separate 2015-01-01 separate part of the body
XU separate 2015-01-01 service that does not overlap
76 repeat - repeated by the same person
77 repeat - repeated by somebody else
22 other - more work than usual
25 other - separate visit on the same day
33 other 2011-01-01 preventive service
52 other - reduced work
53 other - broken off
96 other 2018-01-01 learning a skill for the first time
97 other 2018-01-01 regaining a skill
AF other 2005-01-01 specialist physician
AH training 1991-01-01 clinical psychologist
AJ training 1991-01-01 clinical social worker
AS other 1988-01-01 assistance in surgery by an assistant or nurse
GC other 1997-01-01 resident under a teaching physician
HL training 2003-01-01 intern
HM training 2003-01-01 below a bachelor's level
HN training 2003-01-01 bachelor's level
HO training 2003-01-01 master's level
HP training 2003-01-01 doctoral level
Q5 other 1993-01-01 stand-in, in return for another time
Q6 other 1993-01-01 stand-in, paid by time
SA other 2001-07-01 nurse practitioner beside a physician
TD other 2001-07-01 registered nurse
TE other 2001-07-01 practical nurse
H9 other 2003-01-01 ordered by a court
HA age 2003-01-01 program for children and adolescents
HB age 2003-01-01 program for adults
HC age 2003-01-01 program for old age
HD other 2003-01-01 program for pregnancy and parents
HE other 2003-01-01 mental-health program
HF other 2003-01-01 substance-use program
HG other 2003-01-01 opioid program
HH other 2003-01-01 mental health and substance use together
HI other 2003-01-01 mental health and developmental disability together
HJ other 2003-01-01 employee assistance program
HK other 2003-01-01 program for people at high risk
HT other 2003-01-01 team of several disciplines
HQ group 2003-01-01 in a group
HR family 2003-01-01 family, with the client
HS family 2003-01-01 family, without the client
UK other 2003-04-01 with somebody else on the client's behalf
HU other 2003-01-01 paid by a child-welfare agency
HV other 2003-01-01 paid by a state addictions agency
HW other 2003-01-01 paid by a state mental-health agency
HX other 2003-01-01 paid by a county agency
HY other 2003-01-01 paid by a juvenile-justice agency
HZ other 2003-01-01 paid by a criminal-justice agency
TF other 2001-07-01 intermediate level of care
TG other 2001-07-01 complex level of care
TS other 2002-10-01 follow-up
TV other 2003-01-01 rate of weekends and holidays
U1 other 2002-07-01 meaning set by the state
U2 other 2002-07-01 meaning set by the state
U3 other 2002-07-01 meaning set by the state
U4 other 2002-07-01 meaning set by the state
U5 other 2002-07-01 meaning set by the state
U6 other 2002-07-01 meaning set by the state
U7 other 2002-07-01 meaning set by the state
U8 other 2002-07-01 meaning set by the state
U9 other 2002-07-01 meaning set by the state
UA other 2002-07-01 meaning set by the state
UB other 2002-07-01 meaning set by the state
UC other 2002-07-01 meaning set by the state
UD other 2002-07-01 meaning set by the state
CR other 2005-08-21 related to a disaster
GA other 1995-01-01 waiver of liability on file
GX other 2010-04-01 voluntary notice of liability
GY other 2002-01-01 excluded from coverage
GZ other 2002-01-01 expected to be denied, no notice
KX other 2002-07-01 the payer's requirement is met
"""
# Modifiers without a label of ours, by their first day.
_FIRST: Mapping[str, str] = MappingProxyType(
    {
        "-": (
            "23 24 26 27 32 47 50 51 54 55 56 57 58 62 63 66 73 74 78 79 80 81 82 90 91 92 99 1P 2P 3P 8P "
            "A1 A2 A3 A4 A5 A6 A7 A8 A9 AA AB AD AE AG AK AM AP AQ AR AT AU AV AW AX BA BL BO BP BR BU CA CB CC CD CE "
            "CF CG E1 E2 E3 E4 EA EB EC ED EE EJ EM EP ET EY F1 F2 F3 F4 F5 F6 F7 F8 F9 FA FB FC FP G1 G2 G3 G4 G5 G6 "
            "G7 G8 G9 GB GE GF GG GH GJ GK GL GM GN GO GP GR GS GV GW J1 J2 J3 JA JB JC JD JW JZ K0 K1 K2 K3 K4 KA KB "
            "KC KD KE KF KG KH KI KJ KK KL KM KN KO KP KQ KR KS KT KU KV KW KY KZ LC LD LL LR LS LT LU M2 MS NR NU P1 "
            "P2 P3 P4 P5 P6 PA PB PC PI PL PS Q0 Q1 Q2 Q3 Q4 Q7 Q8 Q9 QC QD QE QF QG QH QJ QK QL QM QN QP QS QT QW QX "
            "QY QZ RA RB RC RD RE RR RT SB SC SD SE SF SG SH SJ SK SL SM SN SQ SS ST SU SV SW SY T1 T2 T3 T4 T5 T6 T7 "
            "T8 T9 TA TC TH TJ TK TL TM TN TP TQ TR TT TU TW UE UF UG UH UJ UN UP UQ UR US VP"
        ),
        "2010-01-01": "AI J4 V5 V6 V7",
        "2011-01-01": "AY AZ CS DA GU NB PT",
        "2012-01-01": "PD",
        "2013-01-01": "CH CI CJ CK CL CM CN LM RI",
        "2013-07-01": "JE",
        "2013-10-01": "AO",
        "2014-01-01": "PM",
        "2015-01-01": "PO",
        "2015-04-01": "EX",
        "2016-01-01": "CT",
        "2017-01-01": "FX PN V1 V2 V3",
        "2018-01-01": "FY JG TB X1 X2 X3 X4 X5",
        "2018-04-01": "QA QB QR VM",
        "2018-07-01": "QQ",
        "2019-01-01": "CO CQ ER",
        "2020-01-01": "MA MB MC MD ME MF MG MH",
        "2022-01-01": "FS FT",
    }
)
# Modifiers that have ended: first and last day.
_ENDED = """
CP 2016-01-01 2017-12-31
GD 2008-01-01 2019-12-31
JF 2015-04-01 2015-06-30
L1 2014-07-01 2016-12-31
SZ 2014-07-01 2017-12-31
V8 2010-01-01 2012-03-31
V9 2010-01-01 2012-03-31
ZA 2016-01-01 2018-03-31
ZB 2016-07-01 2018-03-31
ZC 2017-10-01 2018-03-31
"""
_CONTRADICT = (
    "93 95,93 GT,93 GQ,95 FQ,95 GQ,95 GT,FQ GQ,FQ GT,GQ GT,"  # ways of telehealth
    "AH AJ,AH HM,AH HN,AH HO,AJ HM,AJ HN,HM HN,HM HO,HM HP,HN HO,HN HP,HO HP,"  # levels of training
    "HA HB,HA HC,HQ HR,HQ HS,HR HS"
)
_SAME = "93 FQ,AH HP"


def _partners(pairs: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for pair in pairs.split(","):
        one, other = pair.split()
        found[one] = found.get(one, frozenset()) | {other}
        found[other] = found.get(other, frozenset()) | {one}
    return found


def _day(text: str) -> dt.date | None:
    return None if text == "-" else dt.date.fromisoformat(text)


def _rows() -> Iterator[Modifier]:
    contradicts, same = _partners(_CONTRADICT), _partners(_SAME)
    for line in _LABELLED.strip().splitlines():
        code, kind, first, label = line.split(maxsplit=3)
        none = frozenset[str]()
        yield Modifier(code, label, kind, contradicts.get(code, none), same.get(code, none), _day(first), None)
    for first, codes in _FIRST.items():
        for code in codes.split():
            yield Modifier(code, "", OTHER, frozenset(), frozenset(), _day(first), None)
    for line in _ENDED.strip().splitlines():
        code, first, last = line.split()
        yield Modifier(code, "", OTHER, frozenset(), frozenset(), _day(first), _day(last))


MODIFIERS: Mapping[str, Modifier] = MappingProxyType({modifier.code: modifier for modifier in _rows()})
