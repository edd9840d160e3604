"""Suicidal ideation is listed, and no disorder with it.

Source: ICD-10-CM Official Guidelines on symptoms: R45.851 tells of a state and is listed beside the disorder it belongs
to. For therapy CG304 asks for the disorder in any case; here are evaluations and crisis work, where symptoms may stand.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import ICD10_GUIDELINES
from clawguard.domain.codesets.groups import CRISIS, CRISIS_ADD_ON, EVALUATION
from clawguard.domain.facts import SessionFacts

_IDEATION = "R45851"


@check(
    id="CG314",
    version=1,
    title="Suicidal ideation without a disorder",
    category="diagnoses",
    severity=Severity.WARNING,
    source=ICD10_GUIDELINES,
    codes=EVALUATION | CRISIS | CRISIS_ADD_ON,
    reads=("diagnoses",),
    suggested_step="Ask which disorder it belongs to, provisional if need be, and add it.",
    provider_message=(
        "Suicidal ideation is listed without a disorder. Please add the disorder it belongs to, as far as it is known."
    ),
    request_items=("progress_note",),
)
def ideation_alone(session: SessionFacts, context: Context) -> Iterator[Finding]:
    if _IDEATION in session.diagnoses and not any(code[:1] == "F" for code in session.diagnoses):
        yield ideation_alone.finding(
            session,
            "R45.851 is listed, and no disorder with it.",
            evidence={"diagnosis": _IDEATION, "diagnoses": list(session.diagnoses)},
        )
