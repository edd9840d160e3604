"""How often a payer accepts a service, and how often it was billed for a client.

Only sessions that are known count, so a number may be too low and is never too high. Records of one provider and day
are one session, unless their stated times share nothing: a visit may come in parts, or be billed twice by mistake.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.timing import interval
from clawguard.domain.codesets import Policy
from clawguard.domain.codesets.policy_choices import GroupNumbers
from clawguard.domain.facts import ServiceLineFacts, SessionFacts

DAY, WEEK, MONTH, YEAR = "day", "week", "month", "year"
_REACH = {DAY: 0, WEEK: 6, MONTH: 30, YEAR: 365}  # days from the last day of a period back to its first
_MOST_NAMED = 4  # codes that a sentence names one by one


class Limit(NamedTuple):
    """``most`` sessions with any of ``codes`` in a period: a day, a week, a calendar month or a calendar year."""

    period: str
    codes: frozenset[str]
    most: int

    @property
    def words(self) -> str:
        """The codes, for a sentence."""
        named = sorted(self.codes)
        if len(named) > _MOST_NAMED:
            return f"{len(named)} codes that count together"
        return " or ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


class Billed(NamedTuple):
    """The sessions of a period up to the one in question, itself among them."""

    first_day: dt.date
    sessions: int
    others: tuple[SessionFacts, ...]  # in order


def accepted(policy: Policy) -> Iterator[Limit]:
    """Every limit of a policy, the longest period first."""
    yield from _limits(YEAR, policy.most_sessions_a_year)
    yield from _limits(MONTH, policy.most_sessions_a_month)
    yield from _limits(WEEK, policy.most_sessions_a_week)
    yield from _limits(DAY, policy.most_sessions_a_day)


def without_authorization(policy: Policy) -> Iterator[Limit]:
    """How many sessions of a year need no authorization."""
    yield from _limits(YEAR, policy.authorization_after_sessions)


def _limits(period: str, given: GroupNumbers) -> Iterator[Limit]:
    return (Limit(period, frozenset(codes), most) for codes, most in given)


def concern(session: SessionFacts, limits: Iterable[Limit]) -> bool:
    """Whether the session bills a code of any of them."""
    return any(not limit.codes.isdisjoint(session.codes) for limit in limits)


def reach(limits: Iterable[Limit]) -> int:
    """How many days before a session can be of its periods."""
    return max((_REACH[limit.period] for limit in limits), default=0)


def codes_of(limits: Iterable[Limit]) -> frozenset[str]:
    return frozenset().union(*(limit.codes for limit in limits))


def line_of(session: SessionFacts, limit: Limit) -> ServiceLineFacts | None:
    """The first line that counts."""
    return next((line for line in session.service_lines if line.code in limit.codes), None)


def billed(session: SessionFacts, context: Context, limit: Limit) -> Billed:
    """Sessions of the client with the same payer and, as far as it is stated, the same plan; with any provider."""
    first = _first_day(session.date_of_service, limit.period, sunday=context.policy(session).week_begins_on_sunday)
    others = [other for other in _until(session, context, first) if _counts(other, session, limit)]
    days: dict[tuple[dt.date, str], list[SessionFacts]] = {}
    for each in (*others, session):
        days.setdefault((each.date_of_service, each.provider_npi), []).append(each)
    others.sort(key=lambda other: (other.date_of_service, other.external_id))
    return Billed(first, sum(map(_visits, days.values())), tuple(others))


def _until(session: SessionFacts, context: Context, first: dt.date) -> Iterator[SessionFacts]:
    day = session.date_of_service
    for other in context.history:
        if first <= other.date_of_service < day:
            yield other
    for other in context.same_day:
        if other.date_of_service == day and other.external_id != session.external_id:
            yield other


def _counts(other: SessionFacts, session: SessionFacts, limit: Limit) -> bool:
    plans = {other.payer_plan, session.payer_plan} - {None, ""}
    return (
        other.client_key == session.client_key
        and other.payer_id == session.payer_id
        and len(plans) < 2
        and not limit.codes.isdisjoint(other.codes)
    )


def _visits(records: list[SessionFacts]) -> int:
    spans = sorted(span for span in map(interval, records) if span is not None)
    visits, end = 0, float("-inf")
    for begin, finish in spans:
        visits += begin >= end
        end = max(end, finish)
    return max(1, visits)


def _first_day(day: dt.date, period: str, *, sunday: bool) -> dt.date:
    if period == WEEK:
        return day - dt.timedelta(days=(day.weekday() + 1) % 7 if sunday else day.weekday())
    if period == MONTH:
        return day.replace(day=1)
    return day.replace(month=1, day=1) if period == YEAR else day
