"""Crisis work of one day: its first block and further blocks, whichever of the day's sessions they are billed on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.neighbours import same_visit_day
from clawguard.domain.checks.timing import shared_minutes
from clawguard.domain.codesets.procedure_table import ProcedureTable
from clawguard.domain.facts import SessionFacts


class CrisisDay(NamedTuple):
    """``minutes`` of that day (``None``: not stated for all of it), ``own`` whether nothing else can be in them."""

    minutes: int | None
    own: bool
    further_blocks: int
    related: tuple[str, ...]


class CrisisFamily(NamedTuple):
    """The code of the first block, and the one of further blocks where the table has one."""

    first: str
    add_on: str | None

    @property
    def codes(self) -> frozenset[str]:
        return frozenset({self.first, self.add_on or self.first})


def family_of(code: str, table: ProcedureTable) -> CrisisFamily:
    """The family that a code belongs to, as either of its two."""
    return table.derived(_families).get(code) or CrisisFamily(code, None)


def _families(table: ProcedureTable) -> Mapping[str, CrisisFamily]:
    added = [procedure for procedure in table if procedure.kind == "crisis_add_on"]
    families = [CrisisFamily(first, each.code) for each in added for first in sorted(each.parents)]
    return {code: family for family in families for code in family.codes}


def crisis_day(session: SessionFacts, code: str, context: Context) -> CrisisDay:
    """All crisis work of the client with this provider on the day of ``session``, in the family of ``code``."""
    known = family_of(code, context.tables.procedures)
    family, add_on = known.codes, known.add_on
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


def _units(session: SessionFacts, code: str | None) -> int:
    return sum(line.units for line in session.service_lines if line.code == code)
