"""What of a session decides whether a check has anything to say: the values that ``reads`` of a check may name.

The billed lines (codes, modifiers, units, pointers, basis) are always among it and are not named. A test holds every
check to its word: where it stays silent, it has read nothing but what it names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Mapping
from operator import attrgetter

from clawguard.domain.checks.timing import line_times_stated, session_minutes
from clawguard.domain.codesets import CodeTables
from clawguard.domain.facts import ServiceLineFacts, SessionFacts

Key = Callable[[SessionFacts], Hashable]
# Where there are any of these, the check is asked every time.
SAME_VISIT = "same_visit"  # other sessions of the client with the provider that day
FACTS = "facts"  # stated facts beside the sessions

# Attributes of the session, by their own names.
PLAIN = frozenset(
    {
        "client_birth_date",
        "client_location",
        "client_present",
        "client_sex",
        "client_state",
        "contracted_rate",
        "date_of_service",
        "diagnoses",
        "documented",
        "group_size",
        "payer_id",
        "payer_kind",
        "payer_plan",
        "place_of_service",
        "provider_license",
        "telehealth",
    }
)
# Names worked out, and the attributes that a check may read through them.
WORKED_OUT: Mapping[str, frozenset[str]] = {
    "charges": frozenset({"line.charge"}),
    "minutes": frozenset({"start", "end", "minutes", "line.start", "line.end", "line.minutes"}),  # how long, not when
    "policy": frozenset({"payer_kind", "payer_id", "payer_plan", "date_of_service"}),  # the values, not whose or when
    "release": frozenset({"date_of_service"}),  # the ICD-10-CM release to judge by, and whether it is the one in force
    "year": frozenset({"date_of_service"}),
    SAME_VISIT: frozenset({"same_day"}),
    FACTS: frozenset({FACTS}),
}
NAMES = PLAIN | WORKED_OUT.keys()
# Facts that go well into one look-up: checks that read some of the same row are asked together. Each row has few
# combinations, or those that a session has anyway; one of all rows would hardly ever be met again.
TOGETHER = (
    frozenset({"client_location", "date_of_service", "payer_kind", "place_of_service", "policy", "telehealth"}),
    frozenset({"diagnoses", "payer_kind", "policy", "release"}),
    frozenset({"client_present", "documented", "group_size", "payer_kind", "policy", "provider_license"}),
)


def minutes(session: SessionFacts) -> Hashable:
    """The session's minutes; all its times where it states several, so that nothing of their relation is lost."""
    if line_times_stated(session) or (session.minutes is not None and session.start is not None):
        timed: tuple[SessionFacts | ServiceLineFacts, ...] = (session, *session.service_lines)
        return tuple([(_moment(each.start), _moment(each.end), each.minutes) for each in timed])
    return session_minutes(session)


def _moment(at: dt.datetime | None) -> float | None:
    return None if at is None else at.timestamp()


def _charges(session: SessionFacts) -> Hashable:
    return tuple([line.charge for line in session.service_lines])


def _year(session: SessionFacts) -> int:
    return session.date_of_service.year


_SIMPLE: Mapping[str, Key] = {"charges": _charges, "minutes": minutes, "year": _year}


def reader(names: frozenset[str], tables: CodeTables) -> Key:
    """A function from a session to what ``names`` say of it, as one value to look up by."""
    plain = sorted(names & PLAIN)
    parts: list[Key] = [attrgetter(*plain)] if plain else []
    parts += [read for name, read in _SIMPLE.items() if name in names]
    if "policy" in names and tables.policies.periods:
        parts.append(tables.policies.number_of)
    if "release" in names:
        parts.append(_release_reader(tables))
    if not parts:
        return _nothing
    return parts[0] if len(parts) == 1 else _joined(parts)


def _joined(parts: list[Key]) -> Key:
    """Read in one go; pairs, the usual case, without a loop."""
    if len(parts) == 2:
        one, other = parts
        return lambda session: (one(session), other(session))
    return lambda session: tuple([part(session) for part in parts])


def _nothing(_session: SessionFacts) -> Hashable:
    return None


def _release_reader(tables: CodeTables) -> Key:
    known: dict[dt.date, Hashable] = {}

    def release(session: SessionFacts) -> Hashable:
        day = session.date_of_service
        if day not in known:
            guide = tables.icd_nearest(day)
            known[day] = (None if guide is None else guide.name, tables.icd_release(day) is not None)
        return known[day]

    return release
