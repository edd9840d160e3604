"""Who may do what with sessions, findings and imports. Plain functions; services ask them, doors show their answers."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from clawguard.accounts.actors import READER_ROLES, STAFF_ROLES, Actor, within_reach
from clawguard.accounts.models import Role, User
from clawguard.domain.lifecycles import DocumentState, FindingState, ImportState, JobState, TableState
from clawguard.events.errors import Refused
from sessions.codesets import current_tables
from sessions.models import (
    Backtest,
    CodeTable,
    Finding,
    ImportBatch,
    PatternFinding,
    PolicyRevision,
    Rescreening,
    TherapySession,
)

READ, WRITE = "sessions:read", "sessions:write"
REMITTANCES = "remittances:write"
REPORTS, ADMIN = "reports:read", "admin"
OPEN_FINDING = frozenset({FindingState.NEW, FindingState.CONFIRMED})


def readable(actor: Actor, path: str = "provider") -> Q:
    """The sessions an actor may know of; ``path`` leads from the row to its Provider."""
    return within_reach(actor, provider=path, scope=READ)


def writable(actor: Actor, path: str = "provider") -> Q:
    """The sessions an actor may correct: staff within their reach, and programs with the scope."""
    if may_take_in(actor):
        return within_reach(actor, provider=path, scope=WRITE)
    return Q(pk__in=[])


def require_reader(actor: Actor) -> None:
    """For lists of sessions and findings. Administrators run the system and see no client data. Raises NotAllowed."""
    actor.require(roles=READER_ROLES | {Role.PROVIDER}, scope=READ)


def require_import_reader(actor: Actor) -> None:
    """For lists of imports: those who send files of any kind, and auditors. Raises NotAllowed."""
    actor.require(roles=READER_ROLES, scope=REMITTANCES if actor.has_scope(REMITTANCES) else WRITE)


def reachable_imports(actor: Actor) -> Q:
    """A program reaches what it sent itself, billing staff what their team sent, leads and auditors everything."""
    if actor.is_system or actor.role in {Role.LEAD, Role.AUDITOR}:
        return Q()
    if actor.role == Role.BILLING and actor.team_id is None:
        return Q()
    if actor.role == Role.BILLING and actor.team_id is not None:
        team = User.objects.filter(team_id=actor.team_id).values("pk")
        return Q(created_by_kind="user", created_by_id__in=team)
    if actor.has_scope(WRITE) or actor.has_scope(REMITTANCES):
        return Q(created_by_kind="api", created_by_id=actor.id)
    return Q(pk__in=[])


def require_intake(actor: Actor) -> None:
    """Submitting and importing. Raises NotAllowed."""
    actor.require(roles=STAFF_ROLES, scope=WRITE)


def may_take_in(actor: Actor) -> bool:
    return actor.is_system or actor.is_staff or actor.has_scope(WRITE)


def may_write(actor: Actor, session: TherapySession) -> bool:
    """Whether the actor may correct this session, given that they can see it."""
    if actor.is_staff:
        return actor.team_id is None or actor.role == "lead" or session.provider.team_id == actor.team_id
    return actor.is_system or actor.has_scope(WRITE)


def require_judgement(actor: Actor) -> None:
    """Confirming and dismissing findings is for people who work cases, never for programs. Raises NotAllowed."""
    actor.require(roles=STAFF_ROLES)


def require_health(actor: Actor) -> None:
    """How well checks do is for those who judge findings and those who look over their work. Raises NotAllowed."""
    actor.require(roles=READER_ROLES, scope=READ)


def require_table_reader(actor: Actor) -> None:
    """Which code tables are in force, loaded and past: leads and auditors. Raises NotAllowed."""
    actor.require(roles={Role.LEAD, Role.AUDITOR}, scope=READ)


def require_table_change(actor: Actor) -> None:
    """Loading a code table and putting it in force is for compliance leads, never for programs. Raises NotAllowed."""
    actor.require(roles={Role.LEAD})


def may_change_tables(actor: Actor) -> bool:
    return actor.is_system or actor.role == Role.LEAD


def table_actions(actor: Actor, table: CodeTable) -> list[str]:
    """What this actor may do next with a table. To be put in force, its comparison must have been made."""
    if not may_change_tables(actor):
        return []
    may_start = ["activate"] if table.comparison else []
    return {
        TableState.INCOMPLETE: ["accept", "discard"],
        TableState.LOADED: [*may_start, "discard"],
        TableState.SUPERSEDED: may_start,
    }.get(TableState(table.status), [])


def session_actions(actor: Actor, session: TherapySession) -> list[str]:
    return ["correct"] if may_write(actor, session) else []


def finding_actions(actor: Actor, finding: Finding) -> list[str]:
    """What this actor may do next with a finding they can see."""
    if not (actor.is_staff or actor.is_system):
        return []
    if finding.status == FindingState.NEW:
        return ["confirm", "dismiss"]
    return {FindingState.CONFIRMED: ["dismiss"], FindingState.DISMISSED: ["restore"]}.get(
        FindingState(finding.status), []
    )


def patterns_shown(today: dt.date) -> bool:
    """Whether the network shows providers their own patterns."""
    return current_tables().policies.on("", "", "", today).patterns_shown_to_providers


def require_pattern_reader(actor: Actor, today: dt.date) -> None:
    """Staff, auditors and programs; providers where the network's policy says so. Raises NotAllowed."""
    if not (actor.is_provider and patterns_shown(today)):
        actor.require(roles=READER_ROLES, scope=READ)


