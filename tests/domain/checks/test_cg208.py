"""CG208: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("a video visit with a private payer", session("98006")),
    passes("an office visit by video with Medicare", session("99214-95", payer_kind="medicare")),
    passes("a state service with Medicaid", session("H0004", payer_kind="medicaid")),
    passes("a state programme that private payers know", session("H0015")),
    passes("Medicare's prolonged time with Medicare", session("99215", "G2212", payer_kind="medicare")),
    passes("prolonged time with a private payer", session("99215", "99417")),
    passes("who pays by oneself may be billed as agreed", session("H0004", payer_kind="self_pay")),
    passes("TRICARE follows Medicare in some of this", session("99215", "G2212", payer_kind="tricare")),
    passes("a talk on substance use with a private payer", session("99213", "99408", provider_license="MD")),
    passes("Medicare's own talk", session("99213", "G0396", payer_kind="medicare", provider_license="MD")),
    passes("a talk with Medicaid", session("99213", "99408", payer_kind="medicaid", provider_license="MD")),
    trips(
        "a talk on substance use with Medicare, which has its own code",
        session("99213", "99408", payer_kind="medicare", provider_license="MD"),
        {"says": "G0396", "line": 2},
        cured=session("99213", "G0396", payer_kind="medicare", provider_license="MD"),
    ),
    trips(
        "a long one",
        session("99213", "99409", payer_kind="medicare", provider_license="MD"),
        {"says": "G0397", "line": 2},
    ),
    trips("a video visit with Medicare", session("98006", payer_kind="medicare"), {"says": "02 or 10", "line": 1}),
    trips("an audio visit with Medicare", session("98012", payer_kind="medicare")),
    trips(
        "medication work with Medicare",
        session("90834", "90863", payer_kind="medicare", provider_license="MD"),
        {"line": 2},
        cured=session("90834", payer_kind="medicare", provider_license="MD"),
    ),
    trips(
        "prolonged time of the other list with Medicare",
        session("99215", "99417", payer_kind="medicare"),
        {"says": "G2212", "line": 2},
    ),
    trips("a state service with Medicare", session("H0015", payer_kind="medicare")),
    trips("a state service with a private payer is looked at", session("H0004"), {"severity": "warning"}),
    trips("Medicare's prolonged time with a private payer", session("99215", "G2212"), {"severity": "warning"}),
]

test_passes, test_trips = tables_for("CG208", ROWS)
