"""What is said of a finding's life: its state, who judged it, why and until when."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from clawguard.domain.checks.dismissals import BY_CODE, OTHER
from clawguard.domain.lifecycles import FindingState
from clawguard.ui import words
from sessions.models import Finding

STATE_WORDS = {
    FindingState.NEW: "to be judged",
    FindingState.CONFIRMED: "confirmed",
    FindingState.DISMISSED: "dismissed",
    FindingState.CLEARED: "cleared by a correction",
    FindingState.OVERTURNED: "overturned on appeal",
}


def decided(finding: Finding) -> str:
    """``Dismissed until Fri 4 Dec 2026 by Rui Test: The record supports what was billed. Page 2 of the note.``

    A finding whose dismissal has ended says so. Empty where nobody has judged it.
    """
    if not finding.decided_by_name:
        return ""
    if finding.status == FindingState.NEW and finding.dismissed_until:
        day = until_words(finding.dismissed_until)
        return f"The dismissal by {finding.decided_by_name} ended on {day}; the finding stands again."
    until = f" until {until_words(finding.dismissed_until)}" if finding.dismissed_until else ""
    why = _why(finding)
    state = STATE_WORDS[FindingState(finding.status)].capitalize()
    if finding.status in (FindingState.CLEARED, FindingState.OVERTURNED):
        return f"{state}; {finding.verdict or 'judged'} before that by {finding.decided_by_name}{why}"
    return f"{state}{until} by {finding.decided_by_name}{why}"


def _why(finding: Finding) -> str:
    label = BY_CODE[finding.reason_code].label if finding.reason_code in BY_CODE.keys() - {OTHER} else ""
    said = ". ".join(part for part in (label, finding.decision_reason) if part)
    return f": {said}" if said else ""


def until_words(until: dt.datetime | None) -> str:
    """The last day of a dismissal, in the network's own time zone; empty where it lasts."""
    return words.day(words.due_day(until, settings.STAFF_TIME_ZONE), year=True) if until else ""
