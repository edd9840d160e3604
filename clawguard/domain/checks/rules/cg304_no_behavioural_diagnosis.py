"""Nothing on a therapy line or visit says which disorder is treated, or no line of any service has a diagnosis.

Source: the clawback guidelines ask for an applicable behavioral-health diagnosis; ICD-10-CM guidelines make social
circumstances (Z55-Z65) secondary. A claim that rests on Z codes alone is refused by default. Evaluations and visits may
still be looking for the diagnosis, and a confirmed or suspected abuse may stand first. A line without any diagnosis is
refused whatever the service.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.diagnosing import dotted, first_of, pointed
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import POLICY
from clawguard.domain.codesets import CodeTables
from clawguard.domain.codesets.groups import BEHAVIOURAL, CRISIS, CRISIS_ADD_ON, EVALUATION, FAMILY, VISIT
from clawguard.domain.facts import SessionFacts

_ABUSE = ("T74", "T76")
_OBSERVATION = ("Z03", "Z04", "Z13")
_COUNSELLING = ("Z69", "Z70", "Z71")
_LOOKING = EVALUATION | VISIT
_LOOKING_OR_CRISIS = _LOOKING | CRISIS | CRISIS_ADD_ON
_NOT_INSURED = ("self_pay", "eap")  # both pay for care without a disorder

_NAMING = BEHAVIOURAL | VISIT  # health-behaviour work, tests and questionnaires may rest on other chapters
_NOTHING_NAMED = (
    "No diagnosis is stated for this service. Please add the one that was treated; the note or treatment plan that "
    "names it helps."
)

_POINTS_PAST_IT = (
    "A behavioral-health disorder is on this session, but this service points to other diagnoses only. If the service "
    "treated the disorder, please let its line point to it as well."
)


@check(
    id="CG304",
    version=3,
    title="No behavioral-health diagnosis",
    category="diagnoses",
    severity=Severity.ERROR,
    source=POLICY,
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
        if first_of(session, line)[:1] == "F":
            continue  # the common case, told cheaply
        codes = pointed(session, line)
        if any(code[:1] == "F" for code in codes):
            continue
        severity = _severity(line.code, codes, context.tables)
        if severity is None:
            continue
        passed = [code for code in session.diagnoses if code[:1] == "F"] if codes else []
        yield no_behavioural_diagnosis.finding(
            session,
            _message(line.code, codes, passed),
            evidence={"code": line.code, "diagnoses": list(codes)},
            line=line,
            severity=severity,
            tell_provider=_POINTS_PAST_IT if passed else None if codes else _NOTHING_NAMED,
        )


def _message(code: str, pointed_to: tuple[str, ...], passed: list[str]) -> str:
    """``passed``: disorders of the session that the line does not point to."""
    if not pointed_to:
        return f"{code} rests on no diagnosis."
    names = ", ".join(dotted(each) for each in pointed_to)
    if passed:
        listed = ", ".join(dotted(each) for each in passed)
        return f"{code} rests on {names}; the line does not point to {listed}, which the session lists."
    return f"{code} rests on {names}; no behavioral-health disorder is named."


def _severity(code: str, diagnoses: tuple[str, ...], tables: CodeTables) -> Severity | None:
    if not diagnoses:
        return Severity.ERROR
    if code not in tables.codes(_NAMING):
        return None
    if any(diagnosis[:1] != "Z" for diagnosis in diagnoses):
        accepted = code in tables.codes(_LOOKING_OR_CRISIS)
        if accepted or any(diagnosis.startswith(_ABUSE) for diagnosis in diagnoses):
            return None
        return Severity.WARNING
    if code in tables.codes(_LOOKING):
        return None if diagnoses[0].startswith(_OBSERVATION) else Severity.WARNING
    by_contract = code in tables.codes(FAMILY) and diagnoses[0].startswith("Z63")
    if by_contract or diagnoses[0].startswith(_COUNSELLING + _OBSERVATION):
        return Severity.WARNING
    return Severity.ERROR
