"""A code that only prescribers may bill, under another licence.

Source: Noridian Medicare mental-health services: office visits, evaluations with medical work and therapy beside a
visit belong to physicians, nurse practitioners, physician assistants and clinical nurse specialists. Medication work
added to therapy (90863) is also open to psychologists where their state lets them prescribe.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import WHO_MAY_BILL
from clawguard.domain.codesets.licenses import PRESCRIBER, PSYCHOLOGIST, kinds_of
from clawguard.domain.codesets.procedure_table import where
from clawguard.domain.facts import SessionFacts

_CODES = where(lambda procedure: procedure.prescriber_only and procedure.kind != "sbirt")
_ALSO_PSYCHOLOGISTS = frozenset({"90863"})


@check(
    id="CG501",
    version=1,
    title="Prescriber code under another license",
    category="who may bill",
    severity=Severity.ERROR,
    source=WHO_MAY_BILL,
    codes=_CODES,
    reads=("provider_license",),
    suggested_step="Check the license on file for the date of service; if it is right, correct the code.",
    provider_message=(
        "This code is for prescribers, and we have another license on file for you. If the license is out of date, "
        "tell us; if not, please correct the code."
    ),
    request_items=("explanation",),
)
def prescriber_only(session: SessionFacts, context: Context) -> Iterator[Finding]:
    kinds = kinds_of(session.provider_license)
    if not kinds or PRESCRIBER in kinds:
        return
    for line in session.service_lines:
        if line.code not in context.tables.codes(_CODES) or (
            line.code in _ALSO_PSYCHOLOGISTS and PSYCHOLOGIST in kinds
        ):
            continue
        yield prescriber_only.finding(
            session,
            f"{line.code} is for prescribers; {session.provider_license} is on file.",
            evidence={"code": line.code, "license": session.provider_license},
            line=line,
        )
