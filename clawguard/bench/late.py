"""What a session of a file of old ones costs after later ones of the same clients, beside the same in order of days.

Two networks of their own stand beside each other: one whose old sessions come first, one whose old sessions come last.
"""

from __future__ import annotations

from clawguard.bench import imports
from clawguard.bench.checks import SEED
from clawguard.bench.figures import Figure, timed
from clawguard.clock import now as read_clock
from clawguard.demo.sessions import invent
from sessions.intake.writers import write_csv
from sessions.models import TherapySession

OLD_SHARE = 3  # one in three: at 20,000 sessions they are several pieces


def measure(size: int) -> list[Figure]:
    """``size`` sessions of each network; the workers are running already."""
    old_first, new_after = _halves(size, 0)
    old_last, new_before = _halves(size, size)
    in_order = _microseconds(old_first)
    _microseconds(new_after)
    _microseconds(new_before)
    late = _microseconds(old_last)
    name = f"import {len(old_last):,} old sessions"
    return [
        Figure(f"{name}, time of a session in order of days", "µs each", (in_order,)),
        Figure(f"{name}, after {len(new_before):,} later ones", "µs each", (late,)),
        Figure("  times as long as in order", "×", (late / in_order,)),
    ]


def _halves(size: int, before: int) -> tuple[list[str], list[str]]:
    """Rows of the old sessions of a network and those of its later ones, both in order of days, with their header."""
    network = invent(SEED + before, size, read_clock().date(), before=before)
    sessions = sorted(network.sessions, key=lambda body: (body["date_of_service"], body["external_id"]))
    old = len(sessions) // OLD_SHARE
    return list(write_csv(sessions[:old])), list(write_csv(sessions[old:]))


def _microseconds(rows: list[str]) -> float:
    """Of the clock, for each session of an import to its last finding."""
    before = TherapySession.objects.count()
    seconds, batch = timed(lambda: imports.run(["".join(rows).encode()]))
    stored = TherapySession.objects.count() - before
    if stored < 0.98 * (len(rows) - 1):
        raise RuntimeError(f"the import ended as {batch.status} with {stored:,} of {len(rows) - 1:,} sessions")
    return seconds / stored * 1e6
