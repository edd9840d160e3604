"""Wordings for messages: written as drafts, agreed to by a second person, taken back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from clawguard.access import FieldProblem, Problem
from clawguard.accounts.actors import Actor
from clawguard.domain.lifecycles import DocumentState
from clawguard.domain.message_templates import PARTS, faults_of
from clawguard.events import two_people
from clawguard.events.documents import LONGEST_REASON
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import WrongState, move, publish
from clawguard.events.words import stated
from disputes import policies
from disputes.models import MessageTemplate, TemplateVersion
from disputes.selectors.templates import wordings

LONGEST_NAME = 40
RESERVED = frozenset({"new", "versions"})  # addresses of their own


@dataclass(frozen=True, slots=True)
class Draft:
    """What a version says; ``reason`` is for whoever agrees and for the history."""

    title: str
    used_when: str
    parts: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


@transaction.atomic
def start_template(actor: Actor, draft: Draft, now: dt.datetime) -> TemplateVersion:
    """Begin a wording that is not there yet. Its name comes from its title. Raises NotAllowed, Problem 422."""
    policies.require_template_editor(actor)
    fields = _checked(draft)
    name = re.sub("-", "_", slugify(draft.title))[:LONGEST_NAME].strip("_")
    taken = name in RESERVED or name in wordings() or MessageTemplate.objects.filter(pk=name).exists()
    if not name or taken:
        said = "There is one of this name already; edit that one." if taken else "Use letters in its name."
        raise Problem(422, "invalid", "The draft cannot be saved yet", said, [FieldProblem("/title", "name", said)])
    return _new_version(actor, name, now, **fields)


@transaction.atomic
def edit_template(actor: Actor, name: str, now: dt.datetime) -> TemplateVersion:
    """A draft with the words that are offered now; the same person's draft that is there already. Raises NotFound."""
    policies.require_template_editor(actor)
    now_offered = wordings().get(name)
    if now_offered is None:
        raise NotFound
    own = TemplateVersion.objects.filter(template=name, status=DocumentState.DRAFT, author=actor.id).first()
    if own is not None:
        return own
    wording = now_offered.wording
    words = {"title": wording.title, "used_when": wording.used_when, "parts": dict(wording.parts)}
    return _new_version(actor, name, now, **words)


@transaction.atomic
def save_template(actor: Actor, version_id: UUID, draft: Draft, now: dt.datetime) -> TemplateVersion:
    """Change a draft. Only its author may. Raises Problem 422 naming every bad field."""
    version = _locked(actor, version_id)
    two_people.require_own_draft(version, actor)
    for name, value in _checked(draft, version.template_id).items():
        setattr(version, name, value)
    version.updated_at = now
    version.save(update_fields=["title", "used_when", "parts", "reason", "updated_at"])
    return version


@transaction.atomic
def propose_template(actor: Actor, version_id: UUID, now: dt.datetime) -> TemplateVersion:
    """Lay a draft before a second person; it says why."""
    version = _locked(actor, version_id)
    two_people.require_own_draft(version, actor)
    two_people.lay_before_another(version, actor, now)
    return version


@transaction.atomic
def publish_template(actor: Actor, version_id: UUID, now: dt.datetime) -> TemplateVersion:
    """Offer a proposed version from now on, or take back the one it reverts. Raises Refused to its author."""
    version = _locked(actor, version_id)
    two_people.require_second_person(version, actor)
    offered = _offered(version)
    if version.reverts is None:
        if offered is not None:
            move(offered, DocumentState.SUPERSEDED, actor, now, updated_at=now)
    else:
        if offered is None or offered.pk != version.reverts_id:
            raise Refused("nothing_left", "That version is not offered any more, so there is nothing to take back.")
        _step_back(offered, actor, now)
    two_people.put_in_force(version, actor, now)
    return version


