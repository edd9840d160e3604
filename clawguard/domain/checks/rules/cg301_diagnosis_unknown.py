"""A diagnosis code that ICD-10-CM does not know.

Source: CMS ICD-10-CM files: the code must exist in the release valid on the date of service.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.diagnosing import dotted
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import ICD10
from clawguard.domain.facts import SessionFacts


@check(
    id="CG301",
    version=1,
    title="Diagnosis code does not exist",
    category="diagnoses",
    severity=Severity.ERROR,
    source=ICD10,
    reads=("diagnoses", "release"),
    suggested_step="Ask for the intended diagnosis and correct the code.",
    provider_message="One diagnosis code is not in ICD-10-CM. Please check it for a typing slip and correct it.",
    request_items=("explanation",),
)
def diagnosis_unknown(session: SessionFacts, context: Context) -> Iterator[Finding]:
    release = context.tables.icd_release(session.date_of_service)
    if release is None:
        return
    for code in session.diagnoses:
        if code in release.flags or any(code in other.flags for other in context.tables.icd):
            continue
        yield diagnosis_unknown.finding(
            session,
            f"{dotted(code)} is not an ICD-10-CM code ({release.name}).",
            evidence={"diagnosis": code, "release": release.name},
        )
