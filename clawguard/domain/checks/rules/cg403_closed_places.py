"""The place of service is one where an outpatient network session cannot take place, or is no known place.

Source: CMS place of service codes: inpatient, residential, hospice and custody settings are paid in other ways, mostly
by the day, so a session billed there is refused. Other facilities have payers or bundles of their own and are
mentioned. Which places are closed and which are mentioned is a choice of policy.
"""

import datetime as dt
from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import ZERO, Finding, Party, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import PLACES
from clawguard.domain.codesets import CodeTables
from clawguard.domain.codesets.places import Place
from clawguard.domain.facts import SessionFacts


@check(
    id="CG403",
    version=3,
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
    place, policy, table = session.place_of_service, context.policy(session), context.tables.places
    known = table.get(place)
    outside = _outside(known, session.date_of_service) if known else None
    if place in policy.closed_places:
        yield closed_places.finding(
            session,
            f"{_named(place, context.tables)}; outpatient network sessions cannot take place there.",
            evidence={"place_of_service": place},
        )
    elif place and known is None:
        yield closed_places.finding(
            session,
            f"{place} is not a known place of service.",
            evidence={"place_of_service": place, "table": table.name},
            severity=Severity.WARNING,
        )
    elif outside:
        edge, day = outside
        exists = "exists since" if edge == "first_day" else "ended on"
        yield closed_places.finding(
            session,
            f"Place {place} {exists} {day}; the session was on {session.date_of_service.isoformat()}.",
            evidence={
                "place_of_service": place,
                edge: day,
                "date_of_service": session.date_of_service.isoformat(),
                "table": table.name,
            },
        )
    elif place in policy.reviewed_places:
        yield closed_places.finding(
            session,
            f"{_named(place, context.tables)}; whether this network's contract covers it there is worth a look.",
            evidence={"place_of_service": place},
            severity=Severity.INFO,
            at_risk=ZERO,
        )


def _outside(place: Place, day: dt.date) -> tuple[str, str] | None:
    """The edge that the day lies beyond, and when that is."""
    if place.first_day is not None and day < place.first_day:
        return "first_day", place.first_day.isoformat()
    if place.last_day is not None and place.last_day < day:
        return "last_day", place.last_day.isoformat()
    return None


def _named(place: str, tables: CodeTables) -> str:
    known = tables.places.get(place)
    return f"Place {place} is {known.label}" if known and known.label else f"The session took place at place {place}"
