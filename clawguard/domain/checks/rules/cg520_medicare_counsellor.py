"""A therapist or counsellor bills Medicare for a day before Medicare paid their profession.

Source: CMS: marriage and family therapists and mental health counselors are paid from 2024-01-01, a value of the
policy. Social workers and psychologists were paid before.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import MEDICARE_COUNSELLORS
from clawguard.domain.codesets.licenses import is_counsellor
from clawguard.domain.facts import SessionFacts


@check(
    id="CG520",
    version=1,
    title="Medicare did not pay this license yet",
    category="who may bill",
    severity=Severity.ERROR,
    source=MEDICARE_COUNSELLORS,
    when=lambda session, _policy: session.payer_kind == "medicare" and is_counsellor(session.provider_license),
    when_reads=("payer_kind", "provider_license"),
    party=Party.NETWORK,  # who may see Medicare clients is the network's to know
    suggested_step="Check the date, the payer and the license; if all are right, the claim should not have gone out.",
    provider_message="Medicare did not pay your profession on that day. This is ours to sort out.",
)
def medicare_counsellor(session: SessionFacts, context: Context) -> Iterator[Finding]:
    if session.payer_kind != "medicare" or not is_counsellor(session.provider_license):
        return
    first = context.policy(session).medicare_counsellors_from
    if first is not None and session.date_of_service < first:
        yield medicare_counsellor.finding(
            session,
            f"Medicare pays {session.provider_license} from {first.isoformat()} on; the session was on "
            f"{session.date_of_service.isoformat()}.",
            evidence={
                "license": session.provider_license,
                "first_day": first.isoformat(),
                "date_of_service": session.date_of_service.isoformat(),
            },
        )
