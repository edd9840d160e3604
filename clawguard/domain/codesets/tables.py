"""All dated tables in one immutable value; every lookup takes the date of service."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from clawguard.domain.codesets.add_ons import AddOn, add_on
from clawguard.domain.codesets.diagnoses import DiagnosisEntry, IcdRelease
from clawguard.domain.codesets.modifier_list import PACKAGED as MODIFIERS
from clawguard.domain.codesets.modifiers import ModifierTable
from clawguard.domain.codesets.official import NO_TABLES, OfficialTables, TableKind, Variant
from clawguard.domain.codesets.pair_list import PACKAGED as PAIRS
from clawguard.domain.codesets.pairs import CORE_FIRST_DAY, Pair, PairTable, official_pair
from clawguard.domain.codesets.place_list import PACKAGED as PLACES
from clawguard.domain.codesets.places import PlaceTable
from clawguard.domain.codesets.policies import NO_PERIODS, Policies
from clawguard.domain.codesets.procedure_list import PACKAGED
from clawguard.domain.codesets.procedure_table import Codes, ProcedureTable
from clawguard.domain.codesets.procedures import Procedure
from clawguard.domain.codesets.units import UnitLimit, limit


@dataclass(frozen=True, slots=True)
class CodeTables:
    """One per process and set of releases. ``icd`` is in order of date and may be empty: then nothing is loaded.

    ``official`` holds the CMS tables in force; where none of them covers a day, ``pairs`` and ``procedures``, our core
    facts, answer from ``CORE_FIRST_DAY`` on.
    """

    icd: tuple[IcdRelease, ...] = ()
    procedures: ProcedureTable = PACKAGED
    places: PlaceTable = PLACES
    modifiers: ModifierTable = MODIFIERS
    pairs: PairTable = PAIRS
    official: OfficialTables = NO_TABLES
    policies: Policies = NO_PERIODS

    @property
    def versions(self) -> dict[str, str]:
        """Table name to version; part of the name of a rule pack."""
        return self.official.versions | {
            "procedures": self.procedures.version[:16],
            "pairs": self.pairs.version[:16],
            "places": self.places.version[:16],
            "modifiers": self.modifiers.version[:16],
            "icd10": ",".join(release.version for release in self.icd) or "none",
            "policies": self.policies.version,
        }

    def procedure(self, code: str) -> Procedure | None:
        return self.procedures.get(code)

    def codes(self, group: Codes) -> frozenset[str]:
        """The codes of a group, whatever their dates. Asked many times for each session: the known ones come first."""
        return self.procedures.known.get(group) or self.procedures.codes(group)

    def pair(self, one: str, other: str, on: dt.date, variant: Variant = Variant.MEDICARE) -> Pair | None:
        """The rule for two codes on a day, whichever of them stands first; withdrawn and ended rows do not count."""
        table = self.official.table(TableKind.PAIRS, variant, on)
        if table is not None:
            return official_pair(table, one, other, on)
        return self.pairs.on(one, other, on)

    def units(self, code: str, on: dt.date, variant: Variant = Variant.MEDICARE) -> UnitLimit | None:
        """How many units of a code that day allows; ``None`` without a limit, or when no table covers the day."""
        return limit(self.official, self.procedures, code, on, variant)

    def add_on(self, code: str, on: dt.date, variant: Variant = Variant.MEDICARE) -> AddOn | None:
        """What a code may be added to on a day; ``None`` for other codes, or when no table covers the day."""
        return add_on(self.official, self.procedures, code, on, variant)

    def answering(self, kind: TableKind, on: dt.date, variant: Variant = Variant.MEDICARE) -> str | None:
        """The name of the table that answers for a day: an official one, our core facts, or ``None``: nobody knows."""
        table = self.official.table(kind, variant, on)
        if table is not None:
            return table.name
        if on < CORE_FIRST_DAY:
            return None
        return self.pairs.name if kind is TableKind.PAIRS else self.procedures.core_name

    def icd_release(self, on: dt.date) -> IcdRelease | None:
        """The release in force on a day, or ``None`` when none that was loaded covers it."""
        for release in self.icd:
            if release.covers(on):
                return release
        return None

    def icd_nearest(self, on: dt.date) -> IcdRelease | None:
        """The release in force, else the loaded one closest in time: codes seldom change, so it serves as a guide."""
        exact = self.icd_release(on)
        if exact is not None or not self.icd:
            return exact
        return min(self.icd, key=lambda release: min(abs(release.first_day - on), abs(release.last_day - on)))

    def diagnosis(self, code: str, on: dt.date) -> DiagnosisEntry | None:
        """What the release in force on that day says of a code; ``None`` if unknown to it or no release covers it."""
        release = self.icd_release(on)
        return release.entry(code) if release else None
