"""Writing a policy: a draft belongs to its author until a second person has it in front of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from clawguard.access import FieldProblem, Problem
from clawguard.accounts.actors import Actor
from clawguard.domain.codesets.policy_values import PolicyValuesError, from_json, to_json
from clawguard.domain.submission.table import PAYER_KINDS
from clawguard.events import two_people
from clawguard.events.documents import LONGEST_REASON
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import publish
from sessions import policies
from sessions.models import PolicyRevision, PolicyScope
from sessions.rulebook import trials

LONGEST_ID = 80
EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2100, 1, 1)


class ScopeName(NamedTuple):
    """For whom: the network (all empty), a kind of payer, a payer by its own id, or that payer's plan."""

    payer_kind: str = ""
    payer_id: str = ""
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a revision says. ``values`` are JSON, only what differs; ``last_day`` None: until further notice."""

    first_day: dt.date
    last_day: dt.date | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


@transaction.atomic
def start_draft(actor: Actor, scope: ScopeName, draft: Draft, now: dt.datetime) -> PolicyRevision:
    """Begin a revision. Raises NotAllowed, and Problem 422 naming every bad field."""
    policies.require_rules_editor(actor)
    fields = _checked(draft, scope == ScopeName(), _scope_problems(scope))
    row = PolicyScope.objects.get_or_create(**scope._asdict(), defaults={"created_at": now})[0]
    return new_revision(actor, row, now, **fields)


@transaction.atomic
def copy(actor: Actor, revision_id: UUID, now: dt.datetime) -> PolicyRevision:
    """Begin a revision with the days and values of another, whoever wrote that."""
    policies.require_rules_editor(actor)
    old = PolicyRevision.objects.filter(pk=revision_id, reverts=None).select_related("scope").first()
    if old is None:
        raise NotFound
    return new_revision(
        actor, old.scope, now, first_day=old.first_day, last_day=old.last_day, values=old.values, reason=""
    )


def new_revision(actor: Actor, scope: PolicyScope, now: dt.datetime, **fields: Any) -> PolicyRevision:
    """The next number of a scope. The author is a person: nobody else could be told apart from the second one."""
    author = actor.person()
    PolicyScope.objects.select_for_update().get(pk=scope.pk)
    last = scope.revisions.aggregate(last=Max("number"))["last"] or 0
    revision = PolicyRevision.objects.create(
        scope=scope, number=last + 1, author_id=author, created_at=now, updated_at=now, **fields
    )
    publish("policy.drafted", revision, actor, now, {"number": revision.number})
    return revision


@transaction.atomic
def save_draft(actor: Actor, revision_id: UUID, draft: Draft, now: dt.datetime) -> PolicyRevision:
    """Change a draft. Only its author may: a second person who had written a part would not be one."""
    revision = locked(actor, revision_id)
    two_people.require_own_draft(revision, actor)
    for name, value in _checked(draft, revision.scope.is_network, []).items():
        setattr(revision, name, value)
    revision.updated_at = now
    revision.save(update_fields=["first_day", "last_day", "values", "reason", "updated_at"])
    return revision


@transaction.atomic
def save_readable(actor: Actor, revision_id: UUID, draft: Draft, now: dt.datetime) -> list[FieldProblem]:
    """Keep what can be kept of a draft that is still being written; what cannot stays as it was and is returned."""
    stored = locked(actor, revision_id)
    two_people.require_own_draft(stored, actor)
    try:
        save_draft(actor, revision_id, draft, now)
    except Problem as problem:
        bad = {error.pointer.strip("/") for error in problem.errors}
        names = {name.removeprefix("values/") for name in bad}
        values = {name: value for name, value in draft.values.items() if name not in names}
        values |= {name: value for name, value in stored.values.items() if name in names}
        own = draft if bad.isdisjoint({"first_day", "last_day"}) else stored
        reason = stored.reason if "reason" in bad else draft.reason
        save_draft(actor, revision_id, Draft(own.first_day, own.last_day, values, reason), now)
        return list(problem.errors)
    return []


@transaction.atomic
def propose(actor: Actor, revision_id: UUID, now: dt.datetime) -> PolicyRevision:
    """Lay a draft before a second person. It was tried on stored sessions as it stands, and says why."""
    revision = locked(actor, revision_id)
    two_people.require_own_draft(revision, actor)
    if not revision.values:
        raise Refused("nothing_decided", "Decide at least one value first.", "/values")
    if trials.finished(revision) is None:
        raise Refused("not_tried", "Try it on the last 90 days first: the second person is shown what it changes.")
    two_people.lay_before_another(revision, actor, now)
    return revision


@transaction.atomic
def send_back(actor: Actor, revision_id: UUID, reason: str, now: dt.datetime) -> PolicyRevision:
    """The second person asks for a change; the draft is its author's again."""
    revision = locked(actor, revision_id)
    two_people.ask_for_a_change(revision, actor, reason, now)
    return revision


