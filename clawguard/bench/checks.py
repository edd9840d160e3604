"""How fast the checks are by themselves: one process, everything in memory, nothing stored."""

from __future__ import annotations

import datetime as dt
from itertools import islice

from clawguard.bench.figures import Figure, timed
from clawguard.clock import now as read_clock
from clawguard.demo.sessions import invent
from clawguard.domain.facts import SessionFacts
from clawguard.domain.submission import parse
from sessions.services import tables
from sessions.services.dry_run import screen_facts

SEED, ROUNDS = 7, 5


def measure(size: int) -> list[Figure]:
    """Sessions a second through every check, each session beside its neighbours and its client's earlier ones."""
    now = read_clock()
    sessions = demo_facts(size, now)
    code_tables = tables.current()
    found = 0

    def once() -> int:
        return sum(len(checked.findings) for checked in screen_facts(sessions, now, code_tables=code_tables))

    once()  # fills the caches that a worker has filled after its first chunk
    speeds = []
    for _ in range(ROUNDS):
        seconds, found = timed(once)
        speeds.append(len(sessions) / seconds)
    note = f"{len(sessions):,} sessions, {found:,} findings"
    return [Figure("checks alone, one core", "sessions/s", tuple(speeds), note=note)]


def demo_facts(size: int, now: dt.datetime) -> list[SessionFacts]:
    """Facts of the first ``size`` sessions of the invented network, as a door would read them."""
    found = []
    for body in islice(invent(SEED, size, now.date()).sessions, size):
        submission, errors = parse(body, now=now)
        if submission is None:
            raise ValueError(f"{body['external_id']}: {errors}")
        found.append(submission.facts)
    return found
