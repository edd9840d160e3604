"""The code says that the client was present, or absent, and the session says the opposite.

Source: Headway CPT guidance: 90846 is family work without the client, 90847 with the client; individual, crisis and
evaluation codes need the client there. With several services the client may have been there for some of them: then it
is only told where all of them need the same.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import NETWORK_CODES
from clawguard.domain.codesets import CodeTables
from clawguard.domain.codesets.groups import BEHAVIOURAL, HEALTH_BEHAVIOUR
from clawguard.domain.facts import SessionFacts

_CODES = BEHAVIOURAL | HEALTH_BEHAVIOUR | frozenset({"90785", "97157"})
_OTHER = {"90846": "90847", "90847": "90846"}


@check(
    id="CG504",
    version=2,
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
    if present is None:
        return
    needed = [(line, _needs(line.code, context.tables)) for line in session.service_lines]
    if any(client is present for _, client in needed):
        return  # what is stated is true of one of the services
    for line, client in needed:
        if client is None:
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


def _needs(code: str, tables: CodeTables) -> bool | None:
    """Whether the code needs the client there (True) or absent (False); ``None``: neither, or we cannot say."""
    procedure = tables.procedure(code)
    if code not in tables.codes(_CODES) or procedure is None or procedure.client is None:
        return None
    return procedure.client == "in"
