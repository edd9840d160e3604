"""The client's coverage was not active on the date of service.

Source: the clawback guidelines count coverage that ended or changed unnoticed as the network's error: the provider is
paid the contracted rate.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import POLICY
from clawguard.domain.checks.stated import day, group
from clawguard.domain.facts import SessionFacts


@check(
    id="CG512",
    version=1,
    title="Coverage not active on the date",
    category="who may bill",
    scope="facts",
    severity=Severity.ERROR,
    source=POLICY,
    party=Party.NETWORK,
    needs=Needs.FACTS,
    suggested_step="Check what the system showed at booking; the guarantee pays the provider.",
    provider_message="The client's coverage had changed. This is ours to sort out; nothing is needed from you.",
)
def not_eligible(session: SessionFacts, context: Context) -> Iterator[Finding]:
    stated = group(context, "eligibility")
    ended = day(stated.get("ended_on"))
    inactive = session.date_of_service > ended if ended else stated.get("actual") == "inactive"
    if not inactive or session.payer_kind == "self_pay":
        return
    yield not_eligible.finding(
        session,
        f"Coverage was not active on {session.date_of_service.isoformat()}"
        f"{f'; it ended on {ended.isoformat()}' if ended else ''}.",
        evidence={
            "shown": stated.get("shown") if isinstance(stated.get("shown"), str) else None,
            "ended_on": ended.isoformat() if ended else None,
            "date_of_service": session.date_of_service.isoformat(),
        },
    )
