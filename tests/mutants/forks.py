"""Work in a child of this process, which shares everything imported so far and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable


def in_fork(work: Callable[[], int | bool], cpu_seconds: float = 0) -> int:
    """The number that ``work`` gave, 0 for True, 1 for False and for what it raised; -1 when it ran out of CPU time.

    CPU time, because a machine that is busy with something else must not decide the fate of a mutant; 0 sets no limit.
    """
    return result(begin(work, cpu_seconds))


def begin(work: Callable[[], int | bool], cpu_seconds: float = 0) -> int:
    """Like ``in_fork`` without waiting: the child's process id, for ``result``."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            given = work()
            code = int(not given) if isinstance(given, bool) else given
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(code)
    return child


def result(child: int) -> int:
    _, status = os.waitpid(child, 0)
    return -1 if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
