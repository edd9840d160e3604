"""A modifier that was not valid on the date of service, or that is not known here.

Source: X12 claim adjustment reason 182, the modifier was invalid on the date of service. CMS (HCPCS Level II) and, of
modifiers in digits, the AMA say from when to when: 95 began with 2017, 93 and FQ with 2022. An unknown one may still be
valid, so it is only mentioned.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import ZERO, Finding, Party, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import MODIFIER_DATES
from clawguard.domain.codesets.modifiers import Modifier
from clawguard.domain.facts import ServiceLineFacts, SessionFacts

_UNKNOWN_STEP = "Check that the modifier is meant; if it is valid, add it to the table of modifiers."
_UNKNOWN_TO_PROVIDER = "One modifier is not among those we know. Please check that it is the one you meant."


@check(
    id="CG414",
    version=1,
    title="Modifier not valid on the date",
    category="telehealth",
    severity=Severity.ERROR,
    source=MODIFIER_DATES,
    party=Party.OPEN,  # the network's, if it builds the claim
    needs=Needs.MODIFIERS,
    reads=("date_of_service",),
    suggested_step="Choose the modifier that was valid that day, or remove it.",
    provider_message="One modifier was not valid on the date of the session. Please choose one that was, or remove it.",
)
def modifier_not_valid(session: SessionFacts, context: Context) -> Iterator[Finding]:
    day = session.date_of_service
    for line in session.service_lines:
        for code in dict.fromkeys(line.modifiers):
            known = context.tables.modifiers.get(code)
            if known is None:
                yield _unknown(session, line, code, context)
            elif not known.valid_on(day):
                yield _outside(session, line, known, context)


def _unknown(session: SessionFacts, line: ServiceLineFacts, code: str, context: Context) -> Finding:
    return modifier_not_valid.finding(
        session,
        f"{line.code} carries {code}, which is not among the modifiers known here.",
        evidence={"code": line.code, "modifier": code, "table": context.tables.modifiers.name},
        line=line,
        severity=Severity.INFO,
        at_risk=ZERO,
        step=_UNKNOWN_STEP,
        tell_provider=_UNKNOWN_TO_PROVIDER,
    )


def _outside(session: SessionFacts, line: ServiceLineFacts, modifier: Modifier, context: Context) -> Finding:
    day = session.date_of_service
    ended = modifier.last_day is not None and day > modifier.last_day
    edge = modifier.last_day if ended else modifier.first_day
    shown = edge.isoformat() if edge else ""
    return modifier_not_valid.finding(
        session,
        f"{line.code} carries {modifier.code}, which {'ended on' if ended else 'begins on'} {shown}; "
        f"the session was on {day.isoformat()}.",
        evidence={
            "code": line.code,
            "modifier": modifier.code,
            "date_of_service": day.isoformat(),
            "last_day" if ended else "first_day": shown,
            "table": context.tables.modifiers.name,
        },
        line=line,
    )
