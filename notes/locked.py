"""What nobody opens, as staff are shown it: its name, why it is locked away, and the ways out that leads asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from clawguard.accounts.actors import Actor
from clawguard.accounts.models import Role
from notes import policies, quarantine
from notes.models import FileDestruction, FileRelease, NotesRequest, StoredFile

DESTROYED = "Destroyed unread; its name, size and fingerprint are kept"


@dataclass(frozen=True, slots=True)
class Way:
    """One way out, as far as it was ``asked`` for; this actor posts to ``url`` what they may do."""

    key: str  # release or destroy
    dialog: str
    asked: FileRelease | FileDestruction | None
    may_ask: bool
    may_agree: bool
    url: str


@dataclass(frozen=True, slots=True)
class Locked:
    """``ways`` are none once two leads agreed to destroy it."""

    id: UUID
    name: str
    words: str
    ways: tuple[Way, ...]


def locked_away(actor: Actor, request: NotesRequest) -> list[Locked]:
    """Files of the request that nobody opens."""
    rows = StoredFile.objects.filter(request=request, removed_at=None).exclude(quarantined_at=None)
    return [_file(actor, request, row) for row in rows.select_related("release", "destruction")]


def locked_words(row: StoredFile) -> str:
    """Beside the name of a file that nobody opens."""
    return DESTROYED if row.destroyed_at is not None else quarantine.words(row.quarantine_reason).short


def _file(actor: Actor, request: NotesRequest, row: StoredFile) -> Locked:
    release, destruction = getattr(row, "release", None), getattr(row, "destruction", None)
    both = (("release", release), ("destroy", destruction))
    of = [request.pk, row.pk]
    ways = [way(actor, key, row.pk, asked, (f"request-{key}", f"request-{key}-agree"), of) for key, asked in both]
    return Locked(row.pk, row.display_name, locked_words(row), () if _agreed(destruction) else tuple(ways))


def _agreed(asked: FileDestruction | None) -> bool:
    return asked is not None and asked.agreed_at is not None


def way(
    actor: Actor,
    key: str,
    row_id: UUID,
    asked: FileRelease | FileDestruction | None,
    doors: tuple[str, str],
    of: Iterable[UUID],
) -> Way:
    """``doors``: the names of the addresses to ask at and to agree at, each ``of`` the same ids."""
    may_ask = actor.role == Role.LEAD and asked is None
    may_agree = asked is not None and policies.may_agree(actor, asked)
    url = reverse(doors[0] if may_ask else doors[1], args=list(of))
    return Way(key, f"{key}-{row_id}", asked, may_ask, may_agree, url)
