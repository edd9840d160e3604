"""Work in a child of this process, which shares everything imported so far and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable


def in_fork(work: Callable[[], int | bool], cpu_seconds: float) -> int:
    """The number that ``work`` gave, 0 for True, 1 for False and for what it raised; -1 when it ran out of CPU time.

    CPU time, because a machine that is busy with something else must not decide the fate of a mutant.
    """
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            result = work()
            code = int(not result) if isinstance(result, bool) else result
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return -1 if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
