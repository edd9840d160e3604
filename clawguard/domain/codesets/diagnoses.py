"""ICD-10-CM releases as compact values: one small number per code, and the notes only where there are any."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from clawguard.domain.codesets.excludes import covers

# Flags of one code. They already include what the code inherits from the categories and blocks above it.
BILLABLE = 1  # a leaf: nothing more specific exists
MANIFESTATION = 2  # belongs behind the disease that causes it
CODE_FIRST = 4  # something else must be listed before it
CODE_FIRST_IF_KNOWN = 8  # the same, where it applies or is known


@dataclass(frozen=True, slots=True)
class DiagnosisEntry:
    """What a release says about one code (dotless upper case)."""

    code: str
    billable: bool
    manifestation: bool
    code_first: bool
    code_first_if_known: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two diagnoses that the release says exclude each other, and the code whose note says so."""

    first: str
    second: str
    noted_at: str


@dataclass(frozen=True, slots=True)
class IcdRelease:
    """One release, valid for dates of service from ``first_day`` to ``last_day``, both included.

    ``flags``: code to flags. ``excludes``: code or block to the references of its Excludes1 notes. ``blocks``: category
    (three characters) to the names of the blocks above it.
    """

    name: str
    version: str
    first_day: dt.date
    last_day: dt.date
    flags: Mapping[str, int]
    excludes: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    blocks: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def covers(self, day: dt.date) -> bool:
        return self.first_day <= day <= self.last_day

    def entry(self, code: str) -> DiagnosisEntry | None:
        flags = self.flags.get(code)
        if flags is None:
            return None
        return DiagnosisEntry(
            code=code,
            billable=bool(flags & BILLABLE),
            manifestation=bool(flags & MANIFESTATION),
            code_first=bool(flags & CODE_FIRST),
            code_first_if_known=bool(flags & CODE_FIRST_IF_KNOWN),
        )

    def conflict(self, one: str, other: str) -> Conflict | None:
        """The Excludes1 note that keeps two codes apart, looked for in both directions and on every level above."""
        for holder, target in ((one, other), (other, one)):
            for level in self._levels(holder):
                refs = self.excludes.get(level)
                if refs is None or target.startswith(level) or level in self.blocks.get(target[:3], ()):
                    continue  # a note cannot exclude what stands below it
                if any(covers(ref, target) for ref in refs):
                    return Conflict(one, other, level)
        return None

    def _levels(self, code: str) -> Iterable[str]:
        yield from (code[:length] for length in range(len(code), 2, -1))
        yield from self.blocks.get(code[:3], ())


def build_release(
    name: str,
    first_day: dt.date,
    last_day: dt.date,
    billable: str,
    *,
    headings: str = "",
    flags: Mapping[str, int] | None = None,
    excludes: Mapping[str, tuple[str, ...]] | None = None,
    blocks: Mapping[str, tuple[str, ...]] | None = None,
) -> IcdRelease:
    """A release from a handful of codes, for tests and for use without a database.

    ``billable`` and ``headings`` are codes separated by blanks; ``flags`` adds to the flags of single codes.
    """
    table = dict.fromkeys(billable.split(), BILLABLE) | dict.fromkeys(headings.split(), 0)
    for code, extra in (flags or {}).items():
        table[code] = table.get(code, BILLABLE) | extra
    return IcdRelease(
        name=name,
        version=name,
        first_day=first_day,
        last_day=last_day,
        flags=MappingProxyType(table),
        excludes=MappingProxyType(dict(excludes or {})),
        blocks=MappingProxyType(dict(blocks or {})),
    )
