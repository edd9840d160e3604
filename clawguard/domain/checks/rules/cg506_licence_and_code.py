"""The licence on file does not go with the kind of service.

Source: Noridian Medicare mental-health services and the credentials of applied behaviour analysis: behaviour analysts
and technicians do not bill therapy, technicians do not bill the analysts' part, and testing is for psychologists and
prescribers where the payer follows Medicare (a value of the policy). Whether a therapist may bill behaviour analysis,
or an analyst health-behaviour work and phone calls, differs by payer and state: it is looked at.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import WHO_MAY_BILL
from clawguard.domain.codesets.groups import ABA, BEHAVIOURAL, HEALTH_BEHAVIOUR, TESTING
from clawguard.domain.codesets.licenses import ANALYST, SUPERVISED, TECHNICIAN, THERAPIST, kinds_of
from clawguard.domain.codesets.procedure_table import of_kind
from clawguard.domain.facts import SessionFacts

_APPLIED = frozenset({ANALYST, TECHNICIAN})
_OTHERS_WORK = HEALTH_BEHAVIOUR | of_kind("phone_nonphysician")
_THERAPISTS = frozenset({THERAPIST, SUPERVISED})


@check(
    id="CG506",
    version=3,
    title="License does not go with the service",
    category="who may bill",
    severity=Severity.ERROR,
    source=WHO_MAY_BILL,
    party=Party.OPEN,  # the network's, if its roster is wrong
    codes=BEHAVIOURAL | ABA | TESTING | _OTHERS_WORK,
    reads=("policy", "provider_license"),
    suggested_step="Check the license on file for the date of service, then the code.",
    provider_message=(
        "The license we have on file for you does not go with this service. If it is out of date, tell us; if not, "
        "please correct the code."
    ),
    request_items=("explanation",),
)
def licence_and_code(session: SessionFacts, context: Context) -> Iterator[Finding]:
    kinds = kinds_of(session.provider_license)
    applied, therapist = kinds <= _APPLIED, kinds <= _THERAPISTS
    if not kinds or not (applied or therapist):
        return
    codes = context.tables.codes
    looked_at = codes(_OTHERS_WORK if applied else ABA)
    if context.policy(session).testing_by_psychologists:
        looked_at |= codes(TESTING)
    for line in session.service_lines:
        if applied and _not_of_analysis(line.code, kinds, context):
            severity = Severity.ERROR
        elif line.code in looked_at:
            severity = Severity.WARNING
        else:
            continue
        yield licence_and_code.finding(
            session,
            f"{line.code} is billed under {session.provider_license}, a license for another kind of service.",
            evidence={"code": line.code, "license": session.provider_license},
            line=line,
            severity=severity,
        )


def _not_of_analysis(code: str, kinds: frozenset[str], context: Context) -> bool:
    procedure = context.tables.procedure(code)
    if procedure is None:
        return False
    codes = context.tables.codes
    return code in codes(BEHAVIOURAL) or (code in codes(ABA) and procedure.who == "bcba" and ANALYST not in kinds)
