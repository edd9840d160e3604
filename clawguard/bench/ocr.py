"""Pages per minute of scans through text recognition, in the sandbox."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

from clawguard.bench.figures import Figure, timed
from notes import sandbox
from notes.extraction import ocr
from notes.extraction.kinds import PDF

LINES = (
    "Progress note 09/16/2026, session of 53 minutes",
    "Start 2:00 pm, end 2:53 pm, in the office",
    "Client reports sleeping better this week and less worry about work.",
    "Calm and oriented, mood anxious, affect congruent, no thoughts of harm.",
    "Practised breathing and looked at a thought about being late.",
    "Progress toward goal 2 of the plan: two walks and one call to a friend.",
    "Continue weekly; next time plan for the visit of the family.",
)
REPEATED = 4  # so that a page has as many words as a note
MISSING = "tesseract is not installed here: a person reads scans"


def measure(size: int) -> list[Figure]:
    """``size`` scanned pages of a letter sheet at 200 dots per inch, one file each."""
    if ocr.program() is None:
        return [Figure("scanned pages read", "pages a minute", (0.0,), note=MISSING)]
    page = _scan()
    taken, legible = [], []
    for _ in range(size):
        seconds, found = timed(lambda: sandbox.read(page, PDF))
        taken.append(60 / seconds)
        legible.append(found["pages"][0]["legibility"] or 0.0)
    note = f"mean confidence {sum(legible) / len(legible):.2f}; one process"
    return [Figure("scanned pages read", "pages a minute", tuple(taken), note=note)]


def _scan() -> bytes:
    image = Image.new("L", (1700, 2200), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(32)
    for number, line in enumerate(LINES * REPEATED):
        draw.text((120, 120 + 70 * number), line, fill=20, font=font)
    out = io.BytesIO()
    image.save(out, "PDF", resolution=200)
    return out.getvalue()
