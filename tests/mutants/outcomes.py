"""What became of mutants, counted by file. A mutant that runs out of time was noticed; one without a test was not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import sqrt

KILLED, TIMED_OUT, SURVIVED, NO_TESTS = "killed", "timed out", "survived", "no tests"
BROKEN = "broken"  # no outcome: the tests fail without a change
UNNOTICED = (SURVIVED, NO_TESTS)
KINDS = (KILLED, TIMED_OUT, SURVIVED, NO_TESTS)


def share(counted: Counter[str]) -> float:
    """Percent noticed, 100 where there was nothing to notice."""
    return 100 * (counted[KILLED] + counted[TIMED_OUT]) / counted.total() if counted else 100.0


def interval(counted: Counter[str]) -> tuple[float, float]:
    """The 95 % interval of the share after Wilson (1927), in percent, for a random sample."""
    total, z = counted.total(), 1.96
    if not total:
        return 0.0, 100.0
    part = share(counted) / 100
    middle = part + z * z / (2 * total)
    spread = z * sqrt(part * (1 - part) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return 100 * (middle - spread) / scale, 100 * (middle + spread) / scale


def by_file(judged: Sequence[tuple[str, str]]) -> dict[str, Counter[str]]:
    """Outcomes counted by file, from ``(file, outcome)`` pairs."""
    counted: dict[str, Counter[str]] = {}
    for file, kind in judged:
        counted.setdefault(file, Counter())[kind] += 1
    return counted


def table(files: Mapping[str, Counter[str]]) -> Iterable[str]:
    """A line for each file and the sum below."""
    width = max([len(file) for file in files], default=0)
    yield f"{'':{width}}  {'  '.join(f'{kind:>9}' for kind in KINDS)}  noticed"
    whole: Counter[str] = sum(files.values(), Counter())
    for file, counted in [*sorted(files.items()), ("in all", whole)]:
        yield f"{file:{width}}  {'  '.join(f'{counted[kind]:9}' for kind in KINDS)}  {share(counted):6.1f}%"
