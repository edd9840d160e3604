"""Notes and what is asked of them, for tables of tests: a row states only what it is about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from clawguard.domain.codesets.policy import Policy
from clawguard.domain.notes import ElementResult, NoteAsk, NoteText, PlanFacts, read_note
from tests.domain.checks.builders import DAY, NEW_YORK, session

CLOCK = Policy(clock_times_needed=True)
PLAN = PlanFacts(
    dated_on=DAY - dt.timedelta(days=60),
    clinician_signed=True,
    sessions_a_week=1,
    states=frozenset({"service", "amount", "frequency", "duration", "diagnosis", "goals"}),
)


def ask(*codes: str, at: str = "14:00-14:55", policy: Policy = CLOCK, **known: Any) -> NoteAsk:
    """A session of 55 minutes of 90837 in the office unless told otherwise; ``facts`` changes the session itself."""
    facts = known.pop("facts", {})
    given = NoteAsk(session(*(codes or ("90837",)), at=at, **facts), policy=policy)
    return replace(given, **{"client_names": ("Testa Mockingbird",), "provider_name": "Dana Example, LCSW", **known})


def result(element: str, text: str, asked: NoteAsk | None = None, kind: str = "typed") -> ElementResult:
    """What the reader says about one element of a one-page note."""
    return read_note(NoteText(tuple(text.split("\f")), kind), asked or ask()).of(element)


def verdict(element: str, text: str, asked: NoteAsk | None = None, kind: str = "typed") -> str:
    return str(result(element, text, asked, kind).verdict)


def moment(hour: int, minute: int = 0, days: int = 0) -> dt.datetime:
    """A time at the practice, ``days`` after the session."""
    return dt.datetime.combine(DAY + dt.timedelta(days=days), dt.time(hour, minute), NEW_YORK)


@dataclass(frozen=True)
class Short:
    element: str
    text: NoteText
    ask: NoteAsk
    told: str  # codes and what is known, for whoever reads the printed line


def typed(element: str, text: str, *codes: str, kind: str = "typed", **known: Any) -> Short:
    """Of a session of 90837, two to five to three, unless told otherwise."""
    pages = tuple(text.split("\f"))
    plain = (str, int, dict)
    told = [f"{name}={value if isinstance(value, plain) else type(value).__name__}" for name, value in known.items()]
    return Short(element, NoteText(pages, kind, (1.0,) * len(pages)), ask(*codes, **known), " ".join([*codes, *told]))


def paper(element: str, text: str, **known: Any) -> Short:
    """The same as a document, where a form feed begins a page."""
    return typed(element, text, kind="pdf", **known)
