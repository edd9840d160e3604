"""The plan required an authorization for the session, and none was obtained.

Source: the clawback guidelines count a requirement the network did not know of at booking as the network's error: the
provider is paid the contracted rate.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import POLICY
from clawguard.domain.checks.stated import group
from clawguard.domain.facts import SessionFacts


@check(
    id="CG513",
    version=1,
    title="Authorization required and not obtained",
    category="who may bill",
    scope="facts",
    severity=Severity.ERROR,
    source=POLICY,
    party=Party.NETWORK,
    needs=Needs.FACTS,
    suggested_step="Check whether the requirement was known at booking, and ask the payer for a late authorization.",
    provider_message="The plan asked for an authorization. This is ours to sort out; nothing is needed from you.",
)
def not_authorized(session: SessionFacts, context: Context) -> Iterator[Finding]:
    stated = group(context, "authorization")
    if stated.get("required") is not True or stated.get("obtained") is not False:
        return
    known = stated.get("known_at_booking")
    yield not_authorized.finding(
        session,
        "The plan required an authorization for this session, and none was obtained.",
        evidence={
            "required": True,
            "obtained": False,
            "known_at_booking": known if isinstance(known, bool) else None,
        },
    )
