"""What of a session decides whether a check has anything to say: the values that ``reads`` of a check may name.

The billed lines (codes, modifiers, units, pointers, basis) are always among it and are not named. A test holds every
check to its word: where it stays silent, it has read nothing but what it names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Mapping
from operator import attrgetter

from clawguard.domain.checks.timing import line_times_stated, session_minutes
from clawguard.domain.codesets import CodeTables, Policy
from clawguard.domain.facts import SessionFacts

Key = Callable[[SessionFacts], Hashable]
SAME_VISIT = (
    "same_visit"  # other sessions of the client with the provider that day: asked every time where there are any
)

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
    "minutes": frozenset({"start", "end", "minutes"}),  # whole minutes of the session and of each line, not when
    "policy": frozenset({"payer_kind", "payer_id", "payer_plan", "date_of_service"}),  # the values, not whose or when
    "release": frozenset({"date_of_service"}),  # the ICD-10-CM release to judge by, and whether it is the one in force
    SAME_VISIT: frozenset({"provider_npi", "client_key", "date_of_service", "external_id"}),
}
NAMES = PLAIN | WORKED_OUT.keys()


def minutes(session: SessionFacts) -> Hashable:
    """The session's minutes, with those of its lines where any states its own."""
    whole = session_minutes(session)
    own = line_times_stated(session)
    return (whole, own) if own else whole


def reader(names: frozenset[str], tables: CodeTables) -> Key:
    """A function from a session to what ``names`` say of it, as one value to look up by."""
    plain = sorted(names & PLAIN)
    parts: list[Key] = [attrgetter(*plain)] if plain else []
    if "minutes" in names:
        parts.append(minutes)
    if "policy" in names and tables.policies.periods:
        parts.append(_policy_reader(tables))
    if "release" in names:
        parts.append(_release_reader(tables))
    if not parts:
        return _nothing
    if len(parts) == 1:
        return parts[0]
    return lambda session: tuple([part(session) for part in parts])


def _nothing(_session: SessionFacts) -> Hashable:
    return None


def _policy_reader(tables: CodeTables) -> Key:
    of, numbers = tables.policies.of, dict[Policy, int]()
    return lambda session: numbers.setdefault(of(session), len(numbers))


def _release_reader(tables: CodeTables) -> Key:
    known: dict[dt.date, Hashable] = {}

    def release(session: SessionFacts) -> Hashable:
        day = session.date_of_service
        if day not in known:
            guide = tables.icd_nearest(day)
            known[day] = (None if guide is None else guide.name, tables.icd_release(day) is not None)
        return known[day]

    return release
