"""The service is not taken by telehealth, or not by phone, on this date by this payer.

Source: CMS list of telehealth services: several families as a group (90849) are on Medicare's list since 2026, services
without an own code (90899) are not. What a payer takes by phone is a value of its policy; without it nothing is said.
"""

import datetime as dt
from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import MEDICARE_TELEHEALTH_LIST
from clawguard.domain.checks.telehealth import REMOTE, way_of
from clawguard.domain.codesets.groups import BEHAVIOURAL, OFFICE_VISIT
from clawguard.domain.codesets.procedure_table import of_kind
from clawguard.domain.facts import SessionFacts

_MEETINGS = BEHAVIOURAL | OFFICE_VISIT | of_kind("hbai", "hbai_add_on", "testing", "testing_add_on", "aba")
# Medicare: the first day on its list; None: not on it.
_LISTED_FROM: dict[str, dt.date | None] = {"90849": dt.date(2026, 1, 1), "90899": None}


@check(
    id="CG412",
    version=2,
    title="Service not taken by telehealth",
    category="telehealth",
    severity=Severity.ERROR,
    source=MEDICARE_TELEHEALTH_LIST,
    party=Party.OPEN,
    codes=_MEETINGS | frozenset(_LISTED_FROM),
    reads=("date_of_service", "payer_kind", "policy", "telehealth"),
    suggested_step="Confirm how the session took place; if it was remote, the payer does not take this code that way.",
    provider_message="This payer does not take this service by video or phone. Please confirm how it took place.",
    request_items=("explanation",),
)
def not_by_telehealth(session: SessionFacts, context: Context) -> Iterator[Finding]:
    policy = context.policy(session)
    if session.payer_kind != "medicare" and policy.audio_codes is None:
        return
    for line in session.service_lines:
        way = way_of(session, line, context.tables.modifiers)
        problem = _problem(session, line.code, way, context) if way in REMOTE else None
        if problem:
            yield not_by_telehealth.finding(
                session,
                problem,
                evidence={
                    "code": line.code,
                    "telehealth": way,
                    "date_of_service": session.date_of_service.isoformat(),
                },
                line=line,
            )


def _problem(session: SessionFacts, code: str, way: str | None, context: Context) -> str | None:
    if session.payer_kind == "medicare" and code in _LISTED_FROM:
        first = _LISTED_FROM[code]
        if first is None:
            return f"{code} is not on Medicare's list of telehealth services."
        if session.date_of_service < first:
            return f"{code} is on Medicare's list of telehealth services since {first.isoformat()}."
    policy = context.policy(session)
    by_phone = way == "audio" and code in context.tables.codes(_MEETINGS)
    if by_phone and policy.audio_codes is not None and code not in policy.audio_codes:
        return f"{code} was by phone; this payer does not take it by phone."
    return None
