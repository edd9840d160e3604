"""The code belongs to another kind of payer than this session's.

Source: AAFP on telehealth codes: Medicare does not recognise the video and audio visits of 2025 (98000 to 98015) and
takes office visits with place 02 or 10 instead; CMS Physician Fee Schedule: G2212 instead of 99417, and G0396 and
G0397 instead of the talks on substance use 99408 and 99409. Medication work
beside therapy (90863) is not paid by Medicare, and H, S and T codes are defined by state programmes. TRICARE follows
Medicare in some of this and not in all, so nothing is said of it.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import PHONE_CODES
from clawguard.domain.codesets.procedure_table import Codes, in_setting, of_kind
from clawguard.domain.facts import SessionFacts

_REMOTE_VISITS = of_kind("telemedicine_em")
_STATE = of_kind("state")
_PROGRAMMES = _STATE & in_setting("program")
_MEDICARE: tuple[tuple[Codes, str], ...] = (
    (_REMOTE_VISITS, "office visits with place 02 or 10 are used instead"),
    (_STATE, "state programs define it"),
    (frozenset({"90863"}), "nothing is paid for it beside therapy"),
    (frozenset({"99417"}), "G2212 is used instead"),
    (frozenset({"99408"}), "G0396 is used instead"),
    (frozenset({"99409"}), "G0397 is used instead"),
)
_COMMERCIAL: tuple[tuple[Codes, str], ...] = (
    (_STATE - _PROGRAMMES, "state programs define it"),
    (frozenset({"G2212"}), "most use 99417 instead"),
)
_RULES = {"medicare": _MEDICARE, "commercial": _COMMERCIAL}


@check(
    id="CG208",
    version=3,
    title="Code of another kind of payer",
    category="pairs",
    severity=Severity.ERROR,
    source=PHONE_CODES,
    party=Party.OPEN,  # the network's, if its list offered the code for this payer
    codes=_REMOTE_VISITS | _STATE | frozenset({"90863", "99408", "99409", "99417", "G2212"}),
    reads=("payer_kind",),
    suggested_step="Check whether the code list offered this code for this payer, and correct the code or the payer.",
    provider_message=(
        "The payer of this session does not use this code. Please confirm the payer, and choose the code it uses."
    ),
    request_items=("explanation",),
)
def code_of_another_payer(session: SessionFacts, context: Context) -> Iterator[Finding]:
    kind = session.payer_kind
    rules = _RULES.get(kind or "", ())
    for line in session.service_lines if rules else ():
        procedure = context.tables.procedure(line.code)
        reason = next((why for codes, why in rules if line.code in context.tables.codes(codes)), None)
        if reason is None or procedure is None:
            continue
        who = "Medicare does not take" if kind == "medicare" else "Few commercial payers take"
        yield code_of_another_payer.finding(
            session,
            f"{who} {line.code} ({procedure.label}); {reason}.",
            evidence={"code": line.code, "payer_kind": kind},
            line=line,
            severity=None if kind == "medicare" else Severity.WARNING,
        )
