"""An add-on code stands without any of the codes it may be added to.

Source: CMS NCCI add-on code edits: an add-on is payable only with a listed parent by the same provider on the same day.
Interactive complexity (90785) has no family and no crisis code among its parents.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.neighbours import same_visit_day
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import NCCI_ADD_ONS
from clawguard.domain.codesets.procedures import ADD_ONS
from clawguard.domain.facts import SessionFacts

_SHOWN = 6


@check(
    id="CG201",
    version=1,
    title="Add-on code without its main code",
    category="pairs",
    scope="same day",
    severity=Severity.ERROR,
    source=NCCI_ADD_ONS,
    codes=ADD_ONS,
    suggested_step="Add the main code if it was left out, or remove the add-on.",
    provider_message=(
        "This code can only be billed beside a main code, and none of those is on the session. Add the main code if it "
        "was left out, or remove the add-on."
    ),
)
def add_on_without_parent(session: SessionFacts, context: Context) -> Iterator[Finding]:
    billed = session.codes
    for line in session.service_lines:
        if line.code not in ADD_ONS:
            continue
        procedure = context.tables.procedure(line.code)
        if procedure is None or not procedure.parents or not billed.isdisjoint(procedure.parents):
            continue
        if any(not other.codes.isdisjoint(procedure.parents) for other in same_visit_day(session, context)):
            continue
        parents = sorted(procedure.parents)
        shown = ", ".join(parents[:_SHOWN]) + (" and others" if len(parents) > _SHOWN else "")
        yield add_on_without_parent.finding(
            session,
            f"{line.code} is added to another code, and none of its main codes is billed that day ({shown}).",
            evidence={"code": line.code, "billed": sorted(billed), "main_codes": parents},
            line=line,
        )
