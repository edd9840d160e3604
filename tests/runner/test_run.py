"""A whole run on servers of its own: it starts, heals, stops and leaves nothing, also after the worst."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg2
import pytest

from clawguard import embedded

ROOT = Path(__file__).resolve().parents[2]
START, HEAL, STOP = 150, 90, 10  # seconds


class Run:
    """One supervisor under test."""

    def __init__(self, folder: Path) -> None:
        self.data_dir = folder / "data"
        self.port = embedded.free_port()
        self._process: subprocess.Popen[str] | None = None
        self.said = folder / "said.txt"

    def start(self) -> None:
        kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
        surroundings = {**kept, "DATA_DIR": str(self.data_dir), "PORT": str(self.port), "DEMO": "0"}
        command = [sys.executable, "-m", "clawguard.runner", "run"]
        with self.said.open("w") as out:
            self._process = subprocess.Popen(command, env=surroundings, cwd=ROOT, stdout=out, stderr=out, text=True)
        until(lambda: "ready at" in self.said.read_text() or self.process.poll() is not None, START)
        assert self.process.poll() is None, self.said.read_text()

    @property
    def process(self) -> subprocess.Popen[str]:
        assert self._process is not None
        return self._process

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def members(self) -> dict[str, int]:
        """Name → number of every process that the supervisor started, from its own children."""
        found = {}
        for child in psutil.Process(self.process.pid).children():
            try:
                words = " ".join(child.cmdline())
            except (psutil.NoSuchProcess, psutil.ZombieProcess):
                continue
            for name, mark in MARKS.items():
                if mark in words:
                    found[name] = child.pid
        return found

    def left(self) -> list[psutil.Process]:
        """Everything alive that belongs to this data folder, whoever its parent is by now."""
        mine = []
        for process in psutil.process_iter():
            try:
                if process.pid != os.getpid() and belongs(process, self.data_dir):
                    mine.append(process)
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
        return mine

    def count(self, statement: str) -> int:
        url = json.loads((self.data_dir / "services.json").read_text())["DATABASE_URL"]
        connection = psycopg2.connect(url)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchone()[0] if cursor.description else 0
        finally:
            connection.close()

    def stop(self, how: signal.Signals) -> float:
        begun = time.monotonic()
        self.process.send_signal(how)
        self.process.wait(timeout=STOP + 5)
        return time.monotonic() - begun


MARKS = {
    "postgres": "/postgres -D",
    "redis": "valkey-server",
    "web": "granian",
    "worker": "--hostname worker@",
    "worker-deadlines": "--hostname worker-deadlines@",
    "beat": " beat ",
    "sweeper": "manage.py sweep",
}


def belongs(process: psutil.Process, data_dir: Path) -> bool:
    if process.status() == psutil.STATUS_ZOMBIE:
        return False
    environment = process.environ()
    pointer = data_dir / "postgres_folder"
    cluster = pointer.read_text().strip() if pointer.exists() else str(data_dir)
    return environment.get("DATA_DIR") == str(data_dir) or cluster in " ".join(process.cmdline())


def until(done: Callable[[], object], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if done():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One data folder for all, as in life: the first start makes it, every later one finds what the last one left."""
    made = tmp_path_factory.mktemp("run")
    yield made
    embedded.forget(Run(made).data_dir)


@pytest.fixture
def run(folder: Path) -> Iterator[Run]:
    it = Run(folder)
    yield it
    for process in it.left():
        process.kill()


def test_it_starts_everything_and_stops_everything(run: Run) -> None:
    run.start()
    assert set(run.members()) == set(MARKS)
    assert run.answers()
    _stop(run, signal.SIGINT)


def _stop(run: Run, how: signal.Signals) -> None:
    """It ends in time, says that all is well and leaves nothing behind."""
    assert run.stop(how) < STOP
    assert run.process.returncode == 0
    assert until(lambda: run.left() == [], 3), run.left()
    assert not (run.data_dir / "services.json").exists()


def test_it_heals_what_dies_and_recovers_after_everything_was_killed(run: Run) -> None:
    run.start()
    run.count("DROP TABLE IF EXISTS kept; CREATE TABLE kept (n int)")
    run.count("INSERT INTO kept SELECT generate_series(1, 1000)")
    before = run.members()
    for name in MARKS:
        os.kill(before[name], signal.SIGKILL)
    assert until(lambda: len(run.members().keys() & MARKS.keys()) == len(MARKS), HEAL), run.said.read_text()
    assert until(run.answers, HEAL)
    assert all(run.members()[name] != before[name] for name in MARKS)
    assert until(lambda: _answer(run) == 1000, HEAL)

    for process in [psutil.Process(run.process.pid), *psutil.Process(run.process.pid).children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):  # some end by themselves once the first one is dead
            process.kill()
    run.process.wait(timeout=5)
    run.start()
    assert run.answers()
    assert run.count("SELECT count(*) FROM kept") == 1000
    _stop(run, signal.SIGTERM)


def _answer(run: Run) -> int | None:
    try:
        return run.count("SELECT count(*) FROM kept")
    except psycopg2.OperationalError:
        return None


def test_nothing_outlives_a_killed_supervisor(run: Run) -> None:
    run.start()
    run.process.kill()
    run.process.wait(timeout=5)
    assert until(lambda: run.left() == [], STOP), run.left()
    run.start()
    assert run.answers()
    run.stop(signal.SIGINT)
