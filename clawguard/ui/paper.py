"""Documents as PDF: one set of fonts, styles and parts, so that a receipt and a letter look as if one hand made them.

The same story gives the same bytes. A document names its title, its author and its language, and its text stands in
reading order; reportlab writes no tags, so headings are headings to the eye only.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

import reportlab
from reportlab.lib import colors
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

FONTS = Path(reportlab.__file__).parent / "fonts"
PLAIN, BOLD = "Vera", "VeraBd"
LABELS = 1.4 * inch
BODY = ParagraphStyle("body", fontName=PLAIN, fontSize=9.5, leading=14)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=8, leading=11, textColor=colors.HexColor("#465063"))
HEAD = ParagraphStyle("head", parent=BODY, fontName=BOLD, fontSize=16, leading=22)
PART = ParagraphStyle("part", parent=BODY, fontName=BOLD, fontSize=11, leading=18, spaceBefore=12)
ITEM = ParagraphStyle("item", parent=BODY, leftIndent=12, firstLineIndent=-12)


def document(title: str, author: str, story: Iterable[Flowable]) -> bytes:
    """The PDF of ``story`` on letter paper."""
    for name in (PLAIN, BOLD):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))
    out = io.BytesIO()
    page = SimpleDocTemplate(
        out, pagesize=LETTER, title=title, author=author, lang="en-US", displayDocTitle=True, invariant=1
    )
    page.build(list(story))
    return out.getvalue()


def heading(value: str) -> Paragraph:
    return text(value, HEAD)


def part(value: str) -> Paragraph:
    """The heading of one part."""
    return text(value, PART)


def text(value: str, style: ParagraphStyle = BODY) -> Paragraph:
    return Paragraph(escape(value), style)


def item(value: str) -> Paragraph:
    """One line of a list."""
    return text(f"\N{BULLET} {value}", ITEM)


def gap(points: float) -> Spacer:
    return Spacer(1, points)


def facts(rows: Iterable[tuple[str, str]]) -> Table:
    """Labels and what they stand for, a line below each."""
    cells = [[text(label, SMALL), text(value)] for label, value in rows]
    table = Table(cells, colWidths=[LABELS, None])
    lines = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.HexColor("#DDE1E8"))]
    table.setStyle(TableStyle(lines))
    return table
