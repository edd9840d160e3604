"""Which functions look for what has come due. Beat and the plain loop both run them; either alone is enough."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable

from clawguard.events import outbox
from clawguard.events.models import Heartbeat

log = logging.getLogger(__name__)

Sweep = Callable[[dt.datetime], int]
SWEEPS: dict[str, Sweep] = {}
REMEMBERING: set[str] = set()  # those of them that note in a heartbeat of their own when they looked last
PROMPT: set[str] = set()  # those of them that somebody waits for: looked at in between, whatever a round is busy with


def register_sweep(name: str, sweep: Sweep, *, remembers: bool = False, prompt: bool = False) -> None:
    SWEEPS[name] = sweep
    if remembers:
        REMEMBERING.add(name)
    if prompt:
        PROMPT.add(name)


def daily(name: str, sweep: Sweep) -> Sweep:
    """The sweep, done once a day however often it comes by; ``name`` is the heartbeat that remembers when."""

    def once_a_day(now: dt.datetime) -> int:
        last = Heartbeat.objects.filter(name=name).first()
        if last is not None and now - last.at < dt.timedelta(days=1):
            return 0
        outbox.beat(name, now)
        return sweep(now)

    return once_a_day


def run_all(now: Callable[[], dt.datetime], *, heartbeats: bool = True) -> dict[str, int]:
    """Run every sweep once. One that fails does not keep the others from running. Returns how much each moved.

    Without ``heartbeats`` none is written, and what remembers by one when it looked last is left out: in a transaction
    that lasts for minutes those rows would be locked, and the sweepers of this very moment would wait for them in vain.
    """
    moved = {}
    for name, sweep in SWEEPS.items():
        if name in REMEMBERING and not heartbeats:
            continue
        moved.update(_run(name, sweep, now))
    if heartbeats:
        outbox.beat("sweeper", now(), **moved)
    return moved


def run_prompt(now: Callable[[], dt.datetime]) -> dict[str, int]:
    """Run the sweeps that must not wait for the others. Returns how much each moved."""
    moved = {}
    for name in PROMPT:
        moved.update(_run(name, SWEEPS[name], now))
    return moved


def _run(name: str, sweep: Sweep, now: Callable[[], dt.datetime]) -> dict[str, int]:
    """What it moved; nothing where it failed."""
    try:
        return {name: sweep(now())}
    except Exception as error:  # the next round tries again; the row at fault was pushed ahead by its own sweep
        log.error("sweep.failed", extra={"sweep": name, "error": type(error).__name__})
        return {}
