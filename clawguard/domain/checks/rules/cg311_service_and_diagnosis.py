"""The kind of service and the kind of diagnosis do not belong together.

Source: ICD-10-CM and HCPCS definitions: health-behaviour work treats a physical illness, applied behaviour analysis is
covered for autism, and the substance-use programme modifier (HF) needs a substance-use diagnosis.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.diagnosing import dotted, pointed
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import ICD10_GUIDELINES
from clawguard.domain.codesets import CodeTables
from clawguard.domain.codesets.groups import ABA
from clawguard.domain.codesets.procedure_table import of_kind
from clawguard.domain.facts import ServiceLineFacts, SessionFacts

_HEALTH = of_kind("hbai", "hbai_add_on")
_SERVICES = ABA | _HEALTH


@check(
    id="CG311",
    version=1,
    title="Service and diagnosis do not match",
    category="diagnoses",
    severity=Severity.WARNING,
    source=ICD10_GUIDELINES,
    reads=("diagnoses",),
    suggested_step="Ask which condition the service treats, and correct the code or the diagnosis.",
    provider_message="The diagnosis and the kind of service do not match. Please check which condition was treated.",
    request_items=("progress_note",),
)
def service_and_diagnosis(session: SessionFacts, context: Context) -> Iterator[Finding]:
    for line in session.service_lines:
        if line.code not in context.tables.codes(_SERVICES) and "HF" not in line.modifiers:
            continue
        problem = _problem(line, session, context.tables)
        if problem:
            yield service_and_diagnosis.finding(
                session,
                problem,
                evidence={
                    "code": line.code,
                    "modifiers": list(line.modifiers),
                    "diagnoses": list(pointed(session, line)),
                },
                line=line,
            )


def _problem(line: ServiceLineFacts, session: SessionFacts, tables: CodeTables) -> str | None:
    if line.code in tables.codes(ABA):
        if not any(code.startswith("F84") for code in pointed(session, line)):
            return f"{line.code} is covered for autism; no F84 diagnosis is stated for it."
    elif line.code in tables.codes(_HEALTH):
        first = pointed(session, line)[:1]
        if first and first[0][:1] == "F":
            return f"{line.code} treats a physical illness; {dotted(first[0])} is listed first for it."
    if "HF" in line.modifiers and not any("F10" <= code[:3] <= "F19" for code in pointed(session, line)):
        return f"Modifier HF on {line.code} names a substance-use program; no such diagnosis is stated."
    return None
