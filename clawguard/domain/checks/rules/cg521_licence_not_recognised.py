"""The licence is not stated or not one that is recognised, so that nothing was checked that depends on it.

Source: Noridian Medicare mental-health services, which names the professions that bill. A credential such as RN, MSW or
CADC may be right under a state's or a payer's own rules; it proves nothing here, and silence would look like approval.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import ZERO, Finding, Party, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import WHO_MAY_BILL
from clawguard.domain.codesets.licenses import kinds_of
from clawguard.domain.facts import SessionFacts


@check(
    id="CG521",
    version=1,
    title="License not recognized",
    category="who may bill",
    severity=Severity.INFO,
    source=WHO_MAY_BILL,
    party=Party.OPEN,
    reads=("provider_license",),
    suggested_step="Check the license on file; who may bill these codes has to be looked at by a person.",
    provider_message="We could not read which license this session is under. Please check that it is the one you hold.",
)
def licence_not_recognised(session: SessionFacts, context: Context) -> Iterator[Finding]:
    stated = session.provider_license
    if kinds_of(stated):
        return
    yield licence_not_recognised.finding(
        session,
        f"{f'{stated} is not a license known here' if stated else 'No license is stated'}; who may bill these codes "
        "was not checked.",
        evidence={"license": stated or None},
        at_risk=ZERO,
    )
