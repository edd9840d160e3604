"""The licence on file does not go with the kind of service.

Source: Noridian Medicare mental-health services and the credentials of applied behaviour analysis: behaviour analysts
and technicians do not bill therapy, and technicians do not bill the analysts' part.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import WHO_MAY_BILL
from clawguard.domain.codesets.licenses import ANALYST, TECHNICIAN, kinds_of
from clawguard.domain.codesets.procedures import ABA, BEHAVIOURAL
from clawguard.domain.facts import SessionFacts

_APPLIED = frozenset({ANALYST, TECHNICIAN})


@check(
    id="CG506",
    version=1,
    title="Licence does not go with the service",
    category="who may bill",
    severity=Severity.ERROR,
    source=WHO_MAY_BILL,
    party=Party.OPEN,  # the network's, if its roster is wrong
    codes=BEHAVIOURAL | ABA,
    suggested_step="Check the licence on file for the date of service, then the code.",
    provider_message=(
        "The licence we have on file for you does not go with this service. If it is out of date, tell us; if not, "
        "please correct the code."
    ),
    request_items=("explanation",),
)
def licence_and_code(session: SessionFacts, context: Context) -> Iterator[Finding]:
    kinds = kinds_of(session.provider_license)
    if not kinds or not kinds <= _APPLIED:
        return
    for line in session.service_lines:
        procedure = context.tables.procedure(line.code)
        if procedure is None:
            continue
        analyst_work = line.code in ABA and procedure.who == "bcba" and ANALYST not in kinds
        if line.code in BEHAVIOURAL or analyst_work:
            yield licence_and_code.finding(
                session,
                f"{line.code} is billed under {session.provider_license}, a licence for another kind of service.",
                evidence={"code": line.code, "license": session.provider_license},
                line=line,
            )