def pattern_actions(actor: Actor, finding: PatternFinding) -> list[str]:
    """What this actor may do next with a pattern they can see."""
    if not actor.is_staff:
        return []
    return {"new": ["confirm", "dismiss"], "confirmed": ["dismiss"], "dismissed": ["restore"]}.get(finding.status, [])


def require_fact_reader(actor: Actor) -> None:
    """Stated facts are for staff, auditors and programs; a provider is asked, not shown our records. NotAllowed."""
    actor.require(roles=READER_ROLES, scope=READ)


def reachable_facts(actor: Actor, scope: str) -> Q:
    """Stated facts an actor may read: those about providers, clients and sessions in their reach. Never providers."""
    if actor.is_provider:
        return Q(pk__in=[])
    reach = within_reach(actor, scope=scope)
    if reach == Q() or reach == Q(pk__in=[]):
        return reach
    mine = TherapySession.objects.filter(reach)
    return (
        within_reach(actor, scope=scope)
        | Exists(mine.filter(client_id=OuterRef("client_id")))
        | Exists(mine.filter(external_id=OuterRef("session_ref")))
    )


def require_facts_in_reach(actor: Actor, clients: set[str], sessions: set[str]) -> None:
    """Billing staff of a team state facts about their team's clients and sessions only. Raises Refused."""
    if actor.role != Role.BILLING or actor.team_id is None:
        return
    mine = TherapySession.objects.filter(readable(actor))
    if clients - set(mine.filter(client__external_id__in=clients).values_list("client__external_id", flat=True)):
        raise Refused("client_out_of_reach", "Your team has no session with this client.", "/client")
    if sessions - set(mine.filter(external_id__in=sessions).values_list("external_id", flat=True)):
        raise Refused("session_out_of_reach", "Your team has no such session.", "/session")


def import_actions(actor: Actor, batch: ImportBatch) -> list[str]:
    """What may be done with a batch that waits for a person."""
    if batch.status != ImportState.PREVIEWED or not may_take_in(actor):
        return []
    if not batch.rows_good:
        return ["cancel"]
    return ["start_good_rows", "cancel"] if batch.rows_refused else ["start", "cancel"]


def require_rules_reader(actor: Actor) -> None:
    """Payer policies and rule packs hold no client data: whoever reads cases, runs the system or has the scope."""
    actor.require(roles=READER_ROLES | {Role.ADMIN}, scope=READ)


def require_rules_editor(actor: Actor) -> None:
    """Writing, agreeing to and taking back policies; screening again. Raises NotAllowed."""
    actor.require(roles={Role.LEAD})


def require_trial(actor: Actor) -> None:
    """Trying rules out changes nothing but takes the workers' time: leads, and programs they gave ``admin``."""
    actor.require(roles={Role.LEAD}, scope=ADMIN)


def require_trial_reader(actor: Actor) -> None:
    """What a try found names sessions of every team: for those who reach them all. Raises NotAllowed."""
    actor.require(roles={Role.LEAD, Role.AUDITOR}, scope=REPORTS)


def edits_rules(actor: Actor) -> bool:
    return actor.role == Role.LEAD


def revision_actions(actor: Actor, revision: PolicyRevision) -> list[str]:
    """What this actor may do next with a revision. Nobody agrees to their own."""
    if not edits_rules(actor):
        return []
    own = revision.author_id == actor.id
    if revision.status == DocumentState.DRAFT:
        return ["edit", "try", "propose", "discard"] if own else ["try", "copy"]
    if revision.status == DocumentState.PROPOSED:
        return ["try", "discard"] if own else ["try", "publish", "return"]
    if revision.status == DocumentState.PUBLISHED and revision.reverts_id is None:
        return ["revert", "copy"]
    return [] if revision.reverts_id else ["copy"]


def job_actions(actor: Actor, job: Backtest | Rescreening) -> list[str]:
    may = edits_rules(actor) or (isinstance(job, Backtest) and actor.has_scope(ADMIN))
    return ["cancel"] if may and job.status == JobState.RUNNING else []
