"""The diagnoses were not checked, because no ICD-10-CM release covers the date of service.

Source: CMS ICD-10-CM files. It is said of every such session, also where the nearest release knows all its codes: that
they are still valid would be a guess, and silence would look as if they had been checked. It is information: nothing
is at risk by it, nobody is asked.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.diagnosing import dotted
from clawguard.domain.checks.finding import ZERO, Finding, Party, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import ICD10
from clawguard.domain.codesets import IcdRelease
from clawguard.domain.facts import SessionFacts


@check(
    id="CG306",
    version=2,
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
    nearest, codes = tables.icd_nearest(day), list(dict.fromkeys(session.diagnoses))
    known = [] if nearest is None else [code for code in codes if code in nearest.flags]
    unknown = [] if nearest is None else [code for code in codes if code not in nearest.flags]
    loaded = "No ICD-10-CM release is loaded" if nearest is None else "No ICD-10-CM release that is loaded covers it"
    yield no_code_set.finding(
        session,
        f"The diagnoses of {day.isoformat()} were not checked. {loaded}{_nearest(nearest, known, unknown)}.",
        evidence={
            "date_of_service": day.isoformat(),
            "release": None if nearest is None else nearest.name,
            "diagnoses": codes,
            "known": known,
            "unknown": unknown,
        },
        at_risk=ZERO,
    )


def _nearest(release: IcdRelease | None, known: list[str], unknown: list[str]) -> str:
    """What the release closest in time says of the codes; it is told, not judged by."""
    if release is None:
        return ""
    if not unknown:
        return f"; the nearest, {release.name}, knows {_names(known)}"
    if not known:
        return f"; the nearest, {release.name}, does not know {_names(unknown)}"
    return f"; the nearest, {release.name}, knows {_names(known)} and does not know {_names(unknown)}"


def _names(codes: list[str]) -> str:
    return ", ".join(map(dotted, codes))
