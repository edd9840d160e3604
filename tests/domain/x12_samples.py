"""Small X12 files for tests, built from segments so that each test changes only what it is about. All invented."""

ISA = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260318*1200*^*00501*000000007*0*T*:"

CLAIM_HEAD = [
    "BHT*0019*00*1*20260318*1200*CH",
    "NM1*41*2*EXAMPLE*****46*1",
    "NM1*40*2*PAYER*****46*2",
    "HL*1**20*1",
    "PRV*BI*PXC*1041C0700X",
    "NM1*85*1*EXAMPLE*ADA****XX*1999999984",
    "HL*2*1*22*0",
    "SBR*P*18*******CI",
    "NM1*IL*1*CLIENT*****MI*C-77",
    "N4*ALBANY*NY*12207",
    "DMG*D8*19910411*F",
    "NM1*PR*2*EXAMPLE HEALTH*****PI*60054",
]
CLAIM = [
    "CLM*S-1*180***10:B:1*Y*A*Y*Y",
    "HI*ABK:F331*ABF:F411",
    "LX*1",
    "SV1*HC:90837:95*180*UN*1***1:2",
    "DTP*472*D8*20260318",
]
REMIT_HEAD = [
    "BPR*I*142.50*C*ACH************20260402",
    "TRN*1*TRACE1*1999999999",
    "DTM*405*20260401",
    "N1*PR*EXAMPLE HEALTH",
    "N1*PE*EXAMPLE NETWORK*XX*1999999984",
    "LX*1",
]
REMIT_CLAIM = [
    "CLP*S-1*1*180*142.5*20*12*PAYER1*10*1",
    "NM1*QC*1*CLIENT*****MI*C-77",
    "SVC*HC:90837:95*180*142.5**1",
    "DTM*472*20260318",
    "CAS*CO*45*17.5",
    "CAS*PR*3*20",
    "LQ*HE*N130",
]


def envelope(kind: str, body: list[str], *, count: int | None = None, isa: str = ISA, end: str = "~") -> str:
    """One interchange, one group, one transaction around ``body``."""
    group, guide = ("HC", "005010X222A1") if kind == "837" else ("HP", "005010X221A1")
    segments = [
        isa,
        f"GS*{group}*A*B*20260318*1200*1*X*{guide}",
        f"ST*{kind}*0001*{guide}",
        *body,
        f"SE*{count or len(body) + 2}*0001",
        "GE*1*1",
        "IEA*1*000000007",
    ]
    return "".join(segment + end for segment in segments)


def claims(*body: str) -> str:
    return envelope("837", [*CLAIM_HEAD, *body])


def remittance(*body: str) -> str:
    return envelope("835", [*REMIT_HEAD, *body])
