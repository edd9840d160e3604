"""The provider's answer. Any response in substance answers: a note, a file, an explanation, an objection.

On time means received before the due moment. A late answer is kept, marked late, and the lapse stays (promise 6).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from clawguard import sealing
from clawguard.accounts.actors import SYSTEM, Actor, speaking_for
from clawguard.domain.lifecycles import ItemState, RequestState
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import move, move_many, publish
from clawguard.ids import new_id
from notes import clock, clock_guard, facts, policies, process_notes, selectors
from notes.models import Draft, Note, NoteFile, NoteKind, NotesRequest, RequestItem, StoredFile, Upload
from notes.services import grace
from notes.services.drafting import Looked, clean_text, keep_file, keep_of_session, lock_away, require_answerable
from notes.services.pausing import run_on
from notes.services.rows import lock_session, locked
from sessions.models import TherapySession
from sessions.services import screen_with_note

OBJECTIONS = frozenset({NoteKind.NOT_MY_SESSION, NoteKind.DISAGREE})


@dataclass(frozen=True, slots=True)
class Answer:
    """What the provider sends. ``submission`` is the form's own id; ``seen`` how many answers it knew of.

    ``confirms`` names a note on file that this answer confirms; with a text, the text is an addendum to it.
    """

    submission: UUID
    text: str = ""
    explanation: str = ""
    objection: str = ""  # not_my_session | disagree
    attested: bool = False
    no_process_notes: bool = False
    seen: int = 0
    confirms: UUID | None = None


class Outcome(NamedTuple):
    """The note that was kept, or the file a text was locked away in because it calls itself psychotherapy notes."""

    note: Note | None
    locked_away: StoredFile | None = None


@transaction.atomic
def submit_answer(actor: Actor, request_id: UUID, answer: Answer, now: dt.datetime) -> Outcome:
    """Receive the answer at ``now``, the moment it reached the door. The same submission twice is one answer.

    Raises NotAllowed, NotFound, and Refused naming what is still missing.
    """
    policies.require_answering(actor)
    request = locked(actor, request_id)
    actor = speaking_for(actor, request.provider)
    before = Note.objects.filter(submission=answer.submission, request=request).first()
    if before is not None:
        return Outcome(before)
    require_answerable(actor, request)
    if answer.seen != Note.objects.filter(request=request).count():
        message = "An answer was sent from another window meanwhile. Send this one once more to add it to that."
        raise Refused("answered_elsewhere", message)
    text, explanation = clean_text(answer.text, "/text"), clean_text(answer.explanation, "/explanation")
    if any(process_notes.names_itself_process_notes(part) for part in (text, explanation)):
        return Outcome(None, lock_away(actor, request.session_id, request, f"{text}\n{explanation}", now))
    attached = list(StoredFile.objects.filter(request=request, removed_at=None, quarantined_at=None, note_file=None))
    beside = _confirmed(actor, request, answer.confirms)
    kind = _kind_beside(text, attached) if beside else _kind(answer, text, explanation, attached)
    if request.follows_id is not None and kind in (NoteKind.TYPED, NoteKind.FILES):
        beside = selectors.note_before(actor, request)
    _require_attested(answer)
    received = grace.received_at(request, attached, now)
    kept = Kept(kind, text, explanation, answer.submission, beside)
    note = _keep(actor, request.session_id, request, kept, now, received)
    NoteFile.objects.bulk_create(NoteFile(note=note, file=file, position=n) for n, file in enumerate(attached, 1))
    _answered(actor, request, note, now)
    if not (answer.objection or answer.confirms):  # else what stands in the form of the note was not sent
        Draft.objects.filter(request=request).delete()
        Upload.objects.filter(request=request).delete()
    return Outcome(note)


def _confirmed(actor: Actor, request: NotesRequest, note_id: UUID | None) -> Note | None:
    """The note on file that the answer names. Raises Refused when it is not (any more) the one there is."""
    if note_id is None:
        return None
    found = selectors.note_on_file(actor, request)
    if found is None or found.pk != note_id:
        raise Refused("note_changed", "Another note is on file by now. Read it before you confirm it.")
    return found


def _kind_beside(text: str, attached: list[StoredFile]) -> NoteKind:
    if text:
        return NoteKind.ADDENDUM
    return NoteKind.FILES if attached else NoteKind.CONFIRMED


def _kind(answer: Answer, text: str, explanation: str, attached: list[StoredFile]) -> NoteKind:
    if answer.objection:
        if answer.objection not in OBJECTIONS:
            raise Refused("unknown_objection", "Choose one of the ways to answer.", "/objection")
        if not explanation:
            raise Refused("required", "Please say in a sentence what we should know.", "/explanation")
        if text:
            message = "A note is an answer of its own: send it by itself, before or after what you see differently."
            raise Refused("note_by_itself", message, "/text")
        return NoteKind(answer.objection)
    if text:
        return NoteKind.TYPED
    if attached:
        return NoteKind.FILES
    if explanation:
        return NoteKind.EXPLANATION
    raise Refused("answer_empty", "Type the note, add a file, or explain; one of them is enough to answer.", "/text")


def _require_attested(answer: Answer) -> None:
    if not answer.attested:
        raise Refused("not_attested", "Tick the statement that this is the record as you keep it.", "/attested")
    if not answer.no_process_notes:
        message = "Tick that it contains no psychotherapy (process) notes; we may not receive them."
        raise Refused("process_notes_unconfirmed", message, "/no_process_notes")


@dataclass(frozen=True, slots=True)
class Kept:
    """What of an answer becomes the note."""

    kind: NoteKind
    text: str
    explanation: str
    submission: UUID
    beside: Note | None = None

    def sealed(self, note_id: UUID, version: int) -> bytes:
        words = {"text": self.text, "explanation": self.explanation}
        return sealing.seal(json.dumps(words).encode(), sealing.binding("note", note_id, version))


def _keep(
    actor: Actor,
    session_id: UUID,
    request: NotesRequest | None,
    kept: Kept,
    now: dt.datetime,
    received_at: dt.datetime,
) -> Note:
    lock_session(session_id)
    newest = Note.objects.filter(session_id=session_id).aggregate(newest=Max("version"))["newest"] or 0
    note_id, version = new_id(), newest + 1
    shown = kept.text or kept.explanation
    return Note.objects.create(
        id=note_id,
        session_id=session_id,
        request=request,
        version=version,
        kind=kept.kind,
        beside=kept.beside,
        sealed=kept.sealed(note_id, version),
        digest=hashlib.sha256(shown.encode()).hexdigest(),
        characters=len(shown),
        received_at=received_at,
        late=request is not None and _is_late(request, received_at),
        attested_at=now,
        attested_by_id=actor.person(),
        attested_by_name=actor.name,
        submission=kept.submission,
    )


def _is_late(request: NotesRequest, received_at: dt.datetime) -> bool:
    """Nobody can say so of an open request while the clock is not trusted: what arrives then is in time."""
    untold = request.status == RequestState.OPEN and clock_guard.paused_since() is not None
    return request.is_over(received_at) and not untold


def _answered(actor: Actor, request: NotesRequest, note: Note, now: dt.datetime) -> None:
    run_on(request, actor, now)
    told = {"note": str(note.pk), "version": note.version, "kind": str(note.kind), "late": note.late}
    fields: dict[str, Any] = {
        "answered_at": request.answered_at or note.received_at,
        "review_day": clock.review_day(request, note.received_at),
        "remind_at": None,
        "updated_at": now,
    }
    # A note confirmed was there before; its provider has sent it by saying that this is the one.
    if note.kind == NoteKind.CONFIRMED or note.is_in_substance:
        fields["notes_received_at"] = request.notes_received_at or note.received_at
    if request.status == RequestState.OPEN and request.due_at and note.late:
        # The sweep has not come by yet. The lapse happened all the same, at the due moment, and stays in the history.
        noticed = {"noticed_at": now.isoformat()}
        due = request.due_at
        move(request, RequestState.LAPSED, SYSTEM, due, payload=noticed, lapsed_at=due, updated_at=now)
    if request.status in policies.ANSWERABLE:
        in_time = request.status == RequestState.OPEN or not note.late
        to = RequestState.ANSWERED if in_time else RequestState.ANSWERED_LATE
        move(request, to, actor, now, payload=told, **fields)
    else:
        NotesRequest.objects.filter(pk=request.pk).update(**fields)
        publish("notes.received", request, actor, now, told)
    items = list(RequestItem.objects.filter(request=request, status=ItemState.ASKED))
    move_many(items, ItemState.RECEIVED, actor, now, payload={"request": str(request.pk)})


@transaction.atomic
def add_note(actor: Actor, session_id: UUID, answer: Answer, now: dt.datetime, looked: Looked | None = None) -> Outcome:
    """A note for an own session that nobody asked for, or the answer where somebody did; as ``submit_answer``.

    ``looked`` is a file of it. One that is locked away is the outcome, and no note is kept.
    """
    policies.require_provider(actor)
    if not TherapySession.objects.filter(policies.readable(actor), pk=session_id).exists():
        raise NotFound
    before = Note.objects.filter(submission=answer.submission, session_id=session_id).first()
    if before is not None:
        return Outcome(before)
    asked = selectors.visible_requests(actor).filter(session_id=session_id, status__in=policies.ANSWERABLE)
    request = asked.order_by("-opened_at").first()
    if request is not None:
        sent = keep_file(actor, request.pk, looked, now) if looked is not None else None
        if sent is not None and sent.quarantined_at is not None:
            return Outcome(None, sent)
        seen = Note.objects.filter(request=request).count()
        return submit_answer(actor, request.pk, replace(answer, seen=seen), now)
    text = clean_text(answer.text, "/text")
    if process_notes.names_itself_process_notes(text):
        return Outcome(None, lock_away(actor, session_id, None, text, now))
    _require_attested(answer)
    files = [keep_of_session(actor, session_id, looked, now)] if looked is not None else []
    if any(file.quarantined_at is not None for file in files):
        return Outcome(None, files[0])
    kind = _kind(answer, text, "", files)
    note = _keep(actor, session_id, None, Kept(kind, text, "", answer.submission), now, now)
    NoteFile.objects.bulk_create(NoteFile(note=note, file=file, position=n) for n, file in enumerate(files, 1))
    publish("notes.added", note, actor, now, {"note": str(note.pk), "version": note.version, "kind": str(note.kind)})
    return Outcome(note)


@transaction.atomic
def screen_again(note_id: UUID, now: dt.datetime) -> None:
    """Screen the session with what is now known of its note. An explanation alone brings no new fact."""
    note = Note.objects.get(pk=note_id)
    lock_session(note.session_id)  # what is known of its notes is not told once something newer was screened
    known = facts.note_facts([note.session_id]).get(note.session_id)
    if known is not None and note.is_in_substance:
        screen_with_note(note.session_id, known, note.version, now)
