"""CG508: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("an independent licence", session()),
    passes("a psychiatry resident prescribes", session("99214", provider_license="MD resident")),
    passes("nothing stated", session(provider_license="")),
    trips("an associate", session(provider_license="LPC Associate"), {"severity": "warning"}),
    trips("a short form", session(provider_license="AMFT")),
    trips("an intern", session(provider_license="Intern")),
]

test_passes, test_trips = tables_for("CG508", ROWS)
