"""Who may do what with cases and disputes. Plain functions of actor and row; services ask them again before writing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from clawguard.accounts import delegates
from clawguard.accounts.actors import STAFF_ROLES, Actor, NotAllowed, within_reach
from clawguard.accounts.models import Role
from clawguard.domain.lifecycles import CaseState, DisputeState, DocumentState
from disputes.models import Case, Decision, Dispute, LibraryItem, ProposedAdjustment, TemplateVersion

READ, WRITE = "cases:read", "cases:write"
REMITTANCES = "remittances:write"
_PROPOSED = ProposedAdjustment.objects.all()

# Where people may still decide: nothing is final, and no second look is under way.
DECIDABLE = frozenset(
    {
        CaseState.OPEN,
        CaseState.IN_CONVERSATION,
        CaseState.ANSWERED,
        CaseState.ANSWER_LAPSED,
        CaseState.APPEALED,
    }
)
IN_TALK = frozenset(
    {CaseState.IN_CONVERSATION, CaseState.ANSWERED, CaseState.ANSWER_LAPSED, CaseState.SECOND_LOOK, CaseState.APPEALED}
)
ANSWERABLE = frozenset({CaseState.IN_CONVERSATION, CaseState.ANSWER_LAPSED})
TO_ANSWER = frozenset({DisputeState.OPEN, DisputeState.LAPSED})
DISPUTE_OVER = frozenset({DisputeState.DECIDED, DisputeState.WITHDRAWN})
TO_DECIDE = frozenset({DisputeState.ANSWERED, DisputeState.ANSWERED_LATE, DisputeState.CONCEDED, DisputeState.LAPSED})


def reach(actor: Actor, scope: str = READ) -> Q:
    """The cases an actor may know of. A provider learns of a case through its notice, never before it; one whose notice
    could not be delivered they find once it was decided that they are paid for it."""
    rows = within_reach(actor, scope=scope)
    if not actor.is_provider:
        return rows
    return rows & (Q(notice_delivered_at__isnull=False) | Q(Exists(_PROPOSED.filter(case=OuterRef("pk")))))


def known_to_provider(case: Case) -> bool:
    """Whether its provider may know of the case: what they are told of from then on."""
    return case.notice_delivered_at is not None or _PROPOSED.filter(case=case).exists()


def dispute_reach(actor: Actor, scope: str = READ) -> Q:
    """The disputes an actor may know of; on the provider's side one exists once it was delivered."""
    rows = delegates.reach(actor, Q(status__in=TO_ANSWER)) if actor.is_delegate else within_reach(actor, scope=scope)
    return rows & Q(delivered_at__isnull=False) if actor.answers else rows


def provider_reach(actor: Actor, scope: str = READ) -> Q:
    """The same reach, over rows of Provider itself."""
    if actor.is_provider:
        return Q(pk=actor.provider_id)
    if actor.role == Role.BILLING and actor.team_id is not None:
        return Q(team_id=actor.team_id)
    return within_reach(actor, scope=scope)


def library_of(provider_id: UUID | None) -> Q:
    """What the library offers in a dispute of this provider: the network's, and the provider's own."""
    return Q(provider__isnull=True) | Q(provider=provider_id)


def library_reach(actor: Actor, scope: str = READ) -> Q:
    """The items an actor may know of: the network's are everybody's, a provider's are within reach as they are."""
    if actor.is_provider:
        return library_of(actor.provider_id)
    reach = within_reach(actor, scope=scope)
    return reach | Q(provider__isnull=True) if reach else reach  # an empty Q reaches everything already


def retirable(actor: Actor) -> Q:
    """The items an actor may retire: providers their own; who works disputes whatever they may know of."""
    return within_reach(actor) if actor.is_provider else library_reach(actor, WRITE)


def library_actions(actor: Actor, item: LibraryItem) -> list[str]:
    """What this actor may do with this item now."""
    works = item.provider_id == actor.provider_id if actor.is_provider else actor.is_staff or actor.has_scope(WRITE)
    return ["retire"] if works and item.retired_at is None else []


