"""A diagnosis, or a pointer of a line, is listed twice.

Source: the professional claim (837P): each diagnosis stands once on a claim, and each pointer of a line once.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.diagnosing import dotted
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import CLAIM_FORMAT
from clawguard.domain.facts import SessionFacts


@check(
    id="CG312",
    version=1,
    title="Diagnosis listed twice",
    category="diagnoses",
    severity=Severity.WARNING,
    source=CLAIM_FORMAT,
    party=Party.OPEN,
    reads=("diagnoses",),
    suggested_step="Remove the second one; where another diagnosis was meant, correct it.",
    provider_message=(
        "A diagnosis is listed twice on this session. Please remove one, or tell us which other was meant."
    ),
)
def diagnosis_twice(session: SessionFacts, context: Context) -> Iterator[Finding]:
    diagnoses = session.diagnoses
    if len(diagnoses) > 1 and len(set(diagnoses)) < len(diagnoses):
        for code in dict.fromkeys(code for code in diagnoses if diagnoses.count(code) > 1):
            times = diagnoses.count(code)
            yield diagnosis_twice.finding(
                session,
                f"{dotted(code)} is listed {'twice' if times == 2 else f'{times} times'}.",
                evidence={"diagnosis": code, "times": times},
            )
    for line in session.service_lines:
        pointers = line.diagnosis_pointers
        if len(pointers) > 1 and len(set(pointers)) < len(pointers):
            yield diagnosis_twice.finding(
                session,
                f"{line.code} points to the same diagnosis more than once.",
                evidence={"code": line.code, "pointers": list(pointers)},
                line=line,
            )
