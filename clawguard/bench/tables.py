"""A full pair table: loaded by the command an operator uses, then looked into by a process that has every table."""

from __future__ import annotations

import datetime as dt
import random
import resource
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psutil

from clawguard.accounts.models import Role, User
from clawguard.bench.figures import Figure, timed
from clawguard.clock import now as read_clock
from clawguard.domain.codesets import CodeTables
from clawguard.runner import plan
from sessions.services import tables

PARTS, SEED = 4, 7
LEAD = "lead@example.com"
HEAD = (
    "CPT only copyright American Medical Association.  All rights reserved.\t\t\t\t\t\t\r\n"
    "Column1/Column2 Edits\t\t\t\t\t\t\r\n"
    "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\r\n"
    "\t\tprior to 1996\tDate\tDate\t0=not allowed\t\r\n"
    "\t\t\t\t*=no data\t1=allowed\t\r\n"
    "\t\t\t\t\t9=not applicable\t\r\n"
)
TAILS = (
    "\t\t20200101\t*\t1\tMisuse of Column Two code with Column One code\r\n",
    "\t*\t19960101\t*\t0\tStandards of medical / surgical practice\r\n",
    "\t\t20180101\t20191231\t1\tMutually exclusive procedures\r\n",
    "\t\t20220101\t20220101\t9\tCPT Manual or CMS manual coding instruction\r\n",
)
SECONDS = 500  # second codes of each first one
DAY = dt.date(2026, 8, 1)
LOOK_UPS, ROUNDS = 50_000, 5


def measure(size: int) -> list[Figure]:
    """``size`` invented rows in the official format, in four zipped parts."""
    seconds = load(size, "medicare")
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = psutil.Process()
    before = process.memory_info().rss
    loading, code_tables = timed(tables.current)
    after = process.memory_info().rss
    return [
        Figure(f"full pair file, {size:,} rows, loaded and in force", "s", (seconds,), "≤ 180"),
        Figure("  processor time of the command", "s", (spent.ru_utime + spent.ru_stime,)),
        Figure("  most memory of the command", "MB", (spent.ru_maxrss / 1024,), "≤ 600"),
        Figure("  read by a process, with ICD-10-CM", "s", (loading,)),
        Figure("  memory it takes there", "MB", ((after - before) / 2**20,)),
        Figure("  process with all tables", "MB", (after / 2**20,), "≤ 300"),
        *_look_ups(code_tables, size),
    ]


def load(size: int, variant: str) -> float:
    """Write a file, load it by the operator's command, put it in force; the seconds of the command."""
    if not User.objects.filter(email=LEAD).exists():
        User.objects.create_user(email=LEAD, name="Lead Bench", role=Role.LEAD, created_at=read_clock())
    with tempfile.TemporaryDirectory() as folder:
        paths = list(_written(Path(folder), size))
        words = ["--variant", variant, "--quarter", "2026Q3", "--enough", "invented", "--activate", "--as", LEAD]
        command = plan.manage("load_ncci_ptp", *map(str, paths), *words)
        return timed(lambda: subprocess.run(command, check=True, capture_output=True))[0]


def _written(folder: Path, size: int) -> Iterator[Path]:
    for part in range(PARTS):
        path = folder / f"ccipra-v322r0-f{part + 1}.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            rows = range(part * size // PARTS, (part + 1) * size // PARTS)
            archive.writestr(f"ccipra-v322r0-f{part + 1}.TXT", HEAD + "".join(map(_row, rows)))
        yield path


def _row(number: int) -> str:
    first, second = _codes(number)
    return f"{first}\t{second}{TAILS[number % len(TAILS)]}"


def _codes(number: int) -> tuple[str, str]:
    return f"{10_000 + number // SECONDS:05}", f"{90_000 + number % SECONDS:05}"


def _look_up(code_tables: CodeTables, pairs: list[tuple[str, str]]) -> None:
    for one, other in pairs:
        code_tables.pair(one, other, DAY)


def _look_ups(code_tables: CodeTables, size: int) -> Iterator[Figure]:
    """Pairs nobody asked for before, and the same few dozen again, as a network does."""
    chance = random.Random(SEED)
    for name, among in (("of any pair", size), ("of a network's pairs", 200)):
        speeds = []
        for _ in range(ROUNDS):
            asked = [_codes(chance.randrange(among)) for _ in range(LOOK_UPS)]
            seconds, _ = timed(partial(_look_up, code_tables, asked))
            speeds.append(LOOK_UPS / seconds)
        yield Figure(f"  look-ups {name}", "per s", tuple(speeds))
