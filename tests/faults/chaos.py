"""Faults on purpose: processes killed without warning and started again, Redis emptied, at a steady pace."""

from __future__ import annotations

import contextlib
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence

import redis

from clawguard.bench.stage import Stage, kill_helper, restart
from clawguard.runner.process import Child


class Chaos:
    """``victims`` are killed with their whole process group; ``pools`` also lose single pool processes."""

    def __init__(self, stage: Stage, rng: random.Random, victims: Sequence[Child], pools: Sequence[Child] = ()) -> None:
        self.stage, self.rng = stage, rng
        self.victims, self.pools = list(victims), list(pools)
        self.done: Counter[str] = Counter()

    def rage(
        self,
        lasting: float,
        pause: float,
        *,
        faults: Sequence[str],
        watch: Callable[[], object] = bool,
        kills: int = 0,
    ) -> None:
        """One fault every ``pause`` seconds for ``lasting`` seconds, and on until so many ``kills`` were made: on a
        busy machine a kill takes longer. ``watch`` is looked at between them."""
        end = time.monotonic() + lasting
        while time.monotonic() < end or self.kills < kills:
            fault = self.rng.choice(faults)
            getattr(self, f"_{fault}")()
            self.done[fault] += 1
            watch()
            time.sleep(pause)

    @property
    def kills(self) -> int:
        return self.done["group"] + self.done["helper"]

    def _group(self) -> None:
        restart(self.rng.choice(self.victims))

    def _helper(self) -> None:
        if not any(kill_helper(pool) for pool in self.rng.sample(self.pools, len(self.pools))):
            self._group()

    def _flush(self) -> None:
        with contextlib.suppress(redis.RedisError):
            self.stage.redis().flushall()

    def revive(self) -> None:
        """Start again what ended by itself, as the supervisor of a run would."""
        for child in self.victims:
            if not child.running:
                child.start()
