"""One provider is billed for more hours in a day than is plausible.

Source: HHS OIG review A-05-01-00068, which looked at days of twelve hours and more. Shared time counts once, so groups
and overlaps do not add up; the thresholds are starting values.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import ZERO, Finding, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import LONG_DAYS
from clawguard.domain.checks.timing import interval
from clawguard.domain.facts import SessionFacts


@check(
    id="CG604",
    version=1,
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
    spans = [span for span in map(interval, (session, *day)) if span is not None]
    if sum(end - begin for begin, end in spans) <= rules.long_day_minutes * 60:
        return  # the common day: even without shared time it is not long
    minutes = _covered_minutes(sorted(spans))
    if minutes <= rules.long_day_minutes:
        return
    yield hours_in_a_day.finding(
        session,
        f"{minutes // 60} h {minutes % 60} min with clients on {session.date_of_service.isoformat()}, "
        f"in {len(spans)} sessions.",
        evidence={"minutes": minutes, "sessions": len(spans), "usual_maximum": rules.long_day_minutes},
        at_risk=ZERO,  # a pattern of the day; no single session carries it
        severity=Severity.ERROR if minutes > rules.very_long_day_minutes else None,
        related=tuple(other.external_id for other in day),
    )


def _covered_minutes(spans: list[tuple[float, float]]) -> int:
    """Minutes covered by at least one of the sorted intervals."""
    covered, reached = 0.0, float("-inf")
    for begin, end in spans:
        covered += max(0.0, end - max(begin, reached))
        reached = max(reached, end)
    return int(covered // 60)
