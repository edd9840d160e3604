"""A diagnosis that needs its cause listed before it stands first.

Source: ICD-10-CM tabular list: "in diseases classified elsewhere" codes belong behind the disease, and "code first"
notes say what comes before. Where the note says "if applicable" or "if known", the code may stand alone. The disease of
a manifestation lies outside the chapter of mental disorders.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.diagnosing import caveat, dotted, first_listed, guide
from clawguard.domain.checks.finding import ZERO, Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import ICD10
from clawguard.domain.codesets.diagnoses import CODE_FIRST, CODE_FIRST_IF_KNOWN, MANIFESTATION, IcdRelease
from clawguard.domain.facts import SessionFacts

_NEEDS_CAUSE = MANIFESTATION | CODE_FIRST | CODE_FIRST_IF_KNOWN
_NO_CAUSE = "FVWXYZ"  # mental disorders, external causes and circumstances are no underlying disease


@check(
    id="CG308",
    version=4,
    title="Underlying condition must come first",
    category="diagnoses",
    severity=Severity.ERROR,
    source=ICD10,
    reads=("diagnoses", "release"),
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
    if not [code for code in session.diagnoses if release.flags.get(code, 0) & _NEEDS_CAUSE]:
        return  # the common case, told cheaply
    firsts = first_listed(session)
    for code in firsts:
        flags = release.flags.get(code, 0)
        if flags & _NEEDS_CAUSE:
            yield _first(session, code, flags, release, in_force)
    for position, code in enumerate(session.diagnoses[1:], start=1):
        if code in firsts or not release.flags.get(code, 0) & MANIFESTATION:
            continue
        if all(earlier[:1] in _NO_CAUSE for earlier in session.diagnoses[:position]):
            yield cause_first.finding(
                session,
                f"{dotted(code)} is the effect of another disease, and none is listed before it."
                f"{caveat(release, in_force)}",
                evidence={
                    "diagnosis": code,
                    "diagnoses": list(session.diagnoses),
                    "manifestation": True,
                    "release": release.name,
                },
                severity=None if in_force else Severity.WARNING,
                at_risk=None if in_force else ZERO,
            )


def _first(session: SessionFacts, code: str, flags: int, release: IcdRelease, in_force: bool) -> Finding:
    firm = bool(flags & (MANIFESTATION | CODE_FIRST))
    return cause_first.finding(
        session,
        f"{dotted(code)} is listed first; its underlying condition comes before it"
        f"{'' if firm else ' where it is known'}.{caveat(release, in_force)}",
        evidence={
            "diagnosis": code,
            "diagnoses": list(session.diagnoses),
            "manifestation": bool(flags & MANIFESTATION),
            "release": release.name,
        },
        severity=None if firm and in_force else Severity.WARNING,
        at_risk=None if in_force else ZERO,
    )
