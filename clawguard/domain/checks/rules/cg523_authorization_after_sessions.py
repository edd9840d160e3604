"""So many sessions of the year are over that the payer asks for an authorization, and none is on record.

Source: the Texas Medicaid manual asked for one after 30 visits of a calendar year to all providers. The number is a
value of the policy, none by default. Where the code always needs one, or it is stated that this session does, CG513
tells it.
"""

from collections.abc import Iterator

from clawguard.domain.checks import frequency
from clawguard.domain.checks.authorizing import of_code
from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.frequency import without_authorization
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import VISITS_WITHOUT_AUTHORIZATION
from clawguard.domain.facts import SessionFacts


@check(
    id="CG523",
    version=1,
    title="Authorization needed after so many sessions",
    category="who may bill",
    scope="history",
    severity=Severity.WARNING,
    source=VISITS_WITHOUT_AUTHORIZATION,
    party=Party.NETWORK,
    back=lambda policy: frequency.reach(without_authorization(policy)),
    back_codes=lambda policy: frequency.codes_of(without_authorization(policy)),
    when=lambda session, policy: frequency.concern(session, without_authorization(policy)),
    when_reads=("policy",),
    suggested_step="Look for an authorization on record with the payer, or ask the payer for a late one.",
    provider_message="The plan asks for an authorization after some sessions. This is ours to sort out.",
)
def authorization_after(session: SessionFacts, context: Context) -> Iterator[Finding]:
    policy = context.policy(session)
    for limit in without_authorization(policy):
        line = frequency.line_of(session, limit)
        if line is None or line.code in policy.authorization_codes:
            continue
        stated = of_code(session, context, line.code)
        if any(each.get("obtained") is True or each.get("required") is not None for each in stated):
            continue
        billed = frequency.billed(session, context, limit)
        if billed.sessions > limit.most:
            first = billed.first_day.isoformat()
            yield authorization_after.finding(
                session,
                f"Session {billed.sessions} of the calendar year from {first} with {limit.words}; after {limit.most} "
                f"this payer asks for an authorization, and none is on record.",
                evidence={"codes": sorted(limit.codes), "from": first, "without_authorization": limit.most},
                line=line,
                related=tuple(other.external_id for other in billed.others),
            )
