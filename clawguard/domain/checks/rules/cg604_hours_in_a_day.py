"""One provider is billed for more hours in a day than is plausible.

Source: HHS OIG review A-05-01-00068, which looked at days of twelve hours and more. Shared time counts once, so groups
and overlaps do not add up. A total without clock times is added whole; of groups and programmes without them only the
longest, because they may have been one. The thresholds are starting values.
"""

from collections.abc import Iterable, Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import ZERO, Finding, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import LONG_DAYS
from clawguard.domain.checks.timing import Span, interval, session_minutes, takes_time
from clawguard.domain.codesets import CodeTables
from clawguard.domain.codesets.procedure_table import in_setting
from clawguard.domain.facts import SessionFacts

_SHARED = in_setting("group", "program")
_OTHER_DAYS = ("month", "total")  # what its minutes are: a month's, or all work on it, whenever it was done


@check(
    id="CG604",
    version=2,
    title="Very long working day",
    category="patterns",
    scope="same day",
    severity=Severity.WARNING,
    source=LONG_DAYS,
    needs=Needs.NEIGHBOURS,
    suggested_step="Compare the day with the provider's calendar and other days before asking anything.",
    provider_message="The sessions of this day add up to an unusually long day. Please check that all times are right.",
    request_items=("start_stop_times",),
)
def hours_in_a_day(session: SessionFacts, context: Context) -> Iterator[Finding]:
    rules = context.policy(session)
    if context.provider_seconds is not None and context.provider_seconds <= rules.long_day_minutes * 60:
        return
    day = [
        other
        for other in context.same_day
        if other.provider_npi == session.provider_npi and other.date_of_service == session.date_of_service
    ]
    spans, totals = _times((session, *day), context.tables)
    if sum(end - begin for begin, end in spans) + 60 * sum(totals) <= rules.long_day_minutes * 60:
        return  # the common day: even without shared time it is not long
    minutes = _covered_minutes(sorted(spans)) + sum(totals)
    if minutes <= rules.long_day_minutes:
        return
    yield hours_in_a_day.finding(
        session,
        f"{minutes // 60} h {minutes % 60} min with clients on {session.date_of_service.isoformat()}, "
        f"in {len(spans) + len(totals)} sessions.",
        evidence={"minutes": minutes, "sessions": len(spans) + len(totals), "usual_maximum": rules.long_day_minutes},
        at_risk=ZERO,  # a pattern of the day; no single session carries it
        severity=Severity.ERROR if minutes > rules.very_long_day_minutes else None,
        related=tuple(other.external_id for other in day),
    )


def _times(sessions: Iterable[SessionFacts], tables: CodeTables) -> tuple[list[Span], list[int]]:
    """The intervals of a day's sessions, and the totals of those that state no clock times."""
    spans, totals, shared = list[Span](), list[int](), list[int]()
    for session in sessions:
        span = interval(session)
        if span is not None:
            spans.append(span)
        elif (minutes := session_minutes(session)) and _on_the_day(session, tables):
            (totals if session.codes.isdisjoint(tables.codes(_SHARED)) else shared).append(minutes)
    return spans, totals + sorted(shared)[-1:]


def _on_the_day(session: SessionFacts, tables: CodeTables) -> bool:
    for line in session.service_lines:
        procedure = tables.procedure(line.code)
        if takes_time(line, tables) and (procedure is None or procedure.basis not in _OTHER_DAYS):
            return True
    return False


def _covered_minutes(spans: list[Span]) -> int:
    """Minutes covered by at least one of the sorted intervals."""
    covered, reached = 0.0, float("-inf")
    for begin, end in spans:
        covered += max(0.0, end - max(begin, reached))
        reached = max(reached, end)
    return int(covered // 60)
