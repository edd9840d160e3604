"""What an actor may see of requests and notes. Note text and files pass ``read_note`` and ``read_file`` only."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from clawguard import sealing
from clawguard.accounts import delegates
from clawguard.accounts.actors import Actor, NotAllowed
from clawguard.accounts.models import Role
from clawguard.domain.lifecycles import ItemState, RequestState
from clawguard.events import access_log
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import AccessLog, SentMail
from clawguard.events.services import publish
from notes import files, hooks, policies
from notes.models import Draft, Note, NotesRequest, RequestItem, RequestMessage, StoredFile
from notes.models.note import in_substance
from notes.models.reading import locked_away, readable
from notes.models.request import ANSWERED, BOUNCED, STANDING
from notes.unscanned import refuse_unscanned

LONGEST_REASON = 200
OPEN_REVIEW = "open review of this session"
OWN = "own note"
WAITING = Q(status__in=policies.ANSWERABLE)


def visible_requests(actor: Actor) -> QuerySet[NotesRequest]:
    """Requests the actor may know of. Raises NotAllowed for roles and keys that see none at all."""
    policies.require_reader(actor)
    return _requests_within_reach(actor)


def _requests_within_reach(actor: Actor) -> QuerySet[NotesRequest]:
    """A provider knows of those that reached them, a delegate of those that were handed to them."""
    rows = NotesRequest.objects.filter(reach(actor))
    if actor.opens:  # by a link to single requests
        rows = rows.filter(pk__in=actor.opens)
    return rows.filter(delivered_at__isnull=False) if actor.answers else rows


def reach(actor: Actor) -> Q:
    return delegates.reach(actor, WAITING) if actor.is_delegate else policies.readable(actor)


def requests_about(actor: Actor, session_id: UUID) -> QuerySet[NotesRequest]:
    """What a session shows of its requests; to a key without the scope, none."""
    return _requests_within_reach(actor).filter(session=session_id)


def get_request(actor: Actor, request_id: UUID) -> NotesRequest:
    """Raises NotFound, for a stranger as for an id that does not exist; NotAllowed for a key without the scope."""
    if actor.kind == "api":
        policies.require_reader(actor)
    rows = _requests_within_reach(actor).filter(pk=request_id)
    row = rows.select_related("provider", "session", "session__client", "session__payer", "follows").first()
    if row is None:
        raise NotFound
    return row


def requests_of(session_ids: Iterable[UUID]) -> QuerySet[NotesRequest]:
    """Every request about these sessions, newest first, with items: for services of other apps, which do the asking."""
    rows = NotesRequest.objects.filter(session__in=list(session_ids)).prefetch_related("items", "due_changes")
    return rows.order_by("-opened_at", "-pk")


def is_reviewed(request: NotesRequest) -> bool:
    """Whether staff have judged at least one item; from then on an answer is not added to."""
    judged = (ItemState.ACCEPTED, ItemState.RETURNED)
    return RequestItem.objects.filter(request=request, status__in=judged).exists()


def waiting_for(actor: Actor) -> list[NotesRequest]:
    """What a provider still owes: by date, the nearest first. Silence that was decided about is not owed any more."""
    owed = (
        visible_requests(actor)
        .filter(status__in=[*STANDING, *policies.ANSWERABLE])
        .select_related("session", "provider")
    )
    rows = list(owed.annotate(item_count=Count("items")).order_by("due_at", "pk"))
    settled = _settled(row.session_id for row in rows if row.status == RequestState.LAPSED)
    return [row for row in rows if row.status != RequestState.LAPSED or row.session_id not in settled]


def history_for(actor: Actor) -> QuerySet[NotesRequest]:
    """What a provider no longer owes, the latest first; a late answer to it is still taken where it lapsed."""
    rows = visible_requests(actor).select_related("session")
    settled = _settled(rows.filter(status=RequestState.LAPSED).values_list("session_id", flat=True))
    owed = Q(status__in=[*STANDING, *policies.ANSWERABLE]) & ~Q(status=RequestState.LAPSED, session__in=settled)
    return rows.exclude(owed).order_by("-updated_at", "-pk")


def _settled(session_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these sessions another app has decided about."""
    asked = set(session_ids)
    return {found for settled in hooks.SETTLED for found in settled(asked)} if asked else set()


