"""PDFs whose pages, or a picture within one, lead nowhere."""

from __future__ import annotations

from tests.notes.intake.making import assembled, text_stream, written


def different_pages(count: int = 100_000) -> bytes:
    """So many pages, each one of its own."""
    kids = b" ".join(b"%d 0 R" % (10 + n) for n in range(count))
    tree = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[" + kids + f"]/Count {count}>>".encode()}
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>"
    return written(tree | {10 + n: page for n in range(count)})


def deep_pages(depth: int = 100_000) -> bytes:
    """A tree of pages in which each folder holds one more folder."""
    tree = {n: b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 1) for n in range(2, depth)}
    leaf = b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 612 792]>>" % (depth - 1)
    return written({1: b"<</Type/Catalog/Pages 2 0 R>>"} | tree | {depth: leaf})


def cycle_further_down() -> bytes:
    """The first page is there; behind it the tree leads back to its root."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>"
    folder = b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 5>>"
    root = b"<</Type/Pages/Kids[4 0 R 5 0 R]/Count 6>>"
    return written({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: root, 4: page, 5: folder})


def endless_picture(side: int = 30_000, content: bytes = b"x" * 1_000_000) -> bytes:
    """A picture within the page that claims to be large and never says EI."""
    head = f"q 612 0 0 792 0 0 cm BI /W {side} /H {side} /CS /RGB /BPC 8 ID ".encode()
    return assembled([text_stream("Before it") + b"\n" + head + content])
