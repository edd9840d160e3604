"""Every reason a file is not taken, with what to do about it. Sentences are for the provider who chose the file."""

from __future__ import annotations

KINDS_SAID = (
    "Send a PDF, a Word file (DOCX), a photo or scan (JPEG, PNG, HEIC), plain text, "
    "a FHIR DocumentReference or a C-CDA."
)

SENTENCES: dict[str, str] = {
    "file_empty": "The file is empty. Choose it again; the original may still be open.",
    "file_type": f"This kind of file cannot be taken. {KINDS_SAID}",
    "file_type_differs": f"Its content is not what its name says. Save it again under its right name. {KINDS_SAID}",
    "file_two_in_one": "The file is two kinds of file in one. Print or export it to a new PDF and send that.",
    "file_macros": "The Word file holds macros. Save it as a plain DOCX or as a PDF and send that.",
    "file_old_word": "This is an older Word file, or one with a password. Save it as DOCX or PDF without one.",
    "file_encoding": "The text holds characters that cannot be read. Save it as UTF-8 text or as a PDF.",
    "file_locked": "The file is locked with a password. Remove the password (print it to a new PDF) and send it again.",
    "file_broken": "The file cannot be opened; it may be damaged or cut off. Export, scan or photograph it again.",
    "file_too_many_pages": "The file has more than {pages} pages. Send the pages of this one session only.",
    "file_too_complex": "The file is too large or too complex inside to be read safely. Print it to a new PDF.",
    "file_picture_too_large": "The picture has more than {megapixels} megapixels. Send it smaller, or as a PDF.",
    "file_many_pictures": "The file holds many pictures in one. Send each page as its own photo, or all as one PDF.",
    "file_entities": "The document declares entities (a DOCTYPE). Export it again without them, or as a PDF.",
    "file_not_inline": "It only points to a document. Send the document itself, or with its data inside.",
    "file_changed": "The size or hash in the FHIR resource does not fit its data. Export it again.",
    "file_not_one": "The file must hold one document. Send each document on its own.",
}


class Unreadable(Exception):
    """The file is not taken, for the reason ``code`` (a key of ``SENTENCES``). Carries nothing of the content."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def sentence(code: str) -> str:
    """What to tell the provider. An unknown code, as of a newer reader, is told as a damaged file."""
    return SENTENCES.get(code, SENTENCES["file_broken"]).format(pages=MOST_PAGES, megapixels=MOST_MEGAPIXELS)


MOST_PAGES = 200
MOST_MEGAPIXELS = 50  # phones take up to 48
