"""A code that may only stand behind another is listed first.

Source: ICD-10-CM Official Guidelines: external causes (V00-Y99) and social circumstances (Z55-Z65) explain another
diagnosis and are listed after it. Some plans accept a relationship code (Z63) for family work by contract, which is a
choice of policy.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.diagnosing import dotted, first_listed
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import ICD10_GUIDELINES
from clawguard.domain.codesets.groups import FAMILY
from clawguard.domain.facts import SessionFacts

_EXTERNAL = ("V", "W", "X", "Y")
_REASONS = (*_EXTERNAL, "Z")  # what explains a condition is none that could stand before another


@check(
    id="CG307",
    version=3,
    title="Secondary-only diagnosis listed first",
    category="diagnoses",
    severity=Severity.ERROR,
    source=ICD10_GUIDELINES,
    reads=("diagnoses", "policy"),
    suggested_step="List the disorder treated first and this code after it.",
    provider_message=(
        "One code may only stand behind another diagnosis. Please list the disorder that is treated first."
    ),
)
def not_first(session: SessionFacts, context: Context) -> Iterator[Finding]:
    if not [code for code in session.diagnoses if code[:1] != "F"]:
        return  # the common case, told cheaply
    for code in first_listed(session):
        if code[:1] == "F":
            continue
        if code[:1] in _EXTERNAL:
            severity, kind = Severity.ERROR, "an external cause"
        elif "Z55" <= code[:3] <= "Z65" and any(other[:1] not in _REASONS for other in session.diagnoses):
            for_family = code[:3] == "Z63" and not session.codes.isdisjoint(context.tables.codes(FAMILY))
            if for_family and context.policy(session).social_reason_first:
                continue
            severity, kind = Severity.WARNING if for_family else Severity.ERROR, "a social circumstance"
        else:
            continue
        yield not_first.finding(
            session,
            f"{dotted(code)} is {kind} and is listed first.",
            evidence={"diagnosis": code, "diagnoses": list(session.diagnoses)},
            severity=severity,
        )
