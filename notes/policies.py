"""Who may do what with notes requests and notes. Plain functions on (actor, row): services ask, doors show them."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Q

from clawguard.accounts.actors import READER_ROLES, STAFF_ROLES, Actor, NotAllowed, within_reach
from clawguard.accounts.models import Role
from clawguard.domain.lifecycles import ItemState, RequestState
from notes.models import FileDestruction, FileRelease, NotesRequest, RequestItem, TextDestruction
from notes.models.request import ANSWERED, ENDED, STANDING

READ, WRITE = "notes:read", "notes:write"
ANSWERABLE = frozenset({RequestState.OPEN, RequestState.LAPSED})
ANSWERING_ROLES = frozenset({Role.PROVIDER, Role.DELEGATE})


def readable(actor: Actor, path: str = "provider") -> Q:
    """The rows an actor may know of; ``path`` leads from the row to its Provider."""
    return within_reach(actor, provider=path, scope=READ)


def require_reader(actor: Actor) -> None:
    """For lists of requests and notes. Administrators run the system and see no client data. Raises NotAllowed."""
    actor.require(roles=READER_ROLES | ANSWERING_ROLES, scope=READ)


def workable(actor: Actor, path: str = "provider") -> Q:
    """The rows an actor may open, withdraw and review: staff within reach, and programs with the scope."""
    if actor.is_staff or actor.kind == "api" or actor.is_system:
        return within_reach(actor, provider=path, scope=WRITE)
    return Q(pk__in=[])


def require_work(actor: Actor) -> None:
    """Opening, withdrawing and delivering requests. Raises NotAllowed."""
    actor.require(roles=STAFF_ROLES, scope=WRITE)


def require_review(actor: Actor) -> None:
    """Judging what came in is for people who work cases, never for programs. Raises NotAllowed."""
    actor.require(roles=STAFF_ROLES)


def require_lead(actor: Actor) -> None:
    actor.require(roles={Role.LEAD})


def require_file_reader(actor: Actor) -> None:
    """A key needs the scope; who else may read which file, and why, is for the reading itself. Raises NotAllowed."""
    if actor.kind == "api":
        require_reader(actor)


def require_staff_reader(actor: Actor) -> None:
    """Staff, leads and auditors, and programs that read requests. Raises NotAllowed."""
    actor.require(roles=READER_ROLES, scope=READ)


def require_publisher(actor: Actor) -> None:
    """Publishing or leaving a proposed calendar: leads and administrators; never the proposer. Raises NotAllowed."""
    actor.require(roles={Role.LEAD, Role.ADMIN})


def require_calendar_reader(actor: Actor) -> None:
    """Which days are business days holds no client data: staff and administrators read it, and programs with any scope
    that reads requests. Raises NotAllowed."""
    actor.require(roles=READER_ROLES | {Role.ADMIN}, scope=READ)


def may_agree(actor: Actor, asked: FileRelease | FileDestruction | TextDestruction) -> bool:
    """A lead who did not ask for it: nobody agrees with themselves."""
    return actor.kind == "user" and actor.role == Role.LEAD and asked.asked_by_id != actor.id


def require_provider(actor: Actor) -> None:
    """The provider's own affair: whom they name, what they kept, their private checks. Raises NotAllowed."""
    actor.require(roles={Role.PROVIDER})


def own_provider(actor: Actor) -> UUID:
    """``require_provider``, and which one it is."""
    require_provider(actor)
    if actor.provider_id is None:
        raise NotAllowed
    return actor.provider_id


def require_absence_reader(actor: Actor) -> None:
    """Who answers for a provider, and when they are away: themselves, readers, programs. Raises NotAllowed."""
    actor.require(roles=READER_ROLES | {Role.PROVIDER}, scope=READ)


def require_answering(actor: Actor) -> None:
    """Answering is for the provider, or for whom they named: no program and no staff member does. Raises NotAllowed."""
    actor.require(roles=ANSWERING_ROLES)


def may_withdraw(actor: Actor, row: NotesRequest, now: dt.datetime) -> bool:
    """While it stands; once it is due only a lead (the sweep may be about to lapse it)."""
    if row.status not in STANDING or not (actor.is_staff or actor.has_scope(WRITE)):
        return False
    return not row.is_over(now) or actor.role == Role.LEAD


def is_running(row: NotesRequest, now: dt.datetime) -> bool:
    """Delivered, not answered, not over, and not waiting for a pause to end."""
    return row.status == RequestState.OPEN and row.paused_at is None and not row.is_over(now)


def may_extend(actor: Actor, row: NotesRequest, now: dt.datetime) -> bool:
    return is_running(row, now) and (actor.role == Role.LEAD or actor.is_system)


def may_answer(actor: Actor, row: NotesRequest, reviewed: bool) -> bool:
    """While it is open or lapsed; after a first answer until staff have begun to look at it."""
    if not actor.answers_for(row.provider_id):
        return False
    return row.status in ANSWERABLE or (row.status in ANSWERED and not reviewed)


def may_review(actor: Actor, row: NotesRequest, item: RequestItem) -> bool:
    return actor.is_staff and row.status in ANSWERED and item.status == ItemState.RECEIVED


def allowed_actions(actor: Actor, row: NotesRequest, now: dt.datetime, reviewed: bool = False) -> list[str]:
    """What this actor may do next with a request they can see; ``reviewed``: staff judged at least one item."""
    running = is_running(row, now)
    own = actor.answers_for(row.provider_id)
    offers = {
        "answer": may_answer(actor, row, reviewed),
        "ask_extension": own and running and row.extension_asked_at is None,
        "hand_over": own and actor.is_provider and row.status in ANSWERABLE,
        "ask_question": own and row.status not in ENDED,
        "deliver": actor.is_staff and row.status == RequestState.UNDELIVERABLE,
        "report_bounce": actor.is_staff and row.status in ANSWERABLE and row.viewed_at is None and not row.came_back,
        "extend": may_extend(actor, row, now),
        "pause": running and actor.role == Role.LEAD,
        "resume": actor.role == Role.LEAD and row.paused_at is not None,
        "withdraw": may_withdraw(actor, row, now),
        "review": actor.is_staff and row.status in ANSWERED,
        "reply": actor.is_staff,
    }
    return [name for name, offered in offers.items() if offered]
