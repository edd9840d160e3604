"""A clamd for tests: speaks INSTREAM in the words of clamd 1.4, knows one virus, and can be told to misbehave.

``test_real_clamd.py`` asks both the same.
"""

from __future__ import annotations

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.notes.intake.making import EICAR

SIGNATURE = "Eicar-Test-Signature.UNOFFICIAL"  # as clamd calls what is in a database of one's own


class Clamd(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    limit = 100 * 1024 * 1024  # MaxFileSize, with AlertExceedsMax
    stream_limit = 100 * 1024 * 1024  # StreamMaxLength
    answer = ""  # instead of what it would say; "-" hangs up without a word
    seen = 0


class _Handler(socketserver.BaseRequestHandler):
    server: Clamd

    def handle(self) -> None:
        command = self._command()
        if command == b"zPING":
            self.request.sendall(b"PONG\0")
            return
        assert command == b"zINSTREAM"
        self.server.seen += 1
        content = bytearray()
        while size := struct.unpack(">I", self._read(4))[0]:
            if len(content) + size > self.server.stream_limit:  # hangs up on what is still being sent
                self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
            content += self._read(size)
        if self.server.answer == "-":
            return
        self.request.sendall((self.server.answer or self._verdict(bytes(content))).encode() + b"\0")

    def _verdict(self, content: bytes) -> str:
        if len(content) > self.server.limit:
            return "stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND"
        return f"stream: {SIGNATURE} FOUND" if EICAR in content else "stream: OK"

    def _command(self) -> bytes:
        found = b""
        while not found.endswith(b"\0"):
            found += self._read(1)
        return found[:-1]

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
