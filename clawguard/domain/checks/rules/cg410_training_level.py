"""A modifier names another level of training than the provider's, or is asked for and missing.

Source: CMS HCPCS Level II modifiers: AH a clinical psychologist, AJ a clinical social worker, HP doctoral, HO master's,
HN bachelor's level, HM below, HL an intern, SA a nurse practitioner beside a physician. They are sent only where a
payer asks for them, which is a value of its policy. A licence that is not recognised proves nothing.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import ZERO, Finding, Party, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import HCPCS_MODIFIERS
from clawguard.domain.codesets.groups import BEHAVIOURAL
from clawguard.domain.codesets.licenses import (
    ANALYST,
    PRESCRIBER,
    PSYCHOLOGIST,
    SUPERVISED,
    TECHNICIAN,
    THERAPIST,
    is_nurse_or_assistant,
    is_social_worker,
    kinds_of,
)
from clawguard.domain.facts import ServiceLineFacts, SessionFacts

_MEANING = {
    "AH": "a clinical psychologist",
    "AJ": "a clinical social worker",
    "HP": "a doctoral level",
    "HO": "a master's level",
    "HN": "a bachelor's level",
    "HM": "less than a bachelor's level",
    "HL": "an intern",
    "SA": "a nurse practitioner beside a physician",
}
_LEVELS = frozenset(_MEANING)
# Whoever is nothing but one of these does not have the level.
_NOT_DOCTORAL = frozenset({THERAPIST, TECHNICIAN, SUPERVISED})
_NOT_MASTERS = frozenset({PSYCHOLOGIST, TECHNICIAN})
_ABOVE_BACHELOR = frozenset({PRESCRIBER, PSYCHOLOGIST, THERAPIST, ANALYST})


@check(
    id="CG410",
    version=1,
    title="Modifier of another level of training",
    category="telehealth",
    severity=Severity.ERROR,
    source=HCPCS_MODIFIERS,
    party=Party.OPEN,  # the network's, if it builds the claim from its roster
    reads=("policy", "provider_license"),
    suggested_step="Compare the license on file for that day with the modifier, and correct whichever is wrong.",
    provider_message=(
        "A modifier on this session names a level of training that is not the one we have on file for you. If your "
        "license changed, tell us; if not, nothing is needed."
    ),
)
def training_level(session: SessionFacts, context: Context) -> Iterator[Finding]:
    asked = context.policy(session).credential_modifiers_asked
    for line in session.service_lines:
        if asked is None and not line.modifiers:
            continue
        stated = [modifier for modifier in line.modifiers if modifier in _LEVELS]
        for modifier in stated:
            if _contradicts(modifier, session.provider_license):
                yield training_level.finding(
                    session,
                    f"{line.code} carries {modifier}, which says {_MEANING[modifier]}; "
                    f"the license is {session.provider_license}.",
                    evidence={"code": line.code, "modifier": modifier, "license": session.provider_license},
                    line=line,
                )
        if asked is not None and (found := _against_profile(session, line, stated, context)):
            yield found


def _contradicts(modifier: str, license_text: str) -> bool:
    kinds = kinds_of(license_text)
    if not kinds:
        return False
    match modifier:
        case "AH":
            return PSYCHOLOGIST not in kinds
        case "AJ":
            return not is_social_worker(license_text)
        case "HP":
            return kinds <= _NOT_DOCTORAL
        case "HO":
            return kinds <= _NOT_MASTERS
        case "SA":
            return not is_nurse_or_assistant(license_text)
        case "HL":
            return SUPERVISED not in kinds
        case _:
            return not kinds.isdisjoint(_ABOVE_BACHELOR)


def _against_profile(
    session: SessionFacts, line: ServiceLineFacts, stated: list[str], context: Context
) -> Finding | None:
    """What the payer asks for or does not; only where it is on record."""
    asked = context.policy(session).credential_modifiers_asked
    if asked and not stated and line.code in context.tables.codes(BEHAVIOURAL):
        message, severity = f"{line.code} names no level of training; this payer asks for it.", Severity.WARNING
    elif stated and not asked:
        message, severity = f"{line.code} carries {stated[0]}; this payer does not ask for it.", Severity.INFO
    else:
        return None
    return training_level.finding(
        session,
        message,
        evidence={"code": line.code, "modifier": stated[0] if stated else None, "asked": asked},
        line=line,
        severity=severity,
        at_risk=ZERO if severity is Severity.INFO else None,
    )
