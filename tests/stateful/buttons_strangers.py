"""Promise 9: people try addresses of rows that are not theirs, and are told what they would be told of no row at all.

Which addresses, and whom they are closed to, is read off the matrix of ``tests/doors``. There it is asked of one world;
here of rows in any state that random people led them into.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from disputes.models import Case, Dispute, ProposedAdjustment
from notes.models import Note, NotesRequest, StoredFile
from sessions.models import Finding, TherapySession
from tests.doors.matrix import ROWS, Row
from tests.stateful.play import Play

KINDS: dict[str, Any] = {
    "session_id": TherapySession,
    "finding_id": Finding,
    "request_id": NotesRequest,
    "note_id": Note,
    "file_id": StoredFile,
    "case_id": Case,
    "adjustment_id": ProposedAdjustment,
    "dispute_id": Dispute,
}
CURIOUS = ("other provider", "other delegate", "other billing", "admin", "delegate")
TOLD_NOTHING = "a stranger is told that nothing is there"


def _closed_to(row: Row) -> tuple[str, ...]:
    """A delegate may read again what they sent themselves, which the one note of the matrix is not."""
    written = {"note_id", "file_id"} & set(row.args)
    return tuple(who for who in CURIOUS if row.expected[who] == "404" and not (who == "delegate" and written))


def _can_be_tried(row: Row) -> bool:
    """Addresses of rows of these kinds, and forms that need no words of the matrix's own world."""
    ids = [name for name in row.args if name.endswith("_id")]
    return bool(ids and set(ids) <= set(KINDS) and row.body is None and _closed_to(row))


CLOSED = tuple(row for row in ROWS if _can_be_tried(row))


def try_what_is_not_theirs(play: Play) -> None:
    row = play.one_of(*CLOSED)
    found = {name: play.pick(KINDS[name]) if name.endswith("_id") else value for name, value in row.args.items()}
    if None in found.values():
        return play.missing(TOLD_NOTHING)
    who, path = play.one_of(*_closed_to(row)), reverse(row.name, kwargs=found)
    answer = play.stage.ask("try what is not theirs", who, row.method.lower(), path, None, **row.headers)
    assert answer.status_code == 404, f"promise 9: {who} got {answer.status_code} for {row.key}"
    play.stage.note(TOLD_NOTHING, who, "done")
    return None


def look_before_being_told(play: Play) -> None:
    """A provider learns of a case by its notice and of a dispute by its delivery, and not before."""
    kind, rows = play.one_of(
        ("cases", Case.objects.filter(notice_delivered_at=None)),
        ("disputes", Dispute.objects.filter(delivered_at=None)),
    )
    row = rows.order_by("pk").first()
    name = "a provider is told of nothing too early"
    if row is None:
        return play.missing(name)
    path = play.one_of(f"/api/v1/{kind}/{row.pk}", f"/my/{kind}/{row.pk}")
    answer = play.stage.ask("look before being told", "provider", "get", path)
    assert answer.status_code == 404, f"promise 9: the provider got {answer.status_code} for {path}"
    play.stage.note(name, "provider", "done")
    return None


BUTTONS = (
    (try_what_is_not_theirs, 8, (TOLD_NOTHING,)),
    (look_before_being_told, 2, ("a provider is told of nothing too early",)),
)
