"""CG516: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, tables_with, trips

COMPACT = tables_with(states_without_own_licence=frozenset({"NY"}))
NOT_ASKED = tables_with(licence_in_client_state=False)


def licences(*states: str, **period: str) -> dict[str, object]:
    return {"licenses": [{"kind": "LCSW", "state": state, **period} for state in states]}


ROWS = [
    passes("nothing stated", session()),
    passes("licensed where the client is", session(), facts=licences("NJ", "NY")),
    passes("written in small letters", session(), facts=licences("ny")),
    passes("no state stated for the client", session(client_state=None), facts=licences("NJ")),
    passes("a licence without a state", session(), facts={"licenses": [{"kind": "LCSW"}]}),
    passes("a compact covers the state", session(), facts=licences("NJ"), tables=COMPACT),
    passes("the payer does not ask", session(), facts=licences("NJ"), tables=NOT_ASKED),
    passes("no licence valid that day is another finding", session(), facts=licences("NJ", to="2026-03-17")),
    trips(
        "licensed elsewhere",
        session(),
        {"client_state": "NY", "licence_states": ["CT", "NJ"]},
        facts=licences("NJ", "CT"),
    ),
    trips(
        "the licence there ended the day before",
        session(),
        facts={"licenses": [{"state": "NY", "to": "2026-03-17"}, {"state": "NJ"}]},
    ),
]

test_passes, test_trips = tables_for("CG516", ROWS)
