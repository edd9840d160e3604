"""Modifiers as dated values: what they say about how, by whom or with whom a session took place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

VIDEO, AUDIO, RECORDED = "video", "audio", "recorded"
SEPARATE, REPEAT = "separate", "repeat"
TRAINING, AGE, GROUP, FAMILY, OTHER = "training", "age", "group", "family", "other"
KINDS = frozenset({VIDEO, AUDIO, RECORDED, SEPARATE, REPEAT, TRAINING, AGE, GROUP, FAMILY, OTHER})

# Why two modifiers contradict each other, or say the same, by their kinds.
_CONTRADICT: Mapping[frozenset[str], str] = MappingProxyType(
    {
        frozenset({VIDEO, AUDIO}): "one says live video, the other says audio only",
        frozenset({VIDEO}): "both say live video; payers accept one",
        frozenset({RECORDED, VIDEO}): "recorded material and a live session exclude each other",
        frozenset({RECORDED, AUDIO}): "recorded material and a live session exclude each other",
        frozenset({TRAINING}): "they name different levels of training",
        frozenset({AGE}): "they name programs for different ages",
        frozenset({FAMILY}): "one says the client was present, the other says absent",
        frozenset({GROUP, FAMILY}): "one says a group, the other a family",
    }
)
_SAME: Mapping[frozenset[str], str] = MappingProxyType(
    {frozenset({AUDIO}): "both say audio only", frozenset({TRAINING}): "both say the same level of training"}
)
_CONTRADICT_OTHERWISE, _SAME_OTHERWISE = "they exclude each other", "they say the same"


@dataclass(frozen=True, slots=True)
class Modifier:
    """One modifier. ``contradicts`` and ``same_as`` name others that cannot, or need not, stand on the same line.

    ``first_day`` and ``last_day`` are dates of service, both included.
    """

    code: str
    label: str
    kind: str
    contradicts: frozenset[str]
    same_as: frozenset[str]
    first_day: dt.date | None
    last_day: dt.date | None

    def valid_on(self, day: dt.date) -> bool:
        began = self.first_day is None or self.first_day <= day
        return began and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True, eq=False)
class ModifierTable:
    """One version of the table. ``version`` is the digest of its rows, ``name`` what a finding cites.

    Sets of modifiers hold whatever their dates: what a modifier says does not change from one day to the next.
    """

    version: str
    name: str
    rows: Mapping[str, Modifier]
    video: frozenset[str]
    audio: frozenset[str]
    telehealth: frozenset[str]
    separate: frozenset[str]
    apart: frozenset[str]  # separate or repeated
    contradictions: Mapping[frozenset[str], str]  # of two modifiers on one line, with our reason
    same: Mapping[frozenset[str], str]  # two that say the same; payers accept one

    def get(self, code: str) -> Modifier | None:
        return self.rows.get(code)

    def valid_on(self, code: str, day: dt.date) -> bool:
        """Whether the table knows it and it holds on a date of service."""
        known = self.rows.get(code)
        return known is not None and known.valid_on(day)


def modifier_table(version: str, name: str, modifiers: Iterable[Modifier]) -> ModifierTable:
    """The table of these rows, with what the checks ask of it worked out once."""
    rows = {modifier.code: modifier for modifier in modifiers}

    def of(*kinds: str) -> frozenset[str]:
        return frozenset(modifier.code for modifier in rows.values() if modifier.kind in kinds)

    def reasons(part: str, known: Mapping[frozenset[str], str], otherwise: str) -> Mapping[frozenset[str], str]:
        found: dict[frozenset[str], str] = {}
        for modifier in rows.values():
            for other in getattr(modifier, part):
                kinds = frozenset({modifier.kind, rows[other].kind})
                found[frozenset({modifier.code, other})] = known.get(kinds, otherwise)
        return MappingProxyType(found)

    return ModifierTable(
        version,
        name,
        MappingProxyType(rows),
        video=of(VIDEO),
        audio=of(AUDIO),
        telehealth=of(VIDEO, AUDIO, RECORDED),
        separate=of(SEPARATE),
        apart=of(SEPARATE, REPEAT),
        contradictions=reasons("contradicts", _CONTRADICT, _CONTRADICT_OTHERWISE),
        same=reasons("same_as", _SAME, _SAME_OTHERWISE),
    )
