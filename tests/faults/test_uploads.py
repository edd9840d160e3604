"""Promise 7 for files: what was told to be received is there, byte for byte, whatever died and however full the disk;
what was refused is not."""

from __future__ import annotations

import contextlib
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle

import pytest
from django.conf import settings

from clawguard import embedded
from clawguard.bench.stage import Stage, restart, until
from clawguard.runner.process import Child
from tests.faults import acts
from tests.faults.file_ledger import Stored, judge_files
from tests.faults.invented_files import LARGEST, sizes
from tests.faults.own_postgres import own_postgres
from tests.faults.upload_client import Sender, Sent, Work, send_all
from tests.faults.volume import Volume, volume
from tests.faults.web_client import Browser

OPEN = "SELECT provider_id::text, id::text FROM notes_notesrequest WHERE status = 'open' ORDER BY provider_id, id"
# What a refusal may be for here. Whatever else is said to a person who sends a good file is a fault.
COME_BACK = {(503, "busy"), (503, "storage_full"), (409, "upload_offset")}
CUT_OFF_BY_US = (400, "cut_off")
END_CONNECTIONS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
)


@dataclass(frozen=True)
class Size:
    files: int
    senders: int
    rounds: int  # of all faults
    pause: float  # seconds between two faults
    largest: int  # bytes
    megabytes: int  # of the disk
    own_database: bool  # one that really stops; else its connections end, which looks the same from outside


SMALL = Size(files=70, senders=8, rounds=1, pause=1.0, largest=LARGEST // 2, megabytes=512, own_database=False)
NIGHTLY = Size(files=2_000, senders=8, rounds=12, pause=4.0, largest=LARGEST, megabytes=8_192, own_database=True)


class Faults:
    """Everything that happens to the processes and the disk under a wave of uploads."""

    def __init__(self, stage: Stage, web: Child, serves: Callable[[], object], disk: Volume) -> None:
        self._stage, self._web, self._serves, self._disk = stage, web, serves, disk
        self.stop_database: Callable[[], None] = self._end_connections
        self.sent: list[Sent] = []
        self.said: Counter[tuple[int, str]] = Counter()
        self.done: Counter[str] = Counter()

    def hear(self, status: int, code: str) -> None:
        self.said[status, code] += 1

    def web_killed(self) -> None:
        restart(self._web)
        until(self._serves, 120, "a web process that serves")

    def database_stopped(self) -> None:
        self.stop_database()

    def disk_full(self) -> None:
        with self._disk.full():
            self._wait_for_refusal()

    def disk_read_only(self) -> None:
        with self._disk.read_only():
            self._wait_for_refusal()

    def _wait_for_refusal(self) -> None:
        """While the disk takes nothing: until somebody was told so, in whatever words."""
        before = self._refusals()
        until(lambda: self._refusals() > before or self.over(), 60, "a refusal for want of room")

    def _refusals(self) -> int:
        return sum(count for (status, code), count in self.said.items() if status >= 500 and code != "busy")

    def _end_connections(self) -> None:
        self._stage.rows(END_CONNECTIONS + "pg_backend_pid()")

    over: Callable[[], bool] = staticmethod(lambda: False)


@contextlib.contextmanager
def prepared(migrated: Stage, size: Size) -> Iterator[tuple[Stage, Callable[[], None] | None]]:
    """A stage, and how its database is stopped and started again, where it is its own."""
    if not size.own_database:
        with Stage.open(settings.DATABASE_URL, template=migrated.database) as stage:
            yield stage, None
        return
    with own_postgres() as postgres, Stage.open(postgres.server.url) as stage:

        def stop_and_start() -> None:
            postgres.stop_hard()
            time.sleep(1.0)  # away for a moment
            postgres.start()

        yield stage, stop_and_start


@pytest.mark.parametrize("size", [SMALL, pytest.param(NIGHTLY, marks=pytest.mark.soak)], ids=["small", "nightly"])
def test_promise_7_no_received_file_is_lost_or_changed(
    migrated: Stage, figure: Callable[[str], None], size: Size
) -> None:
    with prepared(migrated, size) as (stage, stop_database):
        started: list[Child] = []
        with volume(stage.folder / "files", size.megabytes, lambda: started[0]) as disk:
            temporary = stage.folder / "files" / "arriving"
            temporary.mkdir(mode=0o700)
            stage.environment |= {"TMPDIR": str(temporary), "UPLOAD_MAX_BYTES": str(25 * 1024 * 1024)}
            acts.come_due(stage, size.files // 10 * 50, ahead=36_000, seconds=60)
            started.append(stage.web(port := embedded.free_port()))
            faults = Faults(stage, started[0], Browser(port, "").answers, disk)
            faults.stop_database = stop_database or faults.stop_database
            begun = time.monotonic()
            try:
                _under_fire(stage, port, faults, size)
            finally:
                figure(_said_of(faults, size, disk.what, time.monotonic() - begun))
            left = [path.name for path in temporary.iterdir()]
            command = (sys.executable, "-m", "tests.faults.read_files")
            stored = [Stored(*_row(line)) for line in stage.run(*command).splitlines()]
            for child in stage.children:
                child.kill()
    assert judge_files(faults.sent, stored) == {}
    assert len(faults.sent) == size.files
    assert sum(told.outcome == "kept" for told in faults.sent) > size.files // 2
    wrong = {said for said in faults.said if said[0] >= 300} - COME_BACK
    assert not wrong, _words(faults.said)
    assert left == [], "a killed process left legible bytes behind"


def sizes_of(size: Size) -> list[int]:
    return sizes(size.files, random.Random(size.files), size.largest)


def _row(line: str) -> list[str]:
    found: list[str] = json.loads(line)
    return found


def _under_fire(stage: Stage, port: int, faults: Faults, size: Size) -> None:
    """Send everything while one fault after the other strikes."""
    lines = stage.run(sys.executable, "-m", "tests.faults.sign_in", str(size.senders)).splitlines()
    until(Browser(port, "").answers, 120, "a web process that serves")
    requests = stage.rows(OPEN)
    numbered = list(enumerate(sizes_of(size)))
    senders = []
    for index, (provider, cookie) in enumerate(map(str.split, lines)):
        mine = cycle([request for owner, request in requests if owner == provider])
        work = [Work(next(mine), number, length) for number, length in numbered[index :: size.senders]]
        senders.append((Sender(port, cookie, random.Random(index), faults.hear), work))
    threads = send_all(senders, faults.sent.append)
    faults.over = lambda: not any(thread.is_alive() for thread in threads)
    until(lambda: faults.said, 90, "the first answer")
    for fault in ("web_killed", "database_stopped", "disk_full", "web_killed", "disk_read_only") * size.rounds:
        if faults.over():
            break
        getattr(faults, fault)()
        faults.done[fault] += 1
        time.sleep(size.pause)  # the pace of the faults
    until(faults.over, 2 * size.files, "an end of every upload", pause=0.2)


def _said_of(faults: Faults, size: Size, disk: str, seconds: float) -> str:
    outcomes = dict(Counter(told.outcome for told in faults.sent))
    return (
        f"{size.files} files, {sum(sizes_of(size)) / 1e6:.0f} MB, in {seconds:.0f} s on {disk}: {outcomes}; "
        f"faults done {dict(faults.done)}; answers {_words(faults.said)}"
    )


def _words(said: Counter[tuple[int, str]]) -> str:
    return ", ".join(
        f"{count} × {status}{f' {code}' if code else ''}" for (status, code), count in sorted(said.items())
    )
