"""Modifiers: what they say about where, how and by whom a session took place."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

MODIFIER_VERSION = "2026-11.2"

VIDEO_MODIFIERS = frozenset({"95", "GT"})
AUDIO_MODIFIERS = frozenset({"93", "FQ"})
TELEHEALTH_MODIFIERS = VIDEO_MODIFIERS | AUDIO_MODIFIERS | {"GQ"}
SEPARATE_MODIFIERS = frozenset({"59", "XE", "XP", "XS", "XU"})
REPEAT_MODIFIERS = frozenset({"76", "77"})

# Two modifiers on one line that contradict each other, with our reason.
CONTRADICTIONS: Mapping[frozenset[str], str] = MappingProxyType(
    {
        frozenset(pair.split()): reason
        for reason, pairs in (
            ("one says live video, the other says audio only", "95 93,95 FQ,GT 93,GT FQ"),
            ("both say live video; payers accept one", "95 GT"),
            ("recorded material and a live session exclude each other", "GQ 95,GQ 93,GQ GT,GQ FQ"),
            (
                "they name different levels of training",
                "HP HO,HP HN,HP HM,HO HN,HO HM,HN HM,AH AJ,AH HO,AH HN,AH HM,AJ HN,AJ HM",
            ),
            ("they name programmes for different ages", "HA HB,HA HC"),
            ("one says the client was present, the other says absent", "HR HS"),
            ("one says a group, the other a family", "HQ HR,HQ HS"),
        )
        for pair in pairs.split(",")
    }
)

# Two modifiers on one line that say the same; payers accept one.
SAME_MEANING: Mapping[frozenset[str], str] = MappingProxyType(
    {
        frozenset({"93", "FQ"}): "both say audio only",
        frozenset({"AH", "HP"}): "both say a doctoral level of training",
    }
)
