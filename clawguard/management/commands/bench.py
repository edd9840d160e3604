"""Measure what the product promises to be fast at, each on a stage of its own, and print one table."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from clawguard.bench import (
    attribution,
    checks,
    clones,
    engines,
    figures,
    imports,
    late,
    memory,
    notes,
    ocr,
    pages,
    remittances,
    sweep,
    tables,
)
from clawguard.bench.figures import Figure
from clawguard.bench.stage import Stage, until
from clawguard.runner import plan

FLAT = 1.3  # how much longer the same work may take when everything around it has grown
FLAT_LIKE = 1.5  # the same for finding like notes
FLAT_IMPORT = 1.2  # the same for one session of an import, by the size of the file
MILLION = 1_000_000


@dataclass(frozen=True)
class Bench:
    """``sizes`` and ``quick`` are ascending. ``flat``: the unit in which the larger may not take much longer than the
    smallest, and how much that is."""

    measure: Callable[[int], list[Figure]]
    sizes: tuple[int, ...]
    quick: tuple[int, ...]
    workers: bool = False
    flat: tuple[str, float] | None = None


BENCHES = {
    "checks": Bench(checks.measure, (20_000,), (2_000,)),
    "engines": Bench(engines.measure, (5_000,), (500,)),
    "attribution": Bench(attribution.measure, (20_000,), (2_000,)),
    "notes": Bench(notes.measure, (1,), (1,)),
    "import": Bench(imports.measure, (10_000, 100_000), (2_000, 5_000), workers=True, flat=("µs", FLAT_IMPORT)),
    "late": Bench(late.measure, (20_000,), (3_000,), workers=True),
    "tables": Bench(tables.measure, (2_500_000,), (50_000,)),
    "memory": Bench(memory.measure, (2_500_000,), (50_000,), workers=True),
    "sweep": Bench(sweep.measure, (10_000, 1_000_000), (10_000, 50_000), flat=("ms", FLAT)),
    "clones": Bench(clones.measure, (10_000, 100_000), (1_000, 3_000), flat=("ms", FLAT_LIKE)),
    "ocr": Bench(ocr.measure, (12,), (2,)),
    "remittances": Bench(remittances.measure, (10_000, 1_000_000), (2_000, 20_000), flat=("ms", FLAT)),
    "pages": Bench(pages.measure, (5_000, 200_000), (2_000, 20_000), flat=("ms", FLAT)),
}


class Command(BaseCommand):
    help = "Measure checks, attribution, imports, sweeps and pages; prints medians. Uses scratch databases only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", choices=BENCHES, help="one of them")
        parser.add_argument("--quick", action="store_true", help="small sizes: whether it works, not how fast it is")
        parser.add_argument("--million", action="store_true", help="import a million sessions, too: some minutes more")
        parser.add_argument("--inside", type=int, metavar="SIZE", help="measure here and now, in this very database")

    def handle(self, *, only: str | None, quick: bool, million: bool, inside: int | None, **_options: Any) -> None:
        if inside is not None:
            found = BENCHES[only or "checks"].measure(inside)
            self.stdout.write(json.dumps([figure.as_dict() for figure in found]))
            return
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the stages are cleared away then, too
        self.stdout.write(f"{figures.machine()}\n")
        chosen = {only: BENCHES[only]} if only else BENCHES
        with Stage.open(settings.DATABASE_URL) as template:
            template.manage("load_icd10")
            template.manage("load_own_table")
            found = []
            for name, bench in chosen.items():
                sizes = bench.quick if quick else bench.sizes
                sizes += (MILLION,) if million and name == "import" else ()
                found += self._run(name, bench, sizes, template)
        self.stdout.write(f"\n{figures.table(found)}\n")

    def _run(self, name: str, bench: Bench, sizes: tuple[int, ...], template: Stage) -> Iterator[Figure]:
        smallest: dict[int, float] = {}
        for size in sizes:
            self.stdout.write(f"measuring {name} at {size:,} …")
            self.stdout.flush()
            for index, figure in enumerate(_on_stage(name, size, bench.workers, template)):
                yield figure
                if bench.flat and figure.unit == bench.flat[0] and index in smallest:
                    grown = figure.median / smallest[index]
                    yield Figure("  times as long as at the smallest size", "×", (grown,), f"≤ {bench.flat[1]}")
                smallest.setdefault(index, figure.median)


def _on_stage(name: str, size: int, workers: bool, template: Stage) -> list[Figure]:
    with Stage.open(settings.DATABASE_URL, template=template.database) as stage:
        if workers:
            stage.background()
            beats = "SELECT count(*) FROM events_heartbeat WHERE name = 'worker'"
            until(lambda: stage.value(beats), 120, "a sign of life of the workers")
        begun = stage.processor_seconds()
        said = stage.run(*plan.manage("bench", "--only", name, "--inside", str(size)))
        found = [figures.of_dict(given) for given in json.loads(said.splitlines()[-1])]
        if name == "import":
            spent = (stage.processor_seconds() - begun) / size * 1e6
            found.append(
                Figure("  processor time of a session", "µs of one core", (spent,), note="workers and database")
            )
        if workers:
            largest = stage.largest_worker() / 1e6
            found.append(Figure("  memory of the largest worker", "MB", (largest,), "< 300"))
        return found
