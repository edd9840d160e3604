"""A modifier does not go with the kind of service.

Source: CMS HCPCS Level II modifiers and the CPT modifiers: extra or reduced work does not change a code that is chosen
by time, 25 belongs on a visit, and some modifiers name stroke care, recorded material, assistance in surgery or a part
of the body.
"""

from collections.abc import Iterator
from typing import NamedTuple

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import HCPCS_MODIFIERS
from clawguard.domain.codesets.groups import BEHAVIOURAL, CRISIS, CRISIS_ADD_ON, FAMILY, TIERS
from clawguard.domain.codesets.procedure_table import CodeGroup
from clawguard.domain.facts import SessionFacts


class _Unfit(NamedTuple):
    codes: CodeGroup
    severity: Severity
    why: str


_BY_TIME = TIERS | FAMILY | CRISIS | CRISIS_ADD_ON
_UNFIT = {
    "22": _Unfit(_BY_TIME, Severity.ERROR, "says extra work, which a code chosen by time does not take"),
    "52": _Unfit(TIERS, Severity.WARNING, "says reduced work; for a short session the shorter code is chosen"),
    "25": _Unfit(BEHAVIOURAL, Severity.WARNING, "belongs on a visit"),
    "AS": _Unfit(BEHAVIOURAL, Severity.ERROR, "says assistance in surgery"),
    "G0": _Unfit(BEHAVIOURAL, Severity.ERROR, "says care of an acute stroke"),
    "GQ": _Unfit(BEHAVIOURAL, Severity.ERROR, "says recorded material, and this service is live"),
    "XS": _Unfit(BEHAVIOURAL, Severity.WARNING, "says another part of the body"),
}


@check(
    id="CG409",
    version=1,
    title="Modifier that does not go with the service",
    category="telehealth",
    severity=Severity.ERROR,
    source=HCPCS_MODIFIERS,
    codes=BEHAVIOURAL,
    needs=Needs.MODIFIERS,
    reads=(),
    suggested_step="Ask what the modifier was meant to say, and remove or replace it.",
    provider_message=(
        "One modifier does not go with this kind of service. Please tell us what it was meant to say, or remove it."
    ),
    request_items=("explanation",),
)
def modifier_and_service(session: SessionFacts, context: Context) -> Iterator[Finding]:
    for line in session.service_lines:
        for modifier in dict.fromkeys(line.modifiers):
            unfit = _UNFIT.get(modifier)
            if unfit is None or line.code not in context.tables.codes(unfit.codes):
                continue
            yield modifier_and_service.finding(
                session,
                f"{line.code} carries {modifier}, which {unfit.why}.",
                evidence={"code": line.code, "modifier": modifier},
                line=line,
                severity=unfit.severity,
            )
