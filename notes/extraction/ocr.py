"""Text recognition by the ``tesseract`` program, where it is installed. One page at a time, words with confidence."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import time
from collections import defaultdict
from dataclasses import dataclass

from PIL import Image

SECONDS = 12.0  # for one page, turned this way and that
LEAST_LEGIBLE = 0.35  # below this mean confidence the words are noise and a person reads the page
CLEAR = 0.6  # from here on the page was surely the right way up
# first as it lies, which takes half the time; then with the program finding out which way is up
WAYS = ("3", "1")
WORD_LEVEL = "5"


@dataclass(frozen=True, slots=True)
class Recognised:
    text: str
    legibility: float  # mean confidence, 0 to 1, weighted by length


def program() -> str | None:
    """Where tesseract is; None: this machine recognises nothing and a person reads scans."""
    return shutil.which("tesseract", path="/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin")


def recognise(image: Image.Image, tesseract: str, seconds: float = SECONDS) -> Recognised | None:
    """The words of a page; None when there are none to speak of or the time was over. A page on its side is turned."""
    end = time.monotonic() + seconds
    best: Recognised | None = None
    for way in WAYS:
        left = end - time.monotonic()
        found = _words(image, tesseract, way, left) if left > 0 else None
        if found is not None and (best is None or found.legibility > best.legibility + 0.1):
            best = found
        if best is not None and best.legibility >= CLEAR:
            return best
    return best if best is not None and best.legibility >= LEAST_LEGIBLE else None


def _words(image: Image.Image, tesseract: str, way: str, seconds: float) -> Recognised | None:
    picture = io.BytesIO()
    image.convert("L").save(picture, "PNG", compress_level=1)
    command = [tesseract, "stdin", "stdout", "-l", "eng", "--psm", way, "--dpi", "200", "tsv"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            command, input=picture.getvalue(), capture_output=True, timeout=seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    return _joined(done.stdout.decode("utf-8", "replace")) if done.returncode == 0 else None


def _joined(table: str) -> Recognised | None:
    lines: dict[tuple[int, ...], list[str]] = defaultdict(list)
    weight = total = 0.0
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        word = (row.get("text") or "").strip()
        if row.get("level") != WORD_LEVEL or not word:
            continue
        place = tuple(int(row[name]) for name in ("block_num", "par_num", "line_num"))
        lines[place].append(word)
        total += len(word) * max(float(row["conf"]), 0.0)
        weight += len(word)
    if not weight:
        return None
    text, before = [], None
    for place, words in lines.items():
        if before is not None and place[:2] != before[:2]:
            text.append("")
        text.append(" ".join(words))
        before = place
    return Recognised("\n".join(text), round(total / weight / 100, 3))
