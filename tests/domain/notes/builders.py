"""Notes and what is asked of them, for tables of tests: a row states only what it is about."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from clawguard.domain.codesets.policy import Policy
from clawguard.domain.notes import ElementResult, NoteAsk, NoteText, read_note
from tests.domain.checks.builders import DAY, NEW_YORK, session

CLOCK = Policy(clock_times_needed=True)


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
