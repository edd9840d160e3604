"""Files of every kind, written here byte by byte: honest ones, and ones that mean harm."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter

LINES = (
    "Progress note 09/16/2026",
    "Client: Q. Example",
    "Start 2:00 pm  End 2:53 pm",
    "S: Client reports sleeping better this week and less worry.",
    "O: Calm and oriented, mood anxious, affect congruent.",
    "A: Progressing toward goal 2 of the plan.",
    "P: Continue weekly. Signed by P. Test LCSW",
)
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def picture(lines: tuple[str, ...] = LINES, size: tuple[int, int] = (1700, 1100), mode: str = "RGB") -> Image.Image:
    """A sheet with these lines on it, as a scanner would see it at 200 dots per inch."""
    image = Image.new("RGB", size, "white")
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(36)
    for number, line in enumerate(lines):
        draw.text((120, 100 + 70 * number), line, fill="black", font=font)
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def jpeg(**options: Any) -> bytes:
    return saved(picture(), "JPEG", **options)


def jpeg_with_place() -> bytes:
    """A photo taken with the phone on its side, which says so and where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter clockwise
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (40.0, 42.0, 46.0)
    return saved(picture().rotate(90, expand=True), "JPEG", exif=exif)


def heic() -> bytes:
    """Two lines of an invented note. Our libraries read HEIC and write none, so this one was made elsewhere, for us."""
    return Path(__file__).with_name("photo.heic").read_bytes()


def scanned_pdf(*images: Image.Image) -> bytes:
    first, *others = images or (picture(),)
    return saved(first, "PDF", save_all=True, append_images=others, resolution=200)


def pdf(pages: list[str], *, compressed: bool = False) -> bytes:
    """A PDF with one line of text to each ``\\n``."""
    return assembled([text_stream(page) for page in pages], compressed=compressed)


def text_stream(text: str) -> bytes:
    shown = [line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") for line in text.splitlines()]
    drawn = "\n".join(f"({line}) Tj 0 -16 Td" for line in shown)
    return f"BT /F1 11 Tf 60 740 Td\n{drawn}\nET".encode("latin-1", "replace")


def assembled(streams: list[bytes], *, compressed: bool = False, more: dict[int, bytes] | None = None) -> bytes:
    """Objects 1 (catalog), 2 (pages), 3 (font), then a page and its stream for each."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(streams)))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(streams)}>>".encode(),
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>/Contents {} 0 R>>"
    for n, stream in enumerate(streams):
        objects[4 + 2 * n] = page.format(5 + 2 * n).encode()
        packed = zlib.compress(stream) if compressed else stream
        filters = "/Filter/FlateDecode" if compressed else ""
        objects[5 + 2 * n] = f"<</Length {len(packed)}{filters}>>stream\n".encode() + packed + b"\nendstream"
    return written(objects | (more or {}))


def written(objects: dict[int, bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, content in sorted(objects.items()):
        places[number] = len(out)
        out += f"{number} 0 obj".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {max(objects) + 1}\n0000000000 65535 f \n".encode()
    for number in range(1, max(objects) + 1):
        out += f"{places[number]:010} 00000 n \n".encode() if number in places else b"0000000000 65535 f \n"
    out += f"trailer<</Size {max(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def locked_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(["secret"]))))
    writer.encrypt("secret", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def active_pdf() -> bytes:
    """JavaScript on opening, a program to launch, a file attached, a link elsewhere and a filled-in form field."""
    names = b"/Names<</EmbeddedFiles<</Names[(tool.exe) 21 0 R]>>>>"
    acts = b"/OpenAction<</S/JavaScript/JS(app.alert('run');)>>/AA<</WC<</S/Launch/F(calc.exe)>>>>"
    field = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(filled)/Rect[60 100 200 120]/P 4 0 R>>"
    link = b"<</Type/Annot/Subtype/Link/Rect[60 700 300 760]/A<</S/URI/URI(https://elsewhere.example.com/)>>>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Annots[23 0 R 24 0 R]/Resources<</Font<</F1 3 0 R>>>>"
    more = {
        1: b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[23 0 R]/XFA(<xdp/>)>>" + names + acts + b">>",
        4: page + b"/Contents 5 0 R>>",
        21: b"<</Type/Filespec/F(tool.exe)/EF<</F 22 0 R>>>>",
        22: b"<</Type/EmbeddedFile/Length 4>>stream\nMZ\x90\x00\nendstream",
        23: field,
        24: link,
    }
    return assembled([text_stream("\n".join(LINES))], more=more)


def many_pages(count: int = 100_000) -> bytes:
    """So many pages that all are the same one."""
    kids = b"4 0 R " * count
    return written(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[" + kids + f"]/Count {count}>>".encode(),
            4: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>",
        }
    )


def cyclic_pages() -> bytes:
    return written({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"})


def stacked_flate(layers: int = 3) -> bytes:
    """A page whose stream unpacks to a thousandfold, and that again, and again: gigabytes from a few bytes."""
    content = zlib.compress(b"\0" * (256 * 1024 * 1024), 1)
    for _ in range(layers - 1):
        content = zlib.compress(content, 9)
    filters = "/FlateDecode" * layers
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 5 0 R>>"
    stream = f"<</Length {len(content)}/Filter[{filters.replace('/', ' /')}]>>stream\n".encode() + content
    return written(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
            4: page,
            5: stream + b"\nendstream",
        }
    )


def slow_pdf(depth: int = 24) -> bytes:
    """A form that draws the next one twice, two dozen deep: sixteen million drawings of one line."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        4: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</XObject<</X 10 0 R>>>>/Contents 5 0 R>>",
        5: b"<</Length 5>>stream\n/X Do\nendstream",
    }
    for number in range(10, 10 + depth):
        last = number == 9 + depth
        drawn = b"0 0 m 600 700 l S" if last else b"/X Do /X Do /X Do"
        beside = b"" if last else f"/Resources<</XObject<</X {number + 1} 0 R>>>>".encode()
        head = b"<</Type/XObject/Subtype/Form/BBox[0 0 612 792]" + beside + f"/Length {len(drawn)}>>".encode()
        objects[number] = head + b"stream\n" + drawn + b"\nendstream"
    return written(objects)


