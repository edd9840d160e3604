"""Files as providers send them, of any size, made anew from a number: a PDF with a scan, or typed text."""

from __future__ import annotations

import random
from hashlib import sha256
from typing import NamedTuple

SMALLEST, LARGEST = 10_000, 10_000_000  # bytes
MOST_TEXT = 100_000  # bytes; what is longer comes as a PDF
WORDS = ("Invented", "progress", "note", "for", "a", "test", "of", "files", "sent", "while", "servers", "die")


class Invented(NamedTuple):
    name: str
    content: bytes
    digest: str


def invented(number: int, size: int) -> Invented:
    """File ``number``: of about ``size`` bytes, the same ones each time, and of no other number."""
    rng = random.Random(number)
    typed = size <= MOST_TEXT and rng.random() < 0.5
    content = _text(rng, number, size) if typed else _pdf(rng, number, size)
    return Invented(f"note {number}.{'txt' if typed else 'pdf'}", content, sha256(content).hexdigest())


def sizes(count: int, rng: random.Random, largest: int = LARGEST) -> list[int]:
    """From ``SMALLEST`` to ``largest``, as many small ones as large ones by their logarithm; the extremes are there."""
    drawn = [int(SMALLEST * (largest / SMALLEST) ** rng.random()) for _ in range(count - 2)]
    found = [SMALLEST, largest, *drawn]
    rng.shuffle(found)
    return found


def _text(rng: random.Random, number: int, size: int) -> bytes:
    lines = [f"Invented note {number}."]
    while sum(map(len, lines)) + len(lines) < size:
        lines.append(" ".join(rng.choices(WORDS, k=12)))
    return "\n".join(lines).encode()


def _pdf(rng: random.Random, number: int, size: int) -> bytes:
    """One page of words, and a stream of random bytes that stands for its scan."""
    words = f"BT /F1 12 Tf 72 720 Td (Invented note {number} for a test of files.) Tj ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources 7 0 R >>",
        _stream(words),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        _stream(rng.randbytes(max(size - 700, 1))),
        b"<< /Font << /F1 5 0 R >> >>",
    )
    found, places = bytearray(b"%PDF-1.4\n"), []
    for index, body in enumerate(objects, 1):
        places.append(len(found))
        found += b"%d 0 obj\n%b\nendobj\n" % (index, body)
    table = len(found)
    found += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    found += b"".join(b"%010d 00000 n \n" % place for place in places)
    found += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(found)


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content)
