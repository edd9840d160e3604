"""CG518: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, trips


def enrolled(**said: str) -> dict[str, object]:
    return {"enrollments": [{"payer_id": "60054", **said}]}


ROWS = [
    passes("nothing stated", session()),
    passes("nothing stated of this payer", session(payer_id="90001"), facts=enrolled(status="not_enrolled")),
    passes("enrolled on the first day", session(), facts=enrolled(**{"from": "2026-03-18"})),
    passes("enrolled on the last day", session(), facts=enrolled(to="2026-03-18")),
    passes("paid by the client", session(payer_kind="self_pay"), facts=enrolled(status="not_enrolled")),
    trips("enrolled from the next day on", session(), {"payer_id": "60054"}, facts=enrolled(**{"from": "2026-03-19"})),
    trips("ended the day before", session(), facts=enrolled(to="2026-03-17")),
    trips("stated as not enrolled", session(), facts=enrolled(status="not_enrolled")),
]

test_passes, test_trips = tables_for("CG518", ROWS)
