"""A code that the network does not accept since a certain day.

Source: Headway CPT code changes: psychological and neuropsychological testing (96130 to 96139) is blocked for dates of
service from 2024-04-24 on. The network's own list should not have offered it.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import NETWORK_CODE_CHANGES
from clawguard.domain.facts import SessionFacts

_BLOCKED = frozenset({"96130", "96131", "96132", "96133", "96136", "96137", "96138", "96139"})


@check(
    id="CG505",
    version=1,
    title="Code not accepted by the network",
    category="who may bill",
    severity=Severity.ERROR,
    source=NETWORK_CODE_CHANGES,
    party=Party.NETWORK,
    codes=_BLOCKED,
    suggested_step="Find out how the code could be chosen; if the code list offered it, the error is the network's.",
    provider_message="The network does not accept this code at present. Please tell us how you came to choose it.",
    request_items=("explanation",),
)
def blocked_code(session: SessionFacts, context: Context) -> Iterator[Finding]:
    since = context.policy(session).testing_blocked_from
    if since is None or session.date_of_service < since:
        return
    for line in session.service_lines:
        if line.code in _BLOCKED:
            yield blocked_code.finding(
                session,
                f"{line.code} is not accepted by the network since {since.isoformat()}.",
                evidence={"code": line.code, "since": since.isoformat()},
                line=line,
            )
