"""A phone call is billed for the day of a visit.

Source: the definition of the phone codes (98966 to 98968, before 2025 also 99441 to 99443) and of the short check-in: a
call about a visit of the days before, or that leads to one within 24 hours, is part of it. Whether it was about the
visit, only the note tells. Pairs that the payer or the federal pair table rules on are told by CG202 and CG203.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.neighbours import day_lines, is_visit
from clawguard.domain.checks.pairing import Billed, rule_of
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import PHONE_CODES
from clawguard.domain.codesets.groups import CALLS
from clawguard.domain.facts import ServiceLineFacts, SessionFacts


@check(
    id="CG212",
    version=2,
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
    for (code, visited, line), owners in _met(session, calls, visits, context).items():
        yield call_on_visit_day.finding(
            session,
            f"{code} is billed for the day of a visit ({visited}); a call about the visit is part of it.",
            evidence={"code": code, "visit": visited},
            line=line,
            related=tuple(dict.fromkeys(each.external_id for each in owners if each is not session)),
        )


_Met = tuple[str, str, ServiceLineFacts]  # code of the call, code of the first visit it meets, line of the session


def _met(
    session: SessionFacts, calls: list[Billed], visits: list[Billed], context: Context
) -> dict[_Met, list[SessionFacts]]:
    """Calls beside visits, one of the two of this session, with all sessions they are of: whichever came last names the
    same sessions."""
    found: dict[_Met, list[SessionFacts]] = {}
    for owner, call in calls:
        met = [
            (other, visit)
            for other, visit in visits
            if session in (owner, other)
            and rule_of(call.code, visit.code, session, context.tables, context.policy(session)) is None
        ]
        if met:
            visit = met[0][1]
            key = call.code, visit.code, call if owner is session else visit
            found.setdefault(key, []).extend([owner, *(other for other, _ in met)])
    return found
