"""Which dispute a case is about."""

from __future__ import annotations

from clawguard.domain.lifecycles import DisputeState
from disputes.models import Case, Dispute


def dispute_of(case: Case) -> Dispute | None:
    """The dispute the case is about, or the newest one about its session that the client did not take back."""
    if case.dispute is not None or case.session_id is None:
        return case.dispute
    about = Dispute.objects.filter(session_id=case.session_id).exclude(status=DisputeState.WITHDRAWN)
    return about.order_by("-opened_at").first()
