"""All that can be done to sessions, findings and imports. Doors call these and nothing else."""

from sessions.services.dry_run import check
from sessions.services.findings import confirm_finding, dismiss_finding, restore_finding
from sessions.services.intake import correct, store_chunk, submit
from sessions.services.screening import screen_chunk, screen_with_note

__all__ = [
    "check",
    "confirm_finding",
    "correct",
    "dismiss_finding",
    "restore_finding",
    "screen_chunk",
    "screen_with_note",
    "store_chunk",
    "submit",
]
