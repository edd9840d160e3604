"""Work that is killed at one exact moment: a process of its own does it, says when it is there, and dies of kill -9."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections


def killed_at(place: str, work: Callable[[], object]) -> None:
    """Do ``work`` in another process and kill that once it has come to the function that ``place`` names."""
    connections.close_all()  # a connection must not be shared by two processes
    come, say = os.pipe()
    child = os.fork()
    if child == 0:
        _work_until(place, work, say)
    os.close(say)
    there = os.read(come, 1)
    os.close(come)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert there == b"!", f"the work ended without coming to {place}"
    assert os.WIFSIGNALED(status)


def _work_until(place: str, work: Callable[[], object], say: int) -> None:
    """Never returns: what the test run itself would do at its end is not this process's business."""

    def arrived(*_given: Any, **_more: Any) -> None:
        os.write(say, b"!")
        while True:
            signal.pause()

    try:
        # Django keeps connections by thread, and by context where a loop runs, as a browser's does; a fork leaves the
        # loop behind. Whatever connection is found here may be the parent's.
        for alias in connections:
            connections[alias] = connections.create_connection(alias)
        pytest.MonkeyPatch().setattr(place, arrived)
        work()
    finally:
        os._exit(1)
