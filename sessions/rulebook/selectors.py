"""Payer policies as they are read: what holds for whom, every revision with its people, what a value would inherit."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from clawguard.accounts.actors import Actor
from clawguard.domain.codesets import PolicyPeriod
from clawguard.domain.codesets.policy import DEFAULTS
from clawguard.domain.codesets.policy_values import to_json
from clawguard.domain.dated import includes
from clawguard.events.errors import NotFound
from sessions import policies
from sessions.codesets.policy_periods import current_policies, of_printed, printed_periods
from sessions.models import Payer, PolicyRevision, PolicyScope, PublishedPeriod
from sessions.rulebook import timeline, words

OPEN = ("draft", "proposed")


def payer_names() -> dict[str, str]:
    """Names of payers by their own id; a payer without a name is left out."""
    return dict(Payer.objects.exclude(name="").values_list("payer_id", "name"))


def scope_rows(actor: Actor, today: dt.date) -> list[dict[str, Any]]:
    """One row per scope that anybody wrote for, the network first: what it decides today, what comes, what waits."""
    policies.require_rules_reader(actor)
    names = payer_names()
    periods: dict[UUID, list[PublishedPeriod]] = {}
    for period in PublishedPeriod.objects.filter(ended_by=None).select_related("revision").order_by("first_day"):
        periods.setdefault(period.scope_id, []).append(period)
    waiting: dict[UUID, list[PolicyRevision]] = {}
    for revision in PolicyRevision.objects.filter(status__in=OPEN).select_related("author").order_by("number"):
        waiting.setdefault(revision.scope_id, []).append(revision)
    rows = []
    for scope in PolicyScope.objects.order_by("payer_id", "payer_kind", "plan"):
        own = periods.get(scope.pk, [])
        holding = next((each for each in own if _holds(each, today)), None)
        rows.append(
            {
                "scope": scope,
                "name": words.scope(scope, names),
                "breadth": 2 if scope.payer_id else 1 if scope.payer_kind else 0,
                "holding": holding,
                "decided": words.decided(holding.revision.values) if holding else [],
                "coming": [each for each in own if each.first_day > today],
                "waiting": waiting.get(scope.pk, []),
            }
        )
    return sorted(rows, key=lambda row: (row["breadth"], row["name"].lower()))


def _holds(period: PublishedPeriod, day: dt.date) -> bool:
    return includes(period.first_day, period.last_day, day)


def in_force(actor: Actor, on: dt.date | None) -> list[dict[str, Any]]:
    """Periods in force as JSON rows, all of them or those that hold on a day; for programs."""
    policies.require_rules_reader(actor)
    rows = PublishedPeriod.objects.filter(ended_by=None).select_related("revision__approved_by", "scope")
    found = [row for row in rows.order_by("scope_id", "first_day") if on is None or _holds(row, on)]
    return [
        {
            "scope": {name: getattr(row.scope, name) or None for name in ("payer_kind", "payer_id", "plan")},
            "first_day": row.first_day.isoformat(),
            "last_day": row.last_day.isoformat() if row.last_day else None,
            "revision": row.revision.number,
            "values": row.revision.values,
            "reason": row.revision.reason,
            "published_at": row.revision.approved_at.isoformat() if row.revision.approved_at else None,
        }
        for row in found
    ]


def get_scope(actor: Actor, scope_id: UUID) -> PolicyScope:
    policies.require_rules_reader(actor)
    scope = PolicyScope.objects.filter(pk=scope_id).first()
    if scope is None:
        raise NotFound
    return scope


def periods_of(scope: PolicyScope) -> list[PublishedPeriod]:
    rows = PublishedPeriod.objects.filter(scope=scope, ended_by=None).select_related("revision__approved_by")
    return list(rows.order_by("first_day"))


def revisions_of(scope: PolicyScope) -> list[PolicyRevision]:
    """The newest first, with everybody who had a part in them."""
    return list(_with_people(PolicyRevision.objects.filter(scope=scope)).order_by("-number"))


def get_revision(actor: Actor, revision_id: UUID) -> PolicyRevision:
    policies.require_rules_reader(actor)
    revision = _with_people(PolicyRevision.objects.filter(pk=revision_id)).first()
    if revision is None:
        raise NotFound
    return revision


def _with_people(rows: QuerySet[PolicyRevision]) -> QuerySet[PolicyRevision]:
    return rows.select_related("scope", "author", "approved_by", "returned_by", "reverts")


def effects_of(revision: PolicyRevision) -> list[str]:
    """What publishing it would do to earlier periods, in sentences; that nothing is touched is said as well."""
    numbers = {str(row.pk): row.number for row in PolicyRevision.objects.filter(scope=revision.scope_id).only("number")}
    back = revision.reverts_id is not None
    told = words.effects(timeline.outcome_of(revision), numbers, back=back)
    return told or ["Nothing of it holds any more." if back else "No earlier period is touched."]


class Inherited(NamedTuple):
    """The JSON value that holds where this scope says nothing, and who says it."""

    value: Any
    source: str


def inherited(scope: PolicyScope, day: dt.date) -> dict[str, Inherited]:
    """What each value is on a day without this scope's own decisions."""
    own = (scope.payer_kind, scope.payer_id, scope.plan)
    rows = [row for row in printed_periods() if (row["payer_kind"], row["payer_id"], row["plan"]) != own]
    kinds = Payer.objects.filter(payer_id=scope.payer_id).values_list("kind", flat=True)
    kind = scope.payer_kind or kinds.first() or ""
    found = {name: Inherited(value, "default") for name, value in to_json(DEFAULTS).items()}
    names: dict[str, str] = {}
    for period in of_printed(rows).periods:
        if period.holds(kind, scope.payer_id, scope.plan, day):
            names = names or payer_names()
            source = _source(period, names)
            found.update({name: Inherited(value, source) for name, value in to_json(period.changes).items()})
    return found


def _source(period: PolicyPeriod, names: dict[str, str]) -> str:
    name = words.scope_name(period.payer_kind, period.payer_id, period.plan, names)
    return f"{name}, {words.days(period.first_day, period.last_day)}"


def policy_version() -> str:
    return current_policies().version
