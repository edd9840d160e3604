"""A diagnosis code that exists, but not in the release valid on the date of service.

Source: CMS ICD-10-CM files: releases change on October 1 and sometimes on April 1; the date of service decides.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.diagnosing import dotted
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import ICD10
from clawguard.domain.facts import SessionFacts


@check(
    id="CG302",
    version=1,
    title="Diagnosis code not valid on the date",
    category="diagnoses",
    severity=Severity.ERROR,
    source=ICD10,
    reads=("diagnoses", "release"),
    suggested_step="Correct to the code that was valid on the date of service.",
    provider_message=(
        "One diagnosis code was not valid on the date of this session: it ended before or began later. Please choose "
        "the code that was valid that day."
    ),
)
def not_valid_on_date(session: SessionFacts, context: Context) -> Iterator[Finding]:
    release = context.tables.icd_release(session.date_of_service)
    if release is None:
        return
    for code in session.diagnoses:
        if code in release.flags:
            continue
        known = [other for other in context.tables.icd if code in other.flags]
        if not known:
            continue
        later = known[0].first_day > session.date_of_service
        when = f"begins with {known[0].name}" if later else f"ended with {known[-1].name}"
        yield not_valid_on_date.finding(
            session,
            f"{dotted(code)} was not valid on {session.date_of_service.isoformat()}; it {when}.",
            evidence={
                "diagnosis": code,
                "date_of_service": session.date_of_service.isoformat(),
                "release": release.name,
                "known_in": [other.name for other in known],
            },
        )