def sees_internal(actor: Actor) -> bool:
    """Internal notes and their files are for staff and auditors in person; programs and providers never get them."""
    return actor.kind == "user" and not actor.is_provider


def require_library_keeper(actor: Actor) -> None:
    """For adding and retiring: who works disputes, and providers for their own."""
    if not actor.is_provider:
        require_worker(actor, WRITE)


def require_reader(actor: Actor) -> None:
    """For lists of cases. Administrators run the system and see no client data."""
    actor.require(roles={Role.BILLING, Role.LEAD, Role.AUDITOR, Role.PROVIDER}, scope=READ)


def require_dispute_reader(actor: Actor) -> None:
    """For lists of disputes: delegates, too, answer disputes. Cases, decisions and money are not theirs."""
    actor.require(roles={Role.BILLING, Role.LEAD, Role.AUDITOR, Role.PROVIDER, Role.DELEGATE}, scope=READ)


def require_worker(actor: Actor, scope: str | None = None) -> None:
    """For writing: billing staff and leads, and programs where a ``scope`` is named."""
    actor.require(roles=STAFF_ROLES, scope=scope)


def require_lead(actor: Actor) -> None:
    """For what takes two leads. Raises NotAllowed."""
    actor.require(roles={Role.LEAD})


def require_remittance_sender(actor: Actor) -> None:
    """For taking 835 files in. Raises NotAllowed."""
    actor.require(roles=STAFF_ROLES, scope=REMITTANCES)


def require_remittance_reader(actor: Actor) -> None:
    """For payments and their claims: staff, auditors, and programs that send them. Raises NotAllowed."""
    actor.require(roles={Role.BILLING, Role.LEAD, Role.AUDITOR}, scope=REMITTANCES)


def claim_reach(actor: Actor) -> Q:
    """The claims of remittances an actor may know of: those of providers in their reach. What names none of ours is
    for those whose reach has no limit."""
    return within_reach(actor, provider="match__provider", scope=REMITTANCES)


def takeback_reach(actor: Actor) -> Q:
    """The takebacks of accounts, and the claims they name, of providers in reach, as ``claim_reach``."""
    return within_reach(actor, scope=REMITTANCES)


def require_staff_view(actor: Actor) -> None:
    """For what staff know of a case and its provider is told in letters instead."""
    actor.require(roles={Role.BILLING, Role.LEAD, Role.AUDITOR}, scope=READ)


def require_template_reader(actor: Actor) -> None:
    """Wordings for messages hold no client data: staff, auditors, and programs that read cases."""
    actor.require(roles={Role.BILLING, Role.LEAD, Role.AUDITOR}, scope=READ)


def require_template_editor(actor: Actor) -> None:
    """For writing, agreeing to and taking back wordings. Raises NotAllowed."""
    actor.require(roles={Role.LEAD})


def may_edit_templates(actor: Actor) -> bool:
    return actor.role == Role.LEAD


def template_actions(actor: Actor, version: TemplateVersion) -> list[str]:
    """What this actor may do next with a version. Nobody agrees to their own."""
    if not may_edit_templates(actor):
        return []
    own = version.author_id == actor.id
    if version.status == DocumentState.DRAFT:
        return ["save", "propose", "discard"] if own else []
    if version.status == DocumentState.PROPOSED:
        return ["discard"] if own else ["publish", "return"]
    return ["take-back"] if version.status == DocumentState.PUBLISHED and version.reverts_id is None else []


def require_operator(actor: Actor) -> None:
    """For background work: leads, and administrators, who see ids only."""
    actor.require(roles={Role.LEAD, Role.ADMIN})


def require_pack_reader(actor: Actor) -> None:
    """For evidence packs: leads and auditors in person. A pack holds a case whole, so no key opens one."""
    if actor.kind != "user":
        raise NotAllowed
    actor.require(roles={Role.LEAD, Role.AUDITOR})


def refuse_programs(actor: Actor) -> None:
    """What only a person may do, whatever scopes a key has."""
    if actor.kind != "user":
        raise NotAllowed


def waiting_of(decisions: Iterable[Decision]) -> Decision | None:
    """The decision that waits for its second look."""
    return next((row for row in decisions if row.final_at is None and row.returned_at is None), None)


