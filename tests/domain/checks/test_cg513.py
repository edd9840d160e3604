"""CG513: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, tables_with, trips

ALWAYS = tables_with(authorization_codes=frozenset({"90837"}))


def listed(**said: object) -> dict[str, object]:
    return {"authorizations": [{"from": "2026-03-01", "to": "2026-03-31", **said}]}


ROWS = [
    passes("nothing stated", session()),
    passes("obtained", session(), facts={"authorization": {"required": True, "obtained": True}}),
    passes("not required", session(), facts={"authorization": {"required": False, "obtained": False}}),
    passes("one without saying of what", session(), facts={"authorization": {"known_at_booking": True}}),
    passes(
        "not obtained from another payer",
        session(),
        facts={"authorization": {"required": True, "obtained": False, "payer_id": "90001"}},
    ),
    passes("another payer asks for it", session(), facts=listed(required=True, obtained=False, payer_id="90001")),
    passes("a code the policy does not name", session("90834", at="10:00-10:45"), tables=ALWAYS),
    passes("obtained for the code", session(), facts=listed(obtained=True, codes=["90837"]), tables=ALWAYS),
    passes("obtained for every code", session(), facts=listed(obtained=True), tables=ALWAYS),
    passes(
        "required after the session", session(), facts={"authorizations": [{"required": True, "from": "2026-03-19"}]}
    ),
    passes("required for another code", session(), facts=listed(required=True, codes=["90847"])),
    trips(
        "whether it was obtained is not stated",
        session(),
        {"severity": "warning", "obtained": None},
        facts={"authorization": {"required": True}},
    ),
    trips(
        "another payer gave one",
        session(),
        {"severity": "warning"},
        facts=listed(obtained=True, payer_id="90001"),
        tables=ALWAYS,
    ),
    trips(
        "another payer gave one, this one was asked in vain",
        session(),
        {"obtained": False},
        facts={
            "authorization": {"obtained": True, "payer_id": "90001"},
            "authorizations": [{"required": True, "obtained": False, "payer_id": "60054"}],
        },
    ),
    trips("the policy names the code, nothing on record", session(), {"severity": "warning"}, tables=ALWAYS),
    passes("required by another payer", session(), facts=listed(required=True, payer_id="99999")),
    trips(
        "obtained from another payer",
        session(),
        {"severity": "warning"},
        facts=listed(obtained=True, payer_id="99999"),
        tables=ALWAYS,
    ),
    trips(
        "the authorization ended the day before",
        session(),
        {"severity": "warning", "says": "is on record"},
        facts={"authorizations": [{"obtained": True, "to": "2026-03-17"}]},
        tables=ALWAYS,
    ),
    trips("asked for and refused", session(), {"obtained": False}, facts=listed(required=True, obtained=False)),
    trips("stated as required, nothing obtained", session(), {"severity": "warning"}, facts=listed(required=True)),
    trips(
        "required and not obtained",
        session(),
        {"known_at_booking": False},
        facts={"authorization": {"required": True, "obtained": False, "known_at_booking": False}},
    ),
]

test_passes, test_trips = tables_for("CG513", ROWS)
