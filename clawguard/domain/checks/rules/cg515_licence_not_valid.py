"""No stated licence of the provider was valid on the date of service, or none of the kind that was billed under.

Source: Noridian Medicare mental-health services: the licence on the date of service decides. While no licence of the
provider is stated, nothing is said.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import WHO_MAY_BILL
from clawguard.domain.checks.stated import statements
from clawguard.domain.codesets.licenses import kinds_of
from clawguard.domain.facts import SessionFacts


@check(
    id="CG515",
    version=1,
    title="License not valid on the date",
    category="who may bill",
    scope="facts",
    severity=Severity.ERROR,
    source=WHO_MAY_BILL,
    party=Party.OPEN,  # a lapsed licence is the provider's, a roster that is behind the network's
    needs=Needs.FACTS,
    suggested_step="Check the license with the state board for the date of service, then the roster.",
    provider_message=(
        "We have no license on file for you that was valid on the date of this session. Please tell us if it was "
        "renewed."
    ),
    request_items=("explanation",),
)
def licence_not_valid(session: SessionFacts, context: Context) -> Iterator[Finding]:
    stated = statements(context, "licenses")
    if not stated:
        return
    on = session.date_of_service
    valid = statements(context, "licenses", on)
    if not valid:
        yield licence_not_valid.finding(
            session,
            f"No license on file was valid on {on.isoformat()}.",
            evidence={"date_of_service": on.isoformat(), "licences_on_file": len(stated)},
        )
        return
    billed = kinds_of(session.provider_license)
    on_file = frozenset[str]().union(*(kinds_of(str(each.get("kind") or "")) for each in valid))
    if billed and on_file and billed.isdisjoint(on_file):
        names = sorted({str(each.get("kind")) for each in valid})
        yield licence_not_valid.finding(
            session,
            f"Billed under {session.provider_license}; on file for {on.isoformat()}: {', '.join(names)}.",
            evidence={"date_of_service": on.isoformat(), "license": session.provider_license, "on_file": names},
            severity=Severity.WARNING,
            party=Party.NETWORK,
        )
