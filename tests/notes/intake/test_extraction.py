"""What is read out of honest files, in this very process: the sandbox has tests of its own."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from notes.extraction import kinds, ocr, reading
from notes.extraction.kinds import CCDA, DOCX, FHIR, HEIC, JPEG, PDF, PNG, TEXT
from notes.extraction.refusing import Unreadable
from tests.notes.intake import making

SAID = "Client reports sleeping better"


def read(content: bytes, **changes: Any) -> list[dict[str, Any]]:
    given = {"start": 0, "seconds": 60, **changes}
    pages: list[dict[str, Any]] = reading.read(content, kinds.kind_of(content), **given)["pages"]
    return pages


def shown(page: dict[str, Any]) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(page["picture"])))


class TestText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_encodings(self, encoding: str) -> None:
        (page,) = read("S: Client’s café visit went well, 53 minutes".encode(encoding))
        assert page["text"] == "S: Client’s café visit went well, 53 minutes"
        assert (page["source"], page["legibility"], page["picture"]) == ("text", None, "")

    def test_form_feeds_part_pages_and_line_ends_are_of_one_kind(self) -> None:
        assert [page["text"] for page in read(b"one\r\ntwo\rthree\f\ffour")] == ["one\ntwo\nthree", "four"]

    def test_a_very_long_text_has_pages_of_bearable_length(self) -> None:
        pages = read(b"a line of words\n" * 20_000)
        assert len(pages) > 5
        assert sum(page["text"].count("a line") for page in pages) == 20_000


class TestWord:
    def test_paragraphs_tables_and_what_stands_beside_the_body(self) -> None:
        body = (
            "<w:p><w:r><w:t>Start</w:t><w:tab/><w:t>2:00 pm</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Mood"
            "</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>anxious</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
            "<w:p><w:del><w:r><w:delText>removed</w:delText></w:r></w:del><w:ins><w:r><w:t>kept</w:t></w:r></w:ins></w:p>"
        )
        header = making._DOCUMENT.format("<w:p><w:r><w:t>Client: Q. Example</w:t></w:r></w:p>").encode()
        (page,) = read(making.docx(body=body, extra={"word/header1.xml": header}))
        assert page["text"] == "Client: Q. Example\nStart\t2:00 pm\nMood\tanxious\nkept"

    def test_a_page_break_is_one(self) -> None:
        body = '<w:p><w:r><w:t>one</w:t></w:r></w:p><w:p><w:r><w:br w:type="page"/><w:t>two</w:t></w:r></w:p>'
        assert [page["text"] for page in read(making.docx(body=body))] == ["one", "two"]

    def test_one_that_holds_only_a_picture_is_for_a_person(self) -> None:
        assert read(making.docx(body="<w:p/>"))[0]["source"] == "none"


class TestPdf:
    def test_each_page_has_its_text_and_a_picture(self) -> None:
        pages = read(making.pdf(["\n".join(making.LINES), "P: See the client again next week, same time"]))
        assert SAID in pages[0]["text"]
        assert [page["source"] for page in pages] == ["text", "text"]
        assert shown(pages[1]).size[0] >= 1000

    def test_reading_goes_on_where_it_stopped(self) -> None:
        content = making.pdf([f"This is page number {n} of the record" for n in range(6)])
        first = reading.read(content, PDF, 0, 0.0)
        assert (len(first["pages"]), first["total"]) == (1, 6)
        rest = reading.read(content, PDF, 1, 60.0)
        assert [page["text"][20:21] for page in rest["pages"]] == ["1", "2", "3", "4", "5"]

    def test_what_would_act_is_left_behind(self) -> None:
        (page,) = read(making.active_pdf())
        assert SAID in page["text"]
        picture = base64.b64decode(page["picture"])
        assert picture.startswith(b"\xff\xd8")
        assert b"app.alert" not in picture

    def test_a_blank_page_is_read_as_blank(self) -> None:
        (page,) = read(making.pdf([""]))
        assert (page["text"], page["source"]) == ("", "text")

    def test_a_sheet_of_any_size_stays_bearable(self) -> None:
        content = making.pdf(["A sheet as large as a wall, with words"]).replace(b"612 792", b"61200 79200")
        assert max(shown(read(content)[0]).size) <= 1600


class TestPictures:
    def test_the_camera_s_words_are_gone_and_the_picture_is_upright(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ocr, "program", lambda: None)
        (page,) = read(making.jpeg_with_place())
        view = shown(page)
        assert view.size[0] > view.size[1]
        assert dict(view.getexif()) == {}
        assert page["source"] == "none"

    @pytest.mark.parametrize("mode", ["L", "CMYK", "1", "P"])
    def test_any_way_of_colour(self, mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ocr, "program", lambda: None)
        kind = "JPEG" if mode in ("L", "CMYK") else "PNG"
        (page,) = read(making.saved(making.picture(mode=mode), kind))
        assert shown(page).mode == "RGB"

    def test_what_is_see_through_is_put_on_white(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ocr, "program", lambda: None)
        clear = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
        (page,) = read(making.saved(clear, "PNG"))
        assert shown(page).getpixel((10, 10)) == (255, 255, 255)
        assert page["source"] == "text"  # blank: nothing that a person would have to read

    @pytest.mark.parametrize(
        ("content", "kind", "code"),
        [
            (making.jpeg()[:20_000], JPEG, "file_broken"),
            (making.saved(making.picture(), "PNG")[:-2000], PNG, "file_broken"),
            (making.heic()[:2000], HEIC, "file_broken"),
            (making.many_frames(), PNG, "file_many_pictures"),
        ],
    )
    def test_cut_off_or_many_in_one(self, content: bytes, kind: str, code: str) -> None:
        with pytest.raises(Unreadable) as refused:
            reading.look(content, kind)
        assert refused.value.code == code


class TestRecognition:
    """These need the program ``tesseract``, which the build machine installs."""

    @pytest.mark.parametrize(
        "content",
        [
            making.jpeg(quality=60),
            making.saved(making.picture(), "PNG"),
            making.scanned_pdf(),
            making.scanned_pdf(making.picture().rotate(90, expand=True)),
        ],
        ids=["jpeg", "png", "scan", "sideways"],
    )
    def test_a_scan_is_read_with_its_legibility(self, content: bytes) -> None:
        (page,) = read(content)
        assert page["source"] == "ocr"
        assert SAID in page["text"]
        assert 0.8 < page["legibility"] <= 1

    def test_a_photo_of_a_phone(self) -> None:
        (page,) = read(making.heic())
        assert "2:53" in page["text"]

    def test_noise_is_no_text(self) -> None:
        noise = Image.effect_noise((900, 700), 90).convert("RGB")
        (page,) = read(making.saved(noise, "PNG"))
        assert page["source"] == "none"

    @pytest.mark.parametrize("kind", [JPEG, PDF])
    def test_without_the_program_a_person_reads(self, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ocr, "program", lambda: None)
        answer = reading.read(making.jpeg() if kind == JPEG else making.scanned_pdf(), kind, 0, 9)
        assert answer["recognises"] is False
        assert [(page["source"], page["text"]) for page in answer["pages"]] == [("none", "")]


class TestRecordSystems:
    def test_a_document_in_a_fhir_resource(self) -> None:
        assert SAID in read(making.fhir(making.pdf(["\n".join(making.LINES)])))[0]["text"]
        assert read(making.fhir(b"S: ok", "text/plain"))[0]["text"] == "S: ok"

    def test_a_clinical_document_tells_who_when_and_what(self) -> None:
        (page,) = read(making.ccda())
        said = page["text"].splitlines()
        assert said[:3] == ["Progress Note", "Patient: Quentin Example", "Date of birth: 04/11/1991"]
        assert {"Start: 09/16/2026 14:02", "End: 09/16/2026 14:55", "Author: Priya Test"} <= set(said)
        assert said[-3:] == ["Subjective", "Client reports sleeping better.", "Plan: weekly"]

    def test_one_that_only_carries_a_file(self) -> None:
        data = base64.b64encode(making.docx()).decode()
        body = f'<nonXMLBody><text mediaType="application/msword" representation="B64">{data}</text></nonXMLBody>'
        assert SAID in read(making.ccda(body=body))[0]["text"]

    @pytest.mark.parametrize(
        ("make", "kind", "code"),
        [
            (lambda: making.fhir(b"", url="https://example.com/x", data=None), FHIR, "file_not_inline"),
            (lambda: making.fhir(b"S: ok", size=4), FHIR, "file_changed"),
            (lambda: making.fhir(b"S: ok", hash="AAAA"), FHIR, "file_changed"),
            (lambda: making.fhir(b"S: ok", data="!!!", size=None, hash=None), FHIR, "file_broken"),
            (lambda: making.fhir(making.fhir(b"S: ok")), FHIR, "file_type"),
            (lambda: making.fhir(b"<svg onload=x>"), FHIR, "file_type"),
            (lambda: making.fhir(b"S: ok")[:-3], FHIR, "file_broken"),
            (lambda: making.ccda(before=making.LAUGHING), CCDA, "file_entities"),
            (lambda: making.ccda(before=making.OUTSIDE), CCDA, "file_entities"),
            (lambda: making.ccda()[:-9], CCDA, "file_broken"),
            (lambda: making.ccda().replace(b"urn:hl7-org:v3", b"urn:x"), CCDA, "file_type"),
            (lambda: making.ccda("<list>" * 300 + "</list>" * 300), CCDA, "file_too_complex"),
            (lambda: making.docx(extra={"word/vbaProject.bin": b"x"}), DOCX, "file_macros"),
            (lambda: making.docx(extra={"word/../../x.xml": b"x"}), DOCX, "file_broken"),
            (lambda: making.docx(extra={"word/inner.zip": b"PK"}), DOCX, "file_broken"),
            (lambda: making.symlink_docx(), DOCX, "file_broken"),
            (lambda: making.docx()[:-40], DOCX, "file_broken"),
            (lambda: making.docx(extra={f"word/{n}.xml": b"" for n in range(2001)}), DOCX, "file_too_complex"),
            (lambda: making.docx_bomb(), DOCX, "file_too_complex"),
            (lambda: making.locked_pdf(), PDF, "file_locked"),
            (lambda: b"%PDF-1.4 nothing here %%EOF", PDF, "file_broken"),
            (lambda: making.pdf(["a"])[:200], PDF, "file_broken"),
            (lambda: making.assembled([]), PDF, "file_broken"),
            (lambda: making.many_pages(201), PDF, "file_too_many_pages"),
            (lambda: b"\f".join(b"page" for _ in range(201)), TEXT, "file_too_many_pages"),
        ],
    )
    def test_what_cannot_be_taken_says_why(self, make: Callable[[], bytes], kind: str, code: str) -> None:
        if code == "file_broken":  # what a file before was refused for says nothing about this one
            with pytest.raises(Unreadable):
                reading.look(making.locked_pdf(), PDF)
        with pytest.raises(Unreadable) as refused:
            reading.look(make(), kind)
        assert refused.value.code == code
