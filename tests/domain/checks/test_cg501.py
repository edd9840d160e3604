"""CG501: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("a physician's visit", session("99214", provider_license="MD")),
    passes("a nurse practitioner", session("90792", provider_license="PMHNP-BC")),
    passes("two credentials, one of them prescribing", session("99214", provider_license="PhD, APRN")),
    passes("a therapist's therapy", session("90837")),
    passes("a credential we do not know proves nothing", session("99214", provider_license="XYZ")),
    passes("no credential stated", session("99214", provider_license="")),
    passes("medication work by a psychologist", session("90837", "90863", provider_license="PsyD")),
    trips("a social worker's visit", session("99214"), {"code": "99214", "license": "LCSW"}),
    trips("a psychologist's evaluation with medical work", session("90792", provider_license="PhD")),
    trips("a counselor's therapy beside a visit", session("99213", "90833", provider_license="LPC"), {"count": 2}),
    trips("medication work by a social worker", session("90837", "90863"), {"line": 2}),
    trips("punctuation does not hide a licence", session("99214", provider_license="L.C.S.W.")),
]

test_passes, test_trips = tables_for("CG501", ROWS)