@dataclass(frozen=True, slots=True)
class Kept:
    """How many answer times a provider kept, of those that ended or were answered since ``since``."""

    kept: int
    of: int
    since: dt.date


def deadlines_kept(actor: Actor, now: dt.datetime) -> Kept:
    """Over a year. A request that was withdrawn, never delivered or came back owed nothing; a running one is not
    counted yet. What lapsed is kept by an answer that was on its way, or within the time that an outage left."""
    since, owed_nothing = now - dt.timedelta(days=365), Q(status__in=[*STANDING, RequestState.WITHDRAWN])
    owed = visible_requests(actor).filter(due_at__gte=since).exclude(owed_nothing | Q(undeliverable_reason=BOUNCED))
    in_time = Q(lapsed_at=None) | Q(until__gt=F("answered_at"))
    found = owed.alias(until=Coalesce("excused_until", "due_at")).aggregate(
        of=Count("pk"), kept=Count("pk", filter=in_time)
    )
    return Kept(found["kept"], found["of"], since.date())


def request_list(actor: Actor) -> QuerySet[NotesRequest]:
    """Rows of the staff list, each with ``last_word``: the role that wrote last about it."""
    newest = RequestMessage.objects.filter(request=OuterRef("pk")).order_by("-at", "-pk").values("by_role")[:1]
    return visible_requests(actor).select_related("provider", "session").annotate(last_word=Subquery(newest))


def notes_of(actor: Actor, request: NotesRequest) -> QuerySet[Note]:
    """What answered a request the actor can see, without its text."""
    notes = (
        Note.objects.filter(request=request).select_related("beside", "request").prefetch_related("note_files__file")
    )
    return notes.order_by("version")


def visible_notes(actor: Actor) -> QuerySet[Note]:
    """Notes the actor may know of. Raises NotAllowed for roles and keys that see none at all."""
    policies.require_reader(actor)
    return _notes_within_reach(actor)


def _notes_within_reach(actor: Actor) -> QuerySet[Note]:
    return Note.objects.filter(_note_reach(actor), _within_link(actor)).select_related("session", "request")


def _note_reach(actor: Actor) -> Q:
    """A delegate reads again what they sent themselves, while they know of its request; nothing else of a chart."""
    if not actor.is_delegate:
        return policies.readable(actor, "session__provider")
    return Q(attested_by_id=actor.id, request__in=_requests_within_reach(actor))


def _within_link(actor: Actor) -> Q:
    """Notes and files of the sessions asked about, for those who came by a link to single requests."""
    if not actor.opens:
        return Q()
    return Q(session__in=NotesRequest.objects.filter(pk__in=actor.opens).values("session"))


def note_before(actor: Actor, request: NotesRequest) -> Note | None:
    """The newest readable note of the session that did not come with this request."""
    within = _notes_within_reach(actor).filter(in_substance(), readable(), session=request.session_id)
    return within.exclude(request=request).prefetch_related("note_files__file").order_by("-version").first()


def note_on_file(actor: Actor, request: NotesRequest) -> Note | None:
    """``note_before``, where it could simply be confirmed: what was sent to the request that this one follows was
    looked at, and something of it was not enough."""
    return None if request.follows_id is not None else note_before(actor, request)


def files_of(request: NotesRequest) -> QuerySet[StoredFile]:
    """Chosen but not yet sent, quarantined ones included: the provider is to see that one was locked away."""
    return StoredFile.objects.filter(request=request, removed_at=None, note_file=None)


@dataclass(frozen=True, slots=True)
class DraftText:
    text: str = ""
    explanation: str = ""
    version: int = 0
    saved_at: dt.datetime | None = None


def draft_of(actor: Actor, request: NotesRequest) -> DraftText:
    """The draft of the answer, for those who may send it; nobody else reads one."""
    if not actor.answers_for(request.provider_id):
        raise NotAllowed
    draft = Draft.objects.filter(request=request).first()
    if draft is None:
        return DraftText()
    content = json.loads(sealing.unseal(bytes(draft.sealed), sealing.binding("draft", request.pk, draft.version)))
    return DraftText(content["text"], content["explanation"], draft.version, draft.saved_at)


@dataclass(frozen=True, slots=True)
class NoteText:
    note: Note
    text: str
    explanation: str


