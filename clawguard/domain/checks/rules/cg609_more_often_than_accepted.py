"""A service is billed more often than the payer accepts in a day, a week, a month or a year.

Source: 42 CFR 440.230(d) lets Medicaid place limits on a service, and plans state their own; a claim beyond them is
refused as a maximum that was reached. Limits are values of the policy, none by default. An authorization on record for
the code answers it.
"""

from collections.abc import Iterator

from clawguard.domain.checks import frequency
from clawguard.domain.checks.authorizing import obtained
from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.frequency import Limit, accepted
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import LIMITS_OF_A_SERVICE
from clawguard.domain.facts import SessionFacts

_SPOKEN = {"year": "calendar year", "month": "calendar month"}


@check(
    id="CG609",
    version=1,
    title="More sessions than the payer accepts",
    category="patterns",
    scope="history",
    severity=Severity.ERROR,
    source=LIMITS_OF_A_SERVICE,
    party=Party.OPEN,  # provider or network, depending on whether the limit was shown when the session was booked
    back=lambda policy: frequency.reach(accepted(policy)),
    back_codes=lambda policy: frequency.codes_of(accepted(policy)),
    when=lambda session, policy: frequency.concern(session, accepted(policy)),
    when_reads=("policy",),
    suggested_step="Check the payer's count and whether more sessions were authorized; ask what made this one needed.",
    provider_message=(
        "This payer accepts a limited number of sessions with a client in that time. Please tell us what made this "
        "one needed, and whether the payer agreed to it."
    ),
    request_items=("explanation",),
)
def more_often_than_accepted(session: SessionFacts, context: Context) -> Iterator[Finding]:
    for limit in accepted(context.policy(session)):
        line = frequency.line_of(session, limit)
        if line is None or obtained(session, context, line.code):
            continue
        billed = frequency.billed(session, context, limit)
        if billed.sessions > limit.most:
            yield more_often_than_accepted.finding(
                session,
                f"Session {billed.sessions} of the {_SPOKEN.get(limit.period, limit.period)} from "
                f"{billed.first_day.isoformat()} with {limit.words}; this payer accepts {limit.most}.",
                evidence=_evidence(limit, billed.first_day.isoformat()),
                line=line,
                related=tuple(other.external_id for other in billed.others),
            )


def _evidence(limit: Limit, first_day: str) -> dict[str, object]:
    """Not the number itself: it grows when an earlier session comes late, and what people judged would be told anew."""
    return {"codes": sorted(limit.codes), "period": limit.period, "from": first_day, "limit": limit.most}