@transaction.atomic
def discard(actor: Actor, revision_id: UUID, now: dt.datetime) -> PolicyRevision:
    """Leave a draft or an own proposal; it stays in the history."""
    revision = locked(actor, revision_id)
    two_people.leave(revision, actor, now)
    return revision


def locked(actor: Actor, revision_id: UUID) -> PolicyRevision:
    """The revision and its scope, held until the end of the transaction. Raises NotAllowed, NotFound."""
    policies.require_rules_editor(actor)
    scope = PolicyRevision.objects.filter(pk=revision_id).values_list("scope_id", flat=True).first()
    if scope is None:
        raise NotFound
    PolicyScope.objects.select_for_update().get(pk=scope)
    return PolicyRevision.objects.select_for_update(of=("self",)).select_related("scope").get(pk=revision_id)


def _scope_problems(scope: ScopeName) -> list[FieldProblem]:
    found = []
    if scope.payer_kind and scope.payer_kind not in PAYER_KINDS:
        found.append(FieldProblem("/payer_kind", "choice", "There is no such kind of payer."))
    if scope.payer_kind and scope.payer_id:
        found.append(FieldProblem("/payer_kind", "scope", "Name either a kind of payer or one payer."))
    if scope.plan and not scope.payer_id:
        found.append(FieldProblem("/plan", "scope", "A plan needs its payer."))
    for name, text in (("payer_id", scope.payer_id), ("plan", scope.plan)):
        if len(text) > LONGEST_ID or not text.isprintable():
            found.append(FieldProblem(f"/{name}", "text", f"Use at most {LONGEST_ID} printable characters."))
    return found


def _checked(draft: Draft, network: bool, problems: list[FieldProblem]) -> dict[str, Any]:
    """The draft's fields as they are stored. Raises Problem 422 with every bad field."""
    values: dict[str, Any] = {}
    try:
        values = to_json(from_json(draft.values, network=network))
    except PolicyValuesError as error:
        problems += [FieldProblem(f"/values/{bad.name}", bad.code, bad.message) for bad in error.problems]
    if draft.last_day is not None and draft.last_day < draft.first_day:
        problems.append(FieldProblem("/last_day", "order", "This day is before the first day."))
    if not all(EARLIEST <= day <= LATEST for day in (draft.first_day, draft.last_day or LATEST)):
        problems.append(FieldProblem("/first_day", "range", "Give days from the year 2000 to 2100."))
    reason = draft.reason.strip()
    if len(reason) > LONGEST_REASON:
        problems.append(FieldProblem("/reason", "too_long", f"Use at most {LONGEST_REASON} characters."))
    if problems:
        raise Problem(422, "invalid", "The draft cannot be saved yet", "Correct the named fields.", problems)
    return {"first_day": draft.first_day, "last_day": draft.last_day, "values": values, "reason": reason}
