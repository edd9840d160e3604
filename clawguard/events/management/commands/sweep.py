"""The second trigger: a plain loop that looks for what has come due, whatever happens to beat and broker."""

from __future__ import annotations

import datetime as dt
import logging
import signal
import threading
import time
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from clawguard.clock import now as read_clock
from clawguard.events import chain, outbox, sweeps
from clawguard.events.models import Heartbeat

log = logging.getLogger(__name__)

DEAF_AFTER = dt.timedelta(seconds=90)
FEW = 20  # deliveries run between two looks at the clock
PROMPTLY = 1.0  # seconds between two looks at what must not wait for a round to end


class Command(BaseCommand):
    help = "Look for what has come due, again and again. Runs waiting work itself while no worker shows a sign of life."

    # A killed sweeper must be back soon: the other checks read every page and address, which nobody asks it for.
    requires_system_checks = [Tags.security]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, default=15.0, help="seconds between two rounds")
        parser.add_argument("--once", action="store_true", help="one round, then stop")
        parser.add_argument("--work", action="store_true", help="run waiting work here whether or not workers live")

    def handle(self, *, every: float, once: bool, work: bool, **_options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        if not once:
            threading.Thread(target=_look_in_between, args=(stop,), name="prompt", daemon=True).start()
        while not stop.is_set():
            more = False
            try:
                more = self._round(work, float("inf") if once else every)
            except Exception as error:  # a restarting database ends a round, never the loop
                log.error("sweep.round_failed", extra={"error": type(error).__name__})
            close_old_connections()
            if once:
                return
            if not more:
                stop.wait(every)

    def _round(self, work: bool, seconds: float) -> bool:
        """Returns whether work is left that this process has to do itself."""
        sweeps.run_all(read_clock)
        more = False
        if work or self._worker_is_deaf():
            more = self._work(seconds)
        else:
            outbox.redeliver(read_clock())
        chain.seal()
        return more

    def _work(self, seconds: float) -> bool:
        """Run what waits, for ``seconds`` at most: however much it is, what comes due must not wait behind it."""
        end = time.monotonic() + seconds
        while outbox.run_waiting(read_clock(), FEW):
            if time.monotonic() > end:
                return True
        return False

    def _worker_is_deaf(self) -> bool:
        canary = Heartbeat.objects.filter(name="worker").first()
        return canary is None or read_clock() - canary.at > DEAF_AFTER


def _look_in_between(stop: threading.Event) -> None:
    """A round may take long: work of missing workers, a backlog to tell of, a broker that hangs. What comes due does
    not wait for it; rows that the round holds are passed over."""
    while not stop.wait(PROMPTLY):
        sweeps.run_prompt(read_clock)
        close_old_connections()
