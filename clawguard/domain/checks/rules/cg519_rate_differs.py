"""The session's rate differs from the rate of the contract, or the charge is below the rate.

Source: the clawback guidelines promise the contracted rate; a payer pays the lower of charge and rate. The rate of the
contract is a stated fact by payer and code; where it is not stated for every line, only the charge is compared.
"""

from collections.abc import Iterator
from decimal import Decimal

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.contract import agreed_rate
from clawguard.domain.checks.finding import ZERO, Finding, Party, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import POLICY
from clawguard.domain.checks.stated import statements
from clawguard.domain.facts import SessionFacts


@check(
    id="CG519",
    version=1,
    title="Rate or charge differs from the contract",
    category="who may bill",
    severity=Severity.WARNING,
    source=POLICY,
    party=Party.NETWORK,
    reads=("charges", "contracted_rate", "facts"),
    suggested_step="Compare the rate with the contract in force on the date, and the charge with the rate.",
    provider_message="We are checking the rate of this session with the contract. Nothing is needed from you.",
)
def rate_differs(session: SessionFacts, context: Context) -> Iterator[Finding]:
    rate = session.contracted_rate
    if rate is None:
        return
    charged = _charged(session)
    if charged is not None and charged < rate:
        yield rate_differs.finding(
            session,
            f"The charge of US${charged} is below the rate of US${rate}; a payer pays the lower of the two.",
            evidence={"what": "charge below rate"},
            at_risk=rate - charged,
        )
    if not context.facts:
        return
    agreed = agreed_rate(session, statements(context, "rates"))
    if agreed is not None and agreed != rate:
        yield rate_differs.finding(
            session,
            f"The session's rate is US${rate}; the contract's is US${agreed} that day.",
            evidence={"what": "rate above contract" if rate > agreed else "rate below contract"},
            at_risk=max(ZERO, rate - agreed),
        )


def _charged(session: SessionFacts) -> Decimal | None:
    total = ZERO
    for line in session.service_lines:
        if line.charge is None:
            return None
        total += line.charge
    return total
