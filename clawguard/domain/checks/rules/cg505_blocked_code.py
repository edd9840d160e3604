"""A code that the network or the payer does not accept on that day.

Source: Headway CPT code changes: psychological and neuropsychological testing (96130 to 96139) is blocked for dates of
service from 2024-04-24 on. Further codes are values of the policy. The network's own list should not have offered them.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import NETWORK_CODE_CHANGES
from clawguard.domain.facts import SessionFacts

_TESTING = frozenset({"96130", "96131", "96132", "96133", "96136", "96137", "96138", "96139"})


@check(
    id="CG505",
    version=2,
    title="Code not accepted by the network",
    category="who may bill",
    severity=Severity.ERROR,
    source=NETWORK_CODE_CHANGES,
    party=Party.NETWORK,
    reads=("date_of_service", "policy"),
    suggested_step="Find out how the code could be chosen; if the code list offered it, the error is the network's.",
    provider_message="The network does not accept this code at present. Please tell us how you came to choose it.",
    request_items=("explanation",),
)
def blocked_code(session: SessionFacts, context: Context) -> Iterator[Finding]:
    policy = context.policy(session)
    for line in session.service_lines:
        if line.code in policy.blocked_codes:
            yield blocked_code.finding(
                session,
                f"{line.code} is not accepted on {session.date_of_service.isoformat()}.",
                evidence={"code": line.code, "since": None},
                line=line,
            )
            continue
        since = policy.testing_blocked_from
        if line.code in _TESTING and since is not None and session.date_of_service >= since:
            yield blocked_code.finding(
                session,
                f"{line.code} is not accepted by the network since {since.isoformat()}.",
                evidence={"code": line.code, "since": since.isoformat()},
                line=line,
            )
