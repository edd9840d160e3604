"""The network's own rules that go beyond code sets, dated. Each is a starting value that an operator may change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

NETWORK_VERSION = "2026-11"


@dataclass(frozen=True, slots=True)
class NetworkRules:
    """Defaults of the seed network (Headway help articles on CPT changes, session confirmation and documentation)."""

    confirm_within_days: int = 30
    least_evaluation_minutes: int = 16
    crisis_with_visit_blocked_from: dt.date = dt.date(2023, 12, 18)
    testing_blocked_from: dt.date = dt.date(2024, 4, 24)
    overlap_error_minutes: int = 5
    long_session_minutes: int = 90
    largest_group: int = 12
    long_day_minutes: int = 12 * 60
    very_long_day_minutes: int = 16 * 60
    unspecified_after_sessions: int = 3
    unspecified_after_days: int = 90


NETWORK_RULES = NetworkRules()
