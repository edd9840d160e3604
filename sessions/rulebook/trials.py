"""Which try belongs to a draft as it stands now."""

from __future__ import annotations

import hashlib
import json

from clawguard.domain.lifecycles import JobState
from sessions.models import Backtest, PolicyRevision


def subject_of(revision: PolicyRevision) -> str:
    """A digest of what a revision says: a try counts for exactly this."""
    said = [
        str(revision.scope_id),
        revision.first_day.isoformat(),
        revision.last_day.isoformat() if revision.last_day else None,
        revision.values,
        str(revision.reverts_id or ""),
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def latest(revision: PolicyRevision) -> Backtest | None:
    """The newest try of the revision as it stands, finished or not."""
    rows = Backtest.objects.filter(revision=revision, subject=subject_of(revision))
    return rows.exclude(status__in=[JobState.CANCELLED, JobState.STOPPED]).order_by("-started_at").first()


def finished(revision: PolicyRevision) -> Backtest | None:
    rows = Backtest.objects.filter(revision=revision, subject=subject_of(revision), status=JobState.DONE)
    return rows.order_by("-started_at").first()
