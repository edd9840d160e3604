"""The periods of a scope, and what publishing a revision would do to them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from clawguard.domain.codesets.policy_timeline import Outcome, Span, Standing, publish, take_back
from clawguard.domain.lifecycles import DocumentState
from sessions.codesets.policy_periods import Printed, printed, printed_periods
from sessions.models import PolicyRevision, PolicyScope, PublishedPeriod


def standing(scope_id: UUID) -> list[Standing]:
    """What holds in a scope, in order of days."""
    rows = PublishedPeriod.objects.filter(scope_id=scope_id, ended_by=None).order_by("first_day")
    return [_standing(row) for row in rows]


def _standing(row: PublishedPeriod) -> Standing:
    return Standing(Span(row.first_day, row.last_day), str(row.revision_id), row.pk)


def outcome_of(revision: PolicyRevision) -> Outcome:
    """What becomes of the scope's periods when this revision is published."""
    before = standing(revision.scope_id)
    if revision.reverts_id is None:
        return publish(before, Span(revision.first_day, revision.last_day), str(revision.pk))
    ended: dict[str, list[Standing]] = {}
    for row in PublishedPeriod.objects.filter(scope_id=revision.scope_id, ended_by__isnull=False).order_by("pk"):
        ended.setdefault(str(row.ended_by_id), []).append(_standing(row))
    reverted = PolicyRevision.objects.filter(scope_id=revision.scope_id, status=DocumentState.REVERTED)
    names = {str(key) for key in reverted.values_list("pk", flat=True)}
    return take_back(before, str(revision.reverts_id), ended, names)


def after(before: Iterable[Standing], outcome: Outcome) -> list[Standing]:
    """What holds once the outcome has come about, in order of days."""
    gone = {each.period for each in outcome.touched}
    left = [period for period in before if period not in gone]
    return sorted([*left, *outcome.added], key=lambda period: period.span.first)


def printed_with(drafts: Iterable[PolicyRevision]) -> list[Printed]:
    """Every period in force as JSON, as if these revisions were published one after the other."""
    scopes: dict[UUID, list[Standing]] = {}
    for draft in drafts:
        before = scopes.get(draft.scope_id)
        if before is None:
            outcome, before = outcome_of(draft), standing(draft.scope_id)
        else:
            outcome = publish(before, Span(draft.first_day, draft.last_day), str(draft.pk))
        scopes[draft.scope_id] = after(before, outcome)
    return [*_others(scopes), *(row for key, periods in scopes.items() for row in _printed(key, periods))]


def _others(scopes: Iterable[UUID]) -> list[Printed]:
    names = {tuple(row) for row in PolicyScope.objects.filter(pk__in=list(scopes)).values_list(*SCOPE)}
    return [row for row in printed_periods() if tuple(row[name] for name in SCOPE) not in names]


SCOPE = ("payer_kind", "payer_id", "plan")


def _printed(scope_id: UUID, periods: Iterable[Standing]) -> list[Printed]:
    scope = PolicyScope.objects.values(*SCOPE).get(pk=scope_id)
    rows = {str(row.pk): row.values for row in PolicyRevision.objects.filter(scope_id=scope_id).only("values")}
    return [printed(each.span.first, each.span.last, rows[each.revision], **scope) for each in periods]
