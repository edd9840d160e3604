"""Nothing on a therapy line says which mental, behavioural or neurodevelopmental disorder is treated.

Source: the clawback guidelines ask for an applicable behavioral-health diagnosis; ICD-10-CM guidelines make social
circumstances (Z55-Z65) secondary. A claim that rests on Z codes alone is refused by default. Evaluations may still be
looking for the diagnosis, and a confirmed or suspected abuse may stand first.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.diagnosing import dotted, first_of, pointed
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import POLICY
from clawguard.domain.codesets.procedures import BEHAVIOURAL, CRISIS, CRISIS_ADD_ON, EVALUATION, FAMILY
from clawguard.domain.facts import SessionFacts

_ABUSE = ("T74", "T76")
_OBSERVATION = ("Z03", "Z04", "Z13")
_COUNSELLING = ("Z69", "Z70", "Z71")
_NOT_INSURED = ("self_pay", "eap")  # both pay for care without a disorder


@check(
    id="CG304",
    version=1,
    title="No behavioral-health diagnosis",
    category="diagnoses",
    severity=Severity.ERROR,
    source=POLICY,
    codes=BEHAVIOURAL,
    reads=("diagnoses", "payer_kind"),
    suggested_step="Ask for the treatment plan or note that names the disorder treated, and correct the diagnosis.",
    provider_message=(
        "The diagnoses on this session do not name a behavioral-health disorder. If one is being treated, please add "
        "it; the note or treatment plan that names it helps."
    ),
    request_items=("progress_note", "treatment_plan"),
)
def no_behavioural_diagnosis(session: SessionFacts, context: Context) -> Iterator[Finding]:
    if session.payer_kind in _NOT_INSURED:
        return
    for line in session.service_lines:
        if line.code not in BEHAVIOURAL or first_of(session, line)[:1] == "F":
            continue  # the common case, told cheaply
        codes = pointed(session, line)
        if any(code[:1] == "F" for code in codes):
            continue
        severity = _severity(line.code, codes)
        if severity is None:
            continue
        names = ", ".join(dotted(code) for code in codes)
        yield no_behavioural_diagnosis.finding(
            session,
            f"{line.code} rests on {names or 'no diagnosis'}; no behavioral-health disorder is named.",
            evidence={"code": line.code, "diagnoses": list(codes)},
            line=line,
            severity=severity,
        )


def _severity(code: str, diagnoses: tuple[str, ...]) -> Severity | None:
    if any(diagnosis[:1] != "Z" for diagnosis in diagnoses):
        accepted = code in EVALUATION | CRISIS | CRISIS_ADD_ON
        if accepted or any(diagnosis.startswith(_ABUSE) for diagnosis in diagnoses):
            return None
        return Severity.WARNING
    if not diagnoses:
        return Severity.ERROR
    if code in EVALUATION:
        return None if diagnoses[0].startswith(_OBSERVATION) else Severity.WARNING
    by_contract = code in FAMILY and diagnoses[0].startswith("Z63")
    if by_contract or diagnoses[0].startswith(_COUNSELLING + _OBSERVATION):
        return Severity.WARNING
    return Severity.ERROR
