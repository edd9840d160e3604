"""The rendering provider was not enrolled with the payer on the date of service.

Source: Texas OIG therapy audit: sessions given by people who were not enrolled are taken back. While nothing is stated
about the provider and this payer, nothing is said.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import TEXAS_AUDIT
from clawguard.domain.checks.stated import enrolled, statements
from clawguard.domain.facts import SessionFacts


@check(
    id="CG518",
    version=1,
    title="Provider not enrolled with the payer",
    category="who may bill",
    scope="facts",
    severity=Severity.ERROR,
    source=TEXAS_AUDIT,
    party=Party.NETWORK,  # the roster and the go-ahead are the network's
    needs=Needs.FACTS,
    suggested_step="Check the payer's roster for the date of service and when the network gave the go-ahead.",
    provider_message="Your enrollment with this payer is unclear for that day. This is ours to sort out.",
)
def not_enrolled(session: SessionFacts, context: Context) -> Iterator[Finding]:
    on, found = session.date_of_service, statements(context, "enrollments")
    if session.payer_kind == "self_pay" or enrolled(found, session.payer_id, on) is not False:
        return
    about = [each for each in found if each.get("payer_id") == session.payer_id]
    yield not_enrolled.finding(
        session,
        f"No enrollment with payer {session.payer_id} is stated for {on.isoformat()}.",
        evidence={"payer_id": session.payer_id, "date_of_service": on.isoformat(), "statements": len(about)},
    )
