"""The policy's values about notes, treatment plans and the time to answer a request for notes."""

from __future__ import annotations

from dataclasses import dataclass

from clawguard.domain.codesets.policy_choices import choice

MOST_MORE_DAYS = 10  # business days that more time gives at once


@dataclass(frozen=True, slots=True)
class NoteValues:
    """How a note is measured, and how long is waited for it, where payers or networks differ."""

    sign_within_hours: int = choice(72, "Hours to sign a note", "Headway documentation deadlines; agencies 24 to 72.")
    plan_valid_days: int = choice(365, "Days a treatment plan holds", "Payers differ: 90 days to twelve months.")
    calendar_tolerance_minutes: int = choice(
        5, "Minutes by which note and calendar may differ", "Our threshold: clocks and habits differ by that much."
    )
    alike_from_percent: int = choice(
        85, "Percent of common passages from which two notes are compared", "Our threshold; a person compares them."
    )
    first_more_time_days: int = choice(
        0,
        "Business days that the first request for more time gets at once",
        "By the day on which it is asked for, not the date of service. None by default: a lead decides.",
        most=MOST_MORE_DAYS,
    )