def took_part(case: Case, decisions: Iterable[Decision]) -> set[UUID | None]:
    """Who took part in a final decision of a case that is under appeal, this one or an earlier one: somebody else looks
    at it now. Only an appeal brings a decided case back to be decided."""
    if case.status not in (CaseState.APPEALED, CaseState.SECOND_LOOK):
        return set()
    return {user for row in decisions if row.final_at is not None for user in (row.proposed_by_id, row.second_by_id)}


def stands_aside(actor: Actor, case: Case, decisions: Iterable[Decision]) -> bool:
    """Whether the actor may not judge, having taken part before."""
    return actor.id is not None and actor.id in took_part(case, decisions)


def allowed_actions(actor: Actor, case: Case, decisions: Sequence[Decision] = ()) -> list[str]:
    """What this actor may do with this case now, in the API's verbs. ``decisions``: all of the case."""
    if actor.kind == "api":
        return _program_actions(actor, case)
    if actor.is_provider:
        return _provider_actions(actor, case)
    if not actor.is_staff:
        return []
    actions = []
    if case.status != CaseState.CLOSED:
        actions += ["facts", "assign", "note"]
    if case.status in IN_TALK:
        actions.append("messages")
    if case.status in DECIDABLE and not stands_aside(actor, case, decisions):
        actions.append("decision")
    actions += _second_look_actions(actor, case, decisions)
    if case.status == CaseState.DECIDED:
        actions.append("close")
    if case.status in ANSWERABLE and case.answered_at is None:
        actions.append("report_bounce")
    return actions


def _second_look_actions(actor: Actor, case: Case, decisions: Sequence[Decision]) -> list[str]:
    waiting = waiting_of(decisions)
    if waiting is None:
        return []
    if may_withdraw_proposal(actor, waiting):
        return ["withdraw_proposal"]
    return ["approve"] if may_approve(actor, waiting) and not stands_aside(actor, case, decisions) else []


def _program_actions(actor: Actor, case: Case) -> list[str]:
    if not actor.has_scope(WRITE) or case.status == CaseState.CLOSED:
        return []
    return ["facts", "messages"] if case.status in IN_TALK else ["facts"]


def _provider_actions(actor: Actor, case: Case) -> list[str]:
    if case.provider_id != actor.provider_id:
        return []
    if case.status == CaseState.DECIDED and case.appeal_until is not None:
        return ["appeal"]
    return ["messages"] if case.status in IN_TALK else []


def may_approve(actor: Actor, decision: Decision) -> bool:
    """A lead who did not propose it: nobody approves their own proposal."""
    return actor.kind == "user" and actor.role == Role.LEAD and decision.proposed_by_id != actor.id


def may_withdraw_proposal(actor: Actor, decision: Decision) -> bool:
    """Whoever proposed it, while it waits."""
    return actor.kind == "user" and actor.is_staff and decision.proposed_by_id == actor.id


def require_proposer(actor: Actor, decision: Decision) -> None:
    if not may_withdraw_proposal(actor, decision):
        raise NotAllowed


def require_second_person(actor: Actor, decision: Decision) -> None:
    if not may_approve(actor, decision):
        raise NotAllowed


def dispute_actions(actor: Actor, dispute: Dispute) -> list[str]:
    """What this actor may do with this dispute now."""
    if actor.answers:
        if not actor.answers_for(dispute.provider_id) or dispute.status not in TO_ANSWER:
            return []
        return ["response", "concede", "hand_over"] if actor.is_provider else ["response"]  # conceding is about money
    if actor.kind == "api":
        works = actor.has_scope(WRITE) and dispute.status not in DISPUTE_OVER
        return ["evidence", "reason", "client_link"] if works else []
    if not actor.is_staff or dispute.status in DISPUTE_OVER:
        return []
    actions = ["evidence", "reason", "client_link", "decide" if dispute.status in TO_DECIDE else "withdraw"]
    if dispute.status == DisputeState.UNDELIVERABLE:
        actions.append("deliver")
    if dispute.status in TO_ANSWER and dispute.seen_at is None:
        actions.append("report_bounce")
    return actions
