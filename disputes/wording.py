"""How cases and disputes are named in lists, headings and mails: codes, dates and our own words, nobody's identity."""

from __future__ import annotations

import datetime as dt

from disputes.models import Dispute
from sessions.models import TherapySession


def short_date(day: dt.date) -> str:
    return f"{day.day} {day:%b %Y}"


def session_title(session: TherapySession) -> str:
    """``90837 · 18 Mar 2026``"""
    return f"{' + '.join(session.codes)} · {short_date(session.date_of_service)}"[:160]


def dispute_title(dispute: Dispute) -> str:
    """``Cancellation fee · 18 Mar 2026``"""
    return f"{dispute.get_kind_display()} · {short_date(dispute.service_date)}"
