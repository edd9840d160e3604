"""CG520: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

import datetime as dt

from tests.domain.checks.builders import passes, session, tables_for, tables_with, trips

LAST_YEAR = dt.date(2023, 12, 31)


ROWS = [
    passes("a commercial payer", session(provider_license="LMFT", date_of_service=LAST_YEAR)),
    passes("a social worker", session(payer_kind="medicare", date_of_service=LAST_YEAR)),
    passes(
        "on the first day", session(provider_license="LMFT", payer_kind="medicare", date_of_service=dt.date(2024, 1, 1))
    ),
    passes(
        "a counsellor who is also a psychologist",
        session(provider_license="LPC, PhD", payer_kind="medicare", date_of_service=LAST_YEAR),
    ),
    passes(
        "nothing known of the credential",
        session(provider_license="QMHP", payer_kind="medicare", date_of_service=LAST_YEAR),
    ),
    trips(
        "a family therapist the day before",
        session(provider_license="LMFT", payer_kind="medicare", date_of_service=LAST_YEAR),
        {"first_day": "2024-01-01"},
    ),
    trips("a counsellor", session(provider_license="LMHC", payer_kind="medicare", date_of_service=LAST_YEAR)),
    trips(
        "a later day by the policy",
        session(provider_license="LPC", payer_kind="medicare"),
        {"first_day": "2026-04-01"},
        tables=tables_with(medicare_counsellors_from=dt.date(2026, 4, 1)),
    ),
]

test_passes, test_trips = tables_for("CG520", ROWS)
