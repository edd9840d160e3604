"""Choosing, among neighbouring sessions, those a check is about."""

from __future__ import annotations

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.timing import interval, takes_time
from clawguard.domain.codesets.groups import CALLS
from clawguard.domain.facts import ServiceLineFacts, SessionFacts


def same_visit_day(session: SessionFacts, context: Context) -> list[SessionFacts]:
    """Other sessions of the same client with the same provider on the same date of service."""
    if not context.same_day:
        return []
    day, npi, client = session.date_of_service, session.provider_npi, session.client_key
    return [
        other
        for other in context.same_day
        if other.provider_npi == npi
        and other.client_key == client
        and other.date_of_service == day
        and other.external_id != session.external_id
    ]


def day_lines(session: SessionFacts, context: Context) -> Iterator[tuple[SessionFacts, ServiceLineFacts]]:
    """All lines of that client, provider and day: the session's own first."""
    for line in session.service_lines:
        yield session, line
    for other in same_visit_day(session, context):
        for line in other.service_lines:
            yield other, line


def at_another_time(one: SessionFacts, other: SessionFacts) -> bool:
    """Whether both state their times and the times share nothing."""
    first, second = interval(one), interval(other)
    return first is not None and second is not None and (first[1] <= second[0] or second[1] <= first[0])


def at_once(session: SessionFacts, context: Context) -> tuple[SessionFacts, ...]:
    """Those of the day whose stated times overlap with the session's. Half-open: touching ends share nothing."""
    if context.at_once is not None:
        return context.at_once
    mine = interval(session)
    if mine is None:
        return ()
    begin, end = mine
    spans = [(other, interval(other)) for other in context.same_day]
    return tuple([other for other, span in spans if span is not None and span[0] < end and begin < span[1]])


def is_visit(line: ServiceLineFacts, context: Context) -> bool:
    """Whether a known service with the client, and no call."""
    procedure = context.tables.procedure(line.code)
    return (
        procedure is not None
        and line.code not in context.tables.codes(CALLS)
        and procedure.client == "in"
        and takes_time(line, context.tables)
    )
