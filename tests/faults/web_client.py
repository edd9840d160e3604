"""Providers at their browsers: sign-in cookies, forms, and a second press of Submit when no answer came."""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import uuid4

from tests.faults.ledger import Told

PATIENCE = 90.0  # seconds
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Answered(NamedTuple):
    status: int
    location: str
    cookie: str
    text: str


class Browser:
    """One signed-in provider. A lost connection is an answer that never came: ``None``."""

    def __init__(self, port: int, cookie: str) -> None:
        self._port, self._cookie, self._token = port, cookie, ""

    def answers(self) -> bool:
        """Whether anybody serves at all."""
        return self._ask("GET", "/healthz") is not None

    def submit(self, request: str) -> Told | None:
        """Answer a notes request, pressing Submit until the receipt is shown; None when it never was."""
        submission, text = str(uuid4()), f"Invented note for {request}"
        told = None
        end = time.monotonic() + PATIENCE
        while told is None and time.monotonic() < end:
            given = {"submission": submission, "text": text, "attested": "on", "no_process_notes": "on", "seen": "0"}
            answer = self._post(f"/my/requests/{request}/answer", request, given)
            if answer is not None and answer.status == 302 and answer.location.endswith("/receipt"):
                told = Told(request, submission, digest=sha256(text.encode()).hexdigest())
            else:
                time.sleep(0.1)  # a person presses again
        return told

    def _post(self, path: str, request: str, fields: dict[str, str]) -> Answered | None:
        if not self._token:
            page = self._ask("GET", f"/my/requests/{request}")
            found = TOKEN.search(page.text) if page else None
            if found is None:
                return None
            self._token = found.group(1)
        return self._ask("POST", path, urlencode({**fields, "csrfmiddlewaretoken": self._token}))

    def _ask(self, method: str, path: str, body: str | None = None) -> Answered | None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=10)
        try:
            connection.request(method, path, body, {"Cookie": f"sid={self._cookie}", **(FORM if body else {})})
            answer = connection.getresponse()
            headers, text = answer.headers, answer.read().decode()
            return Answered(answer.status, headers.get("Location", ""), headers.get("Set-Cookie", ""), text)
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()


def press_all(
    browsers: Sequence[tuple[Browser, Sequence[str]]], keep: Callable[[Told], None]
) -> list[threading.Thread]:
    """Each browser answers its requests one after the other, all browsers at once."""

    def work(browser: Browser, requests: Sequence[str]) -> None:
        for request in requests:
            told = browser.submit(request)
            if told is not None:
                keep(told)

    threads = [threading.Thread(target=work, args=pair, daemon=True) for pair in browsers]
    for thread in threads:
        thread.start()
    return threads
