"""A service line points to a diagnosis that is not there, or there are more than a claim can carry.

Source: the professional claim (837P): up to twelve diagnoses, up to four pointers per line, each to one of them.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import CLAIM_FORMAT
from clawguard.domain.facts import SessionFacts

_MOST_DIAGNOSES = 12
_MOST_POINTERS = 4


@check(
    id="CG309",
    version=1,
    title="Diagnosis pointer leads nowhere",
    category="diagnoses",
    severity=Severity.ERROR,
    source=CLAIM_FORMAT,
    party=Party.OPEN,
    reads=("diagnoses",),
    suggested_step="Correct the pointers of the line, or the list of diagnoses.",
    provider_message="One service does not say which diagnosis it treats. Please choose it from the session's list.",
)
def pointers(session: SessionFacts, context: Context) -> Iterator[Finding]:
    known = len(session.diagnoses)
    if known > _MOST_DIAGNOSES:
        yield pointers.finding(
            session,
            f"{known} diagnoses are listed; a claim carries up to {_MOST_DIAGNOSES}.",
            evidence={"diagnoses": known, "most": _MOST_DIAGNOSES},
        )
    for line in session.service_lines:
        wrong = [number for number in line.diagnosis_pointers if not 0 < number <= known]
        if wrong or len(line.diagnosis_pointers) > _MOST_POINTERS:
            problem = (
                f"points to diagnosis {wrong[0]}; the session lists {known}"
                if wrong
                else f"points to {len(line.diagnosis_pointers)} diagnoses; a line points to up to {_MOST_POINTERS}"
            )
            yield pointers.finding(
                session,
                f"{line.code} {problem}.",
                evidence={"code": line.code, "pointers": list(line.diagnosis_pointers), "diagnoses": known},
                line=line,
            )
