"""A body that broke off is no body.

Servers end the input of a request whose client went away as if it had all come: half a file would be taken for a file,
and half a sentence for an answer. Nobody would be told of it, and everybody would see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class WholeBody:
    """The input of a request of ``length`` bytes. Ends only there: earlier is an OSError."""

    def __init__(self, source: BinaryIO, length: int) -> None:
        self._source, self._left = source, length

    def read(self, size: int = -1) -> bytes:
        """All ``size`` bytes, fewer only at the end: whoever reads once must not mistake a pause for it."""
        wanted = self._left if size < 0 else min(size, self._left)
        found = self._source.read(wanted)
        while len(found) < wanted:
            more = self._source.read(wanted - len(found))
            if not more:
                raise ConnectionAbortedError("the body broke off")
            found += more
        self._left -= len(found)
        return found

    def readline(self, size: int = -1) -> bytes:
        found = self._source.readline(size)
        if not found and size != 0 and self._left > 0:
            raise ConnectionAbortedError("the body broke off")
        self._left -= len(found)
        return found


def whole_bodies(application: Application) -> Application:
    """The application behind it reads every body to its announced length, or an OSError."""

    def door(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length):
            environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(length))
        return application(environ, start_response)

    return door
