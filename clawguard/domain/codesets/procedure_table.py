"""The procedure codes in force as one immutable value, and groups of codes that are worked out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from clawguard.domain.codesets.procedures import Procedure

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class ProcedureTable:
    """One version of the table. ``version`` is the digest of its rows, so the same rows have the same one.

    ``name`` is what a finding about a code cites, ``core_name`` what one about its units or main codes does. What is
    worked out of the rows is kept: every check asks for the same groups all day.
    """

    version: str
    name: str
    core_name: str
    rows: Mapping[str, Procedure]
    known: dict[Codes, frozenset[str]] = field(default_factory=dict, repr=False)  # groups that were asked for
    _memory: dict[Callable[[ProcedureTable], Any], Any] = field(default_factory=dict, repr=False)

    def get(self, code: str) -> Procedure | None:
        return self.rows.get(code)

    def __contains__(self, code: str) -> bool:
        return code in self.rows

    def __iter__(self) -> Iterator[Procedure]:
        return iter(self.rows.values())

    def derived(self, make: Callable[[ProcedureTable], T]) -> T:
        """What ``make`` works out of the table, once for each table; ``make`` lives as long as the process."""
        try:
            made: T = self._memory[make]
        except KeyError:
            made = self._memory[make] = make(self)
        return made

    def codes(self, group: Codes) -> frozenset[str]:
        """The codes of a group in this table, whatever their dates; codes that are named singly stay as they are."""
        found = self.known.get(group)
        if found is None:
            found = self.known[group] = group if isinstance(group, frozenset) else group.find(self)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class CodeGroup:
    """Codes that have something in common, in whichever table is in force. Groups are put together like sets."""

    find: Callable[[ProcedureTable], frozenset[str]]

    def __or__(self, other: Codes) -> CodeGroup:
        return CodeGroup(lambda table: table.codes(self) | table.codes(other))

    __ror__ = __or__

    def __and__(self, other: Codes) -> CodeGroup:
        return CodeGroup(lambda table: table.codes(self) & table.codes(other))

    def __sub__(self, other: Codes) -> CodeGroup:
        return CodeGroup(lambda table: table.codes(self) - table.codes(other))


Codes = CodeGroup | frozenset[str]


def where(holds: Callable[[Procedure], bool]) -> CodeGroup:
    """The codes whose rows have a property."""
    return CodeGroup(lambda table: frozenset(procedure.code for procedure in table if holds(procedure)))


def of_kind(*kinds: str) -> CodeGroup:
    """All codes of these kinds, whatever their dates."""
    return where(lambda procedure: procedure.kind in kinds)


def in_setting(*settings: str) -> CodeGroup:
    """All codes done in these settings: ``individual``, ``family``, ``group``, ``program``."""
    return where(lambda procedure: procedure.setting in settings)
