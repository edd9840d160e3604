"""Putting a policy in force and taking it back: always a second person's act, always told before it is done."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import Actor
from clawguard.domain.codesets.policy_timeline import Outcome
from clawguard.domain.lifecycles import DocumentState
from clawguard.events import two_people
from clawguard.events.documents import LONGEST_REASON
from clawguard.events.errors import Refused
from clawguard.events.services import WrongState, move, move_many
from clawguard.events.words import stated
from sessions import policies
from sessions.models import PolicyRevision, PublishedPeriod
from sessions.rulebook import timeline
from sessions.services.payer_policies.drafting import locked, new_revision


@transaction.atomic
def publish(actor: Actor, revision_id: UUID, now: dt.datetime) -> PolicyRevision:
    """Put a proposed revision in force, or take back the one it reverts. Earlier periods end, are split or come back.

    Raises NotAllowed, NotFound, WrongState, and Refused to its author.
    """
    revision = locked(actor, revision_id)
    two_people.require_second_person(revision, actor)
    outcome = timeline.outcome_of(revision)
    if revision.reverts is not None and not outcome.touched:
        raise Refused("nothing_left", "Nothing of that revision holds any more, so there is nothing to take back.")
    two_people.put_in_force(revision, actor, now)
    _store(revision, outcome)
    _settle_statuses(revision, actor, now)
    return revision


@transaction.atomic
def revert(actor: Actor, revision_id: UUID, reason: str, now: dt.datetime) -> PolicyRevision:
    """Propose taking a published revision back: what held before holds again once a second person agrees."""
    target = locked(actor, revision_id)
    if "revert" not in policies.revision_actions(actor, target):
        raise WrongState(target, DocumentState.REVERTED)
    said = stated(reason, "/reason", LONGEST_REASON, "Say why it is taken back.")
    waiting = PolicyRevision.objects.filter(reverts=target, status=DocumentState.PROPOSED).first()
    if waiting is not None:
        return waiting
    days = {"first_day": target.first_day, "last_day": target.last_day}
    revision = new_revision(actor, target.scope, now, reason=said, reverts=target, **days)
    two_people.lay_before_another(revision, actor, now)
    return revision


def _store(revision: PolicyRevision, outcome: Outcome) -> None:
    PublishedPeriod.objects.filter(pk__in=[each.period.row for each in outcome.touched]).update(ended_by=revision)
    PublishedPeriod.objects.bulk_create(
        PublishedPeriod(
            scope_id=revision.scope_id,
            revision_id=UUID(period.revision),
            first_day=period.span.first,
            last_day=period.span.last,
        )
        for period in outcome.added
    )


def _settle_statuses(revision: PolicyRevision, actor: Actor, now: dt.datetime) -> None:
    """Revisions of the scope that hold nowhere any more, or again, say so."""
    own = PolicyRevision.objects.filter(scope_id=revision.scope_id, reverts=None)
    holding = PublishedPeriod.objects.filter(scope_id=revision.scope_id, ended_by=None).values("revision_id")
    if revision.reverts is not None:
        move(revision.reverts, DocumentState.REVERTED, actor, now, updated_at=now)
    gone = own.filter(status=DocumentState.PUBLISHED).exclude(pk__in=holding)
    move_many(list(gone), DocumentState.SUPERSEDED, actor, now, updated_at=now)
    back = own.filter(status=DocumentState.SUPERSEDED, pk__in=holding)
    move_many(list(back), DocumentState.PUBLISHED, actor, now, updated_at=now)
