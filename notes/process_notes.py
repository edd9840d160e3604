"""What a provider is told when a text calls itself psychotherapy (process) notes. Promise 12.

How such a text is recognised, and why the guard errs on the quiet side: ``clawguard.domain.notes.guards``.
"""

from __future__ import annotations

from clawguard.domain.notes import names_itself_process_notes

WORDS = (
    "This text calls itself psychotherapy (process) notes. We have locked it away unread and did not take it as your "
    "answer. Please send the progress note of the session instead: dates, times, diagnosis, plan and progress, without "
    "your private analysis of the conversation."
)

__all__ = ["WORDS", "names_itself_process_notes"]
