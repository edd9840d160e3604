"""PDF by PDFium: text where it has some, a picture of each page, recognition where a page is only a picture.

This build of PDFium runs no scripts and no XFA; what a page shows, filled-in form fields included, ends as pixels.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from PIL import Image

from notes.extraction import ocr, pictures
from notes.extraction.page import LONGEST_PAGE, Page
from notes.extraction.refusing import MOST_PAGES, Unreadable

PASSWORD = 4  # FPDF_ERR_PASSWORD
POINTS_PER_INCH = 72
DOTS_PER_INCH = 200
MOST_PIXELS = 6_000_000  # of a rendered page, however large its sheet
LEAST_TEXT = 25  # characters; a page with fewer is taken for a picture of a page


@dataclass(frozen=True, slots=True)
class Opened:
    document: pypdfium2.PdfDocument

    @property
    def pages(self) -> int:
        return len(self.document)

    def text(self, index: int) -> str:
        page = self.document[index]
        words = page.get_textpage()
        text: str = words.get_text_range(0, min(words.count_chars(), LONGEST_PAGE))
        return text

    def picture(self, index: int) -> Image.Image:
        page = self.document[index]
        width, height = page.get_size()
        scale = DOTS_PER_INCH / POINTS_PER_INCH
        pixels = max(width, 1) * max(height, 1) * scale * scale
        if pixels > MOST_PIXELS:
            scale *= math.sqrt(MOST_PIXELS / pixels)
        image: Image.Image = page.render(scale=scale, may_draw_forms=True).to_pil()
        return image.convert("RGB")


def opened(content: bytes) -> Opened:
    """Raises Unreadable: a password, none or too many pages, a structure that cannot be followed."""
    try:
        document = pypdfium2.PdfDocument(content)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        # PDFium may still name the fault of the file before; what is locked says so in its trailer, never packed.
        locked = getattr(error, "err_code", None) == PASSWORD and b"/Encrypt" in content
        raise Unreadable("file_locked" if locked else "file_broken") from None
    if count == 0:
        raise Unreadable("file_broken")
    if count > MOST_PAGES:
        raise Unreadable("file_too_many_pages")
    try:
        document[0].close()
        document.init_forms()
    except pypdfium2.PdfiumError:
        raise Unreadable("file_broken") from None
    return Opened(document)


def look(content: bytes) -> tuple[int, str]:
    """Number of pages, and the text the first one opens with. Raises Unreadable."""
    found = opened(content)
    try:
        return found.pages, found.text(0)
    except pypdfium2.PdfiumError:
        return found.pages, ""


def pages(content: bytes, start: int) -> Iterator[Page]:
    """The pages from index ``start`` on, one by one. Raises Unreadable."""
    found, tesseract = opened(content), ocr.program()
    for index in range(start, found.pages):
        yield _page(found, index, tesseract)


def count(content: bytes) -> int:
    return opened(content).pages


def _page(found: Opened, index: int, tesseract: str | None) -> Page:
    try:
        text, image = found.text(index), found.picture(index)
    except (pypdfium2.PdfiumError, MemoryError, ValueError):
        return Page("", "none")
    if len("".join(text.split())) >= LEAST_TEXT:
        return Page(text, "text", None, pictures.view_of(image))
    return of_picture(image, tesseract, text)


def of_picture(image: Image.Image, tesseract: str | None, beside: str = "") -> Page:
    """A page that is only to be seen: recognised where it can be. ``beside``: the little text it came with."""
    view = pictures.view_of(image)
    if pictures.is_blank(image):
        return Page(beside, "text", None, view)
    recognised = ocr.recognise(image, tesseract) if tesseract else None
    if recognised is None:
        return Page(beside, "none", None, view)
    return Page(recognised.text, "ocr", recognised.legibility, view)
