"""Change the domain in small ways, one at a time, and see that a test notices: ``python -m tests.mutants --help``."""

from __future__ import annotations

import argparse
import math
import os
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.mutants import outcomes
from tests.mutants.judging import Queue, judge
from tests.mutants.making import Mutant, mutants, sources
from tests.mutants.running import TESTS


def main(arguments: Sequence[str]) -> int:
    asked = _parser().parse_args(arguments)
    made = [mutant for file in sources(asked.paths) for mutant in _some(mutants(file), asked.sample, asked.seed)]
    sys.stdout.write(f"{len(made)} mutants\n")
    judged = judge(made, asked.tests, Queue(len(made), asked.seed, asked.minutes), asked.jobs)
    if judged is None:
        sys.stdout.write("The tests do not pass as the code stands; no mutant was judged.\n")
        return 2
    if made and not judged:
        sys.stdout.write("Stopped before a mutant was judged.\n")
        return 2
    files = outcomes.by_file([(made[place].path, kind) for place, kind in sorted(judged.items())])
    counted = sum(files.values(), Counter[str]())
    sys.stdout.write("\n".join(outcomes.table(files)) + "\n")
    if asked.sample < 100 or len(judged) < len(made):
        low, high = outcomes.interval(counted)
        drawn = f"{len(judged)} of {len(made)}" + (f", a sample of {asked.sample:g} %" if asked.sample < 100 else "")
        sys.stdout.write(f"judged {drawn}, seed {asked.seed}: {low:.1f} to {high:.1f} % in 95 of 100\n")
    return int(outcomes.share(counted) < asked.threshold)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, default=[Path("clawguard/domain")], help="files or folders")
    parser.add_argument("--sample", type=float, default=100, help="percent of each file's mutants, drawn by --seed")
    parser.add_argument("--seed", type=int, default=1, help="of the sample and of the order")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many are judged at a time")
    parser.add_argument(
        "--minutes", type=float, help="stop after so many; what was judged till then is a random sample"
    )
    parser.add_argument(
        "--tests", nargs="+", type=Path, default=[TESTS], help="only these: what they miss others may see"
    )
    parser.add_argument("--threshold", type=float, default=85.0, help="percent to be noticed, else exit code 1")
    return parser


def _some(made: list[Mutant], percent: float, seed: int) -> list[Mutant]:
    some = random.Random(f"{seed} {len(made)}").sample(made, math.ceil(len(made) * percent / 100))
    return sorted(some, key=lambda mutant: mutant.number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
