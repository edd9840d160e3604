"""What is stated of a client's papers: consents, an interpreter, records of a programme under 42 CFR part 2.

The reader of notes asks about them (N12, N49, N50, N58). ``None`` means that nobody stated it, never "no".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from clawguard.domain.dated import includes

CONSENT, INTERPRETER, PART2 = "consent", "interpreter", "part2"
KINDS = frozenset({CONSENT, INTERPRETER, PART2})  # of stated facts
TREATMENT, TELEHEALTH = "treatment", "telehealth"
COVERS = (TREATMENT, TELEHEALTH, PART2)
ON_FILE, NOT_ON_FILE = "on_file", "not_on_file"


class PaperFact(NamedTuple):
    """One statement: its kind, its days (both included, either may be open), what it says."""

    kind: str
    first_day: dt.date | None
    last_day: dt.date | None
    values: Mapping[str, Any]

    def holds(self, on: dt.date) -> bool:
        return includes(self.first_day, self.last_day, on)


@dataclass(frozen=True, slots=True)
class Papers:
    treatment: bool | None = None  # informed consent to treatment on file
    telehealth: bool | None = None
    interpreter: bool | None = None  # one takes part in the sessions
    part2: bool | None = None  # the records are a programme's
    part2_consent: bool | None = None  # to their use for payment


def papers_on(stated: Sequence[PaperFact], on: dt.date) -> Papers:
    """How the papers stood on the day of a session; ``stated`` in the order of being stated."""
    return Papers(
        treatment=_consent(stated, TREATMENT, on),
        telehealth=_consent(stated, TELEHEALTH, on),
        interpreter=_latest(stated, INTERPRETER, "used", on),
        part2=_latest(stated, PART2, "programme", on),
        part2_consent=_consent(stated, PART2, on),
    )


def _consent(stated: Sequence[PaperFact], covers: str, on: dt.date) -> bool | None:
    """The latest statement whose days include the day decides. One that is on file for other days alone was not given
    yet, or had ended: then there was none. That none was on file on other days says nothing of this one."""
    about = [each for each in stated if each.kind == CONSENT and each.values["covers"] == covers]
    here = [each for each in about if each.holds(on)]
    if here:
        return bool(here[-1].values["status"] == ON_FILE)
    return False if any(each.values["status"] == ON_FILE for each in about) else None


def _latest(stated: Sequence[PaperFact], kind: str, name: str, on: dt.date) -> bool | None:
    said = [each.values[name] for each in stated if each.kind == kind and each.holds(on)]
    return bool(said[-1]) if said else None