def huge_png(side: int = 50_000) -> bytes:
    """Two and a half billion pixels by its own word, of which only the first lines are there."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packed = zlib.compress((b"\0" + b"\xff" * (side // 8)) * 100)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def many_frames(count: int = 100) -> bytes:
    frames = [Image.new("RGB", (20, 20), (n, n, n)) for n in range(count)]
    return saved(frames[0], "PNG", save_all=True, append_images=frames[1:])


_DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
)


def docx(lines: tuple[str, ...] = LINES, *, body: str = "", extra: dict[str, bytes] | None = None) -> bytes:
    """``body``: WordprocessingML instead of one paragraph for each line."""
    body = body or "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    parts = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "word/document.xml": _DOCUMENT.format(body).encode(),
        **(extra or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx_bomb() -> bytes:
    return docx(body="<w:p/>", extra={"word/footnotes.xml": b" " * (70 * 1024 * 1024)})


def lying_docx() -> bytes:
    """It says that its text is small, and is not."""
    made = bytearray(docx(body="<w:p><w:r><w:t>" + "a" * 30_000_000 + "</w:t></w:r></w:p>"))
    size = struct.pack("<I", len(_DOCUMENT.format("")) + 30_000_000 + len("<w:p><w:r><w:t></w:t></w:r></w:p>") - 2)
    return bytes(made.replace(size, struct.pack("<I", 500)))


def symlink_docx() -> bytes:
    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a") as archive:
        entry = zipfile.ZipInfo("word/link.xml")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def fhir(document: bytes, kind: str = "application/pdf", **changes: Any) -> bytes:
    attachment = {
        "contentType": kind,
        "data": base64.b64encode(document).decode(),
        "size": len(document),
        "hash": base64.b64encode(hashlib.sha1(document, usedforsecurity=False).digest()).decode(),
        **changes,
    }
    given = {name: value for name, value in attachment.items() if value is not None}
    return json.dumps(
        {"resourceType": "DocumentReference", "status": "current", "content": [{"attachment": given}]}
    ).encode()


def ccda(narrative: str = "", *, before: str = "", body: str = "") -> bytes:
    """A C-CDA progress note; ``before`` stands between its declaration and its root."""
    narrative = (
        narrative or "<paragraph>Client reports sleeping better.</paragraph><list><item>Plan: weekly</item></list>"
    )
    section = f"<section><title>Subjective</title><text>{narrative}</text></section>"
    body = body or f"<structuredBody><component>{section}</component></structuredBody>"
    return (
        f'<?xml version="1.0"?>{before}<ClinicalDocument xmlns="urn:hl7-org:v3"><title>Progress Note</title>'
        "<recordTarget><patientRole><patient><name><given>Quentin</given><family>Example</family></name>"
        '<birthTime value="19910411"/></patient></patientRole></recordTarget>'
        '<author><time value="20260916173000-0400"/><assignedAuthor><assignedPerson><name><given>Priya</given>'
        "<family>Test</family></name></assignedPerson></assignedAuthor></author>"
        '<documentationOf><serviceEvent><effectiveTime><low value="202609161402-0400"/>'
        '<high value="202609161455-0400"/></effectiveTime></serviceEvent></documentationOf>'
        f"<component>{body}</component></ClinicalDocument>"
    ).encode()


LAUGHS = "".join(
    f'<!ENTITY l{n} "{"".join(f"&l{n - 1};" for _ in range(10))}">' if n else '<!ENTITY l0 "ha">' for n in range(10)
)
LAUGHING = f"<!DOCTYPE ClinicalDocument [{LAUGHS}]>"
OUTSIDE = '<!DOCTYPE ClinicalDocument [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
