"""The plan required an authorization for the session, and none was obtained or is on record.

Source: the clawback guidelines count a requirement the network did not know of at booking as the network's error: the
provider is paid the contracted rate. Codes that always need one are values of the policy.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from clawguard.domain.checks.authorizing import of_code, of_session
from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import POLICY
from clawguard.domain.facts import SessionFacts


@check(
    id="CG513",
    version=3,
    title="Authorization required and not obtained",
    category="who may bill",
    scope="facts",
    severity=Severity.ERROR,
    source=POLICY,
    party=Party.NETWORK,
    when=lambda session, policy: not session.codes.isdisjoint(policy.authorization_codes),
    when_reads=("policy", "facts"),
    suggested_step="Check whether the requirement was known at booking, and ask the payer for a late authorization.",
    provider_message="The plan asked for an authorization. This is ours to sort out; nothing is needed from you.",
)
def not_authorized(session: SessionFacts, context: Context) -> Iterator[Finding]:
    always = context.policy(session).authorization_codes
    if not always and not context.facts:
        return
    stated = of_session(session, context)
    if stated.get("obtained") is True:
        return
    if stated.get("required") is True and stated.get("obtained") is False:
        yield _without(session, stated)
        return
    for line in session.service_lines:
        about = of_code(session, context, line.code)
        if any(each.get("obtained") is True for each in about):
            continue
        asked = next((each for each in about if each.get("required") is True), None)
        if asked is None and line.code not in always:
            continue
        denied = any(each.get("obtained") is False for each in about)
        yield not_authorized.finding(
            session,
            f"{line.code} needs an authorization, and none {'was obtained' if denied else 'is on record'}.",
            evidence={"code": line.code, "required": True, "obtained": False if denied else None},
            line=line,
            severity=None if denied else Severity.WARNING,
        )


def _without(session: SessionFacts, stated: Mapping[str, Any]) -> Finding:
    known = stated.get("known_at_booking")
    return not_authorized.finding(
        session,
        "The plan required an authorization for this session, and none was obtained.",
        evidence={
            "required": True,
            "obtained": False,
            "known_at_booking": known if isinstance(known, bool) else None,
        },
    )
