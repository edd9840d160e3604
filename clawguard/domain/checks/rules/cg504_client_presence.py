"""The code says that the client was present, or absent, and the session says the opposite.

Source: Headway CPT guidance: 90846 is family work without the client, 90847 with the client; individual, crisis and
evaluation codes need the client there.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import NETWORK_CODES
from clawguard.domain.codesets.procedures import CRISIS, EVALUATION, FAMILY, GROUP, TIERS
from clawguard.domain.facts import SessionFacts

_CODES = TIERS | CRISIS | EVALUATION | FAMILY | GROUP
_OTHER = {"90846": "90847", "90847": "90846"}


@check(
    id="CG504",
    version=1,
    title="Client presence contradicts the code",
    category="who may bill",
    severity=Severity.ERROR,
    source=NETWORK_CODES,
    codes=_CODES,
    reads=("client_present",),
    suggested_step="Confirm who took part, and correct the code.",
    provider_message="The code and who took part do not match. Please confirm whether the client was there.",
    request_items=("progress_note",),
)
def client_presence(session: SessionFacts, context: Context) -> Iterator[Finding]:
    present = session.client_present
    if present is None or len(session.service_lines) > 1:
        return  # with several services the client may have been there for one of them
    for line in session.service_lines:
        procedure = context.tables.procedure(line.code)
        if line.code not in _CODES or procedure is None or procedure.client is None:
            continue
        if (procedure.client == "in") == present:
            continue
        other = _OTHER.get(line.code)
        yield client_presence.finding(
            session,
            f"{line.code} is billed for a session {'without' if present else 'with'} the client; "
            f"the client is stated to have been {'present' if present else 'absent'}.",
            evidence={"code": line.code, "client_present": present},
            line=line,
            step=f"Confirm who took part; if the statement is right, the code is {other}." if other else None,
        )
