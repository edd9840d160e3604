"""The session is billed under a licence that works under supervision.

Source: Headway provider responsibility rests on the contracted, independently licensed provider; payers differ on
associates and mostly want the supervisor's identifier or do not pay.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import WHO_MAY_BILL
from clawguard.domain.codesets.licenses import PRESCRIBER, SUPERVISED, kinds_of
from clawguard.domain.facts import SessionFacts


@check(
    id="CG508",
    version=1,
    title="License that works under supervision",
    category="who may bill",
    severity=Severity.WARNING,
    source=WHO_MAY_BILL,
    party=Party.OPEN,
    reads=("provider_license",),
    suggested_step="Check the license on file and what this payer's contract says about supervised work.",
    provider_message=(
        "We have a license on file for you that works under supervision. If it has changed since, please tell us."
    ),
    request_items=("explanation",),
)
def supervised_licence(session: SessionFacts, context: Context) -> Iterator[Finding]:
    kinds = kinds_of(session.provider_license)
    if SUPERVISED in kinds and PRESCRIBER not in kinds:
        yield supervised_licence.finding(
            session,
            f"{session.provider_license} works under supervision; payers mostly ask for the supervisor's identifier.",
            evidence={"license": session.provider_license},
        )
