"""``python -m clawguard.runner run`` is ``make run``; ``with-servers`` gives one command servers of its own."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from clawguard import embedded
from clawguard.embedded import CannotStart
from clawguard.runner import options as run_options
from clawguard.runner import readiness
from clawguard.runner.leftovers import Register, lock
from clawguard.runner.servers import Servers
from clawguard.runner.supervise import SERVERS_GRACE, Supervisor, stop_all

MISTAKE = 2  # exit code of a set-up that cannot work


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="clawguard.runner", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="start everything and stay until Ctrl-C")
    commands.add_parser("forget", help="delete the data folder: the next start is a first start")
    borrowed = commands.add_parser("with-servers", help="run one command with throw-away servers")
    borrowed.add_argument("--durable", action="store_true", help="write to disk as in production")
    borrowed.add_argument("words", nargs=argparse.REMAINDER)
    asked = parser.parse_args(words)
    try:
        if asked.command == "run":
            return Supervisor(run_options.read()).run()
        if asked.command == "forget":
            return forget()
        return with_servers([word for word in asked.words if word != "--"], durable=asked.durable)
    except (ImproperlyConfigured, CannotStart) as mistake:
        print(f"Clawguard: {mistake}", file=sys.stderr)
        return MISTAKE
    except OSError as problem:
        print(f"Clawguard: {problem.filename or 'cannot start'}: {problem.strerror}", file=sys.stderr)
        return MISTAKE


def forget() -> int:
    """Deletes DATA_DIR and the database cluster that belongs to it, unless a run is using them."""
    data_dir = run_options.read().data_dir
    (data_dir / "run").mkdir(mode=0o700, exist_ok=True)
    with lock(data_dir / "run"):
        embedded.forget(data_dir)
        shutil.rmtree(data_dir)
    print(f"Clawguard: {data_dir} is gone; the next start is a first start.")
    return 0


def with_servers(command: list[str], *, durable: bool) -> int:
    """Runs ``command`` with DATABASE_URL and REDIS_URL of servers that live as long as it does; its exit code.

    Addresses that are set already are used as they are. DATA_DIR is a temporary folder of this one run.
    """
    with tempfile.TemporaryDirectory(prefix="clawguard-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)  # the account that runs the database passes through it; its files stay private
        logs = folder / "logs"
        logs.mkdir(mode=0o700)
        os.environ["DATA_DIR"] = name
        servers = Servers(replace(run_options.read(), data_dir=folder), logs, Register(folder), durable=durable)
        try:
            servers.start()
            if servers.database:
                readiness.let_tests_empty_tables(servers.database)
            with subprocess.Popen(command, env={**os.environ, **servers.addresses}) as child:
                signal.signal(signal.SIGINT, lambda *_: None)  # a terminal sends Ctrl-C to the command as well
                signal.signal(signal.SIGTERM, lambda *_: child.terminate())
                return child.wait()
        finally:
            stop_all(servers.children, SERVERS_GRACE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
