"""What a file is, by its bytes; whatever is not plainly one of ours is refused with a reason of its own."""

from __future__ import annotations

import pytest

from notes.extraction import kinds
from notes.extraction.kinds import CCDA, DOCX, FHIR, HEIC, JPEG, PDF, PNG, TEXT
from notes.extraction.refusing import SENTENCES, Unreadable, sentence
from tests.notes.intake import making

JPG, PAPER = making.jpeg(), making.pdf(["\n".join(making.LINES)])
END_OF_ZIP = b"PK\x05\x06" + b"\0" * 18

TAKEN = [
    ("note.pdf", PAPER, PDF),
    ("photo.png", making.saved(making.picture(), "PNG"), PNG),
    ("photo.JPG", JPG, JPEG),
    ("IMG_0417.HEIC", making.heic(), HEIC),
    ("IMG_0417.jpg", making.heic(), HEIC),  # phones rename, and mean no harm by it
    ("note.docx", making.docx(), DOCX),
    ("note.json", making.fhir(PAPER), FHIR),
    ("note.xml", making.ccda(), CCDA),
    ("note.txt", "Fortschritt: größer".encode(), TEXT),
    ("note.txt", "Progress".encode("utf-16"), TEXT),
    ("note.txt", b"\xef\xbb\xbfProgress", TEXT),
    ("note.txt", "Client\u2019s mood improved \u2013 caf\xe9 visit".encode("cp1252"), TEXT),
    ("no suffix at all", PAPER, PDF),
    ("note of 9.16", PAPER, PDF),
    ("note.txt", b"90837 < 53 minutes & more", TEXT),
]


@pytest.mark.parametrize(("name", "content", "kind"), TAKEN, ids=[f"{n}-{row[2]}" for n, row in enumerate(TAKEN)])
def test_the_kind_is_told_by_the_bytes(name: str, content: bytes, kind: str) -> None:
    assert kinds.kind_of(content, name) == kind


REFUSED = [
    ("tool.pdf", b"MZ\x90\x00\x03" * 30, "file_type"),  # BI-24
    ("tool.txt", b"\x7fELF\x02\x01\x01" + b"\0" * 30, "file_type"),
    ("photo.jpg", PAPER, "file_type_differs"),  # BI-25
    ("note.exe", PAPER, "file_type_differs"),
    ("note.pdf", JPG, "file_type_differs"),
    ("note.pdf", b"just text", "file_type_differs"),
    ("page.txt", b"<!doctype html><p>hello", "file_type"),  # BI-26
    ("page.txt", b"hello <script>alert(1)</script>", "file_type"),
    ("page.xml", b"<?xml version='1.0'?><note/>", "file_type"),
    ("drawing.txt", b'<svg xmlns="x" onload="y">', "file_type"),
    ("archive.pdf", PAPER + b"PK\x03\x04stuff" + END_OF_ZIP, "file_two_in_one"),  # BI-27
    ("photo.jpg", JPG + b"PK\x03\x04stuff" + END_OF_ZIP, "file_two_in_one"),
    ("photo.jpg", JPG[:20] + b"%PDF-1.4" + JPG[20:], "file_two_in_one"),
    ("note.docx", b"PK\x03\x04<html>" + b"\0" * 40, "file_two_in_one"),
    ("late.pdf", b"GIF89a=1;alert(1);" + PAPER, "file_type"),
    ("late.pdf", b"\n\n" + PAPER, "file_type"),
    ("archive.zip", b"PK\x03\x04" + b"\0" * 60, "file_type"),  # BI-36
    ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 60, "file_old_word"),
    ("note.rtf", b"{\\rtf1 hello}", "file_type"),
    ("note.txt", b"caf\xe9 " + b"\x81 \x8d", "file_encoding"),
    ("note.pdf", b"caf\xe9 " + b"\x81 \x8d", "file_broken"),
    ("IMG_0417.heic", bytes(range(0xC0, 0xFF)) * 4, "file_broken"),
    ("note.txt", bytes(range(0xC0, 0xFF)) * 4, "file_encoding"),
    ("note.txt", "Progress".encode("utf-16")[:-1], "file_encoding"),
    ("note.txt", b"bell \x07 and more", "file_type"),
    ("note.json", b'{"resourceType": "Bundle", "entry": []}', "file_type"),
]


@pytest.mark.parametrize(("name", "content", "code"), REFUSED, ids=[f"{n}-{row[2]}" for n, row in enumerate(REFUSED)])
def test_everything_else_is_refused_with_its_reason(name: str, content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        kinds.kind_of(content, name)
    assert refused.value.code == code


def test_every_reason_says_what_to_do() -> None:
    acts = ("Send", "Choose", "Save", "Print", "Export", "Remove")
    assert [code for code in SENTENCES if not any(act in sentence(code) for act in acts)] == []
    assert "{" not in "".join(sentence(code) for code in SENTENCES)
