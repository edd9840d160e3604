"""Which dispute a case is about."""

from __future__ import annotations

from disputes.models import Case, Dispute


def dispute_of(case: Case) -> Dispute | None:
    """The dispute the case is about, or the newest one about its session."""
    if case.dispute is not None or case.session_id is None:
        return case.dispute
    return Dispute.objects.filter(session_id=case.session_id).order_by("-opened_at").first()
