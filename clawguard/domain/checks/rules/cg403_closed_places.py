"""The place of service is one where an outpatient network session cannot take place, or is no known place.

Source: CMS place of service codes: inpatient, residential, hospice and custody settings are paid in other ways, mostly
by the day, so a session billed there is refused. Other facilities have payers or bundles of their own and are
mentioned. Which places are closed and which are mentioned is a choice of policy.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import ZERO, Finding, Party, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import PLACES
from clawguard.domain.codesets.places import FIRST_DAY_OF_PLACE, KNOWN_PLACES, PLACE_NAMES
from clawguard.domain.facts import SessionFacts


@check(
    id="CG403",
    version=2,
    title="Place outside outpatient care",
    category="telehealth",
    severity=Severity.ERROR,
    source=PLACES,
    party=Party.OPEN,
    reads=("date_of_service", "place_of_service", "policy"),
    suggested_step="Confirm where the client was; if the place is right, the stay's payer is asked first.",
    provider_message="The place on this session is not one for outpatient care. Please confirm where the client was.",
    request_items=("explanation",),
)
def closed_places(session: SessionFacts, context: Context) -> Iterator[Finding]:
    place, policy = session.place_of_service, context.policy(session)
    if place in policy.closed_places:
        yield closed_places.finding(
            session,
            f"{_named(place)}; outpatient network sessions cannot take place there.",
            evidence={"place_of_service": place},
        )
    elif place and place not in KNOWN_PLACES:
        yield closed_places.finding(
            session,
            f"{place} is not a known place of service.",
            evidence={"place_of_service": place},
            severity=Severity.WARNING,
        )
    elif place in FIRST_DAY_OF_PLACE and session.date_of_service < FIRST_DAY_OF_PLACE[place]:
        first = FIRST_DAY_OF_PLACE[place].isoformat()
        yield closed_places.finding(
            session,
            f"Place {place} exists since {first}; the session was on {session.date_of_service.isoformat()}.",
            evidence={
                "place_of_service": place,
                "first_day": first,
                "date_of_service": session.date_of_service.isoformat(),
            },
        )
    elif place in policy.reviewed_places:
        yield closed_places.finding(
            session,
            f"{_named(place)}; whether this network's contract covers it there is worth a look.",
            evidence={"place_of_service": place},
            severity=Severity.INFO,
            at_risk=ZERO,
        )


def _named(place: str) -> str:
    name = PLACE_NAMES.get(place)
    return f"Place {place} is {name}" if name else f"The session took place at place {place}"
