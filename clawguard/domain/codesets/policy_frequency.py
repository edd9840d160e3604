"""The policy's values about how often a payer accepts a service. None by default: payers and plans state their own."""

from __future__ import annotations

from dataclasses import dataclass

from clawguard.domain.codesets.policy_choices import GroupNumbers, choice
from clawguard.domain.codesets.policy_notes import NoteValues

_NONE = "Set by plan, written 90832+90834+90837=2 for codes that count together; none by default."


@dataclass(frozen=True, slots=True)
class FrequencyValues(NoteValues):
    """Numbers of sessions of one client, by codes that count together."""

    most_sessions_a_day: GroupNumbers = choice((), "Most sessions of some codes a day, with whichever provider", _NONE)
    most_sessions_a_week: GroupNumbers = choice((), "Most sessions of some codes a week", _NONE)
    most_sessions_a_month: GroupNumbers = choice((), "Most sessions of some codes a calendar month", _NONE)
    most_sessions_a_year: GroupNumbers = choice((), "Most sessions of some codes a calendar year", _NONE)
    week_begins_on_sunday: bool = choice(
        False, "A week is counted from Sunday", "From Monday by default; payers that say what they mean differ."
    )
    evaluation_break_months: int = choice(
        6,
        "Calendar months without a session after which an evaluation may be repeated",
        "BCBS Illinois: six. 0: at any time; a yearly evaluation is never mentioned.",
    )
    authorization_after_sessions: GroupNumbers = choice(
        (),
        "Sessions of some codes a calendar year after which an authorization is needed",
        "Texas Medicaid asked for one after 30, for one; none by default. Written 90832+90834+90837=30.",
    )
