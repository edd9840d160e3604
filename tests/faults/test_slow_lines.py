"""Lines that drip, more of them than the web server has threads: the others are answered all the same.

With the server that `make run` and the image start: it has no limit of time for a body, so this one is ours.
"""

from __future__ import annotations

import http.client
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.faults.slow_app import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
THREADS = 4


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "tests.faults.slow_app:application", "--interface", "wsgi", "--no-ws"]
    command += ["--port", str(number), "--workers", "1", "--blocking-threads", str(THREADS), "--no-log"]
    server = subprocess.Popen(command, cwd=ROOT)
    try:
        _until_it_answers(number)
        yield number
    finally:
        children = psutil.Process(server.pid).children(recursive=True)
        server.terminate()
        try:
            server.wait(20)
        finally:
            for child in children:
                if child.is_running():
                    child.kill()
            server.kill()


def _until_it_answers(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            assert status_of(port) == 200
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not start")


def status_of(port: int, method: str = "GET", body: bytes | None = None) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request(method, "/", body)
        return line.getresponse().status
    finally:
        line.close()


class Held:
    """A line that announces a body and sends it byte by byte, ``gap`` seconds apart."""

    def __init__(self, port: int, gap: float) -> None:
        self.line = socket.create_connection(("127.0.0.1", port), 30)
        self.line.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n")
        self._over = threading.Event()
        threading.Thread(target=self._drip, args=(gap,), daemon=True).start()

    def _drip(self, gap: float) -> None:
        while not self._over.wait(gap):
            try:
                self.line.sendall(b"x")
            except OSError:
                return

    def answer(self) -> bytes:
        return self.line.recv(4096)

    def close(self) -> None:
        self._over.set()
        self.line.close()


def test_twice_as_many_as_threads_hold_nobody_up_for_long(port: int) -> None:
    held = [Held(port, 0.05) for _ in range(2 * THREADS)]
    try:
        begun = time.monotonic()
        assert status_of(port) == 200
        assert time.monotonic() - begun < 10 * PATIENCE  # their time is over after two waits
        for each in held:
            said = each.answer()
            assert said.startswith(b"HTTP/1.1 408")
            assert re.search(rb"(?i)\r\nconnection: close\r\n", said)
        assert [status_of(port) for _ in range(5)] == [200] * 5  # though none of them has hung up
    finally:
        for each in held:
            each.close()


def test_a_body_that_comes_is_read_whole(port: int) -> None:
    assert status_of(port, "POST", bytes(5 * 1024 * 1024)) == 200
