"""A clamd for tests: speaks INSTREAM, knows one virus, and can be told to misbehave."""

from __future__ import annotations

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.notes.intake.making import EICAR


class Clamd(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    limit = 100 * 1024 * 1024
    answer = ""  # instead of what it would say; "-" hangs up without a word
    seen = 0


class _Handler(socketserver.BaseRequestHandler):
    server: Clamd

    def handle(self) -> None:
        self.server.seen += 1
        assert self._read(10) == b"zINSTREAM\0"
        content = bytearray()
        while size := struct.unpack(">I", self._read(4))[0]:
            content += self._read(size)
        if self.server.answer == "-":
            return
        self.request.sendall((self.server.answer or self._verdict(bytes(content))).encode() + b"\0")

    def _verdict(self, content: bytes) -> str:
        if len(content) > self.server.limit:
            return "stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND"
        return "stream: Eicar-Test-Signature FOUND" if EICAR in content else "stream: OK"

    def _read(self, size: int) -> bytes:
        found = b""
        while len(found) < size:
            piece = self.request.recv(size - len(found))
            if not piece:
                raise ConnectionError
            found += piece
        return found


@contextmanager
def running(**changes: Any) -> Iterator[Clamd]:
    """A server on a port of its own; ``server.url`` is its address."""
    with Clamd(("127.0.0.1", 0), _Handler) as server:
        server.url = f"tcp://127.0.0.1:{server.server_address[1]}"  # type: ignore[attr-defined]
        for name, value in changes.items():
            setattr(server, name, value)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()


def nobody_there() -> str:
    """An address at which nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"tcp://127.0.0.1:{taken.getsockname()[1]}"
