"""What an actor may see of patterns. A list is by month and by pattern; nobody is ranked."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from clawguard.accounts.actors import Actor
from clawguard.domain.lifecycles import PatternState
from clawguard.events.errors import NotFound
from sessions import policies
from sessions.models import PatternFinding, PatternMark, PeerMark, ProviderDay, TherapySession

SAMPLE = 20
STANDING = (PatternState.NEW, PatternState.CONFIRMED)


def visible_patterns(actor: Actor, today: dt.date) -> QuerySet[PatternFinding]:
    """Providers see their own where the network's policy says so. Raises NotAllowed."""
    policies.require_pattern_reader(actor, today)
    return PatternFinding.objects.filter(policies.readable(actor)).select_related("provider")


def search(
    actor: Actor,
    today: dt.date,
    *,
    provider: str = "",
    pattern: str = "",
    month: dt.date | None = None,
    status: str = "",
) -> QuerySet[PatternFinding]:
    """By month, the latest first. ``status``: one state, or empty for what stands."""
    rows = visible_patterns(actor, today)
    if provider:
        rows = rows.filter(Q(provider__npi=provider) | Q(provider__name__icontains=provider))
    wanted: dict[str, Any] = {"pattern": pattern.upper(), "month": month and month.replace(day=1)}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    return rows.filter(status=status) if status else rows.filter(status__in=STANDING)


def get_pattern(actor: Actor, finding_id: UUID, today: dt.date) -> PatternFinding:
    """Raises NotFound out of reach; NotAllowed for a key without the scope."""
    if actor.kind == "api":
        policies.require_pattern_reader(actor, today)
    if actor.is_provider and not policies.patterns_shown(today):
        raise NotFound
    rows = PatternFinding.objects.filter(policies.readable(actor), pk=finding_id)
    found = rows.select_related("provider", "client").first()
    if found is None:
        raise NotFound
    return found


def being_counted() -> bool:
    """Whether days or comparisons wait to be counted, so that a list may still change."""
    return PatternMark.objects.exists() or PeerMark.objects.exists()


def sessions_of(finding: PatternFinding) -> list[TherapySession]:
    """The first sessions that a pattern rests on; the search page shows all of them."""
    rows = TherapySession.objects.filter(
        provider_id=finding.provider_id, date_of_service__range=(finding.first_day, finding.last_day)
    )
    if finding.client_id:
        rows = rows.filter(client_id=finding.client_id)
    if finding.code:
        rows = rows.filter(codes__contains=[finding.code])
    return list(rows.order_by("-date_of_service", "-id")[:SAMPLE])


def days_of(finding: PatternFinding) -> list[ProviderDay]:
    """The counted days of the finding's period, in order."""
    rows = ProviderDay.objects.filter(provider_id=finding.provider_id)
    return list(rows.filter(day__range=(finding.first_day, finding.last_day)).order_by("day")[:400])


def beside_session(actor: Actor, session: TherapySession) -> list[PatternFinding]:
    """What stands about the provider in a period that holds the session's day."""
    day = session.date_of_service
    rows = PatternFinding.objects.filter(policies.readable(actor), provider_id=session.provider_id)
    rows = rows.filter(first_day__lte=day, last_day__gte=day, status__in=STANDING)
    return list(rows.filter(Q(client=None) | Q(client=session.client_id)).order_by("-month", "pattern")[:20])
