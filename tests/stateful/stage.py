"""The small network that random people press buttons in, and a tally of what came of it.

Everything goes through the doors: people by the API with a browser's sign-in (or a page where the API has no such
door), programs with keys of any scopes, strangers with nothing. Time is one moment that only moves on.
"""

from __future__ import annotations

import datetime as dt
import itertools
import logging
from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.test import Client

from clawguard import clock
from clawguard.accounts import api_keys
from clawguard.accounts.api_keys import SCOPES
from clawguard.accounts.models import User
from clawguard.events import sweeps
from clawguard.events.outbox import run_waiting
from tests import world_people
from tests.builders import NOW
from tests.disputes import remit_files
from tests.world import screened

SECRET_WORD = "CanaryZebra"  # stands in everything that people write; may be found under seals only
LOCKED_WORD = "CanaryLocked"  # stands in what calls itself psychotherapy notes
PEOPLE = (
    "provider",
    "other provider",
    "delegate",
    "other delegate",
    "billing",
    "other billing",
    "lead",
    "second lead",
    "auditor",
    "admin",
)
KEYS = {
    "key of everything": frozenset(SCOPES),
    "key of cases": frozenset({"cases:read", "cases:write"}),
    "key of sessions and notes": frozenset({"sessions:read", "sessions:write", "notes:read", "notes:write"}),
    "key of webhooks": frozenset({"webhooks:manage"}),
}
ACTORS = (*PEOPLE, *KEYS, "stranger")
STEP = dt.timedelta(minutes=1)  # passes with each thing that is done


class Tally:
    """What came of each rule and of each actor's doings, over all examples of a run."""

    def __init__(self) -> None:
        self.steps = 0
        self.rules: Counter[tuple[str, str]] = Counter()
        self.actors: Counter[tuple[str, str]] = Counter()
        self.tried: Counter[str] = Counter()  # direct SQL by the promise that forbids it

    def note(self, rule: str, actor: str, outcome: str) -> None:
        self.rules[rule, outcome] += 1
        self.actors[actor, outcome] += 1

    def table(self) -> list[str]:
        lines = [f"{self.steps:,} steps"]
        for title, counted in (("rule", self.rules), ("actor", self.actors)):
            outcomes = sorted({outcome for _name, outcome in counted})
            lines.append(f"{title:<28}" + "".join(f"{outcome:>10}" for outcome in outcomes))
            for name in sorted({name for name, _outcome in counted}):
                lines.append(f"{name:<28}" + "".join(f"{counted[name, each]:>10,}" for each in outcomes))
        refused = ", ".join(f"{name} {count:,}" for name, count in sorted(self.tried.items()))
        return [*lines, f"direct SQL refused: {refused}"]

    def names(self) -> set[str]:
        return {name for name, _outcome in self.rules}

    def carried_out(self) -> set[str]:
        """Rules that succeeded at least once."""
        return {name for name in self.names() if self.rules[name, "done"]}


class Overheard(logging.Handler):
    """Whatever is logged, as it is rendered."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{record.getMessage()} {record.__dict__.get('error', '')}")


class Stage:
    """The people, their browsers and keys, what was acknowledged, and the one moment."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self.now = NOW
        self.people: dict[str, User] = world_people.people()
        self.secrets: dict[str, tuple[dt.datetime, str]] = {}
        self.browsers: dict[str, Client] = {}
        self.numbers = itertools.count(1)
        self.acknowledged: dict[str, set[str]] = {}  # table to ids that somebody was told are saved
        self.answers: list[tuple[str, str]] = []  # of the present step: who was shown what
        self.carried_out: set[str] = set()  # the rules that succeeded so far
        with clock.pretend(self.now):
            self.first = screened(self.now)
            remit_files.imported(remit_files.payment("T-1", remit_files.claim(self.first.external_id)))
            self.work()

    def _client(self, who: str) -> tuple[Client, dict[str, str]]:
        if who in KEYS:
            made, secret = self.secrets.get(who, (None, ""))
            if made is None or self.now - made > dt.timedelta(days=80):  # keys end after ninety
                secret = api_keys.create(who, set(KEYS[who]), self.now)[1]
                self.secrets[who] = self.now, secret
            key = {"Authorization": f"Bearer {secret}", "Idempotency-Key": f"step-{next(self.numbers)}"}
            return Client(raise_request_exception=False), key
        if who not in self.browsers:
            self.browsers[who] = Client(raise_request_exception=False)
            if who in self.people:
                backend = "django.contrib.auth.backends.ModelBackend"
                self.browsers[who].force_login(self.people[who], backend=backend)
        return self.browsers[who], {}

    def ask(self, rule: str, who: str, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """One request. Refusals are part of life; a fault of ours is not."""
        client, own = self._client(who)
        given: dict[str, Any] = {"headers": {**own, **headers}}
        if method != "get" and path.startswith("/api/"):
            given |= {"data": {} if body is None else body, "content_type": "application/json"}
        elif method != "get":
            given |= {"data": body or {}}
        self.now += STEP
        with clock.pretend(self.now):
            answer = getattr(client, method)(path, **given)
        status = answer.status_code
        assert status < 500, (rule, who, method, path, answer.content[-1500:])
        outcome = "done" if status < 300 or (status == 302 and "/sign-in" not in answer["Location"]) else "refused"
        self.note(rule, who, outcome)
        self.answers.append((who, b"".join(answer).decode() if answer.streaming else answer.content.decode()))
        return answer

    def note(self, rule: str, who: str, outcome: str) -> None:
        self.tally.note(rule, who, outcome)
        if outcome == "done":
            self.carried_out.add(rule)

    def work(self) -> None:
        """Workers run until nothing waits."""
        with clock.pretend(self.now):
            while run_waiting(self.now):
                pass

    def pass_time(self, much: dt.timedelta) -> None:
        """Time passes, and what came due by then has come due."""
        self.now += much
        with clock.pretend(self.now):
            moved = sweeps.run_all(clock.now)
        assert moved.keys() == sweeps.SWEEPS.keys()
        self.work()

    def keep(self, table: str, row_id: object) -> None:
        """Somebody was told that this row is saved."""
        self.acknowledged.setdefault(table, set()).add(str(row_id))
