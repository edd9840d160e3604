"""Patterns across the sessions of a provider: pure functions over the days of a period.

A pattern informs; it never accuses, and it is never about one session or about money. Importing this package
registers every module under ``rules/``.
"""

from clawguard.domain.patterns import rules as rules
from clawguard.domain.patterns.days import DayFacts, Visit, day_facts
from clawguard.domain.patterns.period import Peers, Period, Plan
from clawguard.domain.patterns.registry import PATTERNS, PatternFinding, PatternInfo, look, pattern_digest

__all__ = [
    "PATTERNS",
    "DayFacts",
    "PatternFinding",
    "PatternInfo",
    "Peers",
    "Period",
    "Plan",
    "Visit",
    "day_facts",
    "look",
    "pattern_digest",
]