def _step_back(offered: TemplateVersion, actor: Actor, now: dt.datetime) -> None:
    move(offered, DocumentState.REVERTED, actor, now, updated_at=now)
    before = TemplateVersion.objects.filter(
        template=offered.template_id, status=DocumentState.SUPERSEDED, number__lt=offered.number
    ).first()  # the highest number
    if before is not None:
        move(before, DocumentState.PUBLISHED, actor, now, updated_at=now)


@transaction.atomic
def take_template_back(actor: Actor, version_id: UUID, reason: str, now: dt.datetime) -> TemplateVersion:
    """Propose to offer again what was offered before this version; a second person agrees or not."""
    target = _locked(actor, version_id)
    if "take-back" not in policies.template_actions(actor, target):
        raise WrongState(target, DocumentState.REVERTED)
    waiting = TemplateVersion.objects.filter(reverts=target, status=DocumentState.PROPOSED).first()
    if waiting is not None:
        return waiting
    said = stated(reason, "/reason", LONGEST_REASON, "Say why it is taken back.")
    version = _new_version(actor, target.template_id, now, reason=said, reverts=target)
    two_people.lay_before_another(version, actor, now)
    return version


@transaction.atomic
def return_template(actor: Actor, version_id: UUID, reason: str, now: dt.datetime) -> TemplateVersion:
    """The second person asks for a change: the draft is its author's again; a take-back is left."""
    version = _locked(actor, version_id)
    two_people.ask_for_a_change(version, actor, reason, now)
    return version


@transaction.atomic
def discard_template(actor: Actor, version_id: UUID, now: dt.datetime) -> TemplateVersion:
    """Leave a draft or an own proposal; it stays in the history."""
    version = _locked(actor, version_id)
    two_people.leave(version, actor, now)
    return version


def _new_version(actor: Actor, name: str, now: dt.datetime, **fields: Any) -> TemplateVersion:
    """The next number. The author is a person: nobody else could be told apart from the second one."""
    author = actor.person()
    MessageTemplate.objects.get_or_create(name=name, defaults={"created_at": now})
    MessageTemplate.objects.select_for_update().get(pk=name)
    last = TemplateVersion.objects.filter(template=name).aggregate(last=Max("number"))["last"] or 0
    version = TemplateVersion.objects.create(
        template_id=name, number=last + 1, author_id=author, created_at=now, updated_at=now, **fields
    )
    publish("template.drafted", version, actor, now, {"template": name, "number": version.number})
    return version


def _locked(actor: Actor, version_id: UUID) -> TemplateVersion:
    """The version, with all of its template held until the end of the transaction. Raises NotAllowed, NotFound."""
    policies.require_template_editor(actor)
    name = TemplateVersion.objects.filter(pk=version_id).values_list("template", flat=True).first()
    if name is None:
        raise NotFound
    MessageTemplate.objects.select_for_update().get(pk=name)
    return TemplateVersion.objects.select_related("reverts").get(pk=version_id)


def _offered(version: TemplateVersion) -> TemplateVersion | None:
    rows = TemplateVersion.objects.filter(template=version.template_id, reverts__isnull=True)
    return rows.filter(status=DocumentState.PUBLISHED).first()


def _checked(draft: Draft, name: str = "") -> dict[str, Any]:
    """The draft's fields as they are stored. Raises Problem 422 with every bad field."""
    title, used_when = (" ".join(words.split()) for words in (draft.title, draft.used_when))
    parts = {part.name: draft.parts.get(part.name, "").replace("\r\n", "\n").strip() for part in PARTS}
    problems = [
        FieldProblem(f"/{bad.field}", bad.code, bad.message) for bad in faults_of(title, used_when, parts, name)
    ]
    reason = " ".join(draft.reason.split())
    if len(reason) > LONGEST_REASON or "\0" in reason:
        problems.append(FieldProblem("/reason", "too_long", f"Use at most {LONGEST_REASON} characters."))
    if problems:
        raise Problem(422, "invalid", "The draft cannot be saved yet", "Correct the named fields.", problems)
    return {"title": title, "used_when": used_when, "parts": parts, "reason": reason}
