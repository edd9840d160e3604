"""A throw-away Clawguard: a scratch database, a Redis of its own, and real processes that may be killed at any moment.

The database server is the one of ``DATABASE_URL``; only a database in it is made, and dropped at the end. Redis is
always our own, because a fault run empties it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psutil
import psycopg2
import redis
from psycopg2 import sql

from clawguard import embedded
from clawguard.runner import plan, readiness
from clawguard.runner.options import PROJECT, Options
from clawguard.runner.process import Child, Program

READY_SECONDS = 60
MOST_BYTES = 2**30  # of a file: a million sessions are larger than what is taken by default


class TooSlow(Exception):
    """What was waited for did not come about in time."""


def until(done: Callable[[], object], seconds: float, what: str, pause: float = 0.05) -> None:
    """Look again and again until ``done()`` is true. Raises TooSlow with ``what`` after ``seconds``."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            raise TooSlow(f"{what} did not come about within {seconds:g} s")
        time.sleep(pause)


class Stage:
    """Made with ``Stage.open``. ``environment`` is what every process of the stage gets."""

    def __init__(self, folder: Path, server_url: str, database: str) -> None:
        self.folder = folder
        self.database = database
        self.database_url = urlunsplit(urlsplit(server_url)._replace(path=f"/{database}"))
        self.children: list[Child] = []
        self._logs = folder / "logs"
        self._logs.mkdir()
        self._broker = embedded.broker(folder, durable=False)
        self.environment = {
            **os.environ,
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self._broker.url,
            "DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "clawguard.settings",
            "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
            "LOG_LEVEL": "WARNING",
            "IMPORT_MAX_BYTES": str(MOST_BYTES),
        }

    @classmethod
    @contextlib.contextmanager
    def open(cls, server_url: str, *, template: str = "") -> Iterator[Stage]:
        """A stage with a migrated database, copied from ``template`` where one is named. Leaves nothing behind."""
        folder = Path(tempfile.mkdtemp(prefix="clawguard-stage-"))
        folder.chmod(0o711)
        database = f"clawguard_scratch_{uuid4().hex[:12]}"
        _administer(server_url, "CREATE DATABASE {}" + (" TEMPLATE {}" if template else ""), database, template)
        stage = cls(folder, server_url, database)
        try:
            stage.start_broker()
            if not template:
                stage.manage("migrate", "--no-input")
            yield stage
        finally:
            for child in stage.children:
                child.kill()
            _administer(server_url, "DROP DATABASE IF EXISTS {} WITH (FORCE)", database)
            shutil.rmtree(folder, ignore_errors=True)

    # Redis

    def start_broker(self) -> Child:
        child = self.start(plan.of_server(self._broker))
        until(lambda: readiness.broker_ready(self._broker), READY_SECONDS, "an answer from Redis")
        return child

    def redis(self) -> redis.Redis:
        return redis.Redis.from_url(self._broker.url, socket_timeout=5)

    # processes

    def start(self, program: Program) -> Child:
        child = Child(program, self._logs, self.environment)
        self.children.append(child)
        child.start()
        return child

    def background(self) -> dict[str, Child]:
        """Workers, beat and sweeper exactly as a run starts them, by name."""
        return {program.name: self.start(program) for program in plan.background(self.folder)}

    def web(self, port: int) -> Child:
        options = Options("127.0.0.1", port, self.folder, False, self.database_url, self._broker.url)
        return self.start(plan.web(options))

    def manage(self, *words: str) -> str:
        """Run one management command to its end; its output."""
        return self.run(*plan.manage(*words))

    def run(self, *command: str) -> str:
        done = subprocess.run(command, env=self.environment, cwd=PROJECT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command[-3:])} ended with {done.returncode}: {done.stderr[-2000:]}")
        return done.stdout

    def processor_seconds(self) -> float:
        """Of all processes of the stage and of the database's, those that ended included, since they began."""
        others = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        backends = list(filter(None, (_process(pid) for (pid,) in self.rows(others))))
        postmasters = set(filter(None, map(_parent, backends)))
        running = sum(map(_processor_seconds, [*self._processes(), *backends]))
        return running + sum(map(_seconds_of_ended, [*self._processes(), *postmasters]))

    def largest_worker(self) -> int:
        """Bytes of memory (resident set) of the largest process of the workers."""
        return max((process.memory_info().rss for process in self._processes()), default=0)

    def _processes(self) -> list[psutil.Process]:
        own = [psutil.Process(child.pid) for child in self.children if child.pid]
        return [*own, *[each for process in own for each in process.children(recursive=True)]]

    # database

    @contextlib.contextmanager
    def connect(self) -> Iterator[Any]:
        """A cursor with autocommit."""
        connection = psycopg2.connect(self.database_url)
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self.connect() as cursor:
            cursor.execute(statement, values)
            return list(cursor.fetchall())

    def value(self, statement: str, *values: object) -> Any:
        return self.rows(statement, *values)[0][0]


def _process(pid: int) -> psutil.Process | None:
    """None for one that ended after its number was read."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return psutil.Process(pid)
    return None


def _parent(process: psutil.Process) -> psutil.Process | None:
    """None for one that ended meanwhile."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return process.parent()
    return None


def _processor_seconds(process: psutil.Process) -> float:
    with contextlib.suppress(psutil.NoSuchProcess):
        times = process.cpu_times()
        return float(times.user + times.system)
    return 0.0


def _seconds_of_ended(process: psutil.Process) -> float:
    """Of children that ended: the pool replaces its processes after so many tasks, and each has a backend."""
    with contextlib.suppress(psutil.NoSuchProcess):
        times = process.cpu_times()
        return float(times.children_user + times.children_system)
    return 0.0


def restart(child: Child) -> None:
    """Kill the whole process group, as a lost machine would, and start it again."""
    child.kill()
    child.start()


def kill_helper(child: Child) -> bool:
    """Kill one process that ``child`` started, such as a pool process of a worker; False where it has none."""
    with contextlib.suppress(psutil.NoSuchProcess):
        for helper in psutil.Process(child.pid).children():
            helper.send_signal(signal.SIGKILL)
            return True
    return False


def _administer(server_url: str, statement: str, *names: str) -> None:
    connection = psycopg2.connect(server_url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(statement).format(*[sql.Identifier(name) for name in names if name]))
    finally:
        connection.close()
