"""The client was somewhere else than the place of service says.

Source: AAFP on telehealth places: 10 is the client's home, 02 anywhere else; Medicare pays the two differently. Care
for a client outside the United States is mostly not covered.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import TELEHEALTH
from clawguard.domain.facts import SessionFacts

_PUBLIC = ("medicare", "medicaid")
_WHERE = {"office": "the office", "other": "another place"}


@check(
    id="CG405",
    version=2,
    title="Client location contradicts the place",
    category="telehealth",
    severity=Severity.WARNING,
    source=TELEHEALTH,
    party=Party.NETWORK,
    reads=("client_location", "date_of_service", "payer_kind", "place_of_service", "telehealth"),
    suggested_step="Confirm where the client was, and correct the place of service.",
    provider_message="Please confirm where the client was during this session.",
    request_items=("explanation",),
)
def client_location(session: SessionFacts, context: Context) -> Iterator[Finding]:
    where, place = session.client_location, session.place_of_service
    if where is None:
        return
    evidence = {"client_location": where, "place_of_service": place}
    if where == "outside_us":
        yield client_location.finding(
            session,
            "The client was outside the United States, where most plans do not cover sessions.",
            evidence=evidence,
            severity=Severity.ERROR if session.payer_kind in _PUBLIC else None,
            party=Party.OPEN,
        )
    elif place == "10" and where != "home":
        yield client_location.finding(
            session, f"Place 10 says the client was at home; {_WHERE.get(where, where)} is stated.", evidence=evidence
        )
    elif place == "02" and where == "home" and _home_exists(session, context):
        yield client_location.finding(
            session,
            "Place 02 says the client was not at home; home is stated, which is place 10.",
            evidence=evidence,
            severity=Severity.ERROR if session.payer_kind == "medicare" else None,
        )
    elif place == "12" and where != "home":
        yield client_location.finding(
            session, f"Place 12 says the client's home; {_WHERE.get(where, where)} is stated.", evidence=evidence
        )
    elif place == "11" and where == "home" and session.telehealth in (None, "none"):
        yield client_location.finding(
            session, "Place 11 says the office; the client is stated to have been at home.", evidence=evidence
        )


def _home_exists(session: SessionFacts, context: Context) -> bool:
    """Whether there was a place for the client's home by telehealth on that day."""
    home = context.tables.places.get("10")
    return home is not None and (home.first_day is None or home.first_day <= session.date_of_service)
