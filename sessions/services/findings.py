"""What people make of findings: confirmed, dismissed with a reason, taken up again."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from clawguard.accounts.actors import Actor
from clawguard.domain.lifecycles import FindingState
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import move
from sessions import policies
from sessions.models import Finding

LONGEST_REASON = 300


def confirm_finding(actor: Actor, finding_id: UUID, reason: str, now: dt.datetime) -> Finding:
    """The finding holds. ``reason`` may be empty."""
    return _decide(actor, finding_id, FindingState.CONFIRMED, reason, now)


def dismiss_finding(actor: Actor, finding_id: UUID, reason: str, now: dt.datetime) -> Finding:
    """The finding does not hold; the reason is kept beside it and teaches us about the check."""
    if not reason.strip():
        raise Refused("required", "Say why the finding does not hold; the check learns from it.", "/reason")
    return _decide(actor, finding_id, FindingState.DISMISSED, reason, now)


def restore_finding(actor: Actor, finding_id: UUID, reason: str, now: dt.datetime) -> Finding:
    """Take up again what was dismissed."""
    return _decide(actor, finding_id, FindingState.NEW, reason, now)


def _decide(actor: Actor, finding_id: UUID, to: FindingState, reason: str, now: dt.datetime) -> Finding:
    policies.require_judgement(actor)
    said = reason.strip()
    if len(said) > LONGEST_REASON:
        raise Refused("too_long", f"Use at most {LONGEST_REASON} characters.", "/reason")
    finding = Finding.objects.filter(policies.readable(actor, "session__provider"), pk=finding_id).first()
    if finding is None:
        raise NotFound
    # The words stay in the row, where access is checked; the log keeps that, by whom and when.
    move(finding, to, actor, now, decision_reason=said, decided_by_name=actor.name, decided_at=now, updated_at=now)
    return finding
