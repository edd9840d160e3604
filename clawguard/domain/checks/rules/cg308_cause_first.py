"""A diagnosis that needs its cause listed before it stands first.

Source: ICD-10-CM tabular list: "in diseases classified elsewhere" codes belong behind the disease, and "code first"
notes say what comes before. Where the note says "if applicable" or "if known", the code may stand alone.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.diagnosing import dotted, first_listed, guide
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import ICD10
from clawguard.domain.codesets.diagnoses import CODE_FIRST, CODE_FIRST_IF_KNOWN, MANIFESTATION
from clawguard.domain.facts import SessionFacts

_NEEDS_CAUSE = MANIFESTATION | CODE_FIRST | CODE_FIRST_IF_KNOWN


@check(
    id="CG308",
    version=1,
    title="Underlying condition must come first",
    category="diagnoses",
    severity=Severity.ERROR,
    source=ICD10,
    suggested_step="Ask for the underlying condition and list it before this code.",
    provider_message=(
        "One diagnosis is the effect of another condition, which has to be listed before it. Please add that condition "
        "or change the order."
    ),
)
def cause_first(session: SessionFacts, context: Context) -> Iterator[Finding]:
    release, in_force = guide(session, context.tables)
    if release is None:
        return
    for code in first_listed(session):
        flags = release.flags.get(code, 0)
        if not flags & _NEEDS_CAUSE:
            continue
        firm = bool(flags & (MANIFESTATION | CODE_FIRST))
        yield cause_first.finding(
            session,
            f"{dotted(code)} is listed first; its underlying condition comes before it"
            f"{'' if firm else ' where it is known'}.",
            evidence={
                "diagnosis": code,
                "diagnoses": list(session.diagnoses),
                "manifestation": bool(flags & MANIFESTATION),
                "release": release.name,
            },
            severity=None if firm and in_force else Severity.WARNING,
        )
