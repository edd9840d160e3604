"""The run behind ``make run``: start in order, restart what dies, stop everything, leave nothing."""

from __future__ import annotations

import os
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Iterable
from types import FrameType

from clawguard import embedded
from clawguard.runner import options as run_options
from clawguard.runner import plan
from clawguard.runner.errands import Errands
from clawguard.runner.leftovers import Register, lock
from clawguard.runner.process import Child, Program
from clawguard.runner.servers import Servers

LOOK = 0.2  # seconds between two looks at the processes
PAGE_SECONDS = 120
APPS_GRACE, SERVERS_GRACE = 5.0, 3.0  # seconds; together under the ten that a stop may take
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Someone asked us to stop."""


class Supervisor:
    """Owns every process of one run. Used from the main thread alone."""

    def __init__(self, options: run_options.Options) -> None:
        self._options = options
        self._folder = options.data_dir / "run"
        self._logs = options.data_dir / "logs"
        for folder in (self._folder, self._logs):
            folder.mkdir(mode=0o700, exist_ok=True)
        self._register = Register(self._folder)
        self._servers = Servers(options, self._logs, self._register)
        self._children: list[Child] = []
        self._errands: Errands | None = None
        self._stop = False

    def run(self) -> int:
        """Returns the exit code: 0 after a stop that was asked for."""
        held = lock(self._folder)
        for what in STOPPING:
            signal.signal(what, self._note_stop)
        try:
            self._bring_up()
            self._watch()
        except Stopped:
            pass
        finally:
            self._take_down()
            held.close()
        print("Clawguard: stopped.", flush=True)
        return 0

    def _note_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stop = True

    def _pause(self, seconds: float) -> None:
        """Sleeps, but not through a wish to stop."""
        end = time.monotonic() + seconds
        while not self._stop and time.monotonic() < end:
            time.sleep(0.05)
        if self._stop:
            raise Stopped

    # start

    def _bring_up(self) -> None:
        options = self._options
        ended = self._register.end_leftovers()
        if ended:
            _say(f"ended {ended} process(es) that an earlier run left behind")
        self._register.clear()
        run_options.require_free(options.host, options.port)
        _say("starting the database and the broker")
        self._servers.start()
        self._migrate()
        self._children.append(self._launch(plan.web(options)))
        (self._folder / "beat-schedule").unlink(missing_ok=True)  # disposable, and unreadable after a kill
        self._errands = Errands(options, self._folder, self._launch, _say)
        self._await_page()
        self._children += [self._launch(program) for program in plan.background(self._folder)]
        _say(f"ready at {options.address}   (Ctrl-C stops everything; logs in {self._logs})")

    def _launch(self, program: Program) -> Child:
        child = Child(program, self._logs, self._environment())
        child.start()
        self._register.add(child.pid)
        return child

    def _environment(self) -> dict[str, str]:
        options = self._options
        own = {
            "HOST": options.host,
            "PORT": str(options.port),
            "DATA_DIR": str(options.data_dir),
            "DEMO": "1" if options.demo else "0",
            "PUBLIC_URL": os.environ.get("PUBLIC_URL") or options.address,
            "PYTHONUNBUFFERED": "1",
        }
        return {**os.environ, **own, **self._servers.addresses}

    def _migrate(self) -> None:
        _say("bringing the database up to date")
        child = self._launch(plan.migration())
        while child.running:
            try:
                self._pause(LOOK)
            except Stopped:
                child.kill()
                raise
        if child.exit_code != 0:
            raise embedded.CannotStart(f"the database could not be migrated: {child.last_words()} (see {child.log})")

    def _await_page(self) -> None:
        web = self._children[0]
        end = time.monotonic() + PAGE_SECONDS
        while not _answers(f"{self._options.address}/healthz"):
            if not web.running or time.monotonic() > end:
                raise embedded.CannotStart(f"the web process does not answer: {web.last_words()} (see {web.log})")
            self._pause(0.1)

    # watch

    def _watch(self) -> None:
        while True:
            self._pause(LOOK)
            for child in [*self._servers.children, *self._children]:
                self._revive(child)
            if self._errands:
                self._errands.step()

    def _revive(self, child: Child) -> None:
        code = child.exit_code
        if code is not None and not child.mourned:
            _say(f"{child.name} ended with {code}; starting it again in {child.note_loss():g} s (see {child.log})")
        elif code is not None and child.may_start():
            child.start()
            self._register.add(child.pid)

    # stop

    def _take_down(self) -> None:
        for what in STOPPING:
            signal.signal(what, signal.SIG_IGN)  # a second Ctrl-C must not leave half of it running
        stop_all([*self._children, *(self._errands.children if self._errands else [])], APPS_GRACE)
        stop_all(self._servers.children, SERVERS_GRACE)
        self._servers.forget()
        self._register.clear()


def stop_all(children: Iterable[Child], grace: float) -> None:
    """Asks all at once, waits ``grace`` seconds in all, then ends what is left together with its helpers."""
    children = list(children)
    for child in children:
        child.ask_to_stop()
    end = time.monotonic() + grace
    for child in children:
        child.wait(end)
        child.kill()


def _answers(url: str) -> bool:
    """Whether the web process answers anything at all there: a refusal is an answer too."""
    try:
        with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own address
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _say(what: str) -> None:
    print(f"Clawguard: {what}", flush=True)
