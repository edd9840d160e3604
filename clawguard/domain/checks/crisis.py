"""Crisis work of one day: its first block and further blocks, whichever of the day's sessions they are billed on."""

from __future__ import annotations

from typing import NamedTuple

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.neighbours import same_visit_day
from clawguard.domain.checks.timing import shared_minutes
from clawguard.domain.facts import SessionFacts

ADD_ON_OF = {"90839": "90840", "G0017": "G0018"}
_FIRST_OF = {add_on: first for first, add_on in ADD_ON_OF.items()}
_FAMILIES = {code: frozenset(pair) for pair in ADD_ON_OF.items() for code in pair}


class CrisisDay(NamedTuple):
    """``minutes`` of that day (``None``: not stated for all of it), ``own`` whether nothing else can be in them."""

    minutes: int | None
    own: bool
    further_blocks: int
    related: tuple[str, ...]


def first_code(code: str) -> str:
    """The code of the first block, from either code of the family."""
    return _FIRST_OF.get(code, code)


def crisis_day(session: SessionFacts, code: str, context: Context) -> CrisisDay:
    """All crisis work of the client with this provider on the day of ``session``, in the family of ``code``."""
    family, add_on = _FAMILIES[code], ADD_ON_OF[first_code(code)]
    minutes, own = shared_minutes(session, family, context.tables)
    blocks = _units(session, add_on)
    related: list[str] = []
    for other in same_visit_day(session, context) if context.same_day else ():
        if other.codes.isdisjoint(family):
            continue
        more, more_own = shared_minutes(other, family, context.tables)
        minutes = None if minutes is None or more is None else minutes + more
        own, blocks = own and more_own, blocks + _units(other, add_on)
        related.append(other.external_id)
    return CrisisDay(minutes, own, blocks, tuple(related))


def _units(session: SessionFacts, code: str) -> int:
    return sum(line.units for line in session.service_lines if line.code == code)
