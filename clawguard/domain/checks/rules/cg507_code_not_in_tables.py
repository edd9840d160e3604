"""A procedure code that the catalogue does not know, so that most checks could not look at it.

Source: the product's own table of outpatient behavioral-health codes. Silence would look like approval.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import ZERO, Finding, Party, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import NCCI_UNITS
from clawguard.domain.facts import SessionFacts


@check(
    id="CG507",
    version=1,
    title="Procedure code outside the catalog",
    category="who may bill",
    severity=Severity.INFO,
    source=NCCI_UNITS,
    party=Party.OPEN,
    reads=(),
    suggested_step="Check that the code is meant; it is not among the behavioral-health codes known here.",
    provider_message="One code is outside behavioral health as we know it. Please check that it is the one you meant.",
)
def code_not_in_tables(session: SessionFacts, context: Context) -> Iterator[Finding]:
    procedures = context.tables.procedures
    for line in session.service_lines:
        if line.code not in procedures:
            yield code_not_in_tables.finding(
                session,
                f"{line.code} is not among the behavioral-health codes known here; few checks could look at it.",
                evidence={"code": line.code},
                line=line,
                at_risk=ZERO,
            )
