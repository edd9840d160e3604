"""A new-client visit is billed for a client whom the provider has already seen.

Source: CMS on new and established patients: someone seen by the same professional, or one of the same specialty in the
practice, within three years is established. Earlier sessions on record prove it; their absence proves nothing.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NEW_PATIENTS
from clawguard.domain.codesets.procedures import NEW_CLIENT_VISIT
from clawguard.domain.facts import SessionFacts


@check(
    id="CG510",
    version=1,
    title="Known client billed as new",
    category="who may bill",
    scope="history",
    severity=Severity.ERROR,
    source=NEW_PATIENTS,
    codes=NEW_CLIENT_VISIT,
    needs=Needs.HISTORY,
    suggested_step="Correct the visit to the matching code for a known client.",
    provider_message=(
        "This visit is billed as a first one, and we have earlier sessions of yours with the client. Please choose the "
        "matching code for a known client."
    ),
)
def known_client_as_new(session: SessionFacts, context: Context) -> Iterator[Finding]:
    earlier = [
        each
        for each in context.history
        if each.provider_npi == session.provider_npi and each.date_of_service < session.date_of_service
    ]
    if not earlier:
        return
    last = max(earlier, key=lambda each: each.date_of_service)
    for line in session.service_lines:
        if line.code in NEW_CLIENT_VISIT:
            yield known_client_as_new.finding(
                session,
                f"{line.code} is for a new client; the same provider saw the client on "
                f"{last.date_of_service.isoformat()}.",
                evidence={"code": line.code, "seen_on": last.date_of_service.isoformat()},
                line=line,
                related=(last.external_id,),
            )
