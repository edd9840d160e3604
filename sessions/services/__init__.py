"""All that can be done to sessions, findings and imports. Doors call these and nothing else."""

from sessions.services.dry_run import check
from sessions.services.findings import (
    confirm_finding,
    confirming,
    dismiss_finding,
    dismissing,
    end_dismissals,
    overturn_findings,
    restore_finding,
)
from sessions.services.intake import correct, store_chunk, submit
from sessions.services.judging import get_judgement, judge_findings, preview_judgement, undo_judgement
from sessions.services.pattern_findings import judge_pattern
from sessions.services.screening import look_again, screen_chunk, screen_with_note
from sessions.services.stating import state, state_body, withdraw

__all__ = [
    "check",
    "confirm_finding",
    "confirming",
    "correct",
    "dismiss_finding",
    "dismissing",
    "end_dismissals",
    "get_judgement",
    "judge_findings",
    "judge_pattern",
    "look_again",
    "overturn_findings",
    "preview_judgement",
    "restore_finding",
    "screen_chunk",
    "screen_with_note",
    "state",
    "state_body",
    "store_chunk",
    "submit",
    "undo_judgement",
    "withdraw",
]
