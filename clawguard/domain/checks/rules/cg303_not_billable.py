"""A diagnosis code that is only a heading: more specific codes stand below it.

Source: CMS ICD-10-CM tabular list: only a code with nothing below it can be billed. The length of a code does not tell:
F50.01 has codes below it, F32.A has none.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.diagnosing import caveat, dotted, guide
from clawguard.domain.checks.finding import ZERO, Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import ICD10
from clawguard.domain.codesets.diagnoses import BILLABLE
from clawguard.domain.facts import SessionFacts


@check(
    id="CG303",
    version=3,
    title="Diagnosis code not specific enough to bill",
    category="diagnoses",
    severity=Severity.ERROR,
    source=ICD10,
    reads=("diagnoses", "release"),
    suggested_step="Ask for the specific diagnosis and correct the code.",
    provider_message="One diagnosis code is a heading with more specific codes below it. Please choose one of those.",
)
def not_billable(session: SessionFacts, context: Context) -> Iterator[Finding]:
    release, in_force = guide(session, context.tables)
    if release is None:
        return
    flags = release.flags
    for code in session.diagnoses:
        found = flags.get(code)
        if found is None or found & BILLABLE:
            continue
        yield not_billable.finding(
            session,
            f"{dotted(code)} is a heading in ICD-10-CM; a more specific code is needed ({release.name})."
            f"{caveat(release, in_force)}",
            evidence={"diagnosis": code, "release": release.name, "release_in_force": in_force},
            severity=None if in_force else Severity.WARNING,
            at_risk=None if in_force else ZERO,
        )
