"""Whose error: a pure proposal from the facts of a case. See engine.py for the order of reasoning."""

from clawguard.domain.attribution.engine import DEFAULT_TABLES, attribute
from clawguard.domain.attribution.grounds import Confidence, Tables
from clawguard.domain.attribution.moments import next_moment
from clawguard.domain.attribution.result import ENGINE_VERSION, Attribution, Evidence, Guarantee, Missing, Versions
from clawguard.domain.clauses import Party

__all__ = [
    "DEFAULT_TABLES",
    "ENGINE_VERSION",
    "Attribution",
    "Confidence",
    "Evidence",
    "Guarantee",
    "Missing",
    "Party",
    "Tables",
    "Versions",
    "attribute",
    "next_moment",
]
