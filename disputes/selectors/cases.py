"""Cases an actor may see. Fetching and authorising are one step."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from clawguard.accounts.actors import Actor
from clawguard.domain.lifecycles import CaseState
from clawguard.events.errors import NotFound
from disputes import policies
from disputes.models import Case, Decision, Proposal

ENDED = frozenset({CaseState.DECIDED, CaseState.CLOSED})


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """Raises NotAllowed for roles and keys that see no cases at all."""
    policies.require_reader(actor)
    return Case.objects.filter(policies.reach(actor))


def get_case(actor: Actor, case_id: UUID) -> Case:
    """Raises NotFound for a case out of reach, NotAllowed for a key without the scope."""
    if actor.kind == "api":
        policies.require_reader(actor)
    rows = Case.objects.select_related("provider", "session__payer", "session__client", "dispute", "assignee")
    case = rows.filter(policies.reach(actor), pk=case_id).first()
    if case is None:
        raise NotFound
    return case


def standing_case_of(actor: Actor, session_id: UUID) -> Case | None:
    """The case that stands about a session, if the actor may know of it."""
    rows = Case.objects.filter(policies.reach(actor), session=session_id)
    return rows.exclude(status=CaseState.CLOSED).first()


def latest_proposal(case: Case) -> Proposal | None:
    return Proposal.objects.filter(case=case).order_by("-number").first()


def decisions_of(case: Case) -> list[Decision]:
    """Newest first, with the people named in them."""
    rows = Decision.objects.filter(case=case).select_related(
        "proposed_by", "second_by", "appeal", "adjustment__replaced_by"
    )
    return list(rows.order_by("-number"))


def cases_to_answer(actor: Actor) -> QuerySet[Case]:
    """A provider's own cases that still want their answer."""
    rows = Case.objects.filter(policies.reach(actor), status__in=policies.ANSWERABLE, answered_at__isnull=True)
    return rows.select_related("provider")


def cases_told(actor: Actor) -> QuerySet[Case]:
    """A provider's own cases that want nothing from them now: ours to look at, or over. Newest change first."""
    rows = Case.objects.filter(policies.reach(actor)).exclude(status__in=policies.ANSWERABLE, answered_at__isnull=True)
    return rows.order_by("-updated_at", "-pk")


def sessions_decided(session_ids: Collection[UUID]) -> set[UUID]:
    """Of these sessions, those about which a case was decided and none is still talked about."""
    rows = Case.objects.filter(session__in=session_ids).values_list("session_id", "status")
    over = {session_id for session_id, status in rows if session_id and status in ENDED}
    return over - {session_id for session_id, status in rows if status not in ENDED}
