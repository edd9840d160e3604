"""The receipt of an answer as a PDF: what arrived and when, its digests, what happens next. It holds no word of a note.

The same facts as on the receipt page; a file that is doubted later is compared by its SHA-256 digest.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import reportlab
from django.conf import settings
from reportlab.lib import colors
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from clawguard.ui import words
from notes import clock
from notes.models import Note, NotesRequest

FONTS = Path(reportlab.__file__).parent / "fonts"
PLAIN, BOLD = "Vera", "VeraBd"
LABELS = 1.4 * inch
BODY = ParagraphStyle("body", fontName=PLAIN, fontSize=9.5, leading=14)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=8, leading=11, textColor=colors.HexColor("#465063"))
HEAD = ParagraphStyle("head", parent=BODY, fontName=BOLD, fontSize=16, leading=22)
PART = ParagraphStyle("part", parent=BODY, fontName=BOLD, fontSize=11, leading=18, spaceBefore=12)
NEXT = (
    "A person at {network} looks at each item and accepts it or returns it with a reason. You hear from us either way,"
    " by {day}. Nothing is decided about money without talking with you first."
)


def as_pdf(request: NotesRequest, notes: Iterable[Note], now: dt.datetime) -> bytes:
    """The receipt of every answer to ``request``, as it stands at ``now``; moments in the provider's zone."""
    for name in (PLAIN, BOLD):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))
    out = io.BytesIO()
    title = f"Receipt, {settings.NETWORK_NAME}"
    page = SimpleDocTemplate(out, pagesize=LETTER, title=title, author=settings.NETWORK_NAME, invariant=1)
    page.build(list(_story(request, list(notes), now)))
    return out.getvalue()


def _story(request: NotesRequest, notes: list[Note], now: dt.datetime) -> Iterator[Flowable]:
    zone = request.time_zone
    day, codes = words.day(request.session.date_of_service, year=True), ", ".join(request.session.codes)
    yield Paragraph("Receipt of your answer", HEAD)
    yield _text(f"{settings.NETWORK_NAME} · session of {day} · {codes}")
    yield _text(f"Request {request.pk}. Printed {words.moment(now, zone)}.", SMALL)
    for note in notes:
        yield Paragraph(escape(note.get_kind_display()), PART)
        yield _facts(_of_note(request, note))
    if notes and request.status != "accepted":
        yield Paragraph("What happens next", PART)
        day = words.day(clock.review_day(request, notes[-1].received_at), year=True)
        yield _text(NEXT.format(network=settings.NETWORK_NAME, day=day))
    yield Spacer(1, 16)
    yield _text("A digest (SHA-256) is a file's fingerprint: the same file always has the same one.", SMALL)


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


def _facts(rows: Iterable[tuple[str, str]]) -> Table:
    cells = [[_text(label, SMALL), _text(value)] for label, value in rows]
    table = Table(cells, colWidths=[LABELS, None])
    lines = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.HexColor("#DDE1E8"))]
    table.setStyle(TableStyle(lines))
    return table


def _text(value: str, style: ParagraphStyle = BODY) -> Paragraph:
    return Paragraph(escape(value), style)
