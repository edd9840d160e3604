"""What nobody opens, as staff are shown it: its name, why it is locked away, and the ways out that leads asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from clawguard.accounts.actors import Actor
from clawguard.accounts.models import Role
from notes import policies, quarantine
from notes.models import FileDestruction, FileRelease, Note, NotesRequest, StoredFile, TextDestruction
from notes.models.note import TYPED_KINDS
from notes.models.reading import locked_away as locked_readings

Asked = FileRelease | FileDestruction | TextDestruction
DESTROYED = "Destroyed unread; its name, size and fingerprint are kept"
TEXT_DESTROYED = "Its typed text was destroyed unread; its length and fingerprint are kept"

# Before a second lead agrees.
GONE = {
    "file": "What is in it is gone for good: its key first, then its bytes and everything read from it. Its name, size "
    "and fingerprint stay, and so does who asked and who agreed.",
    "text": "What is in it is gone for good, with its key. The note stays, with length and fingerprint of its text, "
    "and so does who asked and who agreed.",
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way out, as far as it was ``asked`` for; this actor posts to ``url`` what they may do."""

    key: str  # release or destroy
    dialog: str
    asked: Asked | None
    may_ask: bool
    may_agree: bool
    url: str


@dataclass(frozen=True, slots=True)
class Locked:
    """``ways`` are none once two leads agreed to destroy it. ``gives_back``: whether its provider can be told what to
    send instead."""

    kind: str  # file or text
    name: str
    words: str
    ways: tuple[Way, ...]
    gives_back: bool = True

    @property
    def title(self) -> str:
        return f"Destroy this {self.kind} unread?"

    @property
    def consequence(self) -> str:
        told = "The provider is told." if self.gives_back else "Those who know of it are told."
        return f"{GONE[self.kind]} {told} This cannot be taken back by anybody."


def locked_away(actor: Actor, request: NotesRequest) -> list[Locked]:
    """Files and typed texts of the request that nobody opens."""
    rows = StoredFile.objects.filter(request=request, removed_at=None).exclude(quarantined_at=None)
    files = [_file(actor, request, row) for row in rows.select_related("release", "destruction")]
    texts = locked_texts().filter(request=request).select_related("destruction").defer("sealed")
    return files + [_text(actor, request, note) for note in texts]


def locked_texts() -> QuerySet[Note]:
    """Notes whose typed text is locked away, with the reader's reason as ``locked_for``."""
    why = locked_readings().filter(note=OuterRef("pk")).order_by("-at").values("reason")[:1]
    return Note.objects.filter(kind__in=TYPED_KINDS).annotate(locked_for=Subquery(why)).exclude(locked_for=None)


def locked_words(row: StoredFile) -> str:
    """Beside the name of a file that nobody opens."""
    return DESTROYED if row.destroyed_at is not None else quarantine.words(row.quarantine_reason).short


def text_locked_for(note: Note) -> str:
    """Why the typed text of a note of ``locked_texts`` is locked away."""
    reason: str = getattr(note, "locked_for", "")
    return quarantine.BY_READER.get(reason, reason)


def _file(actor: Actor, request: NotesRequest, row: StoredFile) -> Locked:
    release, destruction = getattr(row, "release", None), getattr(row, "destruction", None)
    both = (("release", release), ("destroy", destruction))
    of = [request.pk, row.pk]
    ways = [way(actor, key, row.pk, asked, (f"request-{key}", f"request-{key}-agree"), of) for key, asked in both]
    return Locked("file", row.display_name, locked_words(row), () if agreed(destruction) else tuple(ways))


def _text(actor: Actor, request: NotesRequest, note: Note) -> Locked:
    asked = getattr(note, "destruction", None)
    doors = ("request-destroy-text", "request-destroy-text-agree")
    ways = () if agreed(asked) else (way(actor, "destroy", note.pk, asked, doors, [request.pk, note.pk]),)
    words = TEXT_DESTROYED if note.destroyed_at is not None else quarantine.words(text_locked_for(note)).short
    return Locked("text", f"Typed text, version {note.version}", words, ways)


def agreed(asked: Asked | None) -> bool:
    return asked is not None and asked.agreed_at is not None


def way(
    actor: Actor,
    key: str,
    row_id: UUID,
    asked: Asked | None,
    doors: tuple[str, str],
    of: Iterable[UUID],
) -> Way:
    """``doors``: the names of the addresses to ask at and to agree at, each ``of`` the same ids."""
    may_ask = actor.role == Role.LEAD and asked is None
    may_agree = asked is not None and policies.may_agree(actor, asked)
    url = reverse(doors[0] if may_ask else doors[1], args=list(of))
    return Way(key, f"{key}-{row_id}", asked, may_ask, may_agree, url)
