"""An unspecified diagnosis is still used after several sessions.

Source: ICD-10-CM Official Guidelines: unspecified codes are right while more is not known. The numbers here, three
sessions or 90 days, are this product's own starting values.
"""

import datetime as dt
from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.diagnosing import dotted
from clawguard.domain.checks.finding import ZERO, Finding, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import ICD10_GUIDELINES
from clawguard.domain.codesets import Policy
from clawguard.domain.codesets.groups import FAMILY, GROUP, TIERS
from clawguard.domain.facts import SessionFacts

_HALF_A_YEAR = 183
_LISTED = "F09 F1099 F1999 F209 F29 F319 F329 F32A F339 F39 F419 F439 F509 F609 F849 F89 F909 F989 F99"
_UNSPECIFIED = frozenset(_LISTED.split())


def _back(policy: Policy) -> int:
    return max(_HALF_A_YEAR, policy.unspecified_after_days)


@check(
    id="CG310",
    version=1,
    title="Unspecified diagnosis after several sessions",
    category="diagnoses",
    scope="history",
    severity=Severity.INFO,
    source=ICD10_GUIDELINES,
    codes=TIERS | FAMILY | GROUP,
    needs=Needs.HISTORY,
    back=_back,
    first_diagnoses=_UNSPECIFIED,
    suggested_step="Ask whether a more specific diagnosis is known by now.",
    provider_message=(
        "An unspecified diagnosis is in use for a while. If you know more by now, a specific code is safer."
    ),
)
def unspecified_for_long(session: SessionFacts, context: Context) -> Iterator[Finding]:
    code = session.diagnoses[0] if session.diagnoses else ""
    if code not in _UNSPECIFIED:
        return
    rules = context.policy(session)
    begin = session.date_of_service - dt.timedelta(days=_back(rules))
    days = [
        earlier.date_of_service
        for earlier in context.history
        if earlier.date_of_service >= begin
        and earlier.diagnoses[:1] == (code,)
        and earlier.provider_npi == session.provider_npi
    ]
    if not days:
        return
    since = (session.date_of_service - min(days)).days
    if len(days) >= rules.unspecified_after_sessions or since >= rules.unspecified_after_days:
        yield unspecified_for_long.finding(
            session,
            f"{dotted(code)} has been used for {len(days)} earlier sessions over {since} days.",
            evidence={"diagnosis": code, "earlier_sessions": len(days), "days": since},
            at_risk=ZERO,
        )
