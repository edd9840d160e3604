"""How much memory a real worker takes once it has every table and has screened sessions with them."""

from __future__ import annotations

from clawguard.bench import imports, tables
from clawguard.bench.figures import Figure

SESSIONS = 20_000


def measure(pairs: int) -> list[Figure]:
    """Both pair tables, ``pairs`` rows each, in force before an import; the workers are running already.

    Whoever starts them reads the largest one's memory afterwards.
    """
    for variant in ("medicare", "medicaid"):
        tables.load(pairs, variant)
    _speed, _time, seconds, _copy = imports.measure(SESSIONS)
    return [Figure(f"import {SESSIONS:,} sessions beside two pair tables of {pairs:,} rows", "s", seconds.values)]
