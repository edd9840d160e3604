"""Two general rule engines beside our checks: the same twenty questions about the same sessions, answers compared.

The engines get what they cannot look up (minutes, whether a diagnosis is known) worked out beforehand and not timed;
our checks look it up themselves. Ours run all checks that are registered, theirs the twenty. They are measured where
the packages for tests are installed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo

from clawguard.bench.checks import demo_facts
from clawguard.bench.figures import Figure, timed
from clawguard.clock import now as read_clock
from clawguard.domain.checks import Context, screen
from clawguard.domain.checks.diagnosing import guide
from clawguard.domain.checks.timing import session_minutes
from clawguard.domain.codesets import CodeTables
from clawguard.domain.codesets.diagnoses import BILLABLE
from clawguard.domain.facts import SessionFacts
from sessions.services import tables

ROUNDS = 3
Told = frozenset[str]

# The check and its question, in the words that both engines understand. Minutes are -1 where they are not stated.
RULES: Mapping[str, str] = {
    "CG101": 'minutes >= 0 and (("90837" in codes and minutes < 53) or ("90834" in codes and minutes < 38)'
    ' or ("90832" in codes and minutes < 16) or ("90847" in codes and minutes < 26))',
    "CG102": 'lines == 1 and (("90834" in codes and minutes > 52) or ("90832" in codes and minutes > 37))',
    "CG103": 'minutes < 0 and ("90837" in codes or "90834" in codes or "90832" in codes or "90847" in codes)',
    "CG104": 'minutes >= 0 and minutes < 16 and ("90837" in codes or "90834" in codes or "90832" in codes)',
    "CG105": 'minutes >= 0 and minutes < 16 and ("90791" in codes or "90792" in codes)',
    "CG107": 'lines == 1 and "90837" in codes and minutes > 90',
    "CG201": 'lines == 1 and "90785" in codes',
    "CG202": '"90837" in codes and "90834" in codes',
    "CG203": '"90847" in codes and ("90837" in codes or "90834" in codes or "90832" in codes)',
    "CG204": 'most_units > 1 and ("90837" in codes or "90834" in codes or "90832" in codes)',
    "CG301": 'release == "in force" and unknown > 0',
    "CG303": "headings > 0",
    "CG304": "therapy and disorders == 0 and first_letter == 'Z'",
    "CG305": '"F331" in diagnoses and "F3181" in diagnoses',
    "CG306": 'release == "near"',
    "CG401": '(telehealth == "video" or telehealth == "audio") and not (place == "02" or place == "10")',
    "CG403": 'place == "09" or place == "21" or place == "34" or place == "51" or place == "55" or place == "56"',
    "CG501": 'not prescriber and ("90792" in codes or "99213" in codes or "99214" in codes)',
    "CG502": "days_to_confirm > 30",
    "CG504": 'present == "no" and lines == 1 and ("90837" in codes or "90834" in codes or "90832" in codes)',
}
PRESCRIBERS = ("MD", "PMHNP")
UNTIMED_VISITS = ("99213", "99214", "90785")


def measure(size: int) -> list[Figure]:
    """Sessions a second through all our checks, and through the twenty rules in each engine."""
    now = read_clock()
    sessions, code_tables = demo_facts(size, now), tables.current()
    given = [flat(session, code_tables) for session in sessions]
    bare = Context(code_tables, now=now)
    ours, figure = _timed("checks alone, no neighbours", lambda: [_ours(session, bare) for session in sessions])
    figures = [figure]
    for name, make in (("rule-engine", _rule_engine), ("zen-engine", _zen)):
        ask = make()
        theirs, figure = _timed(f"the same twenty in {name}", partial(_each, ask, given))
        differing = sum(mine != other for mine, other in zip(ours, theirs, strict=True))
        if differing:
            raise RuntimeError(f"{name} answers otherwise about {differing} sessions")
        figures.append(figure)
    figures[0] = replace(figures[0], note=f"{sum(map(len, ours)):,} answers to the twenty, equal in all three")
    return figures


def _each(ask: Callable[[Mapping[str, Any]], Told], given: list[dict[str, Any]]) -> list[Told]:
    return [ask(one) for one in given]


def _timed(name: str, work: Callable[[], list[Told]]) -> tuple[list[Told], Figure]:
    answers = work()  # fills what each of them remembers
    speeds = tuple(len(answers) / timed(work)[0] for _ in range(ROUNDS))
    return answers, Figure(name, "sessions/s", speeds)


def _ours(session: SessionFacts, bare: Context) -> Told:
    return frozenset([found.check for found in screen(session, bare) if found.check in RULES])


def _rule_engine() -> Callable[[Mapping[str, Any]], Told]:
    module = import_module("rule_engine")
    rules = [(check, module.Rule(text).matches) for check, text in RULES.items()]
    return lambda given: frozenset([check for check, holds in rules if holds(given)])


def _zen() -> Callable[[Mapping[str, Any]], Told]:
    module = import_module("zen")
    rules = [(check, module.compile_expression(text).evaluate) for check, text in RULES.items()]
    return lambda given: frozenset([check for check, holds in rules if holds(given)])


def flat(session: SessionFacts, code_tables: CodeTables) -> dict[str, Any]:
    """A session as one flat record, which is what general engines look at."""
    minutes, (release, in_force) = session_minutes(session), guide(session, code_tables)
    codes = [line.code for line in session.service_lines]
    flags = [release.flags.get(code) if release else None for code in session.diagnoses]
    return {
        "codes": codes,
        "lines": len(codes),
        "minutes": -1 if minutes is None else minutes,
        "most_units": max(line.units for line in session.service_lines),
        "diagnoses": list(session.diagnoses),
        "release": "in force" if in_force else "near",
        "unknown": sum(flag is None for flag in flags),
        "headings": sum(flag is not None and not flag & BILLABLE for flag in flags),
        "disorders": sum(code.startswith("F") for code in session.diagnoses),
        "first_letter": session.diagnoses[0][:1],
        "therapy": any(code not in UNTIMED_VISITS for code in codes),
        "telehealth": session.telehealth or "",
        "place": session.place_of_service,
        "prescriber": session.provider_license in PRESCRIBERS,
        "days_to_confirm": _days_to_confirm(session),
        "present": {True: "yes", False: "no", None: ""}[session.client_present],
    }


def _days_to_confirm(session: SessionFacts) -> int:
    if session.confirmed_at is None:
        return 0
    confirmed: dt.date = session.confirmed_at.astimezone(ZoneInfo(session.provider_time_zone)).date()
    return (confirmed - session.date_of_service).days
