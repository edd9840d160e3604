"""A phone call is billed for the day of a visit.

Source: the definition of the phone codes (98966 to 98968, before 2025 also 99441 to 99443) and of the short check-in: a
call about a visit of the days before, or that leads to one within 24 hours, is part of it. Whether it was about the
visit, only the note tells. Pairs that the payer or the federal pair table rules on are told by CG202 and CG203.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.neighbours import day_lines, is_visit
from clawguard.domain.checks.pairing import rule_of
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import PHONE_CODES
from clawguard.domain.codesets.groups import CALLS
from clawguard.domain.facts import SessionFacts


@check(
    id="CG212",
    version=1,
    title="Phone call on the day of a visit",
    category="pairs",
    scope="same day",
    severity=Severity.WARNING,
    source=PHONE_CODES,
    needs=Needs.COMPANY,
    suggested_step="Ask what the call was about; a call about the visit of that day is part of it.",
    provider_message=(
        "A call and a visit with this client are on record for one day, and a call about the visit is part of it. "
        "Please tell us what the call was about, or send the note."
    ),
    request_items=("progress_note", "explanation"),
)
def call_on_visit_day(session: SessionFacts, context: Context) -> Iterator[Finding]:
    known_calls = context.tables.codes(CALLS)
    if session.codes.isdisjoint(known_calls) and not context.same_day:
        return
    lines = list(day_lines(session, context))
    calls = [(owner, line) for owner, line in lines if line.code in known_calls]
    visits = [(owner, line) for owner, line in lines if is_visit(line, context)] if calls else []
    for owner, call in calls:
        met = [
            (other, visit)
            for other, visit in visits
            if session in (owner, other)
            and rule_of(call.code, visit.code, session, context.tables, context.policy(session)) is None
        ]
        if met:
            other, visit = met[0]
            yield call_on_visit_day.finding(
                session,
                f"{call.code} is billed for the day of a visit ({visit.code}); a call about the visit is part of it.",
                evidence={"code": call.code, "visit": visit.code},
                line=call if owner is session else visit,
                related=tuple(each.external_id for each in (owner, other) if each is not session),
            )