@transaction.atomic
def read_note(actor: Actor, note_id: UUID, *, door: str, reason: str, now: dt.datetime) -> NoteText:
    """The text of a note, once the reading is on record. Raises NotFound, NotAllowed, Refused (a reason is needed)."""
    if actor.kind == "api":
        policies.require_reader(actor)
    note = _notes_within_reach(actor).filter(pk=note_id).first()
    if note is None:
        raise NotFound
    if locked_away().filter(note=note).exists():
        raise Refused("locked_away", "This note is locked away unread; the provider has been asked for it again.")
    _record_access(actor, note, door, reason, now)
    if note.destroyed_at is not None:  # and released files of it can be read
        return NoteText(note, "", "")
    content = json.loads(sealing.unseal(bytes(note.sealed), sealing.binding("note", note.pk, note.version)))
    return NoteText(note, content["text"], content["explanation"])


def read_file(actor: Actor, file_id: UUID, *, door: str, reason: str, now: dt.datetime) -> tuple[StoredFile, bytes]:
    """The bytes of a file that is part of a note, once the reading is on record. Raises as ``open_file``."""
    row = open_file(actor, file_id, door=door, reason=reason, now=now)
    return row, files.read(row.pk, row.stored_as)


@transaction.atomic
def open_file(actor: Actor, file_id: UUID, *, door: str, reason: str, now: dt.datetime) -> StoredFile:
    """A file that is part of a note, once the reading is on record. A quarantined or removed one is read by nobody.

    Raises NotFound, NotAllowed, and Refused: a reason is needed, or the virus scanner has not answered yet.
    """
    row = visible_file(actor, file_id)
    _record_access(actor, row.note_file.note, door, reason, now, file=row)
    return row


def visible_file(actor: Actor, file_id: UUID) -> StoredFile:
    """Raises NotFound, and Refused while the virus scanner has not looked at it."""
    visible = StoredFile.objects.filter(note_file__note__in=_notes_within_reach(actor), pk=file_id)
    row = visible.filter(removed_at=None, quarantined_at=None).select_related("note_file__note").first()
    if row is None:
        raise NotFound
    refuse_unscanned(row)
    return row


def _record_access(
    actor: Actor, note: Note, door: str, reason: str, now: dt.datetime, file: StoredFile | None = None
) -> None:
    why = access_reason(actor, note.session_id, reason)
    file_id = file.pk if file else None
    access_log.record(actor, door, why, now, note_id=note.pk, session_id=note.session_id, file_id=file_id)
    publish("note.read", note, actor, now, {"door": door, **({"file": str(file_id)} if file else {})})


def access_reason(actor: Actor, session_id: UUID, reason: str) -> str:
    """On what ground this actor may read notes of the session. Raises NotAllowed, or Refused when one must be given.

    Providers read their own; staff under an open review; everybody else who may read at all says why.
    """
    given = " ".join(reason.replace("\0", "").split())[:LONGEST_REASON]
    if actor.answers or actor.is_system:
        return OWN if actor.answers else "screening"
    if not (actor.is_reader or actor.has_scope(policies.READ)):
        raise NotAllowed
    if actor.is_staff and review_is_open(actor, session_id):
        return given or OPEN_REVIEW
    if not given:
        raise Refused("reason_required", "Say why you read this note; the provider can see it.", "/reason")
    return given


def review_is_open(actor: Actor, session_id: UUID) -> bool:
    """Whether a request awaits judgement, or another app has a review of the session open for this actor."""
    waiting = NotesRequest.objects.filter(session_id=session_id, status__in=ANSWERED).exists()
    return waiting or any(is_open(actor, session_id) for is_open in hooks.OPEN_REVIEWS)


def sent_mails(actor: Actor) -> QuerySet[SentMail]:
    """Every mail that went out, newest first, for leads and administrators: none holds PHI. Raises NotAllowed."""
    actor.require(roles={Role.LEAD, Role.ADMIN})
    return SentMail.objects.order_by("-pk")


def readings_of(actor: Actor, request: NotesRequest) -> QuerySet[AccessLog]:
    """Who opened the notes of a request, for its provider and for readers; newest first."""
    notes = Note.objects.filter(request=request).values("pk")
    seen = AccessLog.objects.filter(note_id__in=notes).order_by("-at", "-pk")
    return seen.filter(~Q(actor_id=actor.id)) if actor.answers else seen
