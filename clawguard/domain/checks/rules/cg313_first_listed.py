"""The diagnosis listed first does not carry therapy, although a disorder stands behind it.

Source: ICD-10-CM Official Guidelines: status, history, lifestyle, counselling, observation and administrative codes
describe circumstances, and symptoms stand alone only while no diagnosis exists. Without any disorder CG304 speaks;
social circumstances and external causes are CG307's.
"""

from collections.abc import Iterator
from typing import NamedTuple

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.diagnosing import dotted, first_of, guide, pointed
from clawguard.domain.checks.finding import ZERO, Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import ICD10_GUIDELINES
from clawguard.domain.codesets.diagnoses import CODE_FIRST, CODE_FIRST_IF_KNOWN, MANIFESTATION
from clawguard.domain.codesets.groups import BEHAVIOURAL, CRISIS, CRISIS_ADD_ON, EVALUATION
from clawguard.domain.codesets.procedure_table import Codes
from clawguard.domain.facts import SessionFacts


class _Group(NamedTuple):
    severity: Severity
    what: str
    fine_for: Codes = frozenset()


_CRISIS = CRISIS | CRISIS_ADD_ON
_ADMINISTRATIVE = _Group(Severity.ERROR, "an administrative examination")
_STATUS = _Group(Severity.ERROR, "a status or history")
_LIFESTYLE = _Group(Severity.ERROR, "a problem of life management")
_COUNSELLING = _Group(Severity.WARNING, "a reason for counseling")
_OBSERVATION = _Group(Severity.WARNING, "an observation or screening", EVALUATION)
_SYMPTOM = _Group(Severity.WARNING, "a symptom", EVALUATION | _CRISIS)
_ATTEMPT = _Group(Severity.WARNING, "an attempt, which stands behind the disorder", _CRISIS)
_POISONING = _Group(Severity.INFO, "a poisoning, which outpatient therapy does not treat first")
_BY_CATEGORY = {
    "Z02": _ADMINISTRATIVE,
    **dict.fromkeys(("Z79", *(f"Z{number}" for number in range(80, 88)), "Z91", "Z92"), _STATUS),
    **dict.fromkeys(("Z72", "Z73"), _LIFESTYLE),
    **dict.fromkeys(("Z69", "Z70", "Z71"), _COUNSELLING),
    **dict.fromkeys(("Z03", "Z04", "Z13"), _OBSERVATION),
    **dict.fromkeys((f"R{number:02}" for number in range(100)), _SYMPTOM),
    **dict.fromkeys((f"T{number}" for number in range(36, 66)), _POISONING),
}
_PHYSICAL = _Group(Severity.INFO, "a condition of another chapter")
_OWN_CHECKS = "FVWXYZST"  # disorders, and chapters whose groups are named above or in CG307
_BEHIND = MANIFESTATION | CODE_FIRST | CODE_FIRST_IF_KNOWN


@check(
    id="CG313",
    version=1,
    title="First diagnosis does not carry the service",
    category="diagnoses",
    severity=Severity.ERROR,
    source=ICD10_GUIDELINES,
    codes=BEHAVIOURAL,
    reads=("diagnoses", "release"),
    suggested_step="List the disorder treated first and this code after it.",
    provider_message=(
        "The diagnosis listed first does not say which disorder was treated. Please list the disorder first."
    ),
)
def first_listed_carries(session: SessionFacts, context: Context) -> Iterator[Finding]:
    for line in session.service_lines:
        if line.code not in context.tables.codes(BEHAVIOURAL) or first_of(session, line)[:1] == "F":
            continue  # the common case, told cheaply
        codes = pointed(session, line)
        if not codes or codes[0][:1] == "F" or not any(code[:1] == "F" for code in codes):
            continue
        group = _group(session, context, codes)
        if group is None or line.code in context.tables.codes(group.fine_for):
            continue
        yield first_listed_carries.finding(
            session,
            f"{line.code} rests on {dotted(codes[0])} first, {group.what}; a disorder is listed after it.",
            evidence={"code": line.code, "diagnoses": list(codes)},
            line=line,
            severity=group.severity,
            at_risk=ZERO if group.severity is Severity.INFO else None,
        )


def _group(session: SessionFacts, context: Context, codes: tuple[str, ...]) -> _Group | None:
    first = codes[0]
    if first.startswith("T1491"):
        return _ATTEMPT
    found = _BY_CATEGORY.get(first[:3])
    if found is not None or first[:1] in _OWN_CHECKS:
        return found
    release, _ = guide(session, context.tables)
    if release is None or any(release.flags.get(code, 0) & _BEHIND for code in codes):
        return None  # the disease before its effect is the right order
    return _PHYSICAL
