"""The receipt of an answer as a PDF: what arrived and when, its digests, what happens next. It holds no word of a note.

The same facts as on the receipt page; a file that is doubted later is compared by its SHA-256 digest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.conf import settings
from reportlab.platypus import Flowable

from clawguard.ui import paper, words
from notes.models import Note, NotesRequest
from notes.models.request import ANSWERED

NEXT = (
    "A person at {network} looks at each item and accepts it or returns it with a reason. You hear from us either"
    " way{day}. Nothing is decided about money without talking with you first."
)


def as_pdf(request: NotesRequest, notes: Iterable[Note], now: dt.datetime) -> bytes:
    """The receipt of every answer to ``request``, as it stands at ``now``; moments in the provider's zone."""
    title = f"Receipt, {settings.NETWORK_NAME}"
    return paper.document(title, settings.NETWORK_NAME, _story(request, list(notes), now))


def _story(request: NotesRequest, notes: list[Note], now: dt.datetime) -> Iterator[Flowable]:
    zone = request.time_zone
    day, codes = words.day(request.session.date_of_service, year=True), ", ".join(request.session.codes)
    yield paper.heading("Receipt of your answer")
    yield paper.text(f"{settings.NETWORK_NAME} · session of {day} · {codes}")
    yield paper.text(
        f"Request {request.pk}. Printed {words.moment(now, zone)}. All times are on your clock, {zone}.", paper.SMALL
    )
    for note in notes:
        yield paper.part(note.get_kind_display())
        yield paper.facts(_of_note(request, note))
    if request.status in ANSWERED:
        yield paper.part("What happens next")
        day = f", by {words.day(request.review_day, year=True)}" if request.review_day else ""
        yield paper.text(NEXT.format(network=settings.NETWORK_NAME, day=day))
    yield paper.gap(16)
    yield paper.text("A digest (SHA-256) is a file's fingerprint: the same file always has the same one.", paper.SMALL)


def _of_note(request: NotesRequest, note: Note) -> Iterator[tuple[str, str]]:
    zone = request.time_zone
    yield "Received", words.moment(note.received_at, zone)
    if request.due_at:
        yield "Due", words.due(request.due_at, zone, whose="")
    yield "In time", "no: kept, marked late, weighed" if note.counts_as_late else "yes"
    yield "Attested by", f"{note.attested_by_name}, {words.moment(note.attested_at, zone)}"
    if note.beside:
        yield "Beside", f"version {note.beside.version}, received {words.moment(note.beside.received_at, zone)}"
    if note.characters:
        yield "Text", f"{note.characters} characters, SHA-256 {note.digest}"
    for linked in note.note_files.all():
        file = linked.file
        yield f"File {linked.position}", f"{file.display_name}, {file.size} bytes, SHA-256 {file.sha256}"
