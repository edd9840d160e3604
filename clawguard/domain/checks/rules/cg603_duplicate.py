"""The same service is billed twice.

Source: X12 claim adjustment reason 18 (exact duplicate). Same client, provider, date and code without a modifier that
says it was repeated. Who created both decides whose error it is.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.neighbours import at_another_time, same_visit_day
from clawguard.domain.checks.pairing import said_apart
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import DUPLICATES
from clawguard.domain.codesets.groups import ABA
from clawguard.domain.codesets.modifiers import ModifierTable
from clawguard.domain.facts import SessionFacts


@check(
    id="CG603",
    version=2,
    title="Same service billed twice",
    category="patterns",
    scope="same day",
    severity=Severity.ERROR,
    source=DUPLICATES,
    party=Party.OPEN,  # provider or network, depending on who created both
    needs=Needs.COMPANY,
    suggested_step="Find out who created both entries; withdraw one, or mark the second as a repeat.",
    provider_message=(
        "This service is on record twice for the day. If it took place once, withdraw one entry; if twice, tell us so."
    ),
    request_items=("explanation",),
)
def duplicate(session: SessionFacts, context: Context) -> Iterator[Finding]:
    modifiers = context.tables.modifiers
    if len(session.service_lines) > 1:
        yield from _within(session, modifiers)
    if not context.same_day:
        return
    for other in same_visit_day(session, context):
        apart = at_another_time(session, other)
        for line in session.service_lines:
            twin = next((each for each in other.service_lines if each.code == line.code), None)
            if twin is None or said_apart(line, twin, modifiers) or (apart and line.code in context.tables.codes(ABA)):
                continue
            yield duplicate.finding(
                session,
                f"{line.code} is also billed by another session of this client and provider on the same day"
                f"{', at another time' if apart else ''}.",
                evidence={"code": line.code, "other_session": other.external_id, "at_another_time": apart},
                line=line,
                severity=Severity.WARNING if apart else None,
                related=(other.external_id,),
            )


def _within(session: SessionFacts, modifiers: ModifierTable) -> Iterator[Finding]:
    seen: dict[tuple[object, ...], int] = {}
    for line in session.service_lines:
        key = (line.code, tuple(sorted(line.modifiers)), line.start, line.end)
        if key in seen and not said_apart(line, line, modifiers):
            yield duplicate.finding(
                session,
                f"{line.code} stands on line {seen[key]} and again on line {line.number}.",
                evidence={"code": line.code, "lines": [seen[key], line.number]},
                line=line,
            )
        seen.setdefault(key, line.number)
