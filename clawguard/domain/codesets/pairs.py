"""Pairs of codes that may not, or not without separate times, be paid together for one client, provider and day.

Small core set of our own choosing for therapy practices, stated as facts: which code stands first (is paid) and whether
separate services can be marked. It was compared with the CMS practitioner table in force on 2024-07-01 and is used
from that day on wherever no official table is in force. A network that needs the whole table imports it under the
licence of CMS and the AMA.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from clawguard.domain.codesets.official import WITHDRAWN, OfficialTable
from clawguard.domain.codesets.packed import EPOCH, day_of
from clawguard.domain.dated import includes

CORE_FIRST_DAY = dt.date(2024, 7, 1)
CORE_TABLE = "core facts 2024Q3"  # how a finding names this table

_EVAL = "90791 90792"
_ALONE = "90832 90834 90837"
_TIERS = "90832 90833 90834 90836 90837 90838"
_FAMILY = "90846 90847 90849 90853"
_VISITS = "99202 99203 99204 99205 99211 99212 99213 99214 99215"
_CALLS = "99441 99442 99443"  # ended with 2024
_ABA = "97151 97152 97153 97154 97155 97156"
_HEALTH = "96156 96158 96164 96167 96170"

# first column (paid if both are billed) -> second column
_NEVER: tuple[tuple[str, str], ...] = (
    (_EVAL, f"{_TIERS} 90839 90840 90845 {_FAMILY} 90863 90880 {_VISITS} {_CALLS} 96127 {_ABA} {_HEALTH}"),
    ("90792", "90791"),
    ("90833", "90832"),
    ("90834", "90832 90833 90845"),
    ("90836", "90832 90833 90834"),
    ("90837", "90832 90833 90834 90836 90845"),
    ("90838", "90832 90833 90834 90836 90837 90845"),
    ("90845", "90832 90833 90836"),
    (_TIERS, f"90839 90840 96127 99408 {_ABA}"),
    (_ALONE, f"{_VISITS} {_CALLS}"),
    (_VISITS, "90863"),
    ("90839 90840", f"90785 90845 {_FAMILY} 90863 90880 96127 {_ABA}"),
    ("90845", f"{_VISITS} 96127 99408 {_ABA}"),
    (_FAMILY, f"96127 99408 {_ABA}"),
    ("90880", f"{_TIERS} 90845 {_FAMILY} {_VISITS} 96127 99408 {_ABA}"),
    # Health-behaviour work and therapy exclude each other, but the paid side changes from pair to pair.
    ("90832 90833 90840", "96158 96164"),
    ("90834 90836", "96158 96164 96167 96170"),
    ("90837 90838", _HEALTH),
    ("90839 90845 90846 90847 90880", _HEALTH),
    ("90849 90853 90863", "96164"),
    ("96156", "90832 90833 90834 90836 90840 90849 90853 90863"),
    ("96158", "90849 90853 90863"),
    ("96167 96170", "90832 90833 90840 90849 90853 90863"),
)
_SEPARATE: tuple[tuple[str, str], ...] = (
    ("90846", f"{_TIERS} 90847 {_VISITS}"),
    ("90847", f"{_TIERS} {_VISITS}"),
    ("90849", f"{_TIERS} 90845 90846 90847 {_VISITS}"),
    ("90853", f"{_TIERS} 90845 90846 90847 90849 {_VISITS}"),
    ("90845", "90846 90847"),
    (f"{_EVAL} {_TIERS} 90839 90840 90845 {_FAMILY} 90880", "G0396 G0444"),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """``first`` is paid when both are billed. ``separable``: indicator 1, separate services can be marked as such.

    ``table`` names where the row stands: an official table and its quarter, or our core facts.
    """

    first: str
    second: str
    separable: bool
    first_day: dt.date
    last_day: dt.date | None = None
    table: str = CORE_TABLE

    def valid_on(self, day: dt.date) -> bool:
        return includes(self.first_day, self.last_day, day)


def _expand(groups: tuple[tuple[str, str], ...], separable: bool) -> Iterator[Pair]:
    for firsts, seconds in groups:
        for first in firsts.split():
            for second in seconds.split():
                yield Pair(first, second, separable, CORE_FIRST_DAY)


def index_pairs(pairs: Iterator[Pair] | tuple[Pair, ...]) -> Mapping[tuple[str, str], tuple[Pair, ...]]:
    """All rows over time of each pair, findable in either order of its codes."""
    index: dict[tuple[str, str], tuple[Pair, ...]] = {}
    for pair in pairs:
        for key in ((pair.first, pair.second), (pair.second, pair.first)):
            index[key] = (*index.get(key, ()), pair)
    return MappingProxyType(index)


@dataclass(frozen=True, slots=True, eq=False)
class PairTable:
    """One version of our pairs. ``version`` is the digest of its rows, ``name`` what a finding cites."""

    version: str
    name: str
    index: Mapping[tuple[str, str], tuple[Pair, ...]]

    def on(self, one: str, other: str, day: dt.date) -> Pair | None:
        """The rule for two codes on a day, whichever of them stands first."""
        for pair in self.index.get((one, other), ()):
            if pair.valid_on(day):
                return pair
        return None


CORE_PAIRS: tuple[Pair, ...] = (*_expand(_NEVER, False), *_expand(_SEPARATE, True))
PAIRED_CODES = frozenset(code for pair in CORE_PAIRS for code in (pair.first, pair.second))


def official_pair(table: OfficialTable, one: str, other: str, on: dt.date) -> Pair | None:
    """What an official table says of two codes on a day, whichever of them stands first.

    Withdrawn rows (indicator 9) count as never written; of two rows that hold, the younger one decides.
    Source: CMS NCCI procedure-to-procedure edits.
    """
    for first, second in ((one, other), (other, one)):
        for row in reversed(table.rows_on(on, first, second)):
            if row.mark == WITHDRAWN:
                continue
            first_day = EPOCH + dt.timedelta(days=row.first_day)
            return Pair(first, second, row.mark == 1, first_day, day_of(row.last_day), table.name)
    return None
