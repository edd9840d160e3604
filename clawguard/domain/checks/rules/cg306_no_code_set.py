"""A diagnosis could not be checked, because no ICD-10-CM release covers the date of service.

Source: CMS ICD-10-CM files. Saying so is better than guessing: an older or newer release may simply not know the code.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.diagnosing import dotted
from clawguard.domain.checks.finding import ZERO, Finding, Party, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import ICD10
from clawguard.domain.facts import SessionFacts


@check(
    id="CG306",
    version=1,
    title="Diagnosis could not be checked",
    category="diagnoses",
    severity=Severity.INFO,
    source=ICD10,
    party=Party.OPEN,
    reads=("diagnoses", "release"),
    suggested_step="Load the ICD-10-CM release for this date, then screen again.",
    provider_message="We could not check a diagnosis code yet. Nothing is needed from you.",
)
def no_code_set(session: SessionFacts, context: Context) -> Iterator[Finding]:
    tables, day = context.tables, session.date_of_service
    if tables.icd_release(day) is not None or not session.diagnoses:
        return
    nearest = tables.icd_nearest(day)
    if nearest is None:
        yield no_code_set.finding(
            session,
            "No ICD-10-CM release is loaded; the diagnoses were not checked.",
            evidence={"date_of_service": day.isoformat(), "release": None, "diagnoses": list(session.diagnoses)},
            at_risk=ZERO,
        )
        return
    unknown = [code for code in session.diagnoses if code not in nearest.flags]
    if unknown:
        names = ", ".join(dotted(code) for code in unknown)
        yield no_code_set.finding(
            session,
            f"{names} is not in {nearest.name}, and the release in force on {day.isoformat()} is not loaded.",
            evidence={"date_of_service": day.isoformat(), "release": nearest.name, "diagnoses": unknown},
            severity=Severity.WARNING,
        )
