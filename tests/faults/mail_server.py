"""A mail server of the tests' own that can be away, put off, hang, and die at any word; it remembers what it took.

It speaks as much SMTP as ``smtplib`` asks for. What it took it counts as taken before it says so: whoever is not told
has to send it again, and that is what the runs look at.
"""

from __future__ import annotations

import datetime as dt
import email
import socketserver
import threading
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from clawguard import embedded

AWAY, BUSY, LATER, HANGS, DIES, FORGETS, SLOW, WELL = (
    "away",  # nobody listens
    "busy",  # 421 instead of a greeting
    "later",  # 451 for every recipient
    "hangs",  # says nothing
    "dies",  # in the middle of a message
    "forgets",  # takes the message and dies before saying so
    "slow",  # takes the message and says so a while later
    "well",
)
A_WHILE, LONGEST = 0.5, 30.0  # seconds


class Mail(NamedTuple):
    message_id: str
    to: str
    subject: str
    at: dt.datetime


class MailServer:
    """``refuses(address)``: 550 to this recipient; ``unwanted(address)``: 554 to the message. Both are for good."""

    def __init__(self, refuses: Callable[[str], bool], unwanted: Callable[[str], bool]) -> None:
        self.port = embedded.free_port()
        self.refuses, self.unwanted = refuses, unwanted
        self.taken: list[Mail] = []
        self.met: Counter[str] = Counter()  # conversations that ended as the mode says
        self.mode = AWAY
        self.changed = threading.Event()  # ends what hangs
        self._listening: _Listening | None = None

    def turn(self, mode: str) -> None:
        self.mode = mode
        before, self.changed = self.changed, threading.Event()
        before.set()
        if mode == AWAY:
            self.close()
        elif self._listening is None:
            self._listening = _Listening(("127.0.0.1", self.port), _Talk)
            self._listening.owner = self
            threading.Thread(target=self._listening.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        if self._listening is not None:
            self._listening.shutdown()
            self._listening.server_close()
            self._listening = None

    def take(self, to: str, raw: bytes) -> None:
        told = email.message_from_bytes(raw)
        self.taken.append(Mail(told["Message-ID"], to, told["Subject"], dt.datetime.now(dt.UTC)))


class _Listening(socketserver.ThreadingTCPServer):
    allow_reuse_address, daemon_threads, request_queue_size = True, True, 64
    block_on_close = False
    owner: MailServer


class _Talk(socketserver.StreamRequestHandler):
    server: _Listening

    def handle(self) -> None:
        self.owner, self.to = self.server.owner, ""
        try:
            self._converse()
        except OSError:
            return  # who asked was killed

    def _converse(self) -> None:
        if self.owner.mode == HANGS:
            self._meet(HANGS)
            self.owner.changed.wait(LONGEST)
        elif self.owner.mode == BUSY:
            self._meet(BUSY)
            self._say("421 busy")
        else:
            self._say("220 here")
            while (line := self.rfile.readline()) and self._answer(line[:4].upper(), line):
                pass

    def _answer(self, word: bytes, line: bytes) -> bool:
        """Whether the conversation goes on."""
        if word == b"RCPT":
            self.to = line.split(b"<")[1].split(b">")[0].decode()
            if self.owner.mode == LATER:
                self._meet(LATER)
            self._say(
                "451 later" if self.owner.mode == LATER else "550 no" if self.owner.refuses(self.to) else "250 ok"
            )
            return True
        if word == b"DATA":
            return self._take()
        self._say("221 bye" if word == b"QUIT" else "250 ok")
        return word != b"QUIT"

    def _take(self) -> bool:
        self._say("354 go on")
        if self.owner.mode == DIES:
            self.rfile.readline()
            self._meet(DIES)
            return False
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False  # cut off: not a message
            lines.append(line)
        if self.owner.unwanted(self.to):
            self._say("554 unwanted")
            return True
        return self._taken(b"".join(lines))

    def _taken(self, raw: bytes) -> bool:
        mode, changed = self.owner.mode, self.owner.changed
        self.owner.take(self.to, raw)
        self._meet(mode)
        if mode == FORGETS:
            return False
        if mode == SLOW:
            changed.wait(A_WHILE)
        self._say("250 taken")
        return True

    def _meet(self, mode: str) -> None:
        self.owner.met[mode] += 1

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())
