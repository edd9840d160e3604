"""Examples on the pages of the patterns: the sessions of an invented provider around one month, to trip or to pass.

A fragment is JSON:

- ``sessions``: runs of sessions, see below; what is not stated is one session of 90834 at ten in the morning
- ``peers``: ``{"providers": 5, "long": 40, "sessions": 100}``, so many others with these numbers each
- ``plans``: ``[{"client": "C-1", "sessions": 1, "per": "week"}]``, the frequency that a treatment plan states
- ``policy``: changed values of the network's policy
- ``holidays``: dates, such as ``["2026-03-16"]``
- ``about``: one sentence for the reader

A run: ``on`` (its first day), ``days`` (how many, 1), ``every`` (days from one to the next, 1), ``sessions`` of each
day (1), ``code``, ``minutes``, ``time`` of the first one on the practice's clock, ``gap`` in minutes between two (10),
``together`` (all at one time, as the rows of a group are), ``client`` (all with this one), ``payer_kind``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from clawguard.domain.codesets import Policy
from clawguard.domain.patterns.days import DayFacts, Visit, day_facts
from clawguard.domain.patterns.period import Peers, Period, Plan
from clawguard.domain.patterns.registry import PATTERNS, PatternFinding, look

MONTH = dt.date(2026, 3, 1)  # the month every example is looked at in; 2 March is a Monday
RUN: Mapping[str, Any] = {
    "on": "2026-03-02",
    "days": 1,
    "every": 1,
    "sessions": 1,
    "code": "90834",
    "minutes": 45,
    "time": "10:00",
    "gap": 10,
    "together": False,
    "client": "",
    "payer_kind": "commercial",
}
FIELDS = frozenset({"about", "sessions", "peers", "plans", "policy", "holidays"})


class PatternExampleError(ValueError):
    """The fragment names something that no example has."""


@dataclass(frozen=True, slots=True)
class PatternExample:
    about: str
    period: Period

    def findings(self, pattern_id: str) -> tuple[PatternFinding, ...]:
        """What one pattern says of it, asked through the registry as in production."""
        found = look(self.period, among_peers=PATTERNS[pattern_id].among_peers)
        return tuple(each for each in found if each.pattern == pattern_id)


def read_month(fragment: Mapping[str, Any], policy: Policy) -> PatternExample:
    """The example of a fragment under a policy. Raises PatternExampleError."""
    _require_known(fragment, FIELDS)
    visits: dict[dt.date, list[Visit]] = {}
    runs: Sequence[Mapping[str, Any]] = fragment.get("sessions") or [{}]
    for run in runs:
        for day, visit in _visits(run):
            visits.setdefault(day, []).append(visit)
    days: tuple[DayFacts, ...] = tuple(day_facts(day, visits[day]) for day in sorted(visits))
    period = Period(
        MONTH,
        days,
        replace(policy, **fragment.get("policy") or {}),
        frozenset(map(dt.date.fromisoformat, fragment.get("holidays") or ())),
        _plans(fragment.get("plans") or []),
        _peers(fragment.get("peers")),
    )
    return PatternExample(str(fragment.get("about", "")), period)


def run_in_words(run: Mapping[str, Any]) -> str:
    """``3 of 90834 a day, 45 minutes from 10:00, on 9 days from 2026-01-07, every 7 days, with client C-1``."""
    said = {**RUN, **run}
    many, days = said["sessions"] > 1, said["days"] > 1
    parts = [f"{said['sessions']} of {said['code']}{' a day' if days else ''}"]
    begins = "at" if said["together"] or not many else "from"
    parts.append(f"{said['minutes']} minutes {begins} {said['time']}")
    if many:
        parts.append("together" if said["together"] else f"{said['gap']} minutes between two")
    parts.append(f"on {said['days']} days from {said['on']}" if days else f"on {said['on']}")
    if days and said["every"] > 1:
        parts.append(f"every {said['every']} days")
    if said["client"]:
        parts.append(f"with client {said['client']}")
    return ", ".join(parts)


def _require_known(given: Mapping[str, Any], known: frozenset[str]) -> None:
    unknown = sorted(given.keys() - known)
    if unknown:
        raise PatternExampleError(f"no example has: {', '.join(unknown)}")


def _visits(run: Mapping[str, Any]) -> Iterator[tuple[dt.date, Visit]]:
    _require_known(run, frozenset(RUN))
    said = {**RUN, **run}
    first, at = dt.date.fromisoformat(said["on"]), dt.time.fromisoformat(said["time"])
    step = 0 if said["together"] else said["minutes"] + said["gap"]
    for number in range(said["days"]):
        day = first + dt.timedelta(days=number * said["every"])
        midnight = dt.datetime.combine(day, dt.time(), dt.UTC)
        for place in range(said["sessions"]):
            begin = midnight + dt.timedelta(hours=at.hour, minutes=at.minute + place * step)
            end = begin + dt.timedelta(minutes=said["minutes"])
            client = said["client"] or f"client {place} of {day}"
            codes = (said["code"],)
            moments = (begin.timestamp(), end.timestamp())
            yield day, Visit(client, said["payer_kind"], "LCSW", codes, said["minutes"], *moments, begin.hour)


def _plans(stated: Sequence[Mapping[str, Any]]) -> dict[str, tuple[Plan, ...]]:
    found: dict[str, tuple[Plan, ...]] = {}
    for each in stated:
        plan = Plan(each["sessions"], each["per"], None, None)
        found[each["client"]] = (*found.get(each["client"], ()), plan)
    return found


def _peers(stated: Mapping[str, int] | None) -> Peers:
    if stated is None:
        return Peers({}, ())
    count, long, whole = stated["providers"], stated["long"], stated["sessions"]
    return Peers({"commercial": (count * long, count * whole)}, ((long, whole),) * count)
