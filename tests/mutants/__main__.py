"""Change the domain in small ways, one at a time, and see that a test notices: ``python -m tests.mutants --help``."""

from __future__ import annotations

import argparse
import math
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.mutants import cold, outcomes
from tests.mutants.forks import in_fork
from tests.mutants.making import Mutant, mutants, sources
from tests.mutants.running import Session

_WHOLE_RUN_SECONDS = 24 * 3600.0


def main(arguments: Sequence[str]) -> int:
    asked = _parser().parse_args(arguments)
    made = [mutant for file in sources(asked.paths) for mutant in _some(mutants(file), asked.sample, asked.seed)]
    sys.stdout.write(f"{len(made)} mutants\n")
    judged = _judge(made)
    if judged is None:
        sys.stdout.write("The tests do not pass as the code stands; no mutant was judged.\n")
        return 2
    files = outcomes.by_file([(mutant.path, kind) for mutant, kind in judged])
    counted = sum(files.values(), Counter[str]())
    sys.stdout.write("\n".join(outcomes.table(files)) + "\n")
    if asked.sample < 100:
        low, high = outcomes.interval(counted)
        sys.stdout.write(f"a sample of {asked.sample:g} %, seed {asked.seed}: {low:.1f} to {high:.1f} % in 95 of 100\n")
    return int(outcomes.share(counted) < asked.threshold)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, default=[Path("clawguard/domain")], help="files or folders")
    parser.add_argument("--sample", type=float, default=100, help="percent of each file's mutants, drawn by --seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threshold", type=float, default=85.0, help="percent to be noticed, else exit code 1")
    return parser


def _some(made: list[Mutant], percent: float, seed: int) -> list[Mutant]:
    some = random.Random(f"{seed} {len(made)}").sample(made, math.ceil(len(made) * percent / 100))
    return sorted(some, key=lambda mutant: mutant.number)


def _judge(made: Sequence[Mutant]) -> list[tuple[Mutant, str]] | None:
    """Outcomes; None when the tests do not pass as the code stands. ``cold`` needs this process free of our modules."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as heard:

        def hear(place: int, kind: str) -> None:
            _tell(made[place], kind)
            heard.write(f"{place} {kind}\n")
            heard.flush()

        failed = in_fork(Session(made, hear).run, _WHOLE_RUN_SECONDS)
        heard.seek(0)
        judged = {int(place): kind for place, kind in (line.rstrip().split(" ", 1) for line in heard)}
    imported = sorted(judged.keys() ^ range(len(made)))
    if failed or (imported and not cold.works()):
        return None
    for place in imported:
        judged[place] = cold.outcome(made[place])
        _tell(made[place], judged[place])
    return [(made[place], kind) for place, kind in sorted(judged.items())]


def _tell(mutant: Mutant, kind: str) -> None:
    if kind in outcomes.UNNOTICED:
        sys.stderr.write(f"{kind}: {mutant.name}\n{mutant.difference()}")
        sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
