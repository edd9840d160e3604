"""Brings up the database and the broker that were not given by address, and says where they are."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import psycopg2
import redis

from clawguard import embedded
from clawguard.runner import plan, readiness
from clawguard.runner.leftovers import Register
from clawguard.runner.options import Options
from clawguard.runner.process import Child
from clawguard.settings_env import SERVICES_FILE

START_SECONDS = 120  # a cold disk may take long; a database recovering from a kill replays its log first
Ready = Callable[[embedded.Server], bool]


class Servers:
    """The servers of one run. ``addresses`` is what the other processes get in their environment."""

    def __init__(self, options: Options, logs: Path, register: Register, *, durable: bool = True) -> None:
        self.children: list[Child] = []
        self.addresses: dict[str, str] = {}
        self.database: embedded.Server | None = None  # ours; None where an address was given
        self._options, self._logs, self._register, self._durable = options, logs, register, durable

    def start(self) -> None:
        """Raises CannotStart with one line where a server, ours or given, does not answer."""
        options, data_dir = self._options, self._options.data_dir
        if options.database_url:
            _require_database(options.database_url)
            self.addresses["DATABASE_URL"] = options.database_url
        else:
            self.database = embedded.postgres(data_dir, durable=self._durable)
            self._start(self.database, "DATABASE_URL", readiness.postgres_ready)
        if options.redis_url:
            _require_broker(options.redis_url)
            self.addresses["REDIS_URL"] = options.redis_url
        else:
            self._start(embedded.broker(data_dir, durable=self._durable), "REDIS_URL", readiness.broker_ready)
        self._tell()

    def _start(self, server: embedded.Server, variable: str, ready: Ready) -> None:
        child = Child(plan.of_server(server), self._logs, dict(os.environ))
        self.children.append(child)
        child.start()
        self._register.add(child.pid)
        end = time.monotonic() + START_SECONDS
        while not ready(server):
            if not child.running:
                raise embedded.CannotStart(f"{server.name} did not start: {child.last_words()} (see {child.log})")
            if time.monotonic() > end:
                raise embedded.CannotStart(f"{server.name} does not answer after {START_SECONDS} s (see {child.log})")
            time.sleep(0.05)
        self.addresses[variable] = server.url

    def _tell(self) -> None:
        """Leaves the addresses where a `manage.py` typed beside this run finds them; readable by this account alone."""
        path = self._options.data_dir / SERVICES_FILE
        draft = path.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(self.addresses))
        draft.replace(path)

    def forget(self) -> None:
        (self._options.data_dir / SERVICES_FILE).unlink(missing_ok=True)


def _require_database(url: str) -> None:
    try:
        psycopg2.connect(url, connect_timeout=5).close()
    except (psycopg2.OperationalError, psycopg2.ProgrammingError) as problem:
        raise embedded.CannotStart(f"DATABASE_URL does not answer: {_first_line(problem)}") from None


def _require_broker(url: str) -> None:
    try:
        client = redis.Redis.from_url(url.replace("redis+socket://", "unix://"), socket_connect_timeout=5)
        client.ping()
    except (redis.RedisError, ValueError) as problem:
        raise embedded.CannotStart(f"REDIS_URL does not answer: {_first_line(problem)}") from None


def _first_line(problem: Exception) -> str:
    return (str(problem).strip().splitlines() or ["no reason given"])[0]
