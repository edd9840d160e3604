"""CG521: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("a social worker", session()),
    passes("a licence that works under supervision", session(provider_license="AMFT")),
    passes("a trainee says so in words", session(provider_license="Clinical Intern")),
    passes("one of two credentials is known", session(provider_license="RN, PMHNP")),
    trips(
        "a nurse's licence alone",
        session(provider_license="RN"),
        {"severity": "info", "risk": "0.00", "license": "RN", "says": "RN is not a license known here"},
        cured=session(),
    ),
    trips("a state's own credential, told once", session("90837", "90785", provider_license="QMHP")),
    trips("none is stated", session(provider_license=""), {"license": None, "says": "No license is stated"}),
]

test_passes, test_trips = tables_for("CG521", ROWS)
