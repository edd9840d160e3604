"""One run per data folder, and nothing of an earlier, killed run beside it."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
from pathlib import Path
from typing import TextIO

import psutil
from django.core.exceptions import ImproperlyConfigured

GRACE = 5.0  # seconds between asking and killing


def lock(folder: Path) -> TextIO:
    """The folder's lock, held as long as the file stays open; the kernel releases it whatever happens to us."""
    handle = (folder / "lock").open("a")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        raise ImproperlyConfigured(
            f"Clawguard already runs on {folder.parent}; stop it first, or choose another DATA_DIR="
        ) from None
    return handle


class Register:
    """The processes of this run, by number and moment of birth, kept in a file for the run after a kill."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "processes.json"
        self._known: dict[str, float] = {}

    def add(self, pid: int) -> None:
        with contextlib.suppress(psutil.NoSuchProcess):
            self._known[str(pid)] = psutil.Process(pid).create_time()
        self._write()

    def clear(self) -> None:
        self._known = {}
        self._write()

    def end_leftovers(self) -> int:
        """Ends what an earlier run started and did not stop; how many processes that were.

        Each child leads a session, so its helpers are found by the session even when the child itself is gone. A
        number that now belongs to a process born at another time is somebody else's and left alone.
        """
        left = [process for leader, born in self._read().items() for process in _session(int(leader), born)]
        for what, grace in ((signal.SIGINT, GRACE), (signal.SIGKILL, 1.0)):
            alive = [process for process in left if process.is_running()]
            for process in alive:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.send_signal(what)
            psutil.wait_procs(alive, timeout=grace)
        return len(left)

    def _read(self) -> dict[str, float]:
        try:
            return {str(pid): float(born) for pid, born in json.loads(self._path.read_text()).items()}
        except (OSError, ValueError, AttributeError):
            return {}

    def _write(self) -> None:
        draft = self._path.with_suffix(".new")
        draft.write_text(json.dumps(self._known))
        draft.replace(self._path)


def _session(leader: int, born: float) -> list[psutil.Process]:
    """The living members of the session that ``leader``, born at that moment (seconds), once opened."""
    try:
        if abs(psutil.Process(leader).create_time() - born) > 1:
            return []
    except psutil.NoSuchProcess:
        pass
    members = []
    for process in psutil.process_iter():
        with contextlib.suppress(ProcessLookupError, PermissionError, psutil.NoSuchProcess):
            if os.getsid(process.pid) == leader and process.create_time() >= born - 1:
                members.append(process)
    return members
