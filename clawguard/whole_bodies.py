"""A body that broke off is no body, and one that only drips does not keep a thread of ours.

Servers end the input of a request whose client went away as if it had all come: half a file would be taken for a file,
and half a sentence for an answer. Nobody would be told of it, and everybody would see it.

Granian's ``read(n)`` waits for ``n`` bytes, however long they take, and nothing can end that wait. Left to a thread
beside, it stops the whole process as soon as the request is answered without it (granian 2.8.7). So little is asked
for at a time until a line has shown what it carries. A line that falls silent keeps its thread all the same; that is
for the proxy to prevent (docs/deploy.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any, BinaryIO

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
PIECE = 64 * 1024  # bytes: the most that is asked for at once
PATIENCE = 60.0  # seconds of waiting for a piece, or for the rest: about 9 kbit/s, a tenth of a poor phone line
FEWEST = 32  # bytes asked for of a line that has shown nothing yet
SHARE = 8  # of what came so far, one part in so many is asked for next
AT_ONCE = 1.0  # seconds' worth, by the pace of the last wait


class TooSlow(TimeoutError):
    """The next ``PIECE`` of a body did not come within ``PATIENCE``."""


class WholeBody:
    """The input of a request of ``length`` bytes. Ends only there: earlier is an OSError, and TooSlow is one.

    ``broken`` is that error, for those behind whoever swallowed it; a body that broke stays so.
    """

    def __init__(self, source: BinaryIO, length: int, patience: float = PATIENCE) -> None:
        self._source, self._length, self._patience = source, length, patience
        self._came = self._of_piece = 0
        self._waited = 0.0
        self._ask = FEWEST
        self.broken: OSError | None = None

    def read(self, size: int = -1) -> bytes:
        """All ``size`` bytes, fewer only at the end: whoever reads once must not mistake a pause for it."""
        left = self._length - self._came
        wanted, found = left if size < 0 else min(size, left), []
        while wanted > 0:
            some = self._next(self._source.read, min(wanted, self._ask))
            found.append(some)
            wanted -= len(some)
        return b"".join(found)

    def readline(self, size: int = -1) -> bytes:
        return self._next(self._source.readline, size) if self._came < self._length and size != 0 else b""

    def _next(self, read: Callable[[int], bytes], size: int) -> bytes:
        if self.broken is not None:
            raise self.broken
        begun = monotonic()
        found = read(size)
        self._judge(len(found), monotonic() - begun)
        if self.broken is not None:
            raise self.broken
        return found

    def _judge(self, count: int, seconds: float) -> None:
        """What a read that took so long says of the line. What lies between two reads is no fault of it."""
        self._came += count
        self._of_piece += count
        self._waited += seconds
        if count == 0:
            self.broken = ConnectionAbortedError("the body broke off")
        elif self._of_piece >= PIECE or self._came == self._length:
            self._of_piece, self._waited = 0, 0.0
        elif self._waited > self._patience:
            self.broken = TooSlow("the body only drips")
        pace = count / max(seconds, 1e-6) * AT_ONCE
        self._ask = int(min(PIECE, max(FEWEST, min(self._came / SHARE, pace))))


def whole_bodies(application: Application, patience: float = PATIENCE) -> Application:
    """The application behind it reads every body to its announced length, or an OSError.

    ``patience``: seconds of waiting for each ``PIECE`` of it.
    """

    def door(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or not int(length):
            return application(environ, start_response)
        body = environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(length), patience)

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            # what comes on this line next would be the rest of the body
            closing = [("Connection", "close")] if body.broken else []
            return start_response(status, [*headers, *closing], *more)

        return application(environ, start)

    return door
