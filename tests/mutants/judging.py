"""A run over many mutants: several processes, in random order, until all are judged or the time is up.

The order is random because a run that is cut short is then a random sample, of which an honest figure can be given.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.mutants import outcomes
from tests.mutants.cold import Helper
from tests.mutants.forks import begin, result
from tests.mutants.making import Mutant
from tests.mutants.running import Session

_TOLD_EVERY = 500  # mutants


class Queue:
    """The places of mutants yet to be judged, handed to whichever process asks; none any more once it is stopped."""

    def __init__(self, count: int, seed: int, minutes: float | None) -> None:
        self._order = random.Random(seed).sample(range(count), count)
        self._given = _shared()
        self._stopped = _shared()
        self._ends = None if minutes is None else time.monotonic() + 60 * minutes

    def stop(self) -> None:
        self._stopped.value = 1

    def stopped(self) -> bool:
        return bool(self._stopped.value) or (self._ends is not None and time.monotonic() >= self._ends)

    def __iter__(self) -> Iterator[int]:
        while not self.stopped():
            with self._given.get_lock():
                place = self._given.value
                self._given.value += 1
            if place >= len(self._order):
                return
            yield self._order[place]


def judge(made: Sequence[Mutant], tests: Sequence[Path], queue: Queue, jobs: int) -> dict[int, str] | None:
    """Outcomes by place, of all mutants or those before the queue was stopped (SIGINT does it, too).

    None when the tests do not pass as the code stands, or a process was lost. This process must be free of our modules.
    """
    proven = _shared()
    with _stopping(queue):
        helpers = [Helper(made, tests, proven) for _ in range(jobs)]
        heard, tells = os.pipe()

        def tell(place: int, kind: str) -> None:
            os.write(tells, f"{place} {kind}\n".encode())  # short enough that no other process writes into it

        session = begin(Session(made, tests, queue, helpers, tell).run)
        os.close(tells)
        judged = _hear(heard, made)
        failed = result(session)
        for helper in helpers:
            helper.end()
    return None if failed else judged


def _hear(heard: int, made: Sequence[Mutant]) -> dict[int, str]:
    judged: dict[int, str] = {}
    counted: Counter[str] = Counter()
    began = time.monotonic()
    with open(heard, encoding="ascii") as lines:
        for line in lines:
            place, kind = line.rstrip().split(" ", 1)
            judged[int(place)] = kind
            counted[kind] += 1
            if kind in outcomes.UNNOTICED:
                _say(f"{kind}: {made[int(place)].name}\n{made[int(place)].difference()}")
            if counted.total() % _TOLD_EVERY == 0:
                minutes = (time.monotonic() - began) / 60
                share = f"{outcomes.share(counted):.1f} % noticed"
                _say(f"{counted.total()} of {len(made)} judged, {share}, {minutes:.0f} minutes\n")
    return judged


def _say(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


@contextmanager
def _stopping(queue: Queue) -> Iterator[None]:
    """The first SIGINT ends the run after the mutants in hand; what is forked meanwhile does not hear it."""
    ours = os.getpid()

    def stop(_number: int, _frame: object) -> None:
        if os.getpid() == ours:
            queue.stop()
            signal.signal(signal.SIGINT, signal.default_int_handler)

    before: Callable[[int, object], object] | int | None = signal.signal(signal.SIGINT, stop)  # type: ignore[assignment]
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)  # type: ignore[arg-type]


def _shared() -> multiprocessing.sharedctypes.Synchronized[int]:
    """A number that forked processes share."""
    return multiprocessing.get_context("fork").Value("i", 0)  # type: ignore[return-value]
