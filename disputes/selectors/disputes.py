"""Disputes an actor may see."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from clawguard.accounts.actors import Actor, within_reach
from clawguard.accounts.models import Provider
from clawguard.domain.lifecycles import DisputeState
from clawguard.events.errors import NotFound
from clawguard.ui import words
from disputes import policies
from disputes.models import Dispute
from disputes.sealed import open_words
from disputes.selectors.clocks import days_left, excused, strip
from sessions.models import TherapySession


def visible_disputes(actor: Actor) -> QuerySet[Dispute]:
    """Raises NotAllowed for roles and keys that see no disputes at all."""
    policies.require_dispute_reader(actor)
    rows = Dispute.objects.filter(policies.dispute_reach(actor)).select_related("provider", "session")
    return rows.defer("statement", "response", "draft")


def disputes_to_answer(actor: Actor) -> QuerySet[Dispute]:
    """A provider's own disputes that still want their answer."""
    rows = Dispute.objects.filter(policies.dispute_reach(actor), status__in=policies.TO_ANSWER)
    return rows.select_related("provider").defer("statement", "response", "draft")


def disputes_told(actor: Actor) -> QuerySet[Dispute]:
    """A provider's own disputes that want nothing from them now. Newest change first."""
    rows = Dispute.objects.filter(policies.dispute_reach(actor)).exclude(status__in=policies.TO_ANSWER)
    return rows.defer("statement", "response", "draft").order_by("-updated_at", "-pk")


def get_dispute(actor: Actor, dispute_id: UUID) -> Dispute:
    """Raises NotFound out of reach, NotAllowed for a key without the scope."""
    if actor.kind == "api":
        policies.require_dispute_reader(actor)
    rows = Dispute.objects.select_related("provider", "session", "case")
    dispute = rows.filter(policies.dispute_reach(actor), pk=dispute_id).first()
    if dispute is None:
        raise NotFound
    return dispute


def dispute_about(actor: Actor, session: str, npi: str) -> tuple[TherapySession | None, Provider | None]:
    """Whom a new dispute is about, by the number of a session or else the provider's NPI, as far as the actor may
    write; None for what is unknown or out of reach."""
    if not session:
        return None, Provider.objects.filter(policies.provider_reach(actor, policies.WRITE), npi=npi).first()
    mine = within_reach(actor, scope=policies.WRITE)
    found = TherapySession.objects.select_related("provider").filter(mine, external_id=session).first()
    return found, found.provider if found is not None else None


def provider_zone(actor: Actor, session: str, npi: str) -> str:
    """The clock of that provider; empty where there is none."""
    provider = dispute_about(actor, session, npi)[1]
    return provider.time_zone if provider is not None else ""


def dispute_clock(dispute: Dispute, now: dt.datetime) -> dict[str, Any] | None:
    """The provider's time to answer with its day-by-day count, or None before delivery."""
    if dispute.due_at is None or dispute.deadline is None:
        return None
    zone, days = dispute.provider.time_zone, strip(dispute.deadline)
    due = dispute.excused_until or dispute.due_at
    return {
        "due_at": due,
        "running": dispute.status == DisputeState.OPEN or excused(dispute.status, dispute.excused_until, now),
        "days": days,
        "business_days_left": days_left(days, due, zone, now),
        "today": words.local(now, zone).date(),
        "zone": zone,
    }


def words_of(dispute: Dispute) -> dict[str, str]:
    """The client's statement and the provider's response."""
    return {
        "statement": open_words("dispute statement", dispute.pk, dispute.statement),
        "response": open_words("dispute response", dispute.pk, dispute.response),
    }


def draft_of(dispute: Dispute) -> dict[str, Any]:
    """What the provider has put down and not sent: answer, text, evidence. For the provider alone."""
    words = open_words("dispute draft", dispute.pk, dispute.draft)
    empty: dict[str, Any] = {"answer": "", "text": "", "evidence": {}}
    if not words:
        return empty
    try:
        found = json.loads(words)
    except json.JSONDecodeError:
        found = None
    return found if isinstance(found, dict) else {**empty, "text": words}  # drafts were once words alone
