"""Two diagnoses that ICD-10-CM says cannot stand on one claim.

Source: ICD-10-CM tabular list, Excludes1 notes, read on the code and on every heading above it, from both codes'
sides. Guideline I.A.12.a lets both stand when the two conditions are unrelated; that takes a stated reason, with which
the finding is dismissed.
"""

from collections.abc import Iterator
from itertools import combinations

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.diagnosing import caveat, dotted, guide
from clawguard.domain.checks.finding import ZERO, Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import ICD10
from clawguard.domain.facts import SessionFacts


@check(
    id="CG305",
    version=4,
    title="Diagnoses that exclude each other",
    category="diagnoses",
    severity=Severity.ERROR,
    source=ICD10,
    reads=("diagnoses", "release"),
    suggested_step="Ask which diagnosis applies, or for the reason why the two conditions are unrelated.",
    provider_message=(
        "Two diagnoses on this session exclude each other in ICD-10-CM. Keep the one that applies, or tell us why the "
        "two conditions are unrelated."
    ),
    request_items=("explanation",),
)
def excludes1(session: SessionFacts, context: Context) -> Iterator[Finding]:
    if len(session.diagnoses) < 2:
        return
    release, in_force = guide(session, context.tables)
    if release is None:
        return
    for one, other in combinations(dict.fromkeys(session.diagnoses), 2):
        conflict = release.conflict(one, other)
        if conflict is not None:
            yield excludes1.finding(
                session,
                f"{dotted(one)} and {dotted(other)} exclude each other "
                f"(Excludes1 note at {_level(conflict.noted_at)}); both stand only where the two are unrelated."
                f"{caveat(release, in_force)}",
                evidence={
                    "diagnoses": [one, other],
                    "noted_at": conflict.noted_at,
                    "release": release.name,
                    "release_in_force": in_force,
                },
                severity=None if in_force else Severity.WARNING,
                at_risk=None if in_force else ZERO,
            )


def _level(level: str) -> str:
    """A code with its dot; a block such as F30-F39 as it is."""
    return level if "-" in level else dotted(level)
