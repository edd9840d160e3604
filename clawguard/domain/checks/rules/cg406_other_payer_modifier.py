"""A modifier says that somebody else than this payer pays, or that the payer should refuse.

Source: CMS HCPCS Level II modifiers: HJ names an employee assistance programme, HU to HZ public funders, GY and GZ
services that are excluded or expected to be denied.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import HCPCS_MODIFIERS
from clawguard.domain.facts import SessionFacts

_INSURERS = ("commercial", "medicare", "tricare")
_FUNDERS = {
    "HU": "a child-welfare agency",
    "HV": "a state addictions agency",
    "HW": "a state mental-health agency",
    "HX": "a county agency",
    "HY": "a juvenile-justice agency",
    "HZ": "a criminal-justice agency",
}
_REFUSED = {"GY": "excluded from coverage", "GZ": "expected to be denied"}


@check(
    id="CG406",
    version=1,
    title="Modifier names another payer or a denial",
    category="telehealth",
    severity=Severity.WARNING,
    source=HCPCS_MODIFIERS,
    party=Party.OPEN,
    needs=Needs.MODIFIERS,
    reads=("payer_kind",),
    suggested_step="Confirm who pays for this session, and correct the modifier or the payer.",
    provider_message="One modifier says that someone else pays for this session. Please confirm who does.",
    request_items=("explanation",),
)
def other_payer_modifier(session: SessionFacts, context: Context) -> Iterator[Finding]:
    for line in session.service_lines:
        for modifier in line.modifiers:
            severity, meaning = None, None
            if modifier == "HJ" and session.payer_kind not in ("eap", "self_pay"):
                severity, meaning = Severity.ERROR, "an employee assistance program pays"
            elif modifier in _FUNDERS and session.payer_kind in _INSURERS:
                meaning = f"{_FUNDERS[modifier]} pays"
            elif modifier in _REFUSED and session.payer_kind != "self_pay":
                meaning = f"the service is {_REFUSED[modifier]}"
            if meaning:
                yield other_payer_modifier.finding(
                    session,
                    f"{line.code} carries {modifier}, which says that {meaning}.",
                    evidence={"code": line.code, "modifier": modifier, "payer_kind": session.payer_kind},
                    line=line,
                    severity=severity,
                )
