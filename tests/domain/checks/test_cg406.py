"""CG406: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, trips

ROWS = [
    passes("no such modifier", session("90837-95")),
    passes("the employee programme itself", session("90837-HJ", payer_kind="eap")),
    passes("a public funder at Medicaid", session("90837-HW", payer_kind="medicaid")),
    trips("an employee programme on an insurer's claim", session("90837-HJ"), {"severity": "error", "modifier": "HJ"}),
    trips("a public funder on an insurer's claim", session("90837-HW"), {"severity": "warning"}),
    trips("a service said to be excluded", session("90837-GY"), {"severity": "warning"}),
    trips(
        "an employee programme named on an insurer's claim",
        session("90837-HJ"),
        {"severity": "error"},
        cured=session("90837"),
    ),
    trips("it is the insurer's too at Medicaid", session("90837-HJ", payer_kind="medicaid"), {"severity": "error"}),
]

test_passes, test_trips = tables_for("CG406", ROWS)
