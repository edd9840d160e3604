"""The policy's values about notes and treatment plans."""

from __future__ import annotations

from dataclasses import dataclass

from clawguard.domain.codesets.policy_choices import choice


@dataclass(frozen=True, slots=True)
class NoteValues:
    """How a note is measured where payers or networks differ."""

    sign_within_hours: int = choice(72, "Hours to sign a note", "Headway documentation deadlines; agencies 24 to 72.")
    plan_valid_days: int = choice(365, "Days a treatment plan holds", "Payers differ: 90 days to twelve months.")
    calendar_tolerance_minutes: int = choice(
        5, "Minutes by which note and calendar may differ", "Our threshold: clocks and habits differ by that much."
    )
    alike_from_percent: int = choice(
        85, "Percent of common passages from which two notes are compared", "Our threshold; a person compares them."
    )
