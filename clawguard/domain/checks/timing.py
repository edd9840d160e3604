"""Minutes and intervals of a session, as far as they are stated; nothing is guessed."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from clawguard.domain.codesets import CodeTables
from clawguard.domain.codesets.procedure_table import ProcedureTable
from clawguard.domain.facts import ServiceLineFacts, SessionFacts, duration_minutes

Span = tuple[float, float]

# Lines of these kinds take no time of their own from the session's clock.
_RIDERS = frozenset(
    {
        "interactive_complexity",
        "pharm_add_on",
        "screening",
        "crisis_add_on",
        "prolonged_em",
        "hbai_add_on",
        "testing_add_on",
        "non_face_to_face",
        "bhi_month",
        "cocm_month",
    }
)


def session_minutes(session: SessionFacts) -> int | None:
    """Whole minutes of the session; ``None`` when not stated or when it would end before it starts."""
    return _minutes(session.start, session.end, session.minutes)


def line_minutes(session: SessionFacts, line: ServiceLineFacts, tables: CodeTables) -> tuple[int | None, bool]:
    """Minutes of one service, and whether they are its own.

    ``False`` means: another service shares the session's clock, so the number is only the most it can have been.
    """
    own = _minutes(line.start, line.end, line.minutes)
    if own is not None:
        return own, True
    whole = _minutes(session.start, session.end, session.minutes)
    if len(session.service_lines) == 1:
        return whole, True
    others = (other for other in session.service_lines if other is not line)
    return whole, not any(_takes_time(other.code, tables) for other in others)


def own_minutes(line: ServiceLineFacts) -> int | None:
    """Minutes the line states of its own, by clock times or as a number."""
    return _minutes(line.start, line.end, line.minutes)


def shared_minutes(session: SessionFacts, codes: frozenset[str], tables: CodeTables) -> tuple[int | None, bool]:
    """Minutes of one service that is billed on several lines (a code and its add-on), and whether they are its own.

    ``False`` means the same as in ``line_minutes``: the number is only the most it can have been.
    """
    whole = _minutes(session.start, session.end, session.minutes)
    others = [line for line in session.service_lines if line.code not in codes and _takes_time(line.code, tables)]
    if whole is not None and not others:
        return whole, True
    stated = [own_minutes(line) for line in session.service_lines if line.code in codes]
    known = [minutes for minutes in stated if minutes is not None]
    if known and len(known) == len(stated):
        return sum(known), True
    return whole, False


def takes_time(line: ServiceLineFacts, tables: CodeTables) -> bool:
    """Whether a service needs minutes of the clock for itself, unlike an add-on that shares its main service's."""
    return _takes_time(line.code, tables)


def takes_time_of_clock(code: str, procedures: ProcedureTable) -> bool:
    """``takes_time`` of a code. One that is not in the table counts as if it did."""
    procedure = procedures.get(code)
    return procedure is None or procedure.kind not in _RIDERS


def clock_minutes(start: dt.datetime | None, end: dt.datetime | None) -> int | None:
    """Minutes between two moments with a begun minute counted whole: the most that can be stated truthfully."""
    span = _span(start, end)
    return None if span is None else -int(-(span[1] - span[0]) // 60)


def line_times_stated(session: SessionFacts) -> bool:
    """Whether any line states a time of its own."""
    for line in session.service_lines:
        if line.minutes is not None or line.start is not None or line.end is not None:
            return True
    return False


def _minutes(start: dt.datetime | None, end: dt.datetime | None, stated: int | None) -> int | None:
    if stated is not None:
        return stated if stated >= 0 else None
    if start is None or end is None:
        return None
    return _between(start, end, start.fold, end.fold)


@lru_cache(maxsize=65536)
def _between(start: dt.datetime, end: dt.datetime, start_fold: int, end_fold: int) -> int | None:
    """Cached, because several checks ask about the same session; on the folds see ``_seconds``."""
    minutes = duration_minutes(start, end, None)
    return None if minutes is None or minutes < 0 else minutes


def _takes_time(code: str, tables: CodeTables) -> bool:
    return takes_time_of_clock(code, tables.procedures)


def interval(session: SessionFacts) -> Span | None:
    """Start and end as seconds since the epoch; ``None`` unless both are known and in order.

    Where the start and a total are stated instead of the end, the session lasted at least that long.
    """
    if session.end is None and session.start is not None and session.minutes:
        begin = session.start.timestamp()
        return begin, begin + 60.0 * session.minutes
    return _span(session.start, session.end)


def clock_interval(session: SessionFacts) -> Span | None:
    """The same from clock times alone: a total without its breaks does not tell when it ended."""
    return _span(session.start, session.end)


def line_interval(session: SessionFacts, line: ServiceLineFacts) -> Span | None:
    """The service's own interval; the session's where the line states none and is the only one."""
    if line.start is not None and line.end is not None:
        return _span(line.start, line.end)
    return interval(session) if len(session.service_lines) == 1 else None


def _span(start: dt.datetime | None, end: dt.datetime | None) -> Span | None:
    if start is None or end is None:
        return None
    return _seconds(start, end, start.fold, end.fold)


@lru_cache(maxsize=65536)
def _seconds(start: dt.datetime, end: dt.datetime, start_fold: int, end_fold: int) -> Span | None:
    """Cached, because a session is compared with every neighbour of its day. The folds are part of the key: two
    moments that differ only in them compare equal and are an hour apart."""
    begin, finish = start.timestamp(), end.timestamp()
    return (begin, finish) if begin < finish else None


def overlap_minutes(one: Span, other: Span) -> float:
    """Shared minutes of two half-open intervals: touching ends share nothing."""
    return max(0.0, min(one[1], other[1]) - max(one[0], other[0])) / 60


def as_evidence(moment: dt.datetime) -> str:
    """A moment as findings keep it: in UTC, so that it reads the same however the session stated its offset."""
    return moment.astimezone(dt.UTC).isoformat()


def whole_minutes(minutes: float) -> str:
    """Shared time as the beginning of a sentence."""
    whole = int(minutes)
    if whole == 0:
        return "Less than a minute is"
    return f"{whole} {'minute is' if whole == 1 else 'minutes are'}"
