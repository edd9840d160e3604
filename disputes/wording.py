"""How cases and disputes are named in lists, headings and mails: codes, dates and our own words, nobody's identity."""

from __future__ import annotations

import datetime as dt

from clawguard.domain.disputes import REASONS
from clawguard.domain.lifecycles import CaseState, DisputeState
from disputes.models import Case, Dispute
from sessions.models import TherapySession


def short_date(day: dt.date) -> str:
    return f"{day.day} {day:%b %Y}"


def session_title(session: TherapySession) -> str:
    """``90837 · 18 Mar 2026``"""
    return f"{' + '.join(session.codes)} · {short_date(session.date_of_service)}"[:160]


def dispute_title(dispute: Dispute) -> str:
    """``Cancellation fee · 18 Mar 2026``"""
    return f"{dispute.get_kind_display()} · {short_date(dispute.service_date)}"


def reason_label(dispute: Dispute) -> str:
    """Why the client disputes it, or an empty text while nobody said so."""
    row = REASONS.find(dispute.kind, dispute.reason, dispute.opened_at.date())
    return "" if row is None else row.label


def case_state(case: Case, now: dt.datetime, *, provider: bool = False) -> str:
    """Which of the words every reader knows fits the case now: a key of ``ui.words.STATE_WORDS``."""
    if case.status in {CaseState.DECIDED, CaseState.CLOSED}:
        return "decided"
    if case.status == CaseState.APPEALED:
        return "appeal_open"
    if provider:
        return _seen_by_provider(case, now)
    if case.status == CaseState.IN_CONVERSATION:
        return "waiting_on_provider"
    return "late" if now >= case.breach_at else "waiting_on_you"


def _seen_by_provider(case: Case, now: dt.datetime) -> str:
    if case.status == CaseState.ANSWER_LAPSED:
        return "late"
    if case.status != CaseState.IN_CONVERSATION:
        return "waiting_on_us"
    return "late" if case.answer_due_at is not None and now >= case.answer_due_at else "waiting_on_you"


def dispute_state(dispute: Dispute, now: dt.datetime, *, provider: bool = False) -> str:
    """The same words for a dispute."""
    if dispute.status in {DisputeState.DECIDED, DisputeState.WITHDRAWN}:
        return "decided"
    if dispute.status == DisputeState.LAPSED:
        return "late" if provider else "waiting_on_you"
    if dispute.status == DisputeState.OPEN:
        return "waiting_on_you" if provider else "waiting_on_provider"
    return "waiting_on_us" if provider else "waiting_on_you"


CASE_WORDS: dict[str, str] = {
    CaseState.OPEN: "Opened",
    CaseState.IN_CONVERSATION: "Notice sent",
    CaseState.ANSWERED: "Answered",
    CaseState.ANSWER_LAPSED: "No answer",
    CaseState.SECOND_LOOK: "Second look",
    CaseState.DECIDED: "Decided",
    CaseState.APPEALED: "Appeal open",
    CaseState.CLOSED: "Closed",
}
DISPUTE_WORDS: dict[str, str] = {
    DisputeState.OPENED: "Not delivered yet",
    DisputeState.UNDELIVERABLE: "Undeliverable",
    DisputeState.OPEN: "Asked",
    DisputeState.ANSWERED: "Answered",
    DisputeState.CONCEDED: "Provider let it go",
    DisputeState.LAPSED: "No answer",
    DisputeState.ANSWERED_LATE: "Answered late",
    DisputeState.DECIDED: "Decided",
    DisputeState.WITHDRAWN: "Withdrawn",
}
ORIGIN_WORDS = {
    "findings": "opened by findings",
    "lapse": "opened because a request for documents had no answer",
    "dispute": "opened by a client's dispute",
    "takeback": "opened by a payer's takeback",
    "hand": "opened by a person",
}
PARTY_WORDS = {
    "provider": "Provider error",
    "network": "Network error",
    "payer": "Payer",
    "client": "Client",
    "none": "Nobody's error",
    "open": "Open",
    "": "Not weighed yet",
}


ZONE_LABELS = {
    "America/New_York": "Eastern",
    "America/Chicago": "Central",
    "America/Denver": "Mountain",
    "America/Phoenix": "Arizona",
    "America/Los_Angeles": "Pacific",
    "America/Anchorage": "Alaska",
    "Pacific/Honolulu": "Hawaii",
    "America/Puerto_Rico": "Atlantic",
}


def clock(zone: str) -> str:
    """A time zone as people call it: ``Pacific time``, or by its city."""
    return f"{ZONE_LABELS.get(zone) or zone.rpartition('/')[2].replace('_', ' ')} time"
