"""Providers who send files: whole, in pieces, by the API; slowly, cut off, and again until an answer comes."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from tests.faults.invented_files import Invented, invented
from tests.faults.web_client import FORM, TOKEN

PATIENCE = 90.0  # seconds for one file, however often it is sent again
SLOW_PIECES, SLOW_PAUSE = 6, 0.4
BOUNDARY = "invented-boundary-2f1c"
MANNERS = ("steady", "steady", "steady", "slow", "cut")
DOORS = ("whole", "whole", "pieces", "pieces", "api")
RAW = {"Content-Type": "application/octet-stream"}


class Sent(NamedTuple):
    """What a sender was told of a file. ``outcome``: ``kept`` (a 2xx), ``refused`` (the last word was a refusal, and
    every time it was sent there was one), or ``unsure`` (some attempt was never answered, and none with a 2xx)."""

    request: str
    digest: str
    outcome: str
    file: str = ""


class Said(NamedTuple):
    """One answer of the server: its status, and what it says."""

    status: int
    told: dict[str, Any]


class Sender:
    """One signed-in provider. ``said`` hears of every answer: its status and the problem's code, ``""`` for a 2xx."""

    def __init__(self, port: int, cookie: str, rng: random.Random, said: Callable[[int, str], None]) -> None:
        self._port, self._cookie, self._rng, self._said = port, cookie, rng, said
        self._token = ""

    def send(self, request: str, file: Invented) -> Sent:
        """Send a file until it is kept. One in four is given up at the first refusal that says to come back later."""
        door, gives_up, unanswered = self._rng.choice(DOORS), self._rng.random() < 0.25, False
        manner, end = self._rng.choice(MANNERS), time.monotonic() + PATIENCE
        while time.monotonic() < end:
            said = getattr(self, f"_{door}")(request, file, manner)
            manner = "slow" if manner == "slow" else "steady"  # what was cut off is sent again as a whole
            if said is not None and said.status < 300:
                return Sent(request, file.digest, "kept", said.told.get("id", ""))
            unanswered = unanswered or said is None
            if said is not None and said.status == 503 and gives_up and not unanswered:
                return Sent(request, file.digest, "refused")
            time.sleep(self._rng.uniform(0.1, 0.5))  # a person chooses it again, or its page does
        return Sent(request, file.digest, "unsure" if unanswered else "refused")

    def _whole(self, request: str, file: Invented, manner: str) -> Said | None:
        return self._multipart(f"/my/requests/{request}/files", request, file, manner)

    def _api(self, request: str, file: Invented, manner: str) -> Said | None:
        return self._multipart(f"/api/v1/notes-requests/{request}/files", request, file, manner)

    def _multipart(self, path: str, request: str, file: Invented, manner: str) -> Said | None:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{file.name}"\r\n\r\n'
        body = head.encode() + file.content + f"\r\n--{BOUNDARY}--\r\n".encode()
        return self._post(path, request, body, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}, manner)

    def _pieces(self, request: str, file: Invented, manner: str) -> Said | None:
        """From where the server says to go on, to the end or to the first answer that is no place to go on."""
        about = urlencode({"name": file.name, "size": len(file.content), "digest": file.digest}).encode()
        said = self._post(f"/my/requests/{request}/uploads", request, about, FORM, "steady")
        length = said.told.get("piece", 0) if said else 0
        while said is not None and "send_to" in said.told:
            at = said.told["offset"]
            piece = file.content[at : at + length]
            broken = "cut" if manner == "cut" and at + length >= len(file.content) // 2 else "steady"
            said = self._post(said.told["send_to"], request, piece, RAW, broken)
        return said

    def _post(self, path: str, request: str, body: bytes, headers: dict[str, str], manner: str) -> Said | None:
        if not self._token:
            page = self._ask("GET", f"/my/requests/{request}", b"", {}, "steady")
            found = TOKEN.search(page[1]) if page else None
            if found is None:
                return None
            self._token = found.group(1)
        given = {"X-CSRFToken": self._token, "Accept": "application/json", **headers}
        answer = self._ask("POST", path, body, given, manner)
        if answer is None:
            return None
        said = Said(answer[0], _read(answer[1]))
        self._said(said.status, said.told.get("code", "") if said.status >= 300 else "")
        return said

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str], manner: str) -> tuple[int, str] | None:
        """Status and text of the answer; None where the connection was lost, or cut by us."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        try:
            connection.putrequest(method, path)
            for name, value in {"Cookie": f"sid={self._cookie}", "Content-Length": len(body), **headers}.items():
                connection.putheader(name, str(value))
            connection.endheaders()
            for piece in _in_manner(body, manner):
                connection.send(piece)
            if manner == "cut":
                return None
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()


def _in_manner(body: bytes, manner: str) -> Iterator[bytes]:
    if manner == "cut":
        yield body[: len(body) // 2]
    elif manner == "slow":
        step = len(body) // SLOW_PIECES + 1
        for at in range(0, len(body), step):
            yield body[at : at + step]
            time.sleep(SLOW_PAUSE)  # a slow line
    elif body:
        yield body


def _read(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


class Work(NamedTuple):
    """File ``number`` of ``size`` bytes, for a request."""

    request: str
    number: int
    size: int


def send_all(senders: Sequence[tuple[Sender, Sequence[Work]]], keep: Callable[[Sent], None]) -> list[threading.Thread]:
    """Each sender sends its files one after the other, all senders at once."""

    def work(sender: Sender, files: Sequence[Work]) -> None:
        for request, number, size in files:
            keep(sender.send(request, invented(number, size)))

    threads = [threading.Thread(target=work, args=pair, daemon=True) for pair in senders]
    for thread in threads:
        thread.start()
    return threads
