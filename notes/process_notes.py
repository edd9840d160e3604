"""Psychotherapy (process) notes need the client's own authorization even for payment, so they must not end up here.

The guard looks only at how a text titles itself: its first lines. It errs on the quiet side, because a progress note
may well mention process notes, and a note filed in the record is a progress note whatever it is called (promise 12).
"""

from __future__ import annotations

import re

TITLE_LINES = 5
TITLE_LENGTH = 80
_TITLES = re.compile(
    r"^\W*(?:my\s+|private\s+|personal\s+|confidential\s+)*(?:psychotherapy|process)\s+notes?\b"
    r"(?!\s*(?::|-|–|—)?\s*(?:none|no\b|not\b|n/?a\b|kept|are\b|were\b))",
    re.IGNORECASE,
)
WORDS = (
    "This text calls itself psychotherapy (process) notes. We have locked it away unread and did not take it as your "
    "answer. Please send the progress note of the session instead: dates, times, diagnosis, plan and progress, without "
    "your private analysis of the conversation."
)


def names_itself_process_notes(text: str) -> bool:
    """Whether one of the first lines is a title that says psychotherapy notes or process notes."""
    lines = [line.strip() for line in text[:4000].splitlines() if line.strip()]
    return any(len(line) <= TITLE_LENGTH and _TITLES.match(line) for line in lines[:TITLE_LINES])
