"""A client has individual therapy with two providers on one day.

Source: The Insurance Maze on frequency reviews: more than one individual session of a client a day is looked at. Two of
one provider are told by the pair and duplicate checks; crisis work and a session beside a prescriber's visit are other
matters.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import FREQUENCY_LETTERS
from clawguard.domain.codesets.groups import THERAPY
from clawguard.domain.facts import SessionFacts


@check(
    id="CG607",
    version=1,
    title="Individual therapy twice on one day",
    category="patterns",
    scope="same day",
    severity=Severity.WARNING,
    source=FREQUENCY_LETTERS,
    party=Party.OPEN,
    codes=THERAPY,
    needs=Needs.NEIGHBOURS,
    suggested_step="Look at both notes: what made a second session on the day necessary?",
    provider_message=(
        "Another provider states individual therapy with this client on the same day. The note may say why both were "
        "needed."
    ),
    request_items=("progress_note",),
)
def two_individual_sessions(session: SessionFacts, context: Context) -> Iterator[Finding]:
    therapy = context.tables.codes(THERAPY)
    others = [
        other
        for other in context.same_day
        if other.client_key == session.client_key
        and other.provider_npi != session.provider_npi
        and other.date_of_service == session.date_of_service
        and not therapy.isdisjoint(other.codes)
    ]
    if others:
        yield two_individual_sessions.finding(
            session,
            f"Individual therapy of this client with {len(others) + 1} providers on "
            f"{session.date_of_service.isoformat()}.",
            evidence={"providers": len(others) + 1, "date_of_service": session.date_of_service.isoformat()},
            related=tuple(other.external_id for other in others),
        )
