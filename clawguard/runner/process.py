"""One watched process: its own session, its own log file, a signal from the kernel should we die first."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from clawguard.embedded import account

PR_SET_PDEATHSIG = 1
BACK_OFF = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)  # seconds before the n-th restart in a row
SETTLED = 30.0  # seconds after which a process counts as healthy again and its back-off starts anew
LOG_KEPT = 10 * 1024 * 1024  # bytes above which a log is put aside at the next start

# Loaded here, not in the hook below: after a change of account an import may no longer find its file.
_PRCTL = ctypes.CDLL(None, use_errno=True).prctl if sys.platform == "linux" else None


def _die_with_parent(stop_signal: signal.Signals, parent: int) -> Callable[[], None]:
    def hook() -> None:
        if _PRCTL is not None:
            _PRCTL(PR_SET_PDEATHSIG, int(stop_signal))
        if os.getppid() != parent:
            os._exit(1)  # the parent died before the line above took effect

    return hook


@dataclass(slots=True)
class Program:
    """How to run one thing. Not yet running."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    stop_signal: signal.Signals = signal.SIGTERM
    user: str | None = None
    folder: Path | None = None


class Child:
    """A Program that is kept running until it is told to stop."""

    def __init__(self, program: Program, logs: Path, environment: dict[str, str]) -> None:
        self.program = program
        self.log = logs / f"{program.name}.log"
        self._environment = {**environment, **program.environment}
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._losses = 0
        self._not_before = 0.0
        self.mourned = False  # its end has been noted; it waits for its next start

    @property
    def name(self) -> str:
        return self.program.name

    @property
    def pid(self) -> int:
        return self._process.pid if self._process else 0

    @property
    def exit_code(self) -> int | None:
        """None while it runs, or when it was never started."""
        return self._process.poll() if self._process else None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Must be called from the main thread: the kernel's death signal follows the thread that forked."""
        if self.log.exists() and self.log.stat().st_size > LOG_KEPT:
            self.log.replace(self.log.with_suffix(".log.1"))
        as_whom = account(self.program.user)
        with self.log.open("ab") as out:
            self._process = subprocess.Popen(
                self.program.command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd=self.program.folder,
                env=self._environment,
                start_new_session=True,  # Ctrl-C reaches us alone, and we stop the rest in order
                preexec_fn=_die_with_parent(self.program.stop_signal, os.getpid()),
                user=as_whom.user,
                group=as_whom.group,
                extra_groups=as_whom.extra_groups,
            )
        self._started = time.monotonic()
        self.mourned = False

    def note_loss(self) -> float:
        """Clears away what the dead process left and says how many seconds to wait before the next start."""
        self.kill()
        if time.monotonic() - self._started > SETTLED:
            self._losses = 0
        wait = BACK_OFF[min(self._losses, len(BACK_OFF) - 1)]
        self._losses += 1
        self._not_before = time.monotonic() + wait
        self.mourned = True
        return wait

    def may_start(self) -> bool:
        return time.monotonic() >= self._not_before

    def ask_to_stop(self) -> None:
        if self.running:
            self._send(self.program.stop_signal, group=False)

    def wait(self, until: float) -> bool:
        """Whether it is gone by ``until`` (monotonic seconds)."""
        if self._process is None:
            return True
        try:
            self._process.wait(timeout=max(0.01, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            return False
        return True

    def kill(self) -> None:
        """Ends the process and whatever of its session is left; safe when all is gone."""
        if self._process is None:
            return
        self._send(signal.SIGKILL, group=True)
        self._process.wait()

    def last_words(self) -> str:
        """The last line of the log, for an error message."""
        try:
            lines = [line for line in self.log.read_text(errors="replace").splitlines() if line.strip()]
        except OSError:
            return ""
        return lines[-1][:300] if lines else ""

    def _send(self, what: signal.Signals, *, group: bool) -> None:
        assert self._process is not None  # noqa: S101 - callers checked
        try:
            (os.killpg if group else os.kill)(self._process.pid, what)
        except (ProcessLookupError, PermissionError):
            return
