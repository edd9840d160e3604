"""How a story is told: people at their browsers, a program with a key, workers that run, and a clock that moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import HttpResponse
from django.test import Client

from clawguard import clock
from clawguard.accounts import api_keys
from clawguard.accounts.models import User
from clawguard.events import sweeps
from clawguard.events.models import Delivery
from clawguard.events.outbox import run_waiting
from tests import world_people

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
NIGHT = dt.timedelta(hours=8)  # from midnight to the hour at which people may be written to
NEXT_ROUND = dt.timedelta(seconds=10)


class Telling:
    """``now`` is the story's moment. Every door, task and sweep reads it from the one clock."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now
        self.people: dict[str, User] = world_people.people()
        self.answers: list[HttpResponse] = []  # everything that was ever shown to anybody
        self._browsers: dict[str, Client] = {}
        self._keys = 0

    @contextmanager
    def _moment(self) -> Iterator[None]:
        with clock.pretend(self.now):
            yield

    def browser(self, who: str) -> Client:
        if who not in self._browsers:
            client = Client()
            client.force_login(self.people[who], backend="django.contrib.auth.backends.ModelBackend")
            self._browsers[who] = client
        return self._browsers[who]

    def sees(self, who: str, path: str) -> str:
        """The page that ``who`` opens, as text."""
        with self._moment():
            answer = self.browser(who).get(path)
        self.answers.append(answer)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.content.decode()

    def sends(self, who: str, path: str, **form: Any) -> str:
        """What ``who`` is led to after sending a form."""
        with self._moment():
            answer = self.browser(who).post(path, form)
            self.answers.append(answer)
            assert answer.status_code in (200, 204, 302), (path, answer.status_code, answer.content[-2000:])
            if answer.status_code != 302:
                return answer.content.decode()
            return self.sees(who, answer["Location"].partition("#")[0])

    def program(
        self, method: str, path: str, body: Any = None, *, scopes: str, status: int = 200, **headers: str
    ) -> Any:
        """What the API answers to a program whose key has ``scopes``."""
        self._keys += 1
        with self._moment():
            secret = api_keys.create("network system", set(scopes.split()), self.now)[1]
            sent = {"Authorization": f"Bearer {secret}", "Idempotency-Key": f"step-{self._keys}", **headers}
            kind = "application/x-ndjson" if isinstance(body, bytes) else "application/json"
            given = {} if method == "get" else {"data": {} if body is None else body, "content_type": kind}
            answer = getattr(Client(), method)(f"/api/v1{path}", headers=sent, **given)
        self.answers.append(answer)
        assert answer.status_code == status, (path, answer.status_code, answer.content[-2000:])
        return answer.json()

    def work(self) -> None:
        """Workers run until nothing waits; nothing may have gone wrong."""
        with self._moment():
            while run_waiting(self.now):
                pass
        assert not Delivery.objects.exclude(last_error="").exists(), list(Delivery.objects.values("task", "last_error"))

    def until(self, moment: dt.datetime | str) -> None:
        """Time passes; what came due by then has come due, as the next round of the sweeps sees it."""
        due = dt.datetime.fromisoformat(moment) if isinstance(moment, str) else moment
        self.now = due + NEXT_ROUND
        with self._moment():
            moved = sweeps.run_all(clock.now)
        assert moved.keys() == sweeps.SWEEPS.keys()  # none of them failed
        self.work()

    def later(self, much: dt.timedelta) -> None:
        self.until(self.now + much)
