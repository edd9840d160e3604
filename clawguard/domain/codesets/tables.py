"""All dated tables in one immutable value; every lookup takes the date of service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from clawguard.domain.codesets.diagnoses import DiagnosisEntry, IcdRelease
from clawguard.domain.codesets.pairs import CORE_PAIRS, PAIR_VERSION, Pair, index_pairs
from clawguard.domain.codesets.places import MODIFIER_VERSION, PLACE_VERSION
from clawguard.domain.codesets.policies import NO_PERIODS, Policies
from clawguard.domain.codesets.procedures import PROCEDURE_VERSION, PROCEDURES, Procedure

_CORE_INDEX = index_pairs(CORE_PAIRS)


@dataclass(frozen=True, slots=True)
class CodeTables:
    """One per process and set of releases. ``icd`` is in order of date and may be empty: then nothing is loaded."""

    icd: tuple[IcdRelease, ...] = ()
    procedures: Mapping[str, Procedure] = field(default_factory=lambda: PROCEDURES)
    pairs: Mapping[tuple[str, str], tuple[Pair, ...]] = field(default_factory=lambda: _CORE_INDEX)
    pair_version: str = PAIR_VERSION
    policies: Policies = NO_PERIODS

    @property
    def versions(self) -> dict[str, str]:
        """Table name to version; part of the name of a rule pack."""
        return {
            "procedures": PROCEDURE_VERSION,
            "pairs": self.pair_version,
            "places": PLACE_VERSION,
            "modifiers": MODIFIER_VERSION,
            "icd10": ",".join(release.version for release in self.icd) or "none",
            "policies": self.policies.version,
        }

    def procedure(self, code: str) -> Procedure | None:
        return self.procedures.get(code)

    def pair(self, one: str, other: str, on: dt.date) -> Pair | None:
        """The rule for two codes on a day, whichever of them stands first; withdrawn and ended rows do not count."""
        for pair in self.pairs.get((one, other), ()):
            if pair.valid_on(on):
                return pair
        return None

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
