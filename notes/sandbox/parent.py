"""Starting the sandbox, feeding it, and ending it: by its group, at the latest when its time is over."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Any

from notes.extraction.kinds import CCDA, FHIR, IMAGES
from notes.extraction.refusing import Unreadable

CHILD = Path(__file__).with_name("child.py")
READY = b"ready\n"
PIECE = 64 * 1024
MOST_ANSWER = 48 * 1024 * 1024  # bytes of JSON, pictures of pages included
MOST_AT_ONCE = 2  # in one process: a wave of uploads must not take the machine's memory
PATIENCE = 10.0  # seconds to wait for a place
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
log = logging.getLogger(__name__)
_places = threading.BoundedSemaphore(MOST_AT_ONCE)


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one run: processor seconds, seconds on the wall, megabytes of address space."""

    cpu_seconds: int
    wall_seconds: float
    megabytes: int = 256


LOOK = Limits(cpu_seconds=6, wall_seconds=9)
# Within a transaction of a task, which the database ends after 30 idle seconds; longer files go on in the next one.
READ = Limits(cpu_seconds=18, wall_seconds=24)
# A PNG is decoded whole before it is made smaller: a colour scan of 34 megapixels does not fit into 256 MB, one with
# transparency not into 320. Kinds that may carry a picture as it is have the same room.
FOR_PICTURES = 400
WITH_PICTURES = IMAGES | {FHIR, CCDA}
READ_FOR = 5.0  # seconds after which the child stops by itself between two pages


class Stopped(Exception):
    """The child did not answer. ``reason``: ``time`` or ``size`` (beyond its limits), ``died`` (the file's doing),
    ``busy`` (no place for it) or ``unstarted`` (this installation's fault: no file is to blame)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def look(content: bytes, kind: str) -> dict[str, Any]:
    """``pages``, ``opening`` and ``kind`` of a file, within ``LOOK``. Raises Unreadable, Stopped."""
    return _run({"what": "look", "kind": kind}, content, with_room(LOOK, kind))


def read(content: bytes, kind: str, start: int = 0, seconds: float = READ_FOR) -> dict[str, Any]:
    """``pages`` from index ``start`` on, the ``total``, whether this machine ``recognises``. Raises as ``look``."""
    return _run({"what": "read", "kind": kind, "start": start, "seconds": seconds}, content, with_room(READ, kind))


def with_room(limits: Limits, kind: str) -> Limits:
    return replace(limits, megabytes=FOR_PICTURES) if kind in WITH_PICTURES else limits


def probe() -> dict[str, Any]:
    """What a child on this machine can and cannot do: for operators. Raises Stopped."""
    return _run({"what": "probe"}, b"", LOOK)


def _run(job: dict[str, Any], content: bytes, limits: Limits) -> dict[str, Any]:
    if not _places.acquire(timeout=PATIENCE):
        raise Stopped("busy")
    try:
        given = {**job, **asdict(limits), "parent": os.getpid()}
        answer = _answer_of([sys.executable, "-I", "-B", str(CHILD), json.dumps(given)], content, limits)
    finally:
        _places.release()
    if "refused" in answer:
        raise Unreadable(str(answer["refused"]))
    return answer


def _answer_of(command: list[str], content: bytes, limits: Limits) -> dict[str, Any]:
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=ENVIRONMENT,
        cwd="/",
        start_new_session=True,
    )
    assert child.stdin is not None and child.stdout is not None  # noqa: S101 - asked for above
    feeder = threading.Thread(target=_feed, args=(child.stdin, content), daemon=True)
    feeder.start()
    try:
        said = _listen(child.stdout, time.monotonic() + limits.wall_seconds)
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)  # not reaped yet, so the number is still its own
        child.wait()
        feeder.join()
        child.stdout.close()
    if not said.startswith(READY):
        log.error("sandbox.unstarted", extra={"exit": child.returncode})
        raise Stopped("unstarted")
    try:
        found: dict[str, Any] = json.loads(said.removeprefix(READY))
    except ValueError:
        raise Stopped("died") from None
    return found


def _feed(to: IO[bytes], content: bytes) -> None:
    with contextlib.suppress(OSError), to:
        to.write(content)


def _listen(source: IO[bytes], end: float) -> bytes:
    said = bytearray()
    with selectors.DefaultSelector() as waiting:
        waiting.register(source, selectors.EVENT_READ)
        while True:
            left = end - time.monotonic()
            if left <= 0 or not waiting.select(left):
                raise Stopped("time")
            piece = os.read(source.fileno(), PIECE)
            if not piece:
                return bytes(said)
            said += piece
            if len(said) > MOST_ANSWER:
                raise Stopped("size")
