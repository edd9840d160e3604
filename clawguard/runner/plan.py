"""What runs: the programs of a Clawguard and their order."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from clawguard.celery import QUEUES
from clawguard.domain.codesets.lists import digest
from clawguard.domain.codesets.ours import OURS
from clawguard.embedded import Server
from clawguard.runner.options import PROJECT, Options
from clawguard.runner.process import Program

WORKER_GRACE_SECONDS = "2"  # less than in production, so that Ctrl-C ends everything within ten seconds
DEMO = "demo_network"
DEADLINES = "deadlines"  # its own worker: a long import must never make a lapse wait
BEHIND = ["nice", "-n", "5"]  # on a machine that is full, pages and due moments come before everything else


def manage(*words: str) -> list[str]:
    return [sys.executable, str(PROJECT / "manage.py"), *words]


def of_server(server: Server) -> Program:
    return Program(server.name, server.command, stop_signal=server.stop_signal, user=server.user, folder=server.folder)


def migration() -> Program:
    return _command("migrate", "--no-input")


def code_tables() -> Program:
    return _command("load_icd10")


def own_tables() -> Program:
    """The rows that come with this version. Its name tells versions apart, so that another one brings its rows, too."""
    versions = "".join(table.packaged_version for table in OURS.values())
    name = f"load_own_table-{digest(versions)[:12]}"
    return Program(name, manage("load_own_table"), {"CLAWGUARD_ROLE": "command"}, folder=PROJECT)


def demo() -> Program:
    return _command(DEMO)


def _command(name: str, *words: str) -> Program:
    return Program(name, manage(name, *words), {"CLAWGUARD_ROLE": "command"}, folder=PROJECT)


def web(options: Options) -> Program:
    command = [sys.executable, "-m", "granian", "clawguard.wsgi:application", "--interface", "wsgi", "--no-ws"]
    command += ["--host", options.host, "--port", str(options.port), "--workers", "1", "--blocking-threads", "4"]
    return Program("web", command, {"CLAWGUARD_ROLE": "web"}, folder=PROJECT)


def background(run_folder: Path) -> list[Program]:
    """Workers, beat and sweeper. Beat and sweeper both wake the timers; either alone is enough."""
    others = ",".join(queue for queue in QUEUES if queue != DEADLINES)
    schedule = run_folder / "beat-schedule"
    beat = ["beat", "--schedule", str(schedule), "--pidfile", ""]
    return [
        _worker("worker-deadlines", DEADLINES, threads=1),
        _worker("worker", others, threads=2, before=BEHIND),
        Program("beat", _celery(*beat), {"CLAWGUARD_ROLE": "beat"}, folder=PROJECT),
        Program("sweeper", manage("sweep"), {"CLAWGUARD_ROLE": "sweeper"}, folder=PROJECT),
    ]


def _celery(*words: str) -> list[str]:
    return [sys.executable, "-m", "celery", "-A", "clawguard.celery", *words, "--loglevel", "INFO"]


def _worker(name: str, queues: str, *, threads: int, before: Sequence[str] = ()) -> Program:
    words = ["worker", "--queues", queues, "--concurrency", str(threads), "-O", "fair", "--hostname", f"{name}@%h"]
    words += ["--without-gossip", "--without-mingle"]
    environment = {
        "CLAWGUARD_ROLE": "worker",
        "WORKER_GRACE_SECONDS": WORKER_GRACE_SECONDS,
        "REMAP_SIGTERM": "SIGQUIT",  # a stop hands unfinished tasks back to the queue instead of waiting for them
    }
    return Program(name, [*before, *_celery(*words)], environment, folder=PROJECT)
