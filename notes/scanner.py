"""The virus scanner: clamd, asked over its own protocol (INSTREAM) at ``settings.CLAMAV_URL``.

Without that setting there is no scanner, and the product says so instead of calling a file clean.
"""

from __future__ import annotations

import contextlib
import socket
import struct
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from notes.models.reading import ScanVerdict

SECONDS = 20.0
PIECE = 256 * 1024
MOST_ANSWER = 4096
PORT = 3310
LONGEST_SIGNATURE = 120


class ScannerDown(Exception):
    """The scanner did not answer, or not in a way that can be understood."""


@dataclass(frozen=True, slots=True)
class Scanned:
    verdict: ScanVerdict
    signature: str = ""


def is_configured() -> bool:
    return bool(settings.CLAMAV_URL)


def scan(content: bytes) -> Scanned:
    """What the scanner says of these bytes. Raises ScannerDown."""
    try:
        with _connected() as line:
            # beyond its StreamMaxLength it says so and hangs up, while we still send
            with contextlib.suppress(ConnectionError):
                _send(line, content)
            answer = _answer(line)
    except OSError as error:
        raise ScannerDown(type(error).__name__) from None
    return _understood(answer)


def is_there() -> bool:
    """Whether it answers at all. What it has no answer for is then the file's doing."""
    try:
        with _connected() as line:
            line.sendall(b"zPING\0")
            return _answer(line) == "PONG"
    except OSError:
        return False


def _send(line: socket.socket, content: bytes) -> None:
    line.sendall(b"zINSTREAM\0")
    for start in range(0, len(content), PIECE):
        piece = content[start : start + PIECE]
        line.sendall(struct.pack(">I", len(piece)) + piece)
    line.sendall(struct.pack(">I", 0))


def _connected() -> socket.socket:
    place = urlsplit(settings.CLAMAV_URL)
    if place.scheme == "unix":
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(SECONDS)
        line.connect(place.path)
        return line
    return socket.create_connection((place.hostname or "localhost", place.port or PORT), SECONDS)


def _answer(line: socket.socket) -> str:
    said = b""
    while b"\0" not in said and len(said) < MOST_ANSWER:
        piece = line.recv(MOST_ANSWER)
        if not piece:
            break
        said += piece
    return said.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _understood(answer: str) -> Scanned:
    """``stream: OK``, ``stream: NAME FOUND``, or an error. A file beyond the scanner's limits was not scanned whole."""
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return Scanned(ScanVerdict.CLEAN)
    if said.endswith(" FOUND"):
        signature = said.removesuffix(" FOUND")[:LONGEST_SIGNATURE]
        beyond = "Limits.Exceeded" in signature
        return Scanned(ScanVerdict.UNSCANNABLE if beyond else ScanVerdict.INFECTED, signature)
    if "size limit exceeded" in said:
        return Scanned(ScanVerdict.UNSCANNABLE, "size limit")
    raise ScannerDown("answer")
