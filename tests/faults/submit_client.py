"""Many connections that submit at once: each thing up to three times, in any order, and again after silence."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlencode

from tests.faults.web_client import FORM, TOKEN

TRIES = 10
FIRST_WAIT, LONGEST_WAIT = 0.25, 6.0  # seconds before the second try and at most
JSON = {"Content-Type": "application/json"}


class Wish(NamedTuple):
    """``key`` makes it the same thing again. ``cookie``: a provider answers request ``about``; without it a program
    asks about session ``about``."""

    key: str
    about: str
    cookie: str = ""


@dataclass
class Heard:
    """What all connections were told, how often and how soon (seconds), and which wishes never came to an end."""

    answers: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    silence: int = 0
    given_up: set[str] = field(default_factory=set)
    results: dict[str, set[str]] = field(default_factory=dict)  # by key: every answer to it that said it was done
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, status: int | None, seconds: float) -> None:
        with self.lock:
            if status is None:
                self.silence += 1
            else:
                self.answers[status] += 1
                self.seconds.append(seconds)

    def done(self, wish: Wish, result: str) -> None:
        with self.lock:
            self.results.setdefault(wish.key, set()).add(result)


class Line:
    """One connection after the other to one web process. ``tokens``: of the forms that stand open, by sign-in."""

    def __init__(self, port: int, api_key: str, heard: Heard, tokens: dict[str, str]) -> None:
        self._port, self._api_key, self._heard, self._tokens = port, api_key, heard, tokens

    def open_form(self, wish: Wish) -> None:
        page = self._send("GET", f"/my/requests/{wish.about}", "", {"Cookie": f"sid={wish.cookie}"})
        found = TOKEN.search(page[2]) if page else None
        if found:
            self._tokens[wish.cookie] = found.group(1)

    def submit(self, wish: Wish) -> None:
        wait = FIRST_WAIT
        for _ in range(TRIES):
            result = self._answer(wish) if wish.cookie else self._ask_for(wish)
            if result:
                self._heard.done(wish, result)
                return
            time.sleep(random.uniform(0.5, 1) * wait)
            wait = min(LONGEST_WAIT, wait * 2)
        with self._heard.lock:
            self._heard.given_up.add(wish.key)

    def _answer(self, wish: Wish) -> str:
        """Where the receipt is, or nothing."""
        form = {"submission": wish.key, "text": f"Invented note for {wish.about}", "attested": "on"}
        form |= {"no_process_notes": "on", "seen": "0", "csrfmiddlewaretoken": self._tokens[wish.cookie]}
        headers = {"Cookie": f"sid={wish.cookie}", **FORM}
        found = self._send("POST", f"/my/requests/{wish.about}/answer", urlencode(form), headers)
        return found[1] if found and found[0] == 302 and found[1].endswith("/receipt") else ""

    def _ask_for(self, wish: Wish) -> str:
        """The id of the request that was opened, or nothing."""
        body = {"session_id": wish.about, "why": "The times are missing.", "items": [{"kind": "start_stop_times"}]}
        headers = {"Authorization": f"Bearer {self._api_key}", "Idempotency-Key": wish.key, **JSON}
        found = self._send("POST", "/api/v1/notes-requests", json.dumps(body), headers)
        return str(json.loads(found[2])["id"]) if found and found[0] == 201 else ""

    def _send(self, method: str, path: str, body: str, headers: dict[str, str]) -> tuple[int, str, str] | None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        begun = time.monotonic()
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            found = answer.status, answer.headers.get("Location", ""), text
        except (OSError, http.client.HTTPException):
            found = None
        finally:
            connection.close()
        if method == "POST":
            self._heard.note(found[0] if found else None, time.monotonic() - begun)
        return found


def submit_all(lines: Sequence[Line], wishes: Sequence[Wish], think: float) -> list[threading.Thread]:
    """All lines at once take what is next. Each rests about ``think`` seconds between two wishes."""
    waiting, lock = list(reversed(wishes)), threading.Lock()

    def work(line: Line, rng: random.Random) -> None:
        while True:
            time.sleep(rng.uniform(0, 2 * think))  # people think; programs have other things to do
            with lock:
                if not waiting:
                    return
                wish = waiting.pop()
            line.submit(wish)

    threads = [
        threading.Thread(target=work, args=(line, random.Random(number)), daemon=True)
        for number, line in enumerate(lines)
    ]
    for thread in threads:
        thread.start()
    return threads
