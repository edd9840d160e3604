"""The wordings people are offered: as shipped, unless a version that two people stand for takes their place."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID

from clawguard.accounts.actors import Actor
from clawguard.domain.lifecycles import DocumentState
from clawguard.domain.message_templates import PARTS, SHIPPED_VERSION, Wording, shipped
from clawguard.events.errors import NotFound
from disputes import policies
from disputes.models import TemplateVersion

OPEN = (DocumentState.DRAFT, DocumentState.PROPOSED)
HISTORY = 50
STATES = {
    "draft": "draft",
    "proposed": "waits for a second lead",
    "published": "offered now",
    "superseded": "was offered before",
    "reverted": "taken back",
    "discarded": "discarded",
}


@dataclass(frozen=True, slots=True)
class Offered:
    """``version``: "shipped" with the release's own version, or the number of an edited one."""

    wording: Wording
    version: str


def wordings() -> dict[str, Offered]:
    """What is offered now by name, in the shipped order, further ones by title."""
    rows = TemplateVersion.objects.filter(status=DocumentState.PUBLISHED, reverts__isnull=True)
    edited = {row.template_id: Offered(as_wording(row), str(row.number)) for row in rows.order_by("title")}
    found = {name: edited.pop(name, Offered(wording, SHIPPED_VERSION)) for name, wording in shipped().items()}
    return found | edited


def wording_in_force(name: str) -> Offered:
    """The one shipped wording of this name, or what two people put in its place. Raises KeyError for another name."""
    rows = TemplateVersion.objects.filter(template=name, status=DocumentState.PUBLISHED, reverts__isnull=True)
    row = rows.first()
    return Offered(as_wording(row), str(row.number)) if row is not None else Offered(shipped()[name], SHIPPED_VERSION)


def as_wording(row: TemplateVersion) -> Wording:
    return Wording(row.template_id, row.title, row.used_when, MappingProxyType(row.parts))


def offered(actor: Actor) -> list[Offered]:
    """Those of messages and those of letters. Raises NotAllowed for whoever writes no messages to providers and does
    not oversee them."""
    policies.require_template_reader(actor)
    return list(wordings().values())


def to_begin_with(actor: Actor) -> list[Offered]:
    """Those that a message can begin with. Raises as ``offered``."""
    return [row for row in offered(actor) if not row.wording.is_letter]


def wording_of(actor: Actor, name: str) -> Offered:
    """One wording that a message can begin with, as it is offered now. Raises NotAllowed, NotFound."""
    policies.require_template_reader(actor)
    found = wordings().get(name)
    if found is None or found.wording.is_letter:
        raise NotFound
    return found


def known_version(name: str, version: str) -> Wording | None:
    """The words of a version, offered or not: a page may have been open while another one was published."""
    if version == SHIPPED_VERSION:
        return shipped().get(name)
    if not version.isdecimal() or len(version) > 6:
        return None
    row = TemplateVersion.objects.filter(template=name, number=int(version), reverts__isnull=True).first()
    return as_wording(row) if row is not None and row.approved_at is not None else None


def in_words(used: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """What people call each (name, version) that was used, with its version: ``“Notice of a case”, version 3``.

    At most one statement, however many they are.
    """
    numbered = {(name, int(version)) for name, version in used if version.isdecimal()}
    titles: dict[tuple[str, str], str] = {}
    if numbered:
        names, numbers = zip(*numbered, strict=True)
        rows = TemplateVersion.objects.filter(template__in=names, number__in=numbers, reverts__isnull=True)
        titles = {(name, str(number)): title for name, number, title in rows.values_list("template", "number", "title")}
    return {each: _called(*each, titles.get(each, "")) for each in used}


def _called(name: str, version: str, title: str) -> str:
    known = shipped().get(name)
    called = title or (known.title if known is not None else name.replace("_", " "))
    return f"“{called}”, {f'version {version}' if version.isdecimal() else version}"


def title_of(row: TemplateVersion) -> str:
    """What people call the wording that this version is of; one that takes another back has no title of its own."""
    named = row.reverts if isinstance(row.reverts, TemplateVersion) else row
    return named.title or named.template_id.replace("_", " ")


def template_list(actor: Actor) -> list[dict[str, Any]]:
    """Every wording with what waits beside it; new ones that are not offered yet come last."""
    policies.require_template_reader(actor)
    now_offered = wordings()
    waiting: dict[str, list[TemplateVersion]] = {}
    for row in TemplateVersion.objects.filter(status__in=OPEN).select_related("author"):
        waiting.setdefault(row.template_id, []).append(row)
    rows: list[dict[str, Any]] = [
        {"name": name, "offered": row, "title": row.wording.title, "waiting": waiting.pop(name, [])}
        for name, row in now_offered.items()
    ]
    return rows + [
        {"name": name, "offered": None, "title": drafts[0].title, "waiting": drafts} for name, drafts in waiting.items()
    ]


def versions_of(actor: Actor, name: str) -> list[TemplateVersion]:
    """Newest first. Raises NotAllowed; NotFound for a name that was never used."""
    policies.require_template_reader(actor)
    rows = TemplateVersion.objects.filter(template=name).select_related("author", "approved_by", "reverts")
    found = list(rows.order_by("-number")[:HISTORY])
    if not found and name not in shipped():
        raise NotFound
    return found


def get_version(actor: Actor, version_id: UUID) -> TemplateVersion:
    """Raises NotAllowed, NotFound."""
    policies.require_template_reader(actor)
    rows = TemplateVersion.objects.select_related("author", "approved_by", "returned_by", "reverts")
    row = rows.filter(pk=version_id).first()
    if row is None:
        raise NotFound
    return row


def shown_parts(parts: Any) -> list[tuple[str, str]]:
    """Each part with its label."""
    return [(part.label, parts.get(part.name, "")) for part in PARTS]
